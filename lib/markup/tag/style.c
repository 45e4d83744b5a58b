// SPDX-License-Identifier: GPL-2.0-or-later
// The style attribute: disarmed as htmLawed does it, then tidied as osTicket does it.
#include "markup/tag/style.h"

#include "base/buffer.h"
#include "base/trim.h"
#include "markup/escape.h"
#include "markup/reference.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#define PROPERTIES_MAX 500

static bool has_prefix(struct text text, size_t at, const char *prefix) {
    size_t length = strlen(prefix);
    return length <= text.length - at && strncasecmp(text.data + at, prefix, length) == 0;
}

static struct text keep(struct buffer *buffer, struct scratch *scratch) {
    struct text kept = SCRATCH_JOIN(scratch, buffer_text(buffer));
    if (buffer->failed) scratch->failed = true;
    buffer_free(buffer);
    return kept;
}

// References to the letters of "expression" and to brackets, quotes, slashes and the like are resolved; all
// others stay.
static void resolve_letters(struct text value, struct buffer *out) {
    for (size_t i = 0; i < value.length;) {
        struct reference reference;
        bool found = value.data[i] == '&' && reference_at(value, i, &reference) && reference.numeric &&
                     reference.code_point && reference.code_point < 0x80 &&
                     strchr(" eExXpPsSiIoOnNuUrRlL()\"'/*\\", (int)reference.code_point);
        // htmLawed makes a colon of a blank here.
        char c = found && reference.code_point != ' ' ? (char)reference.code_point : ':';
        buffer_add_char(out, found ? c : value.data[i]);
        i += found ? reference.length : 1;
    }
}

// The length of a quotation mark, bare or as a reference; 0 when there is none.
static size_t quote_at(struct text value, size_t i) {
    if (i >= value.length) return 0;
    if (value.data[i] == '\'' || value.data[i] == '"') return 1;
    return has_prefix(value, i, "&quot;") || has_prefix(value, i, "&apos;") ? 6 : 0;
}

static size_t blanks_at(struct text value, size_t i) {
    size_t start = i;
    while (i < value.length && value.data[i] == ' ') i++;
    return i - start;
}

// Where what closes an address in "url(" starts: a quote or blanks and a bracket. value.length when nothing
// does.
static size_t address_end(struct text value, size_t i, size_t *next) {
    for (; i < value.length; i++) {
        char c = value.data[i];
        if (c == '\n') break;
        if (c != ')' && c != ' ' && c != '\'' && c != '"' && c != '&') continue;
        size_t close = i + quote_at(value, i);
        close += blanks_at(value, close);
        if (close < value.length && value.data[close] == ')') {
            *next = close + 1;
            return i;
        }
        if (c == ' ' && close > i + 1) i = close - 2; // a long run of blanks is looked at once
    }
    return value.length;
}

// One address in "url(": from `start` to `end`, closed before `next`.
struct address_place {
    size_t start, end, next;
};

// Finds the address behind the bracket at `i`. Blanks and a quote before it are not of it, unless it would be
// empty then: "url( )" has a blank for an address.
static bool find_address(struct text value, size_t i, struct address_place *place) {
    size_t blanks = blanks_at(value, i), quote = quote_at(value, i + blanks);
    size_t starts[] = {i + blanks + quote, i + blanks, i + blanks - 1};
    for (size_t k = quote ? 0 : 1; k < (blanks ? 3 : 2); k++) {
        place->start = starts[k];
        // The address has a byte at least.
        place->end = address_end(value, place->start + 1, &place->next);
        if (place->end < value.length) return true;
    }
    return false;
}

// Puts "denied:" before each address in url(…).
static void deny_addresses(struct text value, struct buffer *out) {
    size_t written = 0;
    for (size_t i = 0; i < value.length; i++) {
        struct address_place place;
        if ((value.data[i] | 0x20) != 'u' || !has_prefix(value, i, "url(")) continue;
        if (!find_address(value, i + 4, &place)) break;
        struct text address = trim_as_php((struct text){value.data + place.start, place.end - place.start});
        buffer_add(out, value.data + written, place.start - written);
        if (!text_starts_with(address, TEXT("denied:"))) buffer_add_string(out, "denied:");
        buffer_add_text(out, address);
        written = place.end;
        i = place.next - 1;
    }
    buffer_add(out, value.data + written, value.length - written);
}

// A CSS escape, or the beginning of a CSS comment: its length, or 0.
static size_t escape_or_comment(struct text value, size_t i) {
    if (value.data[i] == '\\')
        return i + 1 < value.length && !isspace((unsigned char)value.data[i + 1]) ? 2 : 0;
    size_t slash = value.data[i] == '/' ? 1 : has_prefix(value, i, "%2f") ? 3 : 0;
    if (!slash || i + slash >= value.length) return 0;
    if (value.data[i + slash] == '*') return slash + 1;
    return has_prefix(value, i + slash, "%2a") ? slash + 3 : 0;
}

