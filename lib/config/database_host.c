// SPDX-License-Identifier: GPL-2.0-or-later
// osTicket's DBHOST in this server's words.
#include "config/database_host.h"

#include "base/ip_address.h"
#include "base/words.h"

#include <string.h>

static bool fail(struct text item, struct error *error) {
    return error_set(
        error, ERROR_INTERNAL,
        "DBHOST: \"%.*s\" is no host; right would be HOST, HOST:PORT, [IPv6]:PORT or :/path/of.sock",
        item.length < 100 ? (int)item.length : 100, item.data);
}

static struct text from(struct text text, size_t offset) {
    return (struct text){text.data + offset, text.length - offset};
}

// mysqli takes a socket for localhost only; another host is asked on its default port.
static void add_socket(struct text host, struct text socket, struct buffer *hosts) {
    bool local = host.length == 0 || text_equal_ignoring_case(host, TEXT("localhost"));
    buffer_add_text(hosts, local ? socket : host);
}

static bool add_port(struct text item, struct text host, struct text port, struct buffer *hosts,
                     struct error *error) {
    int64_t number;
    if (!text_to_int64(port, &number) || number < 1 || number > 65535) return fail(item, error);
    if (host.length == 0 || text_equal_ignoring_case(host, TEXT("localhost"))) host = TEXT("127.0.0.1");
    buffer_add_text(hosts, host);
    buffer_add_format(hosts, ":%d", (int)number);
    return true;
}

static bool translate_item(struct text item, struct buffer *hosts, struct error *error) {
    struct text whole = item;
    struct address address;
    if (item.length > 2 && text_equal_ignoring_case((struct text){item.data, 2}, TEXT("p:")))
        item = text_trim(from(item, 2));
    if (item.length == 0) return fail(whole, error);
    const char *colon = memchr(item.data, ':', item.length);
    if (item.data[0] == '[') {
        const char *end = memchr(item.data, ']', item.length);
        if (!end) return fail(whole, error);
        struct text behind = from(item, (size_t)(end + 1 - item.data));
        struct text host = {item.data, item.length - behind.length};
        if (!address_parse((struct text){host.data + 1, host.length - 2}, &address))
            return fail(whole, error);
        if (behind.length > 0)
            return behind.data[0] == ':' ? add_port(whole, host, from(behind, 1), hosts, error)
                                         : fail(whole, error);
        buffer_add_text(hosts, host);
        return true;
    }
    if (item.data[0] == '/' || !colon) {
        buffer_add_text(hosts, item);
        return true;
    }
    struct text host = text_trim((struct text){item.data, (size_t)(colon - item.data)});
    struct text behind = text_trim(from(item, (size_t)(colon + 1 - item.data)));
    if (host.length > 0 && memchr(behind.data, ':', behind.length) && address_parse(item, &address)) {
        buffer_add_format(hosts, "[%.*s]", (int)item.length, item.data);
    } else if (behind.length == 0) {
        buffer_add_text(hosts, host.length > 0 ? host : TEXT("localhost"));
    } else if (behind.data[0] == '/') {
        add_socket(host, behind, hosts);
    } else {
        return add_port(whole, host, behind, hosts, error);
    }
    return true;
}

bool database_host_translate(struct text dbhost, struct buffer *hosts, struct error *error) {
    const char *separator = "";
    for (struct text item; list_next(&dbhost, &item); separator = ", ") {
        buffer_add_string(hosts, separator);
        if (!translate_item(text_trim(item), hosts, error)) return false;
    }
    return true;
}
