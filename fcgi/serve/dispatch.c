// SPDX-License-Identifier: GPL-2.0-or-later
// One request, from left to right.
#include "serve/dispatch.h"

#include "auth/client.h"
#include "auth/pipe_proof.h"
#include "base/clock.h"
#include "db/db.h"
#include "ops/idempotency.h"
#include "serve/account.h"
#include "serve/admit.h"
#include "serve/cors.h"
#include "serve/fallback.h"
#include "serve/health.h"
#include "serve/hold.h"
#include "serve/perform.h"
#include "serve/replicas.h"

#include <stdio.h>

// Whether it is our own pipe that asks, for what it may.
static bool is_pipe(const struct settings *settings, const struct request *request,
                    const struct operation *operation) {
    return operation && operation->by_pipe &&
           pipe_proof_is_good(text_of(settings->osticket.secret_salt), text_of(settings->database.password),
                              request->pipe_proof);
}

static void use(struct dispatcher *dispatcher, struct db *db) {
    dispatcher->db = dispatcher->principals.db = db;
}

// Of what fails on a replica the primary may know better: a statement that takes too long is none of these.
static bool may_do_better(const struct dispatcher *dispatcher, const struct error *error) {
    return dispatcher->db != dispatcher->primary && !db_ran_out_of_time(dispatcher->db, error) &&
           (error->code == ERROR_RETRYABLE || error->code == ERROR_UNAVAILABLE ||
            error->code == ERROR_INTERNAL);
}

static bool serve(struct dispatcher *dispatcher, struct exchange *exchange, struct error *error) {
    const struct route *route = &exchange->request.route;
    struct admitted admitted;
    if (route->operation)
        return admit(dispatcher, exchange, &admitted, error) &&
               perform(dispatcher, exchange, &admitted, error);
    if (health_is_asked(exchange, dispatcher->settings))
        return health_answer(exchange, dispatcher->db, error);
    return route->own ? error_set(error, ERROR_METHOD, "This path takes other methods")
                      : error_set(error, ERROR_NO_ROUTE, "URL not supported");
}

// Whole on one database: of what a replica fails to do the primary is asked everything anew. A replica that
// does not do what the primary does is left alone.
static bool serve_anywhere(struct dispatcher *dispatcher, struct exchange *exchange, struct error *error) {
    const struct operation *operation = exchange->request.route.operation;
    bool may = dispatcher->replicas && operation && operation->from_replica;
    if (may) use(dispatcher, replicas_choose(dispatcher->replicas, dispatcher->primary));
    bool done = serve(dispatcher, exchange, error);
    if (!done && may_do_better(dispatcher, error)) {
        const struct db *failed = dispatcher->db;
        struct error of_replica = *error;
        bool again = exchange_restart(exchange);
        if (again) {
            use(dispatcher, dispatcher->primary);
            error_clear(error);
            done = serve(dispatcher, exchange, error);
        }
        if (done || of_replica.code != ERROR_INTERNAL)
            replicas_fail(dispatcher->replicas, failed, &of_replica);
    }
    struct statistics *counts = &dispatcher->slot->statistics;
    bool by_replica = dispatcher->db != dispatcher->primary;
    if (may) statistics_count(by_replica ? &counts->replica_reads : &counts->primary_reads, 1);
    return done;
}

static uint64_t round_trips_of(const struct dispatcher *dispatcher) {
    return db_round_trips(dispatcher->primary) + replicas_round_trips(dispatcher->replicas);
}

// Where PHP does what this server does not: a route that is not ours, key or not, and what an operation
// leaves to PHP, unless PHP does not know it or a key asks for what only this server can promise.
static enum fallback_way way_out(const struct dispatcher *dispatcher, const struct exchange *exchange,
                                 const struct operation *operation, const struct error *error) {
    const struct request *request = &exchange->request;
    bool ours_to_refuse =
        error->code == ERROR_NOT_NATIVE && operation &&
        (request->route.own || error->stays || !idempotency_lets_go(operation, request->idempotency_key) ||
         dispatcher->by_pipe || dispatcher->is_client);
    bool route_of_php = error->code == ERROR_NO_ROUTE && !text_is_null(request->tail);
    if (ours_to_refuse || !(error->code == ERROR_NOT_NATIVE || route_of_php)) return FALLBACK_NONE;
    return fallback_way(dispatcher->settings, request);
}

