// SPDX-License-Identifier: GPL-2.0-or-later
// The words of a PHP file, as far as a configuration file needs them.
#include "config/php_token.h"

#include <ctype.h>
#include <string.h>

#define PHP_VALUE_MAX 65536

struct php_reader php_reader_new(const char *path, struct text source, struct error *error) {
    return (struct php_reader){
        .path = path, .source = source, .line = 1, .value = buffer_new(PHP_VALUE_MAX), .error = error};
}

void php_reader_free(struct php_reader *reader) {
    buffer_free(&reader->value);
}

bool php_reader_at(const struct php_reader *reader, char mark) {
    return reader->kind == PHP_MARK && reader->value.data[0] == mark;
}

static bool fail(const struct php_reader *reader, const char *problem) {
    return error_set(reader->error, ERROR_INTERNAL, "%s:%u: %s", reader->path, reader->token_line, problem);
}

// The byte `ahead` of the place of reading, or -1 behind the end.
static int peek(const struct php_reader *reader, size_t ahead) {
    size_t at = reader->offset + ahead;
    return at < reader->source.length ? (unsigned char)reader->source.data[at] : -1;
}

static void skip(struct php_reader *reader, size_t count) {
    for (; count > 0 && reader->offset < reader->source.length; count--)
        if (reader->source.data[reader->offset++] == '\n') reader->line++;
}

static bool stands_here(const struct php_reader *reader, const char *word) {
    size_t length = strlen(word);
    return reader->source.length - reader->offset >= length &&
           text_equal_ignoring_case((struct text){reader->source.data + reader->offset, length},
                                    text_of(word));
}

static bool is_name_start(int byte) {
    return byte >= 0x80 || byte == '_' || (byte >= 0 && isalpha(byte));
}

static bool is_name_byte(int byte) {
    return is_name_start(byte) || (byte >= '0' && byte <= '9') || byte == '\\';
}

// Moves to the first byte of PHP; what stands before is text for the browser.
static void enter(struct php_reader *reader) {
    while (reader->offset < reader->source.length && !stands_here(reader, "<?")) skip(reader, 1);
    skip(reader, stands_here(reader, "<?php") ? 5 : stands_here(reader, "<?=") ? 3 : 2);
    reader->inside = true;
}

static bool skip_block_comment(struct php_reader *reader) {
    reader->token_line = reader->line;
    skip(reader, 2);
    while (reader->offset < reader->source.length && !stands_here(reader, "*/")) skip(reader, 1);
    if (reader->offset == reader->source.length) return fail(reader, "a comment /* that never ends");
    skip(reader, 2);
    return true;
}

// A comment to the end of the line also ends before ?>.
static void skip_line_comment(struct php_reader *reader) {
    while (reader->offset < reader->source.length && peek(reader, 0) != '\n' && !stands_here(reader, "?>"))
        skip(reader, 1);
}

// Blanks, comments and whatever is no PHP.
static bool skip_to_token(struct php_reader *reader) {
    while (reader->offset < reader->source.length) {
        int byte = peek(reader, 0);
        if (!reader->inside) {
            enter(reader);
        } else if (stands_here(reader, "?>")) {
            skip(reader, 2);
            reader->inside = false;
        } else if (isspace(byte)) {
            skip(reader, 1);
        } else if (stands_here(reader, "/*")) {
            if (!skip_block_comment(reader)) return false;
        } else if (byte == '#' || stands_here(reader, "//")) {
            skip_line_comment(reader);
        } else {
            return true;
        }
    }
    return true;
}

static void take(struct php_reader *reader) {
    buffer_add_char(&reader->value, (char)peek(reader, 0));
    skip(reader, 1);
}

static bool read_single_quoted(struct php_reader *reader) {
    reader->kind = PHP_STRING;
    skip(reader, 1);
    for (int byte; (byte = peek(reader, 0)) >= 0 && byte != '\'';) {
        int next = peek(reader, 1);
        if (byte == '\\' && (next == '\\' || next == '\'')) skip(reader, 1);
        take(reader);
    }
    if (peek(reader, 0) < 0) return fail(reader, "a string ' that never ends");
    skip(reader, 1);
    return true;
}

