// SPDX-License-Identifier: GPL-2.0-or-later
// An operation table for the wire tests: each entry behaves, or misbehaves, in one way.
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

static const struct operation operations[] = {
    {"echo", METHOD_POST, "/echo", 0, OPERATION_NATIVE, true, echo},
    {"value", METHOD_GET, "/value", 0, OPERATION_NATIVE | OPERATION_READS, false, value},
    {"client", METHOD_GET, "/client", 0, OPERATION_NATIVE | OPERATION_READS, false, client},
    {"key", METHOD_POST, "/key", 0, OPERATION_NATIVE | OPERATION_REMEMBERED, false, key},
    {"unsure", METHOD_POST, "/unsure", 0, OPERATION_NATIVE | OPERATION_REMEMBERED, false, unsure},
    {"process", METHOD_GET, "/process", 0, OPERATION_NATIVE | OPERATION_READS, false, process},
    {"stream", METHOD_GET, "/stream", 0, OPERATION_NATIVE | OPERATION_READS, false, stream},
    {"fail", METHOD_GET, "/fail", 0, OPERATION_NATIVE | OPERATION_READS, false, fail},
    {"flaky", METHOD_GET, "/flaky", 0, OPERATION_NATIVE | OPERATION_READS, false, flaky},
    {"flaky.write", METHOD_POST, "/flaky", 0, OPERATION_NATIVE, false, flaky},
    {"slow", METHOD_GET, "/slow", 0, OPERATION_NATIVE | OPERATION_READS, false, slow},
    {"crash", METHOD_GET, "/crash", 0, OPERATION_NATIVE | OPERATION_READS, false, crash},
    {"grow", METHOD_GET, "/grow", 0, OPERATION_NATIVE | OPERATION_READS, false, grow},
    {"php", METHOD_POST, "/tickets.json", 0, 0, true, NULL},
    {"locked", METHOD_GET, "/locked", PERMISSION_EXEC_CRON, OPERATION_NATIVE, false, value},
};

enum subject_kind operation_subject(const struct operation *operation, const char **parameter) {
    (void)operation;
    *parameter = NULL;
    return SUBJECT_NONE;
}

const struct operation *operation_find(enum method method, struct text path) {
    for (size_t i = 0; i < sizeof operations / sizeof *operations; i++)
        if (operations[i].method == method && text_equal(path, text_of(operations[i].path)))
            return &operations[i];
    return NULL;
}

bool idempotency_run(const struct operation *operation, struct operation_context *context,
                     struct answer *answer, struct error *error) {
    return operation->handle(context, answer, error);
}

bool idempotency_lets_go(const struct operation *operation, struct text sent) {
    return text_is_null(sent) || !(operation->flags & OPERATION_REMEMBERED);
}
