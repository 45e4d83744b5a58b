// SPDX-License-Identifier: GPL-2.0-or-later
// Errors as values.
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

bool error_set(struct error *error, enum error_code code, const char *format, ...) {
    va_list arguments;
    error_clear(error);
    error->code = code;
    va_start(arguments, format);
    vsnprintf(error->message, sizeof error->message, format, arguments);
    va_end(arguments);
    return false;
}

bool error_too_large(struct error *error) {
    return error_set(error, ERROR_TOO_LARGE, "the request is too large");
}

bool error_detail(struct error *error, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(error->detail, sizeof error->detail, format, arguments);
    va_end(arguments);
    return false;
}

bool error_field(struct error *error, struct text name) {
    struct text cut = text_cut(name, ERROR_FIELD_MAX - 1);
    while (cut.length >= ERROR_FIELD_MAX) cut = text_cut(cut, ERROR_FIELD_MAX / 4 - 1);
    snprintf(error->field, sizeof error->field, "%.*s", (int)cut.length, cut.data ? cut.data : "");
    return false;
}

static void add_line(char *to, struct text text) {
    size_t length = strlen(to);
    for (size_t i = 0; i < text.length; i++) to[length++] = text.data[i] == '\n' ? ' ' : text.data[i];
    to[length] = '\n';
    to[length + 1] = '\0';
}

static bool is_named(const char *fields, struct text name) {
    while (*fields) {
        size_t length = strcspn(fields, "\n");
        if (text_equal((struct text){fields, length}, name)) return true;
        fields = strchr(fields + length + 1, '\n') + 1;
    }
    return false;
}

bool error_add_field(struct error *error, struct text name, struct text sentence) {
    if (is_named(error->fields, name)) return false;
    if (strlen(error->fields) + name.length + sentence.length + 3 > sizeof error->fields) return false;
    add_line(error->fields, name);
    add_line(error->fields, sentence);
    return false;
}

bool error_envelope(struct error *error, const char *member) {
    error->envelope = member;
    return false;
}

void error_clear(struct error *error) {
    error->code = ERROR_NONE;
    error->message[0] = '\0';
    error->detail[0] = '\0';
    error->envelope = NULL;
    error->field[0] = '\0';
    error->fields[0] = '\0';
    error->ids[0] = '\0';
    error->version[0] = '\0';
    error->stays = false;
}
