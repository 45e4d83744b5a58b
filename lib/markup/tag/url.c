// SPDX-License-Identifier: GPL-2.0-or-later
// Addresses in attributes.
#include "markup/tag/url.h"

#include "base/trim.h"
#include "markup/reference.h"

#include "base/buffer.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

static const char *const link_schemes[] = {"aim",  "feed",  "file", "ftp",    "gopher",
                                           "http", "https", "irc",  "mailto", "news",
                                           "nntp", "sftp",  "ssh",  "telnet", NULL};
static const char *const source_schemes[] = {"cid", "http", "https", "data", NULL};
static const char *const other_schemes[] = {"file", "http", "https", NULL};

static bool has_prefix(struct text text, size_t at, const char *prefix) {
    size_t length = strlen(prefix);
    return length <= text.length - at && strncasecmp(text.data + at, prefix, length) == 0;
}

// The length of what a browser may take for a colon: itself, a reference to it, percent-encoded or as a CSS
// escape.
static size_t colon_at(struct text text, size_t at) {
    static const char *const forms[] = {":",     "&#58",   "&#x3a",   "%3a",     "\\3a",
                                        "\\03a", "\\003a", "\\0003a", "\\00003a"};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        size_t length = strlen(forms[i]);
        if (!has_prefix(text, at, forms[i])) continue;
        if (forms[i][0] != '&') return length;
        if (at + length < text.length && text.data[at + length] == ';') return length + 1;
    }
    return 0;
}

// The scheme of the address, null when it has none.
static struct text scheme_of(struct text address) {
    for (size_t i = 0; i < address.length; i++) {
        size_t colon = i ? colon_at(address, i) : 0;
        // Something must follow the colon.
        if (colon && i + colon < address.length && address.data[i + colon] != '\n')
            return (struct text){address.data, i};
        if (strchr(":?[@!$()*,=/']", address.data[i])) break; // also at a NUL
    }
    return TEXT_NULL;
}

static bool is_allowed(struct text address, struct text attribute) {
    if (address.length == 0 || strchr("#?;", address.data[0])) return true;
    struct text scheme = scheme_of(address);
    if (text_is_null(scheme) || text_starts_with(address, TEXT("denied:"))) return true;
    const char *const *allowed = text_equal(attribute, TEXT("href"))  ? link_schemes
                                 : text_equal(attribute, TEXT("src")) ? source_schemes
                                                                      : other_schemes;
    while (*allowed && !text_equal_ignoring_case(scheme, text_of(*allowed))) allowed++;
    return *allowed != NULL;
}

static struct text deny_if_bad(struct text address, struct text attribute, struct scratch *scratch) {
    if (is_allowed(address, attribute)) return address;
    return SCRATCH_JOIN(scratch, TEXT("denied:"), address);
}

// A soft hyphen may hide the scheme from the check: it becomes a blank.
static struct text without_soft_hyphens(struct text value, struct scratch *scratch) {
    static const struct text forms[] = {{"\xC2\xAD", 2}, {"&#xad;", 6}, {"&#173;", 6}, {"&shy;", 5}};
    for (size_t form = 0; form < sizeof forms / sizeof *forms; form++) {
        if (text_find(value, forms[form], 0) < 0) continue;
        char *copy = scratch_take(scratch, value.length);
        size_t used = 0;
        for (size_t i = 0; copy && i < value.length;) {
            struct text rest = {value.data + i, value.length - i};
            bool hit = text_starts_with(rest, forms[form]);
            copy[used++] = hit ? ' ' : value.data[i];
            i += hit ? forms[form].length : 1;
        }
        value = copy ? (struct text){copy, used} : TEXT("");
    }
    return value;
}

// One "address width" of a srcset, or one address.
static void add_item(struct text item, struct text attribute, const char *separator, struct buffer *out,
                     struct scratch *scratch) {
    while (item.length && isspace((unsigned char)item.data[0])) {
        item.data++;
        item.length--;
    }
    const char *blank = item.length ? memchr(item.data, ' ', item.length) : NULL;
    struct text address = blank ? (struct text){item.data, (size_t)(blank - item.data)} : item;
    struct text width = {item.data + address.length, item.length - address.length};
    width = width.length ? trim_as_php(width) : TEXT("");
    address = trim_as_php(address);
    if (address.length == 0) return;
    if (out->length) buffer_add_string(out, separator);
    buffer_add_text(out, deny_if_bad(address, attribute, scratch));
    if (width.length == 0 || text_equal(width, TEXT("0"))) return;
    buffer_add_char(out, ' ');
    buffer_add_text(out, width);
}

