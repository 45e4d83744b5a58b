// SPDX-License-Identifier: GPL-2.0-or-later
// How a mail server is reached, as an account names it.
#include "mailbox/mailbox.h"

#include <string.h>

static bool is_host(struct text host) {
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyz0123456789.-_:[]";
    for (size_t i = 0; i < host.length; i++)
        if (!host.data[i] || (!strchr(allowed, host.data[i]) && (unsigned char)host.data[i] < 0x80))
            return false;
    return host.length > 0 && host.length < 254;
}

static struct text lower(struct text text, struct arena *arena) {
    char *copy = arena_take(arena, text.length + 1);
    for (size_t i = 0; copy && i < text.length; i++) {
        char c = text.data[i];
        copy[i] = c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c;
    }
    return copy ? (struct text){copy, text.length} : TEXT_NULL;
}

static int64_t usual_port(const struct mailbox_server *server) {
    bool tls = server->security == MAILBOX_TLS;
    return server->protocol == MAILBOX_IMAP ? (tls ? 993 : 143) : (tls ? 995 : 110);
}

bool mailbox_address(struct text host, int64_t port, struct arena *arena, struct mailbox_server *server) {
    static const struct {
        struct text scheme;
        enum mailbox_security security;
    } schemes[] = {
        {{"ssl://", 6}, MAILBOX_TLS}, {{"tls://", 6}, MAILBOX_STARTTLS}, {{"plain://", 8}, MAILBOX_PLAIN}};
    struct text name = lower(text_trim(host), arena);
    if (!name.data) return false;
    bool tls = port == 465 || port == 993 || port == 995;
    server->security = tls ? MAILBOX_TLS : port == 587 ? MAILBOX_STARTTLS : MAILBOX_PLAIN;
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
        if (!text_starts_with(name, schemes[i].scheme)) continue;
        name = (struct text){name.data + schemes[i].scheme.length, name.length - schemes[i].scheme.length};
        server->security = schemes[i].security;
        break;
    }
    while (name.length && name.data[name.length - 1] == '/') name.length--;
    server->host = arena_copy(arena, name);
    server->port = port ? port : usual_port(server);
    return is_host(server->host) && server->port > 0 && server->port < 65536;
}