static int digit_value(int byte) {
    if (byte >= '0' && byte <= '9') return byte - '0';
    int lower = byte < 0 ? byte : tolower(byte);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : 99;
}

// Reads up to `most` digits of `base`, `ahead` of the place of reading. Their number is `*count`.
static unsigned read_digits(const struct php_reader *reader, size_t ahead, unsigned base, size_t most,
                            size_t *count) {
    unsigned value = 0;
    for (*count = 0; *count < most && digit_value(peek(reader, ahead + *count)) < (int)base; (*count)++)
        value = value * base + (unsigned)digit_value(peek(reader, ahead + *count));
    return value;
}

// The escapes with digits: \101, \x41, \u{41}. False, with nothing read, when it is none of them.
static bool read_numeric_escape(struct php_reader *reader) {
    size_t count;
    unsigned value = read_digits(reader, 1, 8, 3, &count);
    if (count > 0) {
        buffer_add_char(&reader->value, (char)(value & 0xFF));
        skip(reader, 1 + count);
        return true;
    }
    if (peek(reader, 1) == 'x') {
        value = read_digits(reader, 2, 16, 2, &count);
        if (count == 0) return false;
        buffer_add_char(&reader->value, (char)value);
        skip(reader, 2 + count);
        return true;
    }
    if (peek(reader, 1) != 'u' || peek(reader, 2) != '{') return false;
    value = read_digits(reader, 3, 16, 6, &count);
    if (count == 0 || peek(reader, 3 + count) != '}' || value > 0x10FFFF) return false;
    buffer_add_code_point(&reader->value, value);
    skip(reader, 4 + count);
    return true;
}

static void read_escape(struct php_reader *reader) {
    static const char letters[] = "ntrvef\\$\"", bytes[] = "\n\t\r\v\033\f\\$\"";
    int next = peek(reader, 1);
    const char *letter = next > 0 ? strchr(letters, next) : NULL;
    if (letter) {
        buffer_add_char(&reader->value, bytes[letter - letters]);
        skip(reader, 2);
    } else if (!read_numeric_escape(reader)) {
        take(reader); // PHP keeps the backslash of what is no escape
    }
}

static bool is_filled_in(const struct php_reader *reader) {
    int byte = peek(reader, 0), next = peek(reader, 1);
    return (byte == '$' && (next == '{' || (next != '\\' && is_name_start(next)))) ||
           (byte == '{' && next == '$');
}

static bool read_double_quoted(struct php_reader *reader) {
    int quote = peek(reader, 0);
    reader->kind = quote == '"' ? PHP_STRING : PHP_TEMPLATE;
    skip(reader, 1);
    for (int byte; (byte = peek(reader, 0)) >= 0 && byte != quote;) {
        if (is_filled_in(reader)) reader->kind = PHP_TEMPLATE;
        if (byte == '\\')
            read_escape(reader);
        else
            take(reader);
    }
    if (peek(reader, 0) < 0) return fail(reader, "a string \" that never ends");
    skip(reader, 1);
    return true;
}

bool php_reader_next(struct php_reader *reader) {
    buffer_clear(&reader->value);
    reader->kind = PHP_END;
    if (!skip_to_token(reader)) return false;
    reader->token_line = reader->line;
    int byte = peek(reader, 0);
    if (byte < 0) return true;
    bool good = true;
    if (byte == '\'') {
        good = read_single_quoted(reader);
    } else if (byte == '"' || byte == '`') {
        good = read_double_quoted(reader);
    } else if (is_name_byte(byte) && !isdigit(byte)) {
        reader->kind = PHP_NAME;
        while (is_name_byte(peek(reader, 0))) take(reader);
    } else if (isdigit(byte)) {
        reader->kind = PHP_NUMBER;
        while (is_name_byte(peek(reader, 0)) || peek(reader, 0) == '.') take(reader);
    } else if (stands_here(reader, "<<<")) {
        return fail(reader, "a heredoc (<<<) cannot be read; write the text between quotes");
    } else {
        reader->kind = PHP_MARK;
        take(reader);
    }
    if (good && reader->value.failed) return fail(reader, "a string too long for a setting");
    return good;
}
