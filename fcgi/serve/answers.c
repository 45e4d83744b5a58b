// SPDX-License-Identifier: GPL-2.0-or-later
// Media types and failures.
#include "serve/answers.h"

#include <stddef.h>
#include <string.h>

#define HTML_TYPE     "text/html; charset=UTF-8"
#define LINES_TYPE    "application/x-ndjson; charset=UTF-8"
#define CSV_TYPE      "text/csv; charset=UTF-8; header=present"
#define AGAIN         "Retry-After: 5\r\n"
#define INVALID_TOKEN "WWW-Authenticate: Bearer error=\"invalid_token\"\r\n" // RFC 6750, 3

const char *answer_type(enum answer_kind kind) {
    switch (kind) {
    case ANSWER_TEXT: return TEXT_TYPE;
    case ANSWER_JSON: return JSON_TYPE;
    case ANSWER_LINES: return LINES_TYPE;
    case ANSWER_CSV: return CSV_TYPE;
    case ANSWER_FILE: break;
    }
    return NULL;
}

// An unknown outcome carries no Retry-After: it would invite a second reply.
static const struct failure failures[] = {
    [ERROR_BAD_REQUEST] = {"400 Bad Request", "malformed", TEXT_TYPE, NULL, NULL,
                           "the request cannot be understood, or a form refuses what is in it"},
    [ERROR_NO_ROUTE] = {"400 Bad Request", "not_found", HTML_TYPE, NULL, "URL not supported",
                        "no operation has this path"},
    [ERROR_METHOD] = {"405 Method Not Allowed", "method", TEXT_TYPE, NULL, NULL,
                      "the path takes other methods: Allow names them"},
    [ERROR_UNAUTHORIZED] = {"401 Unauthorized", "key", TEXT_TYPE, NULL, NULL,
                            "no key, an unknown or expired one, or one from another address"},
    [ERROR_TOKEN] = {"401 Unauthorized", "token", TEXT_TYPE, INVALID_TOKEN, NULL,
                     "a client's token that is not valid, or no longer"},
    [ERROR_SCOPE] = {"403 Forbidden", "scope", TEXT_TYPE, NULL, NULL,
                     "the key lacks the scope, or sees some tickets only"},
    [ERROR_RATE] = {"429 Too Many Requests", "rate", TEXT_TYPE, NULL, NULL,
                    "more requests than the key may make: again after Retry-After"},
    [ERROR_DENIED] = {"403 Forbidden", "role", TEXT_TYPE, NULL, NULL,
                      "a rule of the help desk refuses: an agent's role, the ban list, a filter"},
    [ERROR_NOT_FOUND] = {"404 Not Found", "not_found", TEXT_TYPE, NULL, NULL,
                         "what the request names is not there, or the key does not see it"},
    [ERROR_CONFLICT] = {"409 Conflict", "conflict", TEXT_TYPE, NULL, NULL,
                        "what is there does not allow it, or the same request is still being worked on"},
    [ERROR_AMBIGUOUS] = {"409 Conflict", "ambiguous", TEXT_TYPE, NULL, NULL,
                         "several tickets have the number: ids has theirs"},
    [ERROR_CHANGED] = {"412 Precondition Failed", "changed", TEXT_TYPE, NULL, NULL,
                       "the ticket is no longer as If-Match says: version has the present one"},
    [ERROR_TOO_LARGE] = {"413 Content Too Large", "too_large", TEXT_TYPE, NULL, NULL,
                         "more than a bound of the server lets in"},
    [ERROR_MEDIA_TYPE] = {"415 Unsupported Media Type", "type", TEXT_TYPE, NULL, NULL,
                          "the body is of another media type than the operation takes"},
    [ERROR_RANGE] = {"416 Range Not Satisfiable", "range", TEXT_TYPE, NULL, NULL,
                     "the file has no such part: Content-Range says how long it is"},
    [ERROR_UNPROCESSABLE] = {"422 Unprocessable Content", "invalid", TEXT_TYPE, NULL, NULL,
                             "a parameter or field is missing, unknown, or of no use: errors names it"},
    [ERROR_NOT_NATIVE] = {"501 Not Implemented", "php", TEXT_TYPE, NULL, NULL,
                          "this server does not do it, and no PHP stands by"},
    [ERROR_UNAVAILABLE] =
        {"503 Service Unavailable", "database", TEXT_TYPE, AGAIN,
         "The database is not available at the moment. Nothing was written; try again later.",
         "the database is away: nothing was written"},
    [ERROR_RETRYABLE] =
        {"503 Service Unavailable", "database", TEXT_TYPE, AGAIN,
         "The database is busy or not available at the moment. Nothing was written; try again later.",
         "the database is busy: nothing was written"},
    [ERROR_UNKNOWN] =
        {"503 Service Unavailable", "database", TEXT_TYPE, NULL,
         "The connection to the database broke while the request was being stored. It is unknown whether "
         "it was: look before you send it again.",
         "the link broke while it was written: whether it was, nobody knows"},
    [ERROR_FALLBACK_AWAY] =
        {"503 Service Unavailable", "php", TEXT_TYPE, AGAIN,
         "The part of the help desk that does this is not available at the moment. Nothing was written; try "
         "again later.",
         "PHP, which does this, is away: nothing was written"},
    [ERROR_FALLBACK_BROKE] = {"502 Bad Gateway", "php", TEXT_TYPE, NULL,
                              "The request broke off; it is not known whether it was carried out",
                              "PHP broke off: whether it did the work, nobody knows"},
    [ERROR_FALLBACK_LATE] = {"504 Gateway Timeout", "php", TEXT_TYPE, NULL,
                             "No answer in time; it is not known whether the request was carried out",
                             "PHP took too long: whether it did the work, nobody knows"},
    [ERROR_INTERNAL] = {"500 Internal Server Error", "internal", TEXT_TYPE, NULL, NULL,
                        "a defect: the log has it under X-Request-Id"},
};

