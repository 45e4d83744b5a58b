// SPDX-License-Identifier: GPL-2.0-or-later
// The URL of a webhook, as far as its text tells.
#include "webhook/target.h"

#include "webhook/address_rule.h"

#include <string.h>

static bool refuse(struct error *error, const char *why) {
    error_set(error, ERROR_UNPROCESSABLE, "The url %s", why);
    return error_field(error, TEXT("url"));
}

static struct text behind(struct text text, size_t skipped) {
    return (struct text){text.data + skipped, text.length - skipped};
}

static bool is_plain(struct text url) {
    for (size_t i = 0; i < url.length; i++) {
        unsigned char byte = (unsigned char)url.data[i];
        if (byte <= ' ' || byte >= 0x7F || strchr("\\\"<>^`{|}#", byte)) return false;
    }
    return true;
}

static bool is_port(struct text text) {
    int64_t port;
    return text.length <= 5 && text_to_int64(text, &port) && port >= 1 && port <= 65535;
}

// What stands between "//" and the path: a name or an address, and a port.
static bool split_host(struct text authority, struct text *host) {
    bool bracketed = authority.length && authority.data[0] == '[';
    const char *end =
        authority.length ? memchr(authority.data, bracketed ? ']' : ':', authority.length) : NULL;
    if (bracketed && !end) return false;
    size_t length = end ? (size_t)(end - authority.data) : authority.length;
    struct text rest = behind(authority, length + bracketed);
    *host = bracketed ? (struct text){authority.data + 1, length - 1} : (struct text){authority.data, length};
    if (!host->length || (bracketed && !memchr(host->data, ':', host->length))) return false;
    return !rest.length || (rest.data[0] == ':' && is_port(behind(rest, 1)));
}

static bool is_name(struct text host) {
    for (size_t i = 0; i < host.length; i++)
        if (!strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._:", host.data[i]))
            return false;
    return true;
}

bool target_check(struct text url, const struct target_rule *rule, struct error *error) {
    struct text host, rest = TEXT_NULL;
    struct address address;
    if (!url.length || url.length > WEBHOOK_URL_MAX || !is_plain(url))
        return refuse(error,
                      "must be an absolute URL of at most 2000 characters of ASCII, without a fragment");
    if (text_starts_with(url, TEXT("https://"))) rest = behind(url, 8);
    if (rule->http && text_starts_with(url, TEXT("http://"))) rest = behind(url, 7);
    if (text_is_null(rest))
        return refuse(error, rule->http ? "must begin with https:// or http://" : "must begin with https://");
    size_t length = 0;
    while (length < rest.length && !strchr("/?", rest.data[length])) length++;
    struct text authority = {rest.data, length};
    if (authority.length && memchr(authority.data, '@', authority.length))
        return refuse(error, "must not hold a user or a password");
    if (!split_host(authority, &host) || !is_name(host))
        return refuse(error, "has no host that can be called");
    const char *what = address_parse(host, &address) ? address_refusal(&address, rule->allow) : NULL;
    if (!what) return true;
    error_set(error, ERROR_UNPROCESSABLE, "The url leads to %s, and [webhooks] allow does not name it", what);
    return error_field(error, TEXT("url"));
}
