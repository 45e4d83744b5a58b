// SPDX-License-Identifier: GPL-2.0-or-later
// The settings that are comma lists: hosts, URL prefixes, networks, origins, words; and one host alone.
#include "config/setting_list.h"

#include "base/words.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

#define URL_BYTES "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/"

// How an item is shown in a message.
static int shown(struct text item) {
    return item.length < 60 ? (int)item.length : 60;
}

static bool is_port(struct text text) {
    int64_t port;
    return text_to_int64(text, &port) && port >= 1 && port <= 65535;
}

static bool is_host_name(struct text name) {
    if (name.length == 0) return false;
    for (size_t i = 0; i < name.length; i++) {
        unsigned char byte = (unsigned char)name.data[i];
        if (byte <= ' ' || byte == 0x7F || strchr("[]:/\\\"'", byte)) return false;
    }
    return true;
}

static bool is_host(struct text item) {
    struct address address;
    if (item.length == 0) return false;
    if (item.data[0] == '/') return item.length > 1;
    if (item.data[0] == '[') {
        const char *end = memchr(item.data, ']', item.length);
        if (!end) return false;
        struct text inside = {item.data + 1, (size_t)(end - item.data) - 1};
        struct text behind = {end + 1, item.length - inside.length - 2};
        if (!memchr(inside.data, ':', inside.length) || !address_parse(inside, &address)) return false;
        return behind.length == 0 ||
               (behind.data[0] == ':' && is_port((struct text){behind.data + 1, behind.length - 1}));
    }
    const char *colon = memchr(item.data, ':', item.length);
    if (!colon) return is_host_name(item);
    if (address_parse(item, &address)) return true;
    struct text name = {item.data, (size_t)(colon - item.data)};
    return is_host_name(name) && is_port((struct text){colon + 1, item.length - name.length - 1});
}

bool setting_check_hosts(const char *value, char problem[SETTING_PROBLEM_MAX]) {
    for (struct text rest = text_of(value), item; list_next(&rest, &item);) {
        item = text_trim(item);
        if (is_host(item)) continue;
        snprintf(
            problem, SETTING_PROBLEM_MAX,
            "\"%.*s\" is no host; right would be a name or address, HOST:PORT, [IPv6]:PORT or /path/of.sock",
            shown(item), item.data);
        return false;
    }
    return true;
}

bool setting_check_endpoint(const char *value, bool to_listen, char problem[SETTING_PROBLEM_MAX]) {
    struct text item = text_trim(text_of(value));
    struct address address;
    bool path = item.length > 1 && item.data[0] == '/';
    const char *colon = item.length ? memrchr(item.data, ':', item.length) : NULL;
    // An IPv6 address without brackets has colons, and no port.
    bool port = colon && is_port((struct text){colon + 1, item.length - (size_t)(colon + 1 - item.data)}) &&
                !address_parse(item, &address);
    struct text host = {item.data, colon ? (size_t)(colon - item.data) : 0};
    if (path && !to_listen) return true;
    if (!path && port && (is_host(item) || (to_listen && text_equal(host, TEXT("*"))))) return true;
    snprintf(problem, SETTING_PROBLEM_MAX, "\"%.*s\" is no place to %s; right would be %s127.0.0.1:9100",
             shown(item), item.data, to_listen ? "listen at" : "connect to",
             to_listen ? "" : "/path/of.sock or ");
    return false;
}

static bool is_prefix(struct text item) {
    if (item.length < 2 || item.data[0] != '/' || item.data[item.length - 1] == '/') return false;
    for (size_t i = 0; i < item.length; i++)
        if (item.data[i] == '\0' || !strchr(URL_BYTES, item.data[i])) return false;
    return text_find(item, TEXT("//"), 0) < 0 && text_find(item, TEXT("/../"), 0) < 0;
}

static int longest_first(const void *one, const void *other) {
    size_t a = strlen(*(char *const *)one), b = strlen(*(char *const *)other);
    return a < b ? 1 : a > b ? -1 : strcmp(*(char *const *)one, *(char *const *)other);
}

// ---- lists of texts of their own

