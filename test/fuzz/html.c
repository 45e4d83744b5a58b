// SPDX-License-Identifier: GPL-2.0-or-later
// Any text as a body: what is stored and what is shown is UTF-8 and never holds a script or a form; what is
// stored is balanced, of known elements and attributes alone, and stays as it is when it is stored or shown
// again.
#include "markup/body.h"
#include "markup/plain.h"
#include "markup/search.h"
#include "markup/write.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static const struct markup_options options = {.embedded_domain_whitelist = {"youtube.com", 11}};

static void check(const struct buffer *out, bool html) {
    static const char *const never[] = {"<script", "<object", "<embed", "<form", "<button"};
    if (out->failed || !text_is_utf8(buffer_text(out))) abort();
    for (size_t i = 0; html && i < sizeof never / sizeof *never; i++)
        if (strlen(out->data) == out->length && strcasestr(out->data, never[i])) abort();
}

// Text to the next "<" or value to the next quote: no "<" or ">" in it.
static const char *skip(const char *at, const char *end, const char *stops) {
    while (at < end && !strchr(stops, *at)) at++;
    return at;
}

// One tag with attributes of plain names; its end, or NULL.
static const char *tag(const char *at, const char *end, bool *is_end, bool *is_void) {
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789-";
    *is_end = at + 1 < end && at[1] == '/';
    at += *is_end ? 2 : 1;
    const char *name = at;
    while (at < end && strchr(letters, *at) && *at) at++;
    *is_void = (at - name == 3 && memcmp(name, "wbr", 3) == 0);
    while (at < end && *at == ' ' && at[1] != '/') {
        const char *attribute = ++at;
        while (at < end && strchr(letters, *at) && *at) at++;
        if (at == attribute || end - at < 3 || at[0] != '=' || at[1] != '"') return NULL;
        if (attribute[0] == 'o' && attribute[1] == 'n') return NULL;
        at = skip(at + 2, end, "\"<>");
        if (at == end || *at != '"') return NULL;
        at++;
    }
    if (end - at >= 3 && memcmp(at, " />", 3) == 0) {
        *is_void = true;
        return at + 3;
    }
    return at > name && at < end && *at == '>' ? at + 1 : NULL;
}

// Of the four that the writer writes: browsers know more names than the cleaner.
static bool begins_reference(const char *at, const char *end) {
    static const char *const all[] = {"&amp;", "&lt;", "&gt;", "&quot;"};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if ((size_t)(end - at) >= strlen(all[i]) && memcmp(at, all[i], strlen(all[i])) == 0) return true;
    return false;
}

// Whether every "<" begins a tag as the writer writes them, and all that open close.
static bool is_balanced(struct text html) {
    const char *at = html.data, *end = html.data + html.length;
    long depth = 0;
    for (const char *c = at; c < end; c++)
        if (*c == '&' && !begins_reference(c, end)) return false;
    while (at < end) {
        bool is_end, is_void;
        if (*at == '>') return false;
        const char *next = *at == '<' ? tag(at, end, &is_end, &is_void) : skip(at, end, "<>");
        if (!next) return false;
        if (*at == '<' && !is_void) depth += is_end ? -1 : 1;
        if (depth < 0) return false;
        at = next;
    }
    return depth == 0;
}

// Of Gmail's <div dir="ltr">, in any case, one is taken away each time.
static bool has_gmail_div(struct text html) {
    static const char div[] = "<div dir=\"ltr\">";
    for (size_t i = 0; i + sizeof div - 1 <= html.length; i++)
        if (strncasecmp(html.data + i, div, sizeof div - 1) == 0) return true;
    return false;
}

// Written and nothing added: images that show nothing are left out only later.
static void check_written(struct text text) {
    struct buffer stored = buffer_new(64 << 20), again = buffer_new(64 << 20);
    struct error error;
    error_clear(&error);
    if (markup_write_html(text, &options, &stored, &error)) {
        check(&stored, true);
        if (!is_balanced(buffer_text(&stored))) abort();
        if (stored.length && !markup_is_written(buffer_text(&stored), &options)) abort();
        if (!markup_write_html(buffer_text(&stored), &options, &again, &error)) abort();
        if (!has_gmail_div(buffer_text(&stored)) && !text_equal(buffer_text(&stored), buffer_text(&again)))
            abort();
        // No growth but by what is escaped, closed, or required in a tag.
        if (stored.length > text.length * 24 + 64) abort();
    }
    buffer_free(&stored);
    buffer_free(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    struct text text = {(const char *)bytes, length};
    struct error error;
    if (!text_is_utf8(text)) return 0;
    check_written(text);
    struct buffer stored = buffer_new(64 << 20), shown = buffer_new(64 << 20);
    error_clear(&error);
    if (markup_store_html(text, &options, NULL, &stored, &error)) check(&stored, true);
    if (markup_read_html(buffer_text(&stored), &options, &shown, &error)) check(&shown, true);
    buffer_clear(&shown);
    if (markup_read_html(text, &options, &shown, &error)) check(&shown, true);
    buffer_clear(&shown);
    if (markup_html_to_text(text, 90, &shown, &error)) check(&shown, false);
    buffer_clear(&shown);
    if (markup_searchable_html(text, &shown, &error)) check(&shown, false);
    buffer_free(&stored);
    buffer_free(&shown);
    return 0;
}
