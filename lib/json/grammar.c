// SPDX-License-Identifier: GPL-2.0-or-later
// Whether a text is JSON. One pass, no recursion: a stack of bits says for each level whether it is an
// object.
#include "json/grammar.h"

#include "json/reader.h"

#include <string.h>

struct scan {
    struct text text;
    size_t at;
    size_t members; // of objects
    size_t values, most;
    bool wide;    // an integer that int64 does not hold was met
    bool limited; // refused by a limit of ours, not by the grammar
    unsigned depth;
    bool object[JSON_DEPTH_MAX + 1]; // what each open level is
    struct error *error;
};

static bool malformed(struct scan *scan) {
    return error_set(scan->error, ERROR_BAD_REQUEST, "Syntax error, malformed JSON");
}

static bool beyond(struct scan *scan, const char *limit) {
    scan->limited = true;
    return error_set(scan->error, ERROR_BAD_REQUEST, "%s", limit);
}

static int peek(const struct scan *scan) {
    return scan->at < scan->text.length ? (unsigned char)scan->text.data[scan->at] : -1;
}

static void skip_blanks(struct scan *scan) {
    int c;
    while ((c = peek(scan)) == ' ' || c == '\t' || c == '\n' || c == '\r') scan->at++;
}

static bool scan_hex(struct scan *scan, uint32_t *unit) {
    *unit = 0;
    for (int i = 0; i < 4; i++, scan->at++) {
        int c = peek(scan);
        if (c >= '0' && c <= '9')
            *unit = *unit << 4 | (uint32_t)(c - '0');
        else if ((c | 32) >= 'a' && (c | 32) <= 'f')
            *unit = *unit << 4 | (uint32_t)((c | 32) - 'a' + 10);
        else
            return malformed(scan);
    }
    return true;
}

static bool scan_escape(struct scan *scan, bool is_name) {
    int c = peek(scan);
    if (c < 0 || !strchr("\"\\/bfnrtu", c) || c == 0) return malformed(scan);
    scan->at++;
    if (c != 'u') return true;
    uint32_t unit, low;
    if (!scan_hex(scan, &unit)) return false;
    if (unit == 0 && is_name) return beyond(scan, "a name in the JSON body contains a NUL character");
    if (unit < 0xD800 || unit > 0xDFFF) return true;
    bool pair = unit <= 0xDBFF && peek(scan) == '\\';
    if (pair) {
        scan->at++;
        pair = peek(scan) == 'u';
        scan->at++;
        if (pair && !scan_hex(scan, &low)) return false;
        pair = pair && low >= 0xDC00 && low <= 0xDFFF;
    }
    if (pair) return true;
    return error_set(scan->error, ERROR_BAD_REQUEST, "Single unpaired high surrogate in Unicode escape");
}

static bool scan_string(struct scan *scan, bool is_name) {
    scan->at++; // the opening quote
    for (;;) {
        int c = peek(scan);
        if (c < 0) return malformed(scan);
        if (c < 0x20) return error_set(scan->error, ERROR_BAD_REQUEST, "Unexpected control character found");
        scan->at++;
        if (c == '"') return true;
        if (c == '\\' && !scan_escape(scan, is_name)) return false;
    }
}

static size_t scan_digits(struct scan *scan) {
    size_t start = scan->at;
    while (peek(scan) >= '0' && peek(scan) <= '9') scan->at++;
    return scan->at - start;
}

static bool scan_number(struct scan *scan) {
    size_t start = scan->at;
    bool real = false;
    if (peek(scan) == '-') scan->at++;
    bool zero = peek(scan) == '0';
    size_t digits = scan_digits(scan);
    if (digits == 0 || (zero && digits > 1)) return malformed(scan);
    if (peek(scan) == '.') {
        real = true;
        scan->at++;
        if (scan_digits(scan) == 0) return malformed(scan);
    }
    if (peek(scan) == 'e' || peek(scan) == 'E') {
        real = true;
        scan->at++;
        if (peek(scan) == '+' || peek(scan) == '-') scan->at++;
        if (scan_digits(scan) == 0) return malformed(scan);
    }
    int64_t integer;
    if (!real && !text_to_int64((struct text){scan->text.data + start, scan->at - start}, &integer))
        scan->wide = true;
    return true;
}

