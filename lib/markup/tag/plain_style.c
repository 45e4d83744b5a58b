// SPDX-License-Identifier: GPL-2.0-or-later
// The style attribute of HTML that is to be stored. Not by looking for what is bad: by keeping what is known.
#include "markup/tag/plain_style.h"

#include "base/buffer.h"
#include "markup/escape.h"
#include "markup/reference.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define PROPERTIES_MAX 500
#define NAME_LENGTH    32

// Sorted.
static const char *const properties[] = {
    "background",
    "background-clip",
    "background-color",
    "background-position",
    "background-repeat",
    "background-size",
    "border",
    "border-bottom",
    "border-bottom-color",
    "border-bottom-left-radius",
    "border-bottom-right-radius",
    "border-bottom-style",
    "border-bottom-width",
    "border-collapse",
    "border-color",
    "border-left",
    "border-left-color",
    "border-left-style",
    "border-left-width",
    "border-radius",
    "border-right",
    "border-right-color",
    "border-right-style",
    "border-right-width",
    "border-spacing",
    "border-style",
    "border-top",
    "border-top-color",
    "border-top-left-radius",
    "border-top-right-radius",
    "border-top-style",
    "border-top-width",
    "border-width",
    "box-shadow",
    "box-sizing",
    "caption-side",
    "clear",
    "color",
    "direction",
    "display",
    "empty-cells",
    "float",
    "font",
    "font-family",
    "font-size",
    "font-stretch",
    "font-style",
    "font-variant",
    "font-variant-caps",
    "font-variant-ligatures",
    "font-variant-numeric",
    "font-weight",
    "height",
    "hyphens",
    "letter-spacing",
    "line-break",
    "line-height",
    "list-style",
    "list-style-position",
    "list-style-type",
    "margin",
    "margin-bottom",
    "margin-left",
    "margin-right",
    "margin-top",
    "max-height",
    "max-width",
    "min-height",
    "min-width",
    "opacity",
    "orphans",
    "outline",
    "outline-color",
    "outline-style",
    "outline-width",
    "overflow",
    "overflow-wrap",
    "overflow-x",
    "overflow-y",
    "padding",
    "padding-bottom",
    "padding-left",
    "padding-right",
    "padding-top",
    "page-break-after",
    "page-break-before",
    "page-break-inside",
    "quotes",
    "size",
    "table-layout",
    "text-align",
    "text-align-last",
    "text-decoration",
    "text-decoration-color",
    "text-decoration-line",
    "text-decoration-style",
    "text-decoration-thickness",
    "text-indent",
    "text-justify",
    "text-overflow",
    "text-shadow",
    "text-transform",
    "text-underline-offset",
    "unicode-bidi",
    "vertical-align",
    "visibility",
    "white-space",
    "widows",
    "width",
    "word-break",
    "word-spacing",
    "word-wrap",
};

struct property {
    char name[NAME_LENGTH]; // lower case
    struct text value;
};

static int compare(const void *name, const void *row) {
    return strcmp(name, *(const char *const *)row);
}

static bool read_name(struct text name, char lower[NAME_LENGTH]) {
    name = text_trim(name);
    if (name.length == 0 || name.length >= NAME_LENGTH) return false;
    for (size_t i = 0; i < name.length; i++) {
        char c = name.data[i];
        if (c >= 'A' && c <= 'Z') c = (char)(c + 32);
        if (c != '-' && (c < 'a' || c > 'z')) return false;
        lower[i] = c;
    }
    lower[name.length] = '\0';
    return bsearch(lower, properties, sizeof properties / sizeof *properties, sizeof *properties, compare) !=
           NULL;
}

// Whether the bracket at `i` is that of a colour.
static bool is_colour(struct text value, size_t i) {
    static const char *const names[] = {"rgb", "rgba", "hsl", "hsla"};
    size_t start = i;
    while (start && ((value.data[start - 1] | 32) >= 'a' && (value.data[start - 1] | 32) <= 'z')) start--;
    for (size_t k = 0; k < sizeof names / sizeof *names; k++)
        if (text_equal_ignoring_case((struct text){value.data + start, i - start}, text_of(names[k])))
            return true;
    return false;
}

