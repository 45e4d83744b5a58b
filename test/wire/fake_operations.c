// SPDX-License-Identifier: GPL-2.0-or-later
// An operation table for the wire tests: each row behaves, or misbehaves, in one way.
#include "ops/adapter.h"
#include "ops/idempotency.h"
#include "ops/operation.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static int64_t number(struct operation_context *context, const char *name) {
    int64_t value = 0;
    struct text text = context->parameter(context, name);
    return text.data && text_to_int64(text, &value) ? value : 0;
}

static bool echo(struct operation_context *context, struct answer *answer, struct error *error) {
    (void)error;
    answer->kind = ANSWER_JSON;
    answer->created = true;
    output_add_text(answer->output, context->body);
    return true;
}

// The parameter "value", or "(none)".
static bool value(struct operation_context *context, struct answer *answer, struct error *error) {
    (void)error;
    struct text text = context->parameter(context, "value");
    output_add_text(answer->output, text.data ? text : TEXT("(none)"));
    return true;
}

static bool client(struct operation_context *context, struct answer *answer, struct error *error) {
    (void)error;
    output_add_string(answer->output, context->client_address);
    return true;
}

// The header Idempotency-Key as it arrived, in brackets.
static bool key(struct operation_context *context, struct answer *answer, struct error *error) {
    (void)error;
    output_add_string(answer->output, text_is_null(context->idempotency_key) ? "none" : "[");
    output_add_text(answer->output, context->idempotency_key);
    output_add_string(answer->output, text_is_null(context->idempotency_key) ? "" : "]");
    return true;
}

static bool process(struct operation_context *context, struct answer *answer, struct error *error) {
    (void)context, (void)error;
    char text[32];
    snprintf(text, sizeof text, "%d", (int)getpid());
    output_add_string(answer->output, text);
    return true;
}

static void add_bytes(struct output *output, int64_t count) {
    for (int64_t i = 0; i < count && !output->failed; i++) output_add_char(output, (char)('a' + i % 26));
}

static bool stream(struct operation_context *context, struct answer *answer, struct error *error) {
    (void)error;
    add_bytes(answer->output, number(context, "bytes"));
    return true;
}

// Fails with error "code" after "bytes" bytes.
static bool fail(struct operation_context *context, struct answer *answer, struct error *error) {
    answer->kind = ANSWER_JSON;
    add_bytes(answer->output, number(context, "bytes"));
    error_set(error, (enum error_code)number(context, "code"), "told to \"fail\"/ä");
    if (number(context, "envelope")) error_envelope(error, "tickets");
    return error_detail(error, "secret detail");
}

// Fails "times" times before it answers with the number of attempts.
static bool flaky(struct operation_context *context, struct answer *answer, struct error *error) {
    static int attempts;
    attempts++;
    output_add_string(answer->output, "half an answer ");
    if (attempts <= number(context, "times")) return error_set(error, ERROR_RETRYABLE, "rolled back");
    char text[64];
    snprintf(text, sizeof text, "attempts: %d", attempts);
    output_add_string(answer->output, text);
    attempts = 0;
    return true;
}

// Works for "ms" milliseconds, whatever signals come.
static bool slow(struct operation_context *context, struct answer *answer, struct error *error) {
    (void)error;
    int64_t ms = number(context, "ms");
    struct timespec left = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000};
    while (nanosleep(&left, &left) != 0) continue;
    output_add_string(answer->output, "done");
    return true;
}

static bool crash(struct operation_context *context, struct answer *answer, struct error *error) {
    (void)context, (void)answer, (void)error;
    kill(getpid(), SIGKILL); // as a segmentation fault, without a core file
    return false;
}

// Takes "mb" megabytes in small pieces; with "keep" for good.
static bool grow(struct operation_context *context, struct answer *answer, struct error *error) {
    (void)error;
    enum { PIECE = 1024 };
    void **last = NULL;
    for (int64_t i = number(context, "mb") * 1024; i > 0; i--) {
        void **piece = malloc(PIECE);
        if (!piece) break;
        memset(piece, 1, PIECE);
        *piece = last;
        last = piece;
    }
    void *pin = malloc(PIECE); // above them all: only a malloc_trim() gives back what lies below
    bool kept = number(context, "keep") != 0;
    while (last && !kept) {
        void **next = *last;
        free(last);
        last = next;
    }
    output_add_string(answer->output, pin ? "grown" : "");
    return true;
}