static void clear_items(char **items, size_t *count) {
    while (*count) free(items[--*count]);
}

static bool add_item(struct text item, char **items, size_t *count, size_t most, const char *kind,
                     char problem[SETTING_PROBLEM_MAX]) {
    if (*count == most) {
        snprintf(problem, SETTING_PROBLEM_MAX, "too many; right would be at most %zu %s", most, kind);
        return false;
    }
    items[*count] = strndup(item.data, item.length);
    if (!items[*count]) {
        snprintf(problem, SETTING_PROBLEM_MAX, "out of memory");
        return false;
    }
    ++*count;
    return true;
}

static void print_items(char *const *items, size_t count, struct buffer *list) {
    for (size_t i = 0; i < count; i++) buffer_add_format(list, "%s%s", i ? "," : "", items[i]);
}

static bool equal_items(char *const *one, size_t one_count, char *const *other, size_t other_count) {
    if (one_count != other_count) return false;
    for (size_t i = 0; i < one_count; i++)
        if (strcmp(one[i], other[i]) != 0) return false;
    return true;
}

// ---- prefixes

void setting_clear_prefixes(struct settings *settings) {
    clear_items(settings->api.prefixes, &settings->api.prefix_count);
}

bool setting_apply_prefixes(const char *value, struct settings *settings, char problem[SETTING_PROBLEM_MAX]) {
    setting_clear_prefixes(settings);
    for (struct text rest = text_of(value), item; list_next(&rest, &item);) {
        item = text_trim(item);
        if (!is_prefix(item)) {
            snprintf(problem, SETTING_PROBLEM_MAX,
                     "\"%.*s\" is no path; right would begin with / and not end in it, like /api",
                     shown(item), item.data);
            return false;
        }
        if (!add_item(item, settings->api.prefixes, &settings->api.prefix_count, SETTINGS_PREFIX_MAX, "paths",
                      problem))
            return false;
    }
    qsort(settings->api.prefixes, settings->api.prefix_count, sizeof *settings->api.prefixes, longest_first);
    return true;
}

void setting_print_prefixes(const struct settings *settings, struct buffer *list) {
    print_items(settings->api.prefixes, settings->api.prefix_count, list);
}

bool setting_equal_prefixes(const struct settings *one, const struct settings *other) {
    return equal_items(one->api.prefixes, one->api.prefix_count, other->api.prefixes,
                       other->api.prefix_count);
}

// ---- origins

// As a browser writes it (RFC 6454, 6.2): lower case, no path, and no slash at the end.
static bool is_origin(struct text item) {
    static const char bytes[] = "abcdefghijklmnopqrstuvwxyz0123456789-._~:[]";
    ptrdiff_t scheme = text_find(item, TEXT("://"), 0);
    if (scheme <= 0 || item.length == (size_t)scheme + 3) return false;
    struct text host = {item.data + scheme + 3, item.length - (size_t)scheme - 3};
    for (size_t i = 0; i < (size_t)scheme; i++)
        if (!strchr("abcdefghijklmnopqrstuvwxyz0123456789+-.", item.data[i])) return false;
    for (size_t i = 0; i < host.length; i++)
        if (!host.data[i] || !strchr(bytes, host.data[i])) return false;
    return true;
}

void setting_clear_origins(struct settings *settings) {
    clear_items(settings->cors.origins, &settings->cors.origin_count);
}

bool setting_apply_origins(const char *value, struct settings *settings, char problem[SETTING_PROBLEM_MAX]) {
    setting_clear_origins(settings);
    if (text_trim(text_of(value)).length == 0) return true;
    for (struct text rest = text_of(value), item; list_next(&rest, &item);) {
        item = text_trim(item);
        if (!text_equal(item, TEXT("*")) && !is_origin(item)) {
            snprintf(problem, SETTING_PROBLEM_MAX,
                     "\"%.*s\" is no origin of pages; right would be for instance https://desk.example.org, "
                     "in lower case and without a path",
                     shown(item), item.data);
            return false;
        }
        if (!add_item(item, settings->cors.origins, &settings->cors.origin_count, SETTINGS_ORIGIN_MAX,
                      "origins", problem))
            return false;
    }
    return true;
}

