// SPDX-License-Identifier: GPL-2.0-or-later
// What answers look like in HTTP: their media types, and what each kind of failure is to a client. exchange.c
// answers by it, openapi/ describes it.
#ifndef FCGI_SERVE_ANSWERS_H
#define FCGI_SERVE_ANSWERS_H

#include "base/error.h"
#include "ops/operation.h"

#define TEXT_TYPE "text/plain; charset=UTF-8"
#define JSON_TYPE "application/json; charset=UTF-8"

// The media type of a kind of answer; NULL for a file, which has one of its own.
const char *answer_type(enum answer_kind kind);

// A failure as HTTP has it.
struct failure {
    const char *status;  // "404 Not Found"
    const char *word;    // for programs, in JSON
    const char *type;    // of the text that stands alone
    const char *headers; // further ones, "Retry-After: 5\r\n", or NULL
    const char *text; // instead of the error's message, which could only say what does not concern a client
    const char *help; // a line for the documentation: why it happens
};

// Of an error; what is no failure, or one that is never answered, counts as ERROR_INTERNAL.
const struct failure *failure_of(enum error_code code);

// Whether an operation can fail so, going by what its row says. False for what is answered to no operation.
bool failure_is_of(enum error_code code, const struct operation *operation);

#endif