// Words, numbers, quoted names and colours, with every quote and bracket closed.
static bool is_plain(struct text value) {
    char quote = '\0', before = '\0'; // what a character will stand behind when double quotes have gone
    bool bracket = false, any = false;
    // Written with quotes of one kind: two kinds would not stay what they are.
    if (value.length && memchr(value.data, '"', value.length) && memchr(value.data, '\'', value.length))
        return false;
    for (size_t i = 0; i < value.length; i++) {
        unsigned char c = (unsigned char)value.data[i];
        any = any || c != '"';
        if (c < 0x20 || c == 0x7F || strchr("\\<>{}@:;&`", c)) return false;
        if (c == '*' && before == '/') return false;
        if (c != '"') before = (char)c;
        if (quote) {
            if (c == '(' || c == ')') return false; // the quotes may go
            if (c == (unsigned char)quote) quote = '\0';
        } else if (c == '"' || c == '\'') {
            quote = (char)c;
        } else if (c == '(') {
            if (bracket || !is_colour(value, i)) return false;
            bracket = true;
        } else if (c == ')') {
            if (!bracket) return false;
            bracket = false;
        }
    }
    return any && !quote && !bracket;
}

// A margin below zero puts a text over what is around it.
static bool overlaps(const struct property *property) {
    return strncmp(property->name, "margin", 6) == 0 &&
           memchr(property->value.data, '-', property->value.length);
}

static void add_value(struct text value, struct buffer *out) {
    // As osTicket: quotes around a value without a blank inside go, others become single ones.
    bool drop = !memchr(value.data, ' ', value.length);
    for (size_t i = 0; i < value.length; i++) {
        char c = value.data[i];
        if (c == ' ' && i && value.data[i - 1] == ' ') continue;
        if (c != '"')
            buffer_add_char(out, c);
        else if (!drop)
            buffer_add_char(out, '\'');
    }
}

static bool read_property(struct text rule, struct property *property) {
    const char *colon = rule.length ? memchr(rule.data, ':', rule.length) : NULL;
    if (!colon || !read_name((struct text){rule.data, (size_t)(colon - rule.data)}, property->name))
        return false;
    property->value = text_trim((struct text){colon + 1, (size_t)(rule.data + rule.length - colon) - 1});
    return is_plain(property->value) && !overlaps(property);
}

static bool is_repeated(const struct property *property, const struct property *seen, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (strcmp(seen[i].name, property->name) == 0) return true;
    return false;
}

static void add_properties(struct text rules, size_t *declarations, struct buffer *out) {
    // No name counts twice: these are all that there can be.
    struct property seen[sizeof properties / sizeof *properties];
    size_t count = 0, looked_at = 0;
    for (size_t i = 0; i < rules.length && looked_at < PROPERTIES_MAX; looked_at++) {
        const char *semicolon = memchr(rules.data + i, ';', rules.length - i);
        size_t end = semicolon ? (size_t)(semicolon - rules.data) : rules.length;
        struct property read;
        ++*declarations;
        if (read_property((struct text){rules.data + i, end - i}, &read) &&
            !is_repeated(&read, seen, count)) {
            seen[count++] = read;
            if (out->length) buffer_add_char(out, ';');
            buffer_add_string(out, read.name);
            buffer_add_char(out, ':');
            add_value(read.value, out);
        }
        i = end + 1;
    }
}

struct text style_plain(struct text value, size_t *declarations, struct scratch *scratch) {
    struct buffer rules = buffer_new(value.length * 2), plain = buffer_new(value.length * 2 + 16),
                  escaped = buffer_new(value.length * 12 + 96);
    reference_decode_all(value, &rules);
    // In quotes and brackets a ";" ends nothing: what holds one is cut into parts that are not plain.
    add_properties(buffer_text(&rules), declarations, &plain);
    markup_escape_once(buffer_text(&plain), &escaped);
    if (rules.failed || plain.failed || escaped.failed) scratch->failed = true;
    struct text result = plain.length ? SCRATCH_JOIN(scratch, buffer_text(&escaped)) : TEXT_NULL;
    buffer_free(&rules);
    buffer_free(&plain);
    buffer_free(&escaped);
    return result;
}
