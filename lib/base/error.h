// SPDX-License-Identifier: GPL-2.0-or-later
// What went wrong, as a value that travels up. fcgi/serve/exchange alone turns it into an HTTP status.
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include "base/text.h"

#include <stdbool.h>

#define CHECKED __attribute__((warn_unused_result))

enum error_code {
    ERROR_NONE,
    ERROR_BAD_REQUEST,    // the request cannot be understood
    ERROR_NO_ROUTE,       // no operation has this method and path
    ERROR_METHOD,         // the path is known, and takes other methods
    ERROR_UNAUTHORIZED,   // no key, a wrong key, or a key without the permission
    ERROR_TOKEN,          // a client's token that does not count, or no longer
    ERROR_SCOPE,          // a key without the scope, or for other tickets
    ERROR_RATE,           // more requests than the key may make
    ERROR_DENIED,         // understood, and refused by a rule of the help desk
    ERROR_NOT_FOUND,      // what the request names does not exist
    ERROR_CONFLICT,       // the same request is still being worked on
    ERROR_AMBIGUOUS,      // several things bear the name that the request uses
    ERROR_CHANGED,        // what the request was made for is no longer as it was
    ERROR_TOO_LARGE,      // over a ceiling of the server
    ERROR_MEDIA_TYPE,     // a body of another kind than the operation takes
    ERROR_RANGE,          // a part of a file that it does not have
    ERROR_UNPROCESSABLE,  // a parameter is missing or cannot be used
    ERROR_NOT_NATIVE,     // this server does not do it itself: PHP's turn, or 501
    ERROR_UNAVAILABLE,    // the database is away: nothing was written, try again later
    ERROR_RETRYABLE,      // the database rolled it back (deadlock, lost before the first write): run it again
    ERROR_UNKNOWN,        // the link broke in a commit: whether it was written is unknown
    ERROR_FALLBACK_AWAY,  // PHP, whose turn it is, cannot be reached: nothing was sent to it
    ERROR_FALLBACK_BROKE, // PHP broke off: whether it did the work is unknown
    ERROR_FALLBACK_LATE,  // PHP did not answer in time, likewise
    ERROR_ABORTED,        // the client went away
    ERROR_INTERNAL,       // a defect of ours or a database that is not as expected
};

#define ERROR_MESSAGE_MAX 8192 // what is wrong with a form may be much
#define ERROR_DETAIL_MAX  512
#define ERROR_FIELD_MAX   64
#define ERROR_FIELDS_MAX  4096
#define ERROR_IDS_MAX     1024
#define ERROR_VERSION_MAX 32

struct error {
    enum error_code code;
    char message[ERROR_MESSAGE_MAX]; // for the client: no SQL, no path, no secret
    char detail[ERROR_DETAIL_MAX];   // for the log only; may be empty
    // NULL: the answer is the bare message. Else the answer is the JSON envelope with this member empty:
    // {"tickets":[],"status_code":"FAILURE","status_msg":message}
    const char *envelope;
    char field[ERROR_FIELD_MAX];     // the parameter or field that is at fault; empty: none alone is
    char fields[ERROR_FIELDS_MAX];   // where several are: "name\nsentence\n", one after the other
    char ids[ERROR_IDS_MAX];         // of ERROR_AMBIGUOUS: of what it may mean, "17,18"
    char version[ERROR_VERSION_MAX]; // of ERROR_CHANGED: the present one
    bool stays;                      // of ERROR_NOT_NATIVE: PHP would not understand the request either
};

// Sets code and message (cut at ERROR_MESSAGE_MAX) and takes all else back. Returns false, so that
// a function can end in `return error_set(...)`. `error` may not be NULL.
bool error_set(struct error *error, enum error_code code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

// ERROR_TOO_LARGE: the request has outgrown its arena. Returns false.
bool error_too_large(struct error *error);

// Makes the answer an envelope with the (literal) member name. Returns false.
bool error_envelope(struct error *error, const char *member);

// Names the parameter or field that is at fault, cut at ERROR_FIELD_MAX. Returns false.
bool error_field(struct error *error, struct text name);

// Names one of several, and what is wrong with it; nothing where it is named already, or
// there is no room any more. Returns false.
bool error_add_field(struct error *error, struct text name, struct text sentence);

// Adds what only the log may show. Returns false.
bool error_detail(struct error *error, const char *format, ...) __attribute__((format(printf, 2, 3)));

// Back to ERROR_NONE with empty texts.
void error_clear(struct error *error);

#endif
