// SPDX-License-Identifier: GPL-2.0-or-later
// The constants that a PHP file defines with literals.
#include "config/php_constants.h"

#include "config/php_token.h"
#include "config/whole_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PHP_FILE_MAX (1024 * 1024)
#define CONSTANT_MAX 65536

const struct php_constant *php_constants_find(const struct php_constants *constants, struct text name) {
    for (size_t i = 0; i < constants->count; i++)
        if (text_equal(text_of(constants->list[i].name), name)) return &constants->list[i];
    return NULL;
}

static bool add(struct php_constants *constants, const char *name, const struct buffer *value, bool literal,
                unsigned line, struct error *error) {
    if (php_constants_find(constants, text_of(name))) return true;
    struct php_constant *list = realloc(constants->list, (constants->count + 1) * sizeof *list);
    if (!list) return error_set(error, ERROR_INTERNAL, "out of memory");
    constants->list = list;
    char *name_copy = strdup(name);
    char *value_copy = malloc(value->length + 1);
    if (!name_copy || !value_copy) {
        free(name_copy);
        free(value_copy);
        return error_set(error, ERROR_INTERNAL, "out of memory");
    }
    memcpy(value_copy, value->data, value->length + 1);
    list[constants->count++] = (struct php_constant){
        .name = name_copy, .value = {value_copy, value->length}, .literal = literal, .line = line};
    return true;
}

// Adds what the word TRUE, FALSE, NULL or an earlier constant stands for.
static bool add_named(const struct php_constants *constants, struct text name, struct buffer *value) {
    if (name.length > 0 && name.data[0] == '\\') name = (struct text){name.data + 1, name.length - 1};
    if (text_equal_ignoring_case(name, TEXT("TRUE"))) {
        buffer_add_char(value, '1');
        return true;
    }
    if (text_equal_ignoring_case(name, TEXT("FALSE")) || text_equal_ignoring_case(name, TEXT("NULL")))
        return true;
    const struct php_constant *constant = php_constants_find(constants, name);
    if (!constant || !constant->literal) return false;
    buffer_add_text(value, constant->value);
    return true;
}

// One operand at hand. False when it is nothing literal.
static bool add_operand(const struct php_reader *reader, const struct php_constants *constants,
                        struct buffer *value) {
    struct text token = buffer_text(&reader->value);
    int64_t number;
    switch (reader->kind) {
    case PHP_STRING: buffer_add_text(value, token); return true;
    case PHP_NAME: return add_named(constants, token, value);
    case PHP_NUMBER:
        // Octal, hexadecimal and floating literals would come out differently.
        if (!text_to_int64(token, &number) || (token.length > 1 && token.data[0] == '0')) return false;
        buffer_add_text(value, token);
        return true;
    default: return false;
    }
}

// Reads operand ("." operand)*; the token behind is at hand afterwards. `*literal` tells whether that was all
// there was before `end` (or a comma).
static bool read_value(struct php_reader *reader, const struct php_constants *constants, char end,
                       struct buffer *value, bool *literal) {
    *literal = true;
    do {
        if (!php_reader_next(reader)) return false;
        if (!add_operand(reader, constants, value)) *literal = false;
        if (reader->kind == PHP_END || php_reader_at(reader, end)) return true;
        if (!php_reader_next(reader)) return false;
    } while (php_reader_at(reader, '.'));
    if (!php_reader_at(reader, end) && !php_reader_at(reader, ',')) *literal = false;
    return true;
}

static bool read_and_add(struct php_reader *reader, struct php_constants *constants, const char *name,
                         unsigned line, char end) {
    struct buffer value = buffer_new(CONSTANT_MAX);
    bool literal;
    bool good = read_value(reader, constants, end, &value, &literal) &&
                add(constants, name, &value, literal && !value.failed, line, reader->error);
    buffer_free(&value);
    return good;
}

// Behind the word define: ( 'NAME' , value. What is put together otherwise is none of ours.
static bool read_define(struct php_reader *reader, struct php_constants *constants) {
    unsigned line = reader->token_line;
    if (!php_reader_next(reader)) return false;
    if (!php_reader_at(reader, '(')) return true;
    if (!php_reader_next(reader)) return false;
    if (reader->kind != PHP_STRING) return true;
    char *name = strdup(reader->value.data);
    if (!name) return error_set(reader->error, ERROR_INTERNAL, "out of memory");
    bool good = php_reader_next(reader);
    if (good && php_reader_at(reader, ',')) good = read_and_add(reader, constants, name, line, ')');
    free(name);
    return good;
}

// Behind the word const: NAME = value;
static bool read_const(struct php_reader *reader, struct php_constants *constants) {
    unsigned line = reader->token_line;
    if (!php_reader_next(reader)) return false;
    if (reader->kind != PHP_NAME) return true;
    char *name = strdup(reader->value.data);
    if (!name) return error_set(reader->error, ERROR_INTERNAL, "out of memory");
    bool good = php_reader_next(reader);
    if (good && php_reader_at(reader, '=')) good = read_and_add(reader, constants, name, line, ';');
    free(name);
    return good;
}

static bool read_source(struct php_reader *reader, struct php_constants *constants) {
    char before = '\0', last = '\0'; // the two marks before the token at hand
    do {
        if (!php_reader_next(reader)) return false;
        struct text token = buffer_text(&reader->value);
        bool member = (before == '-' && last == '>') || (before == ':' && last == ':') || last == '$';
        before = last;
        last = reader->kind == PHP_MARK ? token.data[0] : '\0';
        if (reader->kind != PHP_NAME || member) continue;
        if (text_equal_ignoring_case(token, TEXT("define")) ||
            text_equal_ignoring_case(token, TEXT("\\define"))) {
            if (!read_define(reader, constants)) return false;
        } else if (text_equal_ignoring_case(token, TEXT("const"))) {
            if (!read_const(reader, constants)) return false;
        }
    } while (reader->kind != PHP_END);
    return true;
}

bool php_constants_read(const char *path, struct php_constants *constants, struct error *error) {
    *constants = (struct php_constants){0};
    struct buffer source = buffer_new(PHP_FILE_MAX);
    bool good = whole_file_read(path, &source, error);
    if (good) {
        struct php_reader reader = php_reader_new(path, buffer_text(&source), error);
        good = read_source(&reader, constants);
        php_reader_free(&reader);
    }
    buffer_free(&source);
    return good;
}

void php_constants_free(struct php_constants *constants) {
    for (size_t i = 0; i < constants->count; i++) {
        free(constants->list[i].name);
        free((char *)constants->list[i].value.data);
    }
    free(constants->list);
    *constants = (struct php_constants){0};
}
