// SPDX-License-Identifier: GPL-2.0-or-later
// What operations answer: their own schema, and failures by status.
#include "openapi/parts.h"
#include "serve/answers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NAME_SIZE   32 // "PhpFailure404"
#define STATUS_SIZE 16

// Headers of answers.
static const struct {
    const char *name, *type, *help;
} headers[] = {
    {"X-Request-Id", "string", "the request's name in the log"},
    {"RateLimit-Limit", "integer", "requests at once; of a key that may not ask as often as it likes"},
    {"RateLimit-Remaining", "integer", "how many are left of them"},
    {"RateLimit-Reset", "integer", "seconds until all are there again"},
    {"Retry-After", "integer", "seconds after which it may be asked again"},
    {"ETag", "string", "the answer's version, for If-None-Match"},
    {"Content-Disposition", "string", "what the file is called"},
    {"Accept-Ranges", "string", "bytes"},
    {"Content-Range", "string", "which part it is, and how long the file is"},
};

static void refer_to_header(struct json_writer *json, const char *name) {
    json_name(json, name);
    openapi_reference(json, "headers", name);
}

// Those of every answer; the caller adds others, and closes the object.
static void open_headers(struct json_writer *json) {
    json_name(json, "headers");
    json_open_object(json);
    refer_to_header(json, "X-Request-Id");
    refer_to_header(json, "RateLimit-Limit");
    refer_to_header(json, "RateLimit-Remaining");
    refer_to_header(json, "RateLimit-Reset");
}

void openapi_headers(struct json_writer *json) {
    json_open_object(json);
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++) {
        json_name(json, headers[i].name);
        json_open_object(json);
        json_text_member(json, "description", text_of(headers[i].help));
        json_name(json, "schema");
        json_open_object(json);
        json_text_member(json, "type", text_of(headers[i].type));
        json_close_object(json);
        json_close_object(json);
    }
    json_close_object(json);
}

// Without its parameters, as a name; any for a file.
static void name_media_type(struct json_writer *json, const char *type) {
    struct text text = text_of(type ? type : "*/*");
    ptrdiff_t end = text_find(text, TEXT(";"), 0);
    json_name_text(json, end < 0 ? text : (struct text){text.data, (size_t)end});
}

static void write_content(struct json_writer *json, const char *type, const char *schema) {
    name_media_type(json, type);
    json_open_object(json);
    json_name(json, "schema");
    openapi_reference(json, "schemas", schema);
    json_close_object(json);
}

// ---- success -------------------------------------------------------------------------------------------

static void write_done(struct json_writer *json, const struct operation *operation, const char *status,
                       const char *description) {
    json_name(json, status);
    json_open_object(json);
    json_text_member(json, "description", text_of(description));
    open_headers(json);
    if (operation->versioned) refer_to_header(json, "ETag");
    if (operation->answers == ANSWER_FILE) {
        refer_to_header(json, "Content-Disposition");
        refer_to_header(json, "Accept-Ranges");
        refer_to_header(json, "Content-Range");
    }
    json_close_object(json);
    json_name(json, "content");
    json_open_object(json);
    write_content(json, answer_type(operation->answers), operation->gives ? operation->gives : "");
    if (operation->profile) write_content(json, JSON_TYPE, operation->gives_in_profile);
    json_close_object(json);
    json_close_object(json);
}

static void write_unchanged(struct json_writer *json) {
    json_name(json, "304");
    json_open_object(json);
    json_text_member(json, "description", TEXT("Nothing is another: the client has this version"));
    open_headers(json);
    refer_to_header(json, "ETag");
    json_close_object(json);
    json_close_object(json);
}

static void write_successes(struct json_writer *json, const struct operation *operation) {
    write_done(json, operation, operation->creates ? "201" : "200", operation->help);
    if (operation->answers == ANSWER_FILE)
        write_done(json, operation, "206", "The part of the file that was asked for");
    if (operation->versioned) write_unchanged(json);
}

// ---- failures ------------------------------------------------------------------------------------------

// Codes are gone through in their order; those of one status are one answer.
#define FIRST_CODE (ERROR_NONE + 1)
#define LAST_CODE  ERROR_INTERNAL

static int status_of(enum error_code code) {
    return atoi(failure_of(code)->status);
}

// How failures are told: as PHP does, as JSON, or, where a client may ask for either, as both.
enum telling { AS_PHP, AS_JSON, AS_EITHER };
static const char *const prefixes[] = {[AS_PHP] = "Php", [AS_JSON] = "", [AS_EITHER] = "Either"};

static enum telling telling_of(const struct operation *operation) {
    if (operation->profile) return AS_EITHER;
    return operation->of_php ? AS_PHP : AS_JSON;
}

// Whether this operation can fail so; NULL: whether any of those that tell it so can.
static bool occurs(enum error_code code, const struct operation *operation, enum telling telling) {
    if (operation) return failure_is_of(code, operation);
    for (size_t i = 0; i < operation_count; i++)
        if (telling_of(&operations[i]) == telling && failure_is_of(code, &operations[i])) return true;
    return false;
}