void setting_print_origins(const struct settings *settings, struct buffer *list) {
    print_items(settings->cors.origins, settings->cors.origin_count, list);
}

bool setting_equal_origins(const struct settings *one, const struct settings *other) {
    return equal_items(one->cors.origins, one->cors.origin_count, other->cors.origins,
                       other->cors.origin_count);
}

// ---- words

bool setting_read_words(const struct setting *setting, const char *value, unsigned *set,
                        char problem[SETTING_PROBLEM_MAX]) {
    *set = 0;
    if (text_trim(text_of(value)).length == 0) return true;
    for (struct text rest = text_of(value), item; list_next(&rest, &item);) {
        item = text_trim(item);
        int word = 0;
        while (setting->words[word] && !text_equal(item, text_of(setting->words[word]))) word++;
        if (!setting->words[word]) {
            int used = snprintf(problem, SETTING_PROBLEM_MAX,
                                "\"%.*s\" is not known; right would be some of ", shown(item), item.data);
            for (word = 0; setting->words[word] && used < SETTING_PROBLEM_MAX; word++)
                used += snprintf(problem + used, SETTING_PROBLEM_MAX - (size_t)used, "%s%s", word ? ", " : "",
                                 setting->words[word]);
            return false;
        }
        *set |= 1U << word;
    }
    return true;
}

void setting_print_words(const struct setting *setting, unsigned set, struct buffer *list) {
    size_t begun = list->length;
    for (int word = 0; setting->words[word]; word++)
        if (set & 1U << word)
            buffer_add_format(list, "%s%s", list->length > begun ? "," : "", setting->words[word]);
}

// ---- networks

static bool add_network(struct text item, struct settings *settings, char problem[SETTING_PROBLEM_MAX]) {
    struct network network;
    if (!network_parse(item, &network)) {
        snprintf(problem, SETTING_PROBLEM_MAX,
                 "\"%.*s\" is no address and no network; right would be for instance 10.0.0.0/8, 192.0.2.7 "
                 "or 2001:db8::/32",
                 shown(item), item.data);
        return false;
    }
    if (settings->api.trusted_count == SETTINGS_TRUSTED_MAX) {
        snprintf(problem, SETTING_PROBLEM_MAX, "too many; right would be at most %d networks",
                 SETTINGS_TRUSTED_MAX);
        return false;
    }
    settings->api.trusted_proxies[settings->api.trusted_count++] = network;
    return true;
}

bool setting_apply_networks(const char *value, struct settings *settings, char problem[SETTING_PROBLEM_MAX]) {
    settings->api.trusted_count = 0;
    if (text_trim(text_of(value)).length == 0) return true;
    for (struct text rest = text_of(value), item; list_next(&rest, &item);) {
        item = text_trim(item);
        bool good = text_equal(item, TEXT("*")) ? add_network(TEXT("0.0.0.0/0"), settings, problem) &&
                                                      add_network(TEXT("::/0"), settings, problem)
                                                : add_network(item, settings, problem);
        if (!good) return false;
    }
    return true;
}

void setting_print_networks(const struct settings *settings, struct buffer *list) {
    for (size_t i = 0; i < settings->api.trusted_count; i++) {
        const struct network *network = &settings->api.trusted_proxies[i];
        char address[INET6_ADDRSTRLEN] = "";
        inet_ntop(AF_INET6, network->address.bytes, address, sizeof address);
        buffer_add_format(list, "%s%s/%u", i ? "," : "", address, network->prefix);
    }
}

bool setting_equal_networks(const struct settings *one, const struct settings *other) {
    if (one->api.trusted_count != other->api.trusted_count) return false;
    for (size_t i = 0; i < one->api.trusted_count; i++) {
        const struct network *a = &one->api.trusted_proxies[i], *b = &other->api.trusted_proxies[i];
        if (a->prefix != b->prefix ||
            memcmp(a->address.bytes, b->address.bytes, sizeof a->address.bytes) != 0)
            return false;
    }
    return true;
}