static struct text clean_list(struct text value, struct text attribute, char separator,
                              struct scratch *scratch) {
    struct buffer list = buffer_new(value.length * 9 + 16);
    for (size_t i = 0; i < value.length;) {
        const char *hit = memchr(value.data + i, separator, value.length - i);
        size_t end = hit ? (size_t)(hit - value.data) : value.length;
        add_item((struct text){value.data + i, end - i}, attribute, separator == ',' ? ", " : " ", &list,
                 scratch);
        i = end + 1;
    }
    struct text result = SCRATCH_JOIN(scratch, buffer_text(&list));
    if (list.failed) scratch->failed = true;
    buffer_free(&list);
    return result;
}

struct text address_clean(struct text value, struct text attribute, struct scratch *scratch) {
    value = without_soft_hyphens(value, scratch);
    if (text_equal(attribute, TEXT("itemtype"))) return clean_list(value, attribute, ' ', scratch);
    if (text_equal(attribute, TEXT("srcset"))) value = clean_list(value, attribute, ',', scratch);
    return deny_if_bad(value, attribute, scratch);
}

// A picture that cannot hold a script.
static bool is_picture(struct text address) {
    static const char *const types[] = {"data:image/png", "data:image/gif",  "data:image/jpeg",
                                        "data:image/jpg", "data:image/webp", "data:image/bmp"};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        size_t end = strlen(types[i]);
        if (has_prefix(address, 0, types[i]) && end < address.length && strchr(";,", address.data[end]))
            return true;
    }
    return false;
}

// Browsers skip blanks and control characters before a scheme, and tabs and line ends in it; a colon behind a
// slash, question mark or hash ends none.
static bool is_strictly_allowed(struct text address, struct text attribute) {
    const char *const *allowed = text_equal(attribute, TEXT("href"))  ? link_schemes
                                 : text_equal(attribute, TEXT("src")) ? source_schemes
                                                                      : other_schemes;
    size_t colon = 0;
    while (colon < address.length && !strchr(":/?#", address.data[colon])) colon++;
    if (colon == address.length || address.data[colon] != ':') return true;
    struct text scheme = {address.data, colon};
    if (text_equal(scheme, TEXT("denied"))) return true;
    if (text_equal_ignoring_case(scheme, TEXT("data")) && !is_picture(address)) return false;
    while (*allowed && !text_equal_ignoring_case(scheme, text_of(*allowed))) allowed++;
    return *allowed != NULL;
}

struct text address_strict(struct text value, struct text attribute, struct scratch *scratch) {
    struct buffer address = buffer_new(value.length * 2 + 16);
    reference_decode_all(value, &address);
    bool allowed = is_strictly_allowed(buffer_text(&address), attribute);
    if (address.failed) scratch->failed = true;
    buffer_free(&address);
    return allowed ? value : SCRATCH_JOIN(scratch, TEXT("denied:"), value);
}

static struct text without_prefix(struct text text, const char *prefix) {
    if (!has_prefix(text, 0, prefix)) return text;
    return (struct text){text.data + strlen(prefix), text.length - strlen(prefix)};
}

// Whether the address without its scheme and "//" begins with the host and goes on with a path, query or
// fragment.
static bool is_at_host(struct text rest, struct text host) {
    if (host.length == 0 || rest.length <= host.length) return false;
    return strncasecmp(rest.data, host.data, host.length) == 0 && strchr("?/#", rest.data[host.length]);
}

bool address_is_embeddable(struct text address, struct text hosts) {
    struct text trimmed = trim_as_php(address), rest = trimmed;
    if (has_prefix(rest, 0, "http://"))
        rest = without_prefix(rest, "http:");
    else
        rest = without_prefix(rest, "https:");
    if (!text_starts_with(rest, TEXT("//")) || memchr(rest.data, '@', rest.length)) return false;
    rest = without_prefix(rest, "//");
    for (size_t i = 0; i < hosts.length;) {
        size_t end = i;
        while (end < hosts.length && hosts.data[end] != ',') end++;
        struct text host = trim_as_php((struct text){hosts.data + i, end - i});
        if (is_at_host(rest, host) || is_at_host(without_prefix(rest, "www."), host)) return true;
        i = end + 1;
    }
    return false;
}

struct text address_path(struct text address) {
    size_t end = 0;
    while (end < address.length && address.data[end] != '?' && address.data[end] != '#') end++;
    address.length = end;
    struct text scheme = scheme_of(address);
    if (!text_is_null(scheme)) {
        address.data += scheme.length + 1;
        address.length -= scheme.length + 1;
    }
    if (!text_starts_with(address, TEXT("//"))) return address;
    const char *slash = memchr(address.data + 2, '/', address.length - 2);
    return slash ? (struct text){slash, (size_t)(address.data + address.length - slash)} : TEXT("");
}