static bool is_first_of_status(enum error_code code, const struct operation *operation,
                               enum telling telling) {
    if (!occurs(code, operation, telling)) return false;
    for (enum error_code before = FIRST_CODE; before < code; before++)
        if (status_of(before) == status_of(code) && occurs(before, operation, telling)) return false;
    return true;
}

static void name_of(enum error_code code, enum telling telling, char name[NAME_SIZE]) {
    snprintf(name, NAME_SIZE, "%sFailure%d", prefixes[telling], status_of(code));
}

void openapi_responses(struct json_writer *json, const struct operation *operation) {
    char name[NAME_SIZE], status[STATUS_SIZE];
    json_open_object(json);
    write_successes(json, operation);
    for (enum error_code code = FIRST_CODE; code <= LAST_CODE; code++) {
        if (!is_first_of_status(code, operation, telling_of(operation))) continue;
        name_of(code, telling_of(operation), name);
        snprintf(status, sizeof status, "%d", status_of(code));
        json_name(json, status);
        openapi_reference(json, "responses", name);
    }
    json_close_object(json);
}

// "Conflict. conflict: what is there …; ambiguous: several tickets …"
static void write_reasons(struct json_writer *json, enum error_code code, enum telling telling) {
    const char *between = ". ";
    json_name(json, "description");
    json_open_string(json);
    json_string_part(json, text_of(strchr(failure_of(code)->status, ' ') + 1));
    for (enum error_code other = code; other <= LAST_CODE; other++) {
        if (status_of(other) != status_of(code) || !occurs(other, NULL, telling)) continue;
        json_string_part(json, text_of(between));
        json_string_part(json, text_of(failure_of(other)->word));
        json_string_part(json, TEXT(": "));
        json_string_part(json, text_of(failure_of(other)->help));
        between = "; ";
    }
    json_close_string(json);
}

static void write_example(struct json_writer *json, enum error_code code) {
    const struct failure *failure = failure_of(code);
    json_name(json, failure->word);
    json_open_object(json);
    json_text_member(json, "summary", text_of(failure->help));
    json_name(json, "value");
    json_open_object(json);
    json_text_member(json, "status_code", TEXT("FAILURE"));
    json_text_member(json, "error", text_of(failure->word));
    json_text_member(json, "status_msg", text_of(failure->text ? failure->text : failure->help));
    json_name(json, "errors");
    json_open_object(json);
    json_close_object(json);
    json_close_object(json);
    json_close_object(json);
}

static bool has_word_before(enum error_code code, enum telling telling) {
    for (enum error_code before = FIRST_CODE; before < code; before++)
        if (status_of(before) == status_of(code) && occurs(before, NULL, telling) &&
            strcmp(failure_of(before)->word, failure_of(code)->word) == 0)
            return true;
    return false;
}

// JSON, with an example a word.
static void write_own_content(struct json_writer *json, enum error_code code, enum telling telling) {
    name_media_type(json, JSON_TYPE);
    json_open_object(json);
    json_name(json, "schema");
    openapi_reference(json, "schemas", "Failure");
    json_name(json, "examples");
    json_open_object(json);
    for (enum error_code other = code; other <= LAST_CODE; other++)
        if (status_of(other) == status_of(code) && occurs(other, NULL, telling) &&
            !has_word_before(other, telling))
            write_example(json, other);
    json_close_object(json);
    json_close_object(json);
}

static void write_php_content(struct json_writer *json, enum error_code code) {
    write_content(json, TEXT_TYPE, "PhpText");
    if (code == ERROR_NOT_FOUND) write_content(json, JSON_TYPE, "PhpFailure");
}

static void write_failure(struct json_writer *json, enum error_code code, enum telling telling) {
    char name[NAME_SIZE];
    name_of(code, telling, name);
    json_name(json, name);
    json_open_object(json);
    write_reasons(json, code, telling);
    open_headers(json);
    if (code == ERROR_RATE || code == ERROR_UNAVAILABLE) refer_to_header(json, "Retry-After");
    if (code == ERROR_RANGE) refer_to_header(json, "Content-Range");
    json_close_object(json);
    json_name(json, "content");
    json_open_object(json);
    if (telling == AS_EITHER) write_content(json, TEXT_TYPE, "PhpText");
    if (telling == AS_PHP)
        write_php_content(json, code);
    else
        write_own_content(json, code, telling);
    json_close_object(json);
    json_close_object(json);
}

void openapi_failures(struct json_writer *json) {
    json_open_object(json);
    for (enum error_code code = FIRST_CODE; code <= LAST_CODE; code++) {
        for (enum telling telling = AS_PHP; telling <= AS_EITHER; telling++)
            if (is_first_of_status(code, NULL, telling)) write_failure(json, code, telling);
    }
    json_close_object(json);
}