static bool scan_literal(struct scan *scan, const char *word) {
    size_t length = strlen(word);
    if (scan->text.length - scan->at < length || memcmp(scan->text.data + scan->at, word, length) != 0)
        return malformed(scan);
    scan->at += length;
    return true;
}

static bool scan_scalar(struct scan *scan) {
    switch (peek(scan)) {
    case '"': return scan_string(scan, false);
    case 't': return scan_literal(scan, "true");
    case 'f': return scan_literal(scan, "false");
    case 'n': return scan_literal(scan, "null");
    default: return scan_number(scan);
    }
}

// A member's name and its colon.
static bool scan_name(struct scan *scan) {
    skip_blanks(scan);
    if (peek(scan) != '"') return malformed(scan);
    if (!scan_string(scan, true)) return false;
    skip_blanks(scan);
    if (peek(scan) != ':') return malformed(scan);
    scan->at++;
    scan->members++;
    return true;
}

// One value, down to the first scalar or empty container in it; leaves the levels it opened open.
static bool scan_value(struct scan *scan) {
    for (;;) {
        skip_blanks(scan);
        if (++scan->values > scan->most) return beyond(scan, "the JSON body has too many values");
        int c = peek(scan);
        if (c != '{' && c != '[') return scan_scalar(scan);
        if (scan->depth == JSON_DEPTH_MAX) return beyond(scan, "Maximum stack depth exceeded");
        scan->at++;
        skip_blanks(scan);
        if (peek(scan) == (c == '{' ? '}' : ']')) {
            scan->at++;
            return true;
        }
        scan->object[++scan->depth] = c == '{';
        if (c == '{' && !scan_name(scan)) return false;
    }
}

static bool scan_all(struct scan *scan) {
    if (!text_is_utf8(scan->text))
        return error_set(scan->error, ERROR_BAD_REQUEST,
                         "Malformed UTF-8 characters, possibly incorrectly encoded");
    if (!scan_value(scan)) return false;
    while (scan->depth) {
        skip_blanks(scan);
        bool object = scan->object[scan->depth];
        int c = peek(scan);
        scan->at++;
        if (c == (object ? '}' : ']')) {
            scan->depth--;
        } else if (c == ',') {
            if (object && !scan_name(scan)) return false;
            if (!scan_value(scan)) return false;
        } else {
            return malformed(scan);
        }
    }
    skip_blanks(scan);
    return scan->at == scan->text.length || malformed(scan);
}

bool json_grammar_check(struct text text, size_t most, size_t *members, bool *wide, struct error *error) {
    struct scan scan = {.text = text, .most = most, .error = error};
    if (!scan_all(&scan)) return false;
    *members = scan.members;
    *wide = scan.wide;
    return true;
}

bool json_is_broken(struct text text) {
    struct error ignored = {0};
    struct scan scan = {.text = text, .most = JSON_MEMBERS_MAX, .error = &ignored};
    return !scan_all(&scan) && !scan.limited;
}

// Behind the string that begins at `at`.
static size_t skip_string(struct text text, size_t at) {
    for (at++; text.data[at] != '"'; at++)
        if (text.data[at] == '\\') at++;
    return at + 1;
}

static size_t skip_number(struct text text, size_t at) {
    while (at < text.length && strchr("+-.0123456789Ee", text.data[at])) at++;
    return at;
}

static bool is_wide(struct text number) {
    int64_t integer;
    for (size_t i = 0; i < number.length; i++)
        if (strchr(".Ee", number.data[i])) return false;
    return !text_to_int64(number, &integer);
}

void json_grammar_widen(struct text text, struct buffer *widened) {
    for (size_t at = 0, end; at < text.length; at = end) {
        bool number = strchr("-0123456789", text.data[at]) != NULL;
        end = number ? skip_number(text, at) : text.data[at] == '"' ? skip_string(text, at) : at + 1;
        struct text part = {text.data + at, end - at};
        buffer_add_text(widened, part);
        if (number && is_wide(part)) buffer_add_string(widened, "e0");
    }
}