static void blank_escapes(struct text value, struct buffer *out) {
    for (size_t i = 0; i < value.length;) {
        size_t length = escape_or_comment(value, i);
        buffer_add_char(out, length ? ' ' : value.data[i]);
        i += length ? length : 1;
    }
}

static void blank_expressions(struct text value, struct buffer *out) {
    for (size_t i = 0; i < value.length;) {
        bool found = has_prefix(value, i, "expression");
        buffer_add_char(out, found ? ' ' : value.data[i]);
        i += found ? sizeof "expression" - 1 : 1;
    }
}

struct text style_disarm(struct text value, struct scratch *scratch) {
    static void (*const steps[])(struct text, struct buffer *) = {resolve_letters, deny_addresses,
                                                                  blank_escapes, blank_expressions};
    // Most styles hold nothing of the kind.
    bool plain = true;
    for (size_t i = 0; plain && i < value.length; i++)
        plain = !strchr("&(\\/%", value.data[i]) &&
                !((value.data[i] | 0x20) == 'x' && has_prefix(value, i, "xpression"));
    if (plain) return value;
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        struct buffer result = buffer_new(value.length * 3 + 1);
        steps[i](value, &result);
        value = keep(&result, scratch);
    }
    return value;
}

// One property: its name as it stands there, its value between the first and the second colon.
struct property {
    struct text name, value;
};

static struct property split(struct text rule) {
    const char *colon = memchr(rule.data, ':', rule.length);
    if (!colon) return (struct property){rule, TEXT_NULL};
    struct text name = {rule.data, (size_t)(colon - rule.data)};
    struct text rest = {colon + 1, rule.length - name.length - 1};
    const char *second = memchr(rest.data, ':', rest.length);
    if (second) rest.length = (size_t)(second - rest.data);
    return (struct property){name, rest};
}

static bool is_nothing(struct text text) {
    return text.length == 0 || (text.length == 1 && text.data[0] == '0');
}

static bool is_kept(struct property property) {
    if (is_nothing(property.value) || is_nothing(property.name)) return false;
    if (text_equal_ignoring_case(text_trim(property.name), TEXT("position"))) return false;
    return property.name.data[0] != '-' && !text_starts_with(property.name, TEXT("mso-"));
}

static void add_property(struct property property, struct buffer *out) {
    // Quotes around a value without a blank inside go, others become single ones.
    const char *blank = memchr(property.value.data, ' ', property.value.length);
    bool drop = !blank || blank == property.value.data;
    if (out->length) buffer_add_char(out, ';');
    buffer_add_text(out, property.name);
    buffer_add_char(out, ':');
    struct buffer value = buffer_new(property.value.length);
    for (size_t i = 0; i < property.value.length; i++) {
        char c = property.value.data[i];
        if (c != '"')
            buffer_add_char(&value, c);
        else if (!drop)
            buffer_add_char(&value, '\'');
    }
    buffer_add_text(out, trim_as_php(buffer_text(&value)));
    buffer_free(&value);
}

static bool is_repeated(struct property property, const struct property *seen, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (text_equal(seen[i].name, property.name)) return true;
    return false;
}

static void add_properties(struct text rules, size_t *declarations, struct buffer *out) {
    struct property seen[PROPERTIES_MAX];
    size_t count = 0;
    for (size_t i = 0; i <= rules.length && count < PROPERTIES_MAX;) {
        const char *semicolon = i < rules.length ? memchr(rules.data + i, ';', rules.length - i) : NULL;
        size_t end = semicolon ? (size_t)(semicolon - rules.data) : rules.length;
        struct property property = split((struct text){rules.data + i, end - i});
        ++*declarations;
        if (!is_repeated(property, seen, count)) {
            seen[count++] = property;
            if (is_kept(property)) add_property(property, out);
        }
        for (i = end + 1; i < rules.length && isspace((unsigned char)rules.data[i]);) i++;
    }
}

struct text style_tidy(struct text value, size_t *declarations, struct scratch *scratch) {
    struct buffer rules = buffer_new(value.length * 2),
                  tidy = buffer_new(value.length * 4 + PROPERTIES_MAX * 2);
    reference_decode_all(value, &rules);
    add_properties(buffer_text(&rules), declarations, &tidy);
    struct buffer escaped = buffer_new(tidy.length * 6);
    markup_escape_once(buffer_text(&tidy), &escaped);
    if (rules.failed || tidy.failed) scratch->failed = true;
    bool any = tidy.length > 0;
    // An escape may have taken half of a character away.
    if (!text_is_utf8(buffer_text(&tidy))) buffer_clear(&escaped);
    buffer_free(&rules);
    buffer_free(&tidy);
    struct text result = keep(&escaped, scratch);
    return any ? result : TEXT_NULL;
}
