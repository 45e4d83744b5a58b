// SPDX-License-Identifier: GPL-2.0-or-later
// Errors as values.
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>

bool error_set(struct error *error, enum error_code code, const char *format, ...) {
    va_list arguments;
    error->code = code;
    error->detail[0] = '\0';
    error->envelope = NULL;
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

bool error_envelope(struct error *error, const char *member) {
    error->envelope = member;
    return false;
}

void error_clear(struct error *error) {
    error->code = ERROR_NONE;
    error->message[0] = '\0';
    error->detail[0] = '\0';
    error->envelope = NULL;
}