// Finds out on its way that it is PHP's turn.
static bool unsure(struct operation_context *context, struct answer *answer, struct error *error) {
    (void)context, (void)answer;
    return error_set(error, ERROR_NOT_NATIVE, "a plugin is active");
}

static void add_named(const struct operation_context *context, const char *name, struct output *output) {
    struct text text = context->parameter(context, name);
    if (text_is_null(text)) return;
    output_add_string(output, name);
    output_add_char(output, '=');
    output_add_text(output, text);
    output_add_char(output, ' ');
}

// What path and query name, and what was looked up together with the key.
static bool named(struct operation_context *context, struct answer *answer, struct error *error) {
    (void)error;
    char subject[64];
    add_named(context, "number", answer->output);
    add_named(context, "id", answer->output);
    add_named(context, "name", answer->output);
    snprintf(subject, sizeof subject, "subject %d:%d", context->subject ? (int)context->subject->kind : 0,
             context->subject ? (int)context->subject->id : 0);
    output_add_string(answer->output, subject);
    return true;
}

static bool asked(struct operation_context *context, struct answer *answer, struct error *error) {
    (void)error;
    output_add_text(answer->output, context->asked);
    return true;
}

static bool versioned(struct operation_context *context, struct answer *answer, struct error *error) {
    (void)error;
    snprintf(answer->version, sizeof answer->version, "v1");
    answer->unchanged = text_equal(context->known_versions, TEXT("\"v1\""));
    output_add_string(answer->output, "the first");
    return true;
}

static bool several(struct operation_context *context, struct answer *answer, struct error *error) {
    (void)context, (void)answer;
    error_set(error, ERROR_AMBIGUOUS, "two");
    snprintf(error->ids, sizeof error->ids, "7,18");
    return false;
}

