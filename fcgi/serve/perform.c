// SPDX-License-Identifier: GPL-2.0-or-later
// The work of an operation, from its body to the last byte in the output; again where that does no harm.
#include "serve/perform.h"

#include "base/clock.h"
#include "base/log.h"
#include "base/media_type_syntax.h"
#include "db/db.h"
#include "ops/entry/form_body.h"
#include "ops/idempotency.h"
#include "serve/named.h"

#define READ_ATTEMPTS  2 // the link may have been lost since the last request
#define WRITE_ATTEMPTS 3 // what the server rolled back (deadlock, lock wait) has left no trace
// Deadlocks are told at once, and where many want the same it takes more to get through.
#define QUICK_ATTEMPTS 8
#define QUICK_MS       2000 // … that begin within

// Whether it may be run again: where nothing of it was written; and where nobody knows whether it was, if the
// request has a key, by which it is found when it was.
static bool may_run_again(const struct operation_context *context, const struct error *error) {
    return error->code == ERROR_RETRYABLE ||
           (error->code == ERROR_UNKNOWN && !text_is_null(context->idempotency_key));
}

static bool has_attempts(const struct operation *operation, int made, int64_t begun) {
    if (!operation->writes) return made < READ_ATTEMPTS;
    return made < WRITE_ATTEMPTS || (made < QUICK_ATTEMPTS && clock_monotonic_ms() - begun < QUICK_MS);
}

// Runs the operation, again where the database says that this does no harm and nothing was answered yet.
static bool run(struct dispatcher *dispatcher, struct exchange *exchange, const struct operation *operation,
                struct operation_context *context, struct error *error) {
    int64_t begun = clock_monotonic_ms();
    for (int attempt = 1;; attempt++) {
        error_clear(error);
        dispatcher->trust.is_used = false;
        exchange->answer.kind = operation->answers;
        if (idempotency_run(operation, context, &exchange->answer, error)) return true;
        db_rollback(dispatcher->db); // no failure may leave a transaction to the next request
        if (!may_run_again(context, error) || !has_attempts(operation, attempt, begun) ||
            !exchange_restart(exchange))
            return false;
        log_write(dispatcher->log, LOG_LEVEL_NOTICE,
                  "request id=%s operation=%s attempt %d failed, once more: %s", exchange->request.id,
                  operation->name, attempt, *error->detail ? error->detail : error->message);
    }
}

// Reads the body where the operation has one. What says of itself nothing is taken for what is wanted.
static bool read_body(struct exchange *exchange, const struct operation *operation, struct error *error) {
    struct text type = media_type_without_parameters(exchange->request.content_type);
    if (!operation->max_body) return true;
    if (!exchange_body(exchange, operation->max_body, error)) return false;
    if (!operation->media_types || !exchange->body.length || !type.length ||
        media_type_is_one_of(type, operation->media_types))
        return true;
    return error_set(error, ERROR_MEDIA_TYPE, "The body's Content-Type has to be %s", operation->media_types);
}

// Runs the operation; of a form its JSON is the body.
static bool work_on(struct dispatcher *dispatcher, struct exchange *exchange,
                    const struct operation *operation, struct operation_context *context,
                    struct error *error) {
    struct text type = exchange->request.content_type;
    struct form_body form;
    if (!form_body_is(operation, type)) return run(dispatcher, exchange, operation, context, error);
    bool done = form_body_open(&form, operation, type, context, error) &&
                run(dispatcher, exchange, operation, context, error);
    form_body_close(&form);
    error->stays = true;
    return done;
}

bool perform(struct dispatcher *dispatcher, struct exchange *exchange, const struct admitted *admitted,
             struct error *error) {
    const struct operation *operation = exchange->request.route.operation;
    struct named named = {&exchange->request.route, &dispatcher->query};
    if (!read_body(exchange, operation, error)) return false;
    struct operation_context context = {
        .operation = operation,
        .db = dispatcher->db,
        .log = dispatcher->log,
        .settings = &dispatcher->operations,
        .principal = &admitted->principal,
        .subject = admitted->has_subject ? &admitted->subject : NULL,
        .client_address = dispatcher->by_pipe ? "" : exchange->request.client,
        .body = buffer_text(&exchange->body),
        .asked = text_of(exchange->request.tail.data),
        .idempotency_key = exchange->request.idempotency_key,
        .known_versions = exchange->request.known_versions,
        .wanted_versions = exchange->request.wanted_versions,
        .acting_as = exchange->request.acting_as,
        .range = exchange->request.range,
        .range_if = exchange->request.range_if,
        .in_profile = exchange->request.in_profile,
        .waited = exchange->request.waited,
        .without_body = exchange->request.method == METHOD_HEAD,
        .parameter = named_parameter,
        .next_parameter = named_next,
        .request = &named,
        .kept = &dispatcher->kept,
        .desk = &dispatcher->desk,
        .trust = &dispatcher->trust,
        .show_failure = exchange_show_failure,
    };
    return work_on(dispatcher, exchange, operation, &context, error);
}
