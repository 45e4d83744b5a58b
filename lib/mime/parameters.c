// SPDX-License-Identifier: GPL-2.0-or-later
// Values with parameters.
#include "mime/parameters.h"

#include "base/buffer.h"
#include "base/digits.h"
#include "mime/charset.h"
#include "mime/words.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#define PARAMETERS_MAX 200
#define VALUE_MAX      (64 * 1024)

// The end of a parameter's value that begins at `at`: a semicolon outside of quotes, or the end of the text.
// From a quote on that is never closed, quotes do not count.
static size_t value_end(struct text text, size_t at, bool *quotes) {
    bool quoted = false;
    for (size_t i = at; *quotes && i < text.length; i++) {
        if (text.data[i] == '\\' && quoted)
            i++;
        else if (text.data[i] == '"')
            quoted = !quoted;
        else if (text.data[i] == ';' && !quoted)
            return i;
    }
    if (*quotes && !quoted) return text.length;
    *quotes = false;
    ptrdiff_t end = text_find(text, TEXT(";"), at);
    return end < 0 ? text.length : (size_t)end;
}

static struct text without_quotes(struct text text, struct arena *arena) {
    text = text_trim(text);
    bool quoted = text.length && text.data[0] == '"';
    if (!quoted) {
        while (text.length && memchr("'\\\"", text.data[text.length - 1], 3)) text.length--;
        if (text.length && text.data[0] == '\'') text = (struct text){text.data + 1, text.length - 1};
        return text;
    }
    char *room = arena_take(arena, text.length + 1);
    size_t used = 0;
    for (size_t i = 1; room && i < text.length && text.data[i] != '"'; i++) {
        bool escapes = text.data[i] == '\\' && i + 1 < text.length && memchr("\"\\", text.data[i + 1], 2);
        room[used++] = text.data[escapes ? ++i : i];
    }
    return (struct text){room ? room : "", used};
}

static struct text lower(struct text text, struct arena *arena) {
    struct text copy = arena_copy(arena, text);
    char *bytes = (char *)(uintptr_t)copy.data;
    for (size_t i = 0; i < copy.length; i++) bytes[i] = (char)tolower((unsigned char)bytes[i]);
    return copy.data ? copy : TEXT("");
}

// Without a comment behind it.
static struct text plain_value(struct text text) {
    ptrdiff_t comment = text_find(text, TEXT("("), 0);
    return text_trim(comment < 0 ? text : (struct text){text.data, (size_t)comment});
}

struct mail_value mail_value_read(struct text text, struct arena *arena) {
    struct mail_value value = {TEXT(""), NULL, 0};
    ptrdiff_t first = text.length ? text_find(text, TEXT(";"), 0) : -1;
    size_t at = first < 0 ? text.length : (size_t)first;
    bool quotes = true;
    if (text.length) value.value = lower(plain_value((struct text){text.data, at}), arena);
    while (at < text.length && value.count < PARAMETERS_MAX) {
        size_t end = value_end(text, ++at, &quotes);
        struct text piece = {text.data + at, end - at};
        const char *equals = piece.length ? memchr(piece.data, '=', piece.length) : NULL;
        at = end;
        if (!equals) continue;
        size_t length = (size_t)(equals - piece.data);
        struct mail_parameter *parameter =
            arena_append(arena, &value.parameters, &value.count, sizeof *parameter);
        if (!parameter) break;
        parameter->name = text_trim((struct text){piece.data, length});
        parameter->value = without_quotes((struct text){equals + 1, piece.length - length - 1}, arena);
    }
    return value;
}

struct text mail_parameter(const struct mail_value *value, const char *name) {
    for (size_t i = value->count; i > 0; i--)
        if (text_equal_ignoring_case(value->parameters[i - 1].name, text_of(name)))
            return value->parameters[i - 1].value;
    return TEXT_NULL;
}

static void add_percent(struct text text, struct buffer *out) {
    for (size_t i = 0; i < text.length; i++) {
        int byte = text.data[i] == '%' ? digits_hexadecimal(text, i + 1) : -1;
        buffer_add_char(out, byte < 0 ? text.data[i] : (char)byte);
        i += byte < 0 ? 0 : 2;
    }
}

// Takes "CHARSET'LANGUAGE'" off the front; null where it is not there.
static struct text take_charset(struct text *text) {
    ptrdiff_t first = text_find(*text, TEXT("'"), 0);
    ptrdiff_t second = first < 0 ? -1 : text_find(*text, TEXT("'"), (size_t)first + 1);
    struct text charset = TEXT_NULL;
    if (second < 0) return charset;
    charset = (struct text){text->data, (size_t)first};
    *text = (struct text){text->data + second + 1, text->length - (size_t)second - 1};
    return charset;
}

// name*0, name*1*, …; false where there is no piece.
static bool add_pieces(const struct mail_value *value, const char *name, struct text *charset,
                       struct buffer *out) {
    for (unsigned i = 0; i < PARAMETERS_MAX; i++) {
        char plain[64], percent[64];
        snprintf(plain, sizeof plain, "%s*%u", name, i);
        snprintf(percent, sizeof percent, "%s*%u*", name, i);
        struct text piece = mail_parameter(value, percent);
        bool encoded = piece.data != NULL;
        if (!encoded) piece = mail_parameter(value, plain);
        if (!piece.data) return i > 0;
        if (encoded && i == 0) *charset = take_charset(&piece);
        if (encoded)
            add_percent(piece, out);
        else
            buffer_add_text(out, piece);
    }
    return true;
}

// RFC 2231's forms; null: none of them is there.
static struct text extended(const struct mail_value *value, const char *name, struct arena *arena) {
    char whole[64];
    struct buffer bytes = buffer_new(VALUE_MAX);
    struct text charset = TEXT_NULL, found = TEXT_NULL;
    snprintf(whole, sizeof whole, "%s*", name);
    struct text one = mail_parameter(value, whole);
    bool there = one.data != NULL;
    if (there) {
        charset = take_charset(&one);
        add_percent(one, &bytes);
    } else {
        there = add_pieces(value, name, &charset, &bytes);
    }
    if (there) found = mail_to_utf8(buffer_text(&bytes), charset, arena);
    if (there && text_find(found, TEXT("=?"), 0) >= 0) found = mail_words_decode(found, arena);
    found = arena_copy(arena, found);
    buffer_free(&bytes);
    return found;
}

struct text mail_parameter_text(const struct mail_value *value, const char *name, struct arena *arena) {
    struct text coded = extended(value, name, arena);
    return text_is_null(coded) ? mail_words_decode(mail_parameter(value, name), arena) : coded;
}