#define READ(word, handler)                                                                                  \
    { .name = #word, .method = METHOD_GET, .path = "/" #word, .handle = handler, .of_php = true }
#define WRITE(word, handler)                                                                                 \
    {                                                                                                        \
        .name = #word, .method = METHOD_POST, .path = "/" #word, .handle = handler, .of_php = true,          \
        .writes = true                                                                                       \
    }
#define NUMBER                                                                                               \
    {                                                                                                        \
        .name = "number", .place = IN_PATH, .kind = PARAMETER_TICKET, .required = true,                      \
        .help = "the ticket's number"                                                                        \
    }
#define COUNTED(word)                                                                                        \
    { .name = word, .place = IN_QUERY, .kind = PARAMETER_INTEGER, .help = "a number" }
#define ID                                                                                                   \
    { .name = "id", .place = IN_PATH, .kind = PARAMETER_ID, .required = true, .help = "of the entry" }

const struct operation operations[] = {
    {.name = "echo",
     .method = METHOD_POST,
     .path = "/echo",
     .handle = echo,
     .of_php = true,
     .writes = true,
     .max_body = BODY_OF_SETTINGS},
    READ(value, value),
    READ(client, client),
    WRITE(key, key),
    WRITE(unsure, unsure),
    READ(process, process),
    READ(stream, stream),
    READ(fail, fail),
    READ(flaky, flaky),
    WRITE(flaky, flaky),
    READ(slow, slow),
    READ(crash, crash),
    READ(grow, grow),
    {.name = "php",
     .method = METHOD_POST,
     .path = "/tickets.json",
     .of_php = true,
     .writes = true,
     .max_body = BODY_OF_SETTINGS},
    {.name = "locked",
     .method = METHOD_GET,
     .path = "/locked",
     .handle = value,
     .of_php = true,
     .scope = SCOPE_CRON},
    {.name = "list", .method = METHOD_GET, .path = "/tickets.json", .handle = named, .with_head = true},

    // Of our own.
    {.name = "versioned", .method = METHOD_GET, .path = "/versioned", .handle = versioned},
    {.name = "several", .method = METHOD_GET, .path = "/several", .handle = several},
    {.name = "ticket",
     .method = METHOD_GET,
     .path = "/tickets/{number}.json",
     .handle = named,
     .with_head = true,
     .subject = {SUBJECT_TICKET, "number"},
     .parameters = PARAMETERS(NUMBER)},
    {.name = "change",
     .method = METHOD_PATCH,
     .path = "/tickets/{number}.json",
     .handle = echo,
     .writes = true,
     .max_body = 100,
     .media_types = "application/json, application/merge-patch+json",
     .parameters = PARAMETERS(NUMBER)},
    {.name = "remove",
     .method = METHOD_DELETE,
     .path = "/tickets/{number}/entries/{id}.json",
     .handle = asked,
     .writes = true,
     .parameters = PARAMETERS(NUMBER, ID,
                              {.name = "reason", .place = IN_QUERY, .kind = PARAMETER_TEXT, .help = "why"})},
    {.name = "entry",
     .method = METHOD_GET,
     .path = "/tickets/{number}/entries/{id}.json",
     .handle = named,
     .subject = {SUBJECT_TICKET, "number"},
     .answers = ANSWER_JSON,
     .parameters = PARAMETERS(NUMBER, ID)},
    {.name = "person",
     .method = METHOD_PUT,
     .path = "/people/{name}",
     .handle = named,
     .writes = true,
     .parameters = PARAMETERS({.name = "name",
                               .place = IN_PATH,
                               .kind = PARAMETER_NAME,
                               .required = true,
                               .help = "the user name"})},
    {.name = "long",
     .method = METHOD_GET,
     .path = "/people/{name}/stream.json",
     .handle = stream,
     .with_head = true,
     .parameters = PARAMETERS({.name = "name",
                               .place = IN_PATH,
                               .kind = PARAMETER_NAME,
                               .required = true,
                               .help = "the user name"},
                              COUNTED("bytes"))},
    {.name = "missing",
     .method = METHOD_GET,
     .path = "/people/{name}/fail.json",
     .handle = fail,
     .with_head = true,
     .parameters = PARAMETERS({.name = "name",
                               .place = IN_PATH,
                               .kind = PARAMETER_NAME,
                               .required = true,
                               .help = "the user name"},
                              COUNTED("code"), COUNTED("envelope"), COUNTED("bytes"))},
};
const size_t operation_count = sizeof operations / sizeof *operations;

// The API of somebody else: one path of its own, and one that ours have, too.
static bool adapted(struct operation_context *context, struct answer *answer, struct error *error) {
    (void)error;
    answer->kind = ANSWER_JSON;
    answer->without_content = context->parameter(context, "nothing").length != 0;
    output_add_string(answer->output, "{\"by\":\"adapter\"}");
    return true;
}

static bool takes(const struct operation *row, struct text query) {
    return strcmp(row->path, "/value") != 0 || text_find(query, TEXT("mine="), 0) >= 0;
}

static enum error_code code_of(enum error_code code) {
    return code == ERROR_NOT_FOUND ? ERROR_BAD_REQUEST : code;
}

static void tell_failure(struct json_writer *json, const char *message, const struct error *error) {
    (void)error;
    json_open_object(json);
    json_name(json, "oops");
    json_string(json, message);
    json_close_object(json);
}

static const struct operation adapted_rows[] = {
    {.name = "peer", .method = METHOD_GET, .path = "/peer.php", .handle = adapted},
    {.name = "peer.value", .method = METHOD_GET, .path = "/value", .handle = adapted},
    {.name = "peer.fail", .method = METHOD_GET, .path = "/peer-fail.php", .handle = fail},
};

const struct adapter adapters[ADAPTER_COUNT] = {
    [ADAPTER_PR5019] = {"peer", adapted_rows, sizeof adapted_rows / sizeof *adapted_rows, takes, code_of,
                        tell_failure}};

bool idempotency_run(const struct operation *operation, struct operation_context *context,
                     struct answer *answer, struct error *error) {
    return operation->handle(context, answer, error);
}

bool idempotency_lets_go(const struct operation *operation, struct text sent) {
    return text_is_null(sent) || !operation->writes || !operation->handle;
}