// Which plugin, filter or field of a form it is that only PHP knows is the log's to tell, not a client's.
static void hush(struct error *error) {
    char what[ERROR_MESSAGE_MAX];
    if (error->code != ERROR_NOT_NATIVE) return;
    snprintf(what, sizeof what, "%s", error->message);
    error_set(error, ERROR_NOT_NATIVE, "This help desk does not do that here");
    error_detail(error, "%s", what);
}

static void hand_over(struct dispatcher *dispatcher, struct exchange *exchange, enum fallback_way way,
                      struct error *error) {
    slot_handed_over(dispatcher->slot);
    if (!fallback_run(way, exchange, dispatcher->log, error)) exchange_fail(exchange, error);
}

// Sends a good answer, or lets it wait. False when the client did not take it.
static bool finish(struct dispatcher *dispatcher, struct exchange *exchange) {
    const struct hold_account account = {dispatcher->who, dispatcher->begun_us};
    enum hold_outcome outcome = hold_request(exchange, dispatcher->holding, &account);
    dispatcher->is_held = outcome == HOLD_HELD;
    if (outcome != HOLD_NOT) return outcome != HOLD_LOST;
    hold_tell(exchange);
    return exchange_finish(exchange);
}

static void answer(struct dispatcher *dispatcher, struct exchange *exchange,
                   const struct operation *operation, bool done, struct error *error) {
    if (done && finish(dispatcher, exchange)) return;
    if (done) {
        error_set(error, ERROR_ABORTED, "the client did not take the answer");
        return;
    }
    enum fallback_way way = way_out(dispatcher, exchange, operation, error);
    if (way != FALLBACK_NONE && exchange_restart(exchange)) {
        hand_over(dispatcher, exchange, way, error);
        return;
    }
    if (exchange->output.failed) error_set(error, ERROR_ABORTED, "the client did not take the answer");
    exchange_fail(exchange, error);
}

// A browser asks whether a page may ask: of pages that [cors] names, and of those from which clients' tokens
// may come. There is no token in it yet.
static bool is_preflight(struct dispatcher *dispatcher, struct exchange *exchange) {
    const struct request *request = &exchange->request;
    struct error ignored = {0};
    if (cors_is_preflight(dispatcher->settings, request)) return true;
    if (!request->preflight_of_token || client_page_is_known(dispatcher->db, request->origin, &ignored) <= 0)
        return false;
    exchange_know_page(exchange);
    return true;
}

// What is remembered of the last request goes.
static void begin(struct dispatcher *dispatcher, const struct request *request) {
    use(dispatcher, dispatcher->primary);
    account_of_key(request, dispatcher->who); // the request's own goes when its answer has gone
    dispatcher->begun_us = clock_monotonic_us();
    dispatcher->is_held = dispatcher->is_client = dispatcher->is_counted = false;
}

static void serve_and_answer(struct dispatcher *dispatcher, struct exchange *exchange, struct error *error) {
    const struct request *request = &exchange->request;
    const struct operation *operation = request->route.operation;
    slot_describe(dispatcher->slot, operation ? operation->name : "-", request->id);
    dispatcher->by_pipe = is_pipe(dispatcher->settings, request, operation);
    bool done = serve_anywhere(dispatcher, exchange, error);
    if (done) error_clear(error);
    if (dispatcher->is_client) hush(error);
    answer(dispatcher, exchange, operation, done, error);
}

void dispatch(struct dispatcher *dispatcher, struct exchange *exchange) {
    uint64_t round_trips = round_trips_of(dispatcher);
    struct error error;
    error_clear(&error);
    begin(dispatcher, &exchange->request);
    if (is_preflight(dispatcher, exchange))
        exchange_preflight(exchange);
    else
        serve_and_answer(dispatcher, exchange, &error);
    account(dispatcher, exchange, &error, clock_monotonic_us() - dispatcher->begun_us,
            round_trips_of(dispatcher) - round_trips);
}