const struct failure *failure_of(enum error_code code) {
    bool known = (size_t)code < sizeof failures / sizeof *failures && failures[code].status;
    return &failures[known ? code : ERROR_INTERNAL];
}

// A queue may be made of what only PHP knows.
static bool takes_queue(const struct operation *operation) {
    const struct operation_parameter *parameter = operation->parameters;
    for (; parameter && parameter->name; parameter++)
        if (strcmp(parameter->name, "queue") == 0) return true;
    return false;
}

bool failure_is_of(enum error_code code, const struct operation *operation) {
    switch (code) {
    case ERROR_NONE:
    case ERROR_ABORTED:
    case ERROR_NO_ROUTE:
    case ERROR_METHOD: return false; // of a path, not of an operation
    case ERROR_SCOPE:
        return (!operation->of_php || operation->profile) && (operation->scope || !operation->narrowed);
    case ERROR_DENIED: return operation->writes || !operation->of_php;
    case ERROR_CONFLICT: return operation->writes;
    case ERROR_CHANGED:
        return operation->writes && !operation->of_php &&
               (operation->acts ? strchr(operation->path, '{') != NULL
                                : operation->subject.kind == SUBJECT_TICKET);
    case ERROR_AMBIGUOUS: return !operation->of_php && operation->subject.kind == SUBJECT_TICKET;
    case ERROR_NOT_FOUND:
        return operation->writes || operation->subject.parameter || strchr(operation->path, '{');
    case ERROR_MEDIA_TYPE: return operation->media_types != NULL;
    case ERROR_RANGE: return operation->answers == ANSWER_FILE;
    case ERROR_NOT_NATIVE:
        return operation->of_php || operation->writes || operation->answers == ANSWER_FILE ||
               takes_queue(operation);
    case ERROR_UNKNOWN: return operation->writes;
    case ERROR_FALLBACK_AWAY:
    case ERROR_FALLBACK_BROKE:
    case ERROR_FALLBACK_LATE: return operation->of_php;
    default: return true;
    }
}
