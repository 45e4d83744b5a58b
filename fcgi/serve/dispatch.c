// SPDX-License-Identifier: GPL-2.0-or-later
// One request, from left to right.
#include "serve/dispatch.h"

#include "auth/client.h"
#include "auth/pipe_proof.h"
#include "auth/principal.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/media_type_syntax.h"
#include "db/db.h"
#include "ops/entry/form_body.h"
#include "ops/idempotency.h"
#include "ops/parameters.h"
#include "serve/cors.h"
#include "serve/fallback.h"
#include "serve/health.h"
#include "serve/hold.h"
#include "serve/replicas.h"
#include "store/read/ticket_version.h"
#include "store/ticket_view.h"

#include <stdio.h>
#include <string.h>

#define READ_ATTEMPTS  2 // the link may have been lost since the last request
#define WRITE_ATTEMPTS 3 // what the server rolled back (deadlock, lock wait) has left no trace
#define ADDRESS_ANY    "0.0.0.0"
#define KEY_SHOWN      4
#define KEY_SHOWN_FROM 12 // of a shorter key the last four would be too much

// A worker that waited any longer would be ended.
static unsigned cron_wait(const struct settings *settings) {
    unsigned longest = settings->server.request_timeout > 2 ? settings->server.request_timeout - 2 : 1;
    return settings->cron.wait < longest ? settings->cron.wait : longest;
}

void dispatch_settings(struct dispatcher *dispatcher) {
    const struct settings *settings = dispatcher->settings;
    bool current = strcmp(settings->api.shape, "current") == 0;
    dispatcher->operations = (struct operation_settings){
        .shape = current ? SHAPE_CURRENT : SHAPE_DOCUMENTED,
        .priority_object = current && strcmp(settings->api.priority, "object") == 0,
        .notes = settings->api.notes | (settings->api.client_notes ? NOTES_IN_CLIENT_TICKETS : 0),
        .reply_email_default = settings->reply.email_default,
        .allow_internal_fields = settings->create.allow_internal_fields,
        .ignored_plugins = settings->create.ignore_plugins,
        .write_despite_audit = settings->api.write_despite_audit,
        .reply_hands_over =
            settings->fallback.replies && (*settings->fallback.php_fpm || *settings->fallback.php),
        .resolver = settings->create.resolver,
        .email_as_php = settings->email.as_php,
        .secret_salt = settings->osticket.secret_salt,
        .osticket_folder = settings->osticket.folder,
        .max_body = settings->server.max_body,
        .mail_enabled = settings->mail.enabled,
        .mail_wake = dispatcher->mail_wake,
        .cron_enabled = settings->cron.enabled,
        .cron_wait = cron_wait(settings),
        .cron_hands_over = *settings->fallback.php_fpm || *settings->fallback.php,
        .cron_wake = dispatcher->cron_wake,
        .changes_gap = settings_changes_gap(settings),
        .webhooks_enabled = settings->webhooks.enabled,
        .webhooks_http = settings->webhooks.http,
        .webhooks_allow = settings->webhooks.allow,
    };
    dispatcher->principals.stock_scopes = settings->api.stock_scopes;
    dispatcher->principals.open_networks = settings->api.open_keys;
    dispatcher->principals.mail_link_salt = settings->tokens.mail_links && *settings->osticket.secret_salt
                                                ? settings->osticket.secret_salt
                                                : NULL;
}

// What a request names things by.
struct named {
    const struct route *route;
    const struct query *query;
};

static struct text named_value(const struct named *named, const char *name) {
    struct text value = route_value(named->route, text_of(name));
    return text_is_null(value) ? query_value(named->query, text_of(name)) : value;
}

static struct text parameter(const struct operation_context *context, const char *name) {
    return named_value(context->request, name);
}

static bool next_parameter(const struct operation_context *context, const char *prefix, size_t *cursor,
                           struct text *rest, struct text *value) {
    const struct named *named = context->request;
    struct text beginning = text_of(prefix);
    while (*cursor < named->query->count) {
        struct text name = named->query->parameters[*cursor].name;
        *value = named->query->parameters[(*cursor)++].value;
        if (!text_starts_with(name, beginning)) continue;
        *rest = (struct text){name.data + beginning.length, name.length - beginning.length};
        return true;
    }
    return false;
}

// Whether it is our own pipe that asks, for what it may.
static bool is_pipe(const struct settings *settings, const struct request *request,
                    const struct operation *operation) {
    return operation && operation->by_pipe &&
           pipe_proof_is_good(text_of(settings->osticket.secret_salt), text_of(settings->database.password),
                              request->pipe_proof);
}

static bool ask_for_principal(struct dispatcher *dispatcher, const struct request *request,
                              const struct operation *operation, const char *address, struct subject *subject,
                              struct principal *principal, struct error *error) {
    const struct principal_question question = {
        .key = request->key,
        .token = request->token,
        .origin = request->origin,
        .address = address,
        .scopes = operation->scope,
        .for_clients = operation->for_clients,
        .of_php = !request->route.own,
        .again = dispatcher->is_counted || !text_is_null(request->waited),
    };
    for (int attempt = 1;; attempt++) {
        error_clear(error);
        if (principal_authenticate(&dispatcher->principals, &question, subject, principal, error))
            return true;
        if (error->code != ERROR_RETRYABLE || attempt == READ_ATTEMPTS) return false;
    }
}

// Whether a key that is bound to 0.0.0.0 is one from everywhere, as the plugins have it whose paths these
// are.
static bool takes_wildcard(const struct dispatcher *dispatcher, const struct request *request) {
    const struct settings *settings = dispatcher->settings;
    return settings->adapters.wildcard && settings->api.open_keys &&
           (request->by_wildcard || request->adapter == &adapters[ADAPTER_MARKUS]);
}

static bool authenticate(struct dispatcher *dispatcher, const struct request *request,
                         const struct operation *operation, struct subject *subject,
                         struct principal *principal, struct error *error) {
    *principal = (struct principal){0};
    if (dispatcher->by_pipe) return true;
    // Whoever it is, it is not known to be where a key is bound to.
    if (strcmp(request->client, ADDRESS_UNREADABLE) == 0)
        return error_set(error, ERROR_UNAUTHORIZED, "API key not found/active or source IP not authorized");
    return ask_for_principal(dispatcher, request, operation, request->client, subject, principal, error) ||
           (error->code == ERROR_UNAUTHORIZED && takes_wildcard(dispatcher, request) &&
            ask_for_principal(dispatcher, request, operation, ADDRESS_ANY, subject, principal, error));
}

// For a key that sees some tickets only: another one is not there, and whoever asks waits as long for either.
// Where nothing is named, there is nothing to look for. A client asks for nothing that does not say how it is
// narrowed to him, see is_for_clients() of lib/auth.
static bool narrow(struct dispatcher *dispatcher, const struct route *route,
                   const struct principal *principal, struct subject *subject, struct error *error) {
    const struct operation *operation = route->operation;
    if (operation->narrowed == NARROWED_BY_ITSELF || operation->narrowed == NARROWED_ANY ||
        !principal_is_narrowed(principal))
        return true;
    if (operation->narrowed == NARROWED_BY_SUBJECT) {
        return !subject->name.length || ticket_view_narrow(dispatcher->db, &principal->rules, subject, error);
    }
    if (principal_is_client(principal)) return true;
    if (!route->own) return error_set(error, ERROR_UNAUTHORIZED, "API key not authorized");
    return error_set(error, ERROR_SCOPE,
                     "The API key sees some tickets only, and this operation cannot be narrowed to them");
}

// Whether it may be run again: where nothing of it was written; and where nobody knows whether it was, if the
// request has a key, by which it is found when it was.
static bool may_run_again(const struct operation_context *context, const struct error *error) {
    return error->code == ERROR_RETRYABLE ||
           (error->code == ERROR_UNKNOWN && !text_is_null(context->idempotency_key));
}

// Runs the operation, again where the database says that this does no harm and nothing was answered yet.
static bool run(struct dispatcher *dispatcher, struct exchange *exchange, const struct operation *operation,
                struct operation_context *context, struct error *error) {
    int attempts = operation->writes ? WRITE_ATTEMPTS : READ_ATTEMPTS;
    for (int attempt = 1;; attempt++) {
        error_clear(error);
        exchange->answer.kind = operation->answers;
        if (idempotency_run(operation, context, &exchange->answer, error)) return true;
        db_rollback(dispatcher->db); // no failure may leave a transaction to the next request
        if (!may_run_again(context, error) || attempt == attempts || !exchange_restart(exchange))
            return false;
        log_write(dispatcher->log, LOG_LEVEL_NOTICE,
                  "request id=%s operation=%s attempt %d failed, once more: %s", exchange->request.id,
                  operation->name, attempt, *error->detail ? error->detail : error->message);
    }
}

// Whether a ticket is named by its id, which needs no look. PHP knows no such names.
static bool is_ticket_id(const struct named *named, const struct operation *operation, int64_t *id) {
    if (operation->subject.kind != SUBJECT_TICKET || operation->of_php) return false;
    struct text value = named_value(named, operation->subject.parameter);
    return text_starts_with(value, TEXT("id:")) &&
           text_to_int64((struct text){value.data + 3, value.length - 3}, id) && *id > 0;
}

// What the request names, so that it is looked up together with the key. False where it names nothing: what
// is missing or cannot be read is the operation's to refuse, once the key is known to be good.
static bool read_subject(const struct named *named, const struct operation *operation,
                         struct subject *subject) {
    *subject = (struct subject){.kind = operation->subject.kind};
    if (operation->subject.parameter) subject->name = named_value(named, operation->subject.parameter);
    return subject->name.length != 0 || subject->kind == SUBJECT_LANES;
}

// A client that has a version of the ticket asks for the present one: that comes with the key, then.
static bool wants_version(const struct request *request, const struct operation *operation) {
    return operation->versioned && operation->subject.kind == SUBJECT_TICKET && !operation->of_php &&
           !text_is_null(request->known_versions);
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

// Whether the query holds what the operation takes. Where PHP has it, too, anything may stand there.
// A path of another API checks its own.
static bool check_query(const struct request *request, const struct query *query, struct error *error) {
    const struct route *route = &request->route;
    if (!route->own || request->adapter) return true;
    struct sent_parameter sent[QUERY_PARAMETERS_MAX];
    for (size_t i = 0; i < query->count; i++)
        sent[i] = (struct sent_parameter){query->parameters[i].name, query->parameters[i].value};
    return parameters_check(route->operation, sent, query->count, error);
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

// The work of a native operation, from its body to the last byte in the output.
static bool work(struct dispatcher *dispatcher, struct exchange *exchange, const struct subject *subject,
                 const struct principal *principal, struct error *error) {
    const struct operation *operation = exchange->request.route.operation;
    struct named named = {&exchange->request.route, &dispatcher->query};
    if (!read_body(exchange, operation, error)) return false;
    struct operation_context context = {
        .operation = operation,
        .db = dispatcher->db,
        .log = dispatcher->log,
        .settings = &dispatcher->operations,
        .principal = principal,
        .subject = subject,
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
        .parameter = parameter,
        .next_parameter = next_parameter,
        .request = &named,
        .kept = &dispatcher->kept,
        .show_failure = exchange_show_failure,
    };
    return work_on(dispatcher, exchange, operation, &context, error);
}

// A key as the log may show it.
static void show_key(const struct request *request, char shown[WHO_SIZE]) {
    struct text key = request->key;
    if (!key.length && !text_is_null(request->token))
        snprintf(shown, WHO_SIZE, "token");
    else if (!key.data)
        snprintf(shown, WHO_SIZE, "-");
    else if (key.length < KEY_SHOWN_FROM)
        snprintf(shown, WHO_SIZE, "…");
    else
        snprintf(shown, WHO_SIZE, "…%.*s", KEY_SHOWN, key.data + key.length - KEY_SHOWN);
}

// A client by the key that signed, and his own id.
static void show_client(struct dispatcher *dispatcher, const struct principal *principal) {
    if (!principal->key_id)
        snprintf(dispatcher->who, WHO_SIZE, "link:user:%lld", (long long)principal->user_id);
    else
        snprintf(dispatcher->who, WHO_SIZE, "%lld:user:%lld", (long long)principal->key_id,
                 (long long)principal->user_id);
}

// Key, then what is wrong with the request, then the work.
static bool serve_operation(struct dispatcher *dispatcher, struct exchange *exchange, struct error *error) {
    const struct route *route = &exchange->request.route;
    const struct operation *operation = route->operation;
    struct principal principal;
    struct subject subject;
    struct ticket_version version = {0};
    struct error malformed;
    int64_t id = 0;
    error_clear(&malformed);
    bool readable = route_check(route, &malformed) &&
                    query_parse(exchange->request.query, &dispatcher->query, &malformed) &&
                    check_query(&exchange->request, &dispatcher->query, &malformed);
    const struct named named = {route, &dispatcher->query};
    bool has_subject = readable && read_subject(&named, operation, &subject);
    bool by_id = has_subject && is_ticket_id(&named, operation, &id);
    if (has_subject && wants_version(&exchange->request, operation)) subject.version = &version;
    if (by_id) subject.id = id;
    bool looks = has_subject && (!by_id || subject.version);
    bool known =
        authenticate(dispatcher, &exchange->request, operation, looks ? &subject : NULL, &principal, error);
    if (!dispatcher->is_counted) exchange_tell_rate(exchange, &principal.rate);
    if (principal.rate.limit) dispatcher->is_counted = true;
    if (principal.origin_known) exchange_know_page(exchange);
    if (known && principal_is_client(&principal)) show_client(dispatcher, &principal);
    if (!known) return false;
    dispatcher->is_client = principal_is_client(&principal);
    if (!operation->handle)
        return error_set(error, ERROR_NOT_NATIVE, "This server does not do %s itself", operation->name);
    if (!readable) *error = malformed;
    return readable && narrow(dispatcher, route, &principal, &subject, error) &&
           work(dispatcher, exchange, has_subject ? &subject : NULL, &principal, error);
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
    if (route->operation) return serve_operation(dispatcher, exchange, error);
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

// Whether who holds it tells of it, once it is answered.
static bool is_told_later(const struct dispatcher *dispatcher, const struct exchange *exchange) {
    return dispatcher->is_held ||
           (!text_is_null(exchange->request.waited) && *exchange->answer.wait.position);
}

static void log_request(struct dispatcher *dispatcher, const struct exchange *exchange,
                        const struct operation *operation, const struct error *error, int64_t us,
                        uint64_t round_trips) {
    char what[ERROR_MESSAGE_MAX + ERROR_DETAIL_MAX + 4];
    snprintf(what, sizeof what, "%s%s%s", error->message, *error->message && *error->detail ? ": " : "",
             error->detail);
    struct log_field fields[11];
    const char *replica = replicas_name(dispatcher->replicas, dispatcher->db);
    size_t count = 0;
    fields[count++] = (struct log_field){"id", LOG_WORD, exchange->request.id, 0};
    fields[count++] = (struct log_field){"client", LOG_WORD, exchange->request.client, 0};
    fields[count++] = (struct log_field){"key", LOG_WORD, dispatcher->who, 0};
    fields[count++] = (struct log_field){"operation", LOG_WORD, operation ? operation->name : "-", 0};
    if (exchange->answered_by) fields[count++] = (struct log_field){"by", LOG_WORD, exchange->answered_by, 0};
    if (replica) fields[count++] = (struct log_field){"replica", LOG_WORD, replica, 0};
    fields[count++] = (struct log_field){"status", LOG_NUMBER, NULL, exchange->status};
    fields[count++] = (struct log_field){"ms", LOG_MILLISECONDS, NULL, us};
    fields[count++] = (struct log_field){"round_trips", LOG_NUMBER, NULL, (int64_t)round_trips};
    fields[count++] = (struct log_field){"bytes", LOG_NUMBER, NULL, (int64_t)exchange->bytes};
    if (error->code != ERROR_NONE) fields[count++] = (struct log_field){"error", LOG_QUOTED, what, 0};
    bool ours = error->code == ERROR_INTERNAL || error->code == ERROR_UNKNOWN ||
                error->code == ERROR_UNAVAILABLE || error->code == ERROR_RETRYABLE ||
                error->code == ERROR_FALLBACK_AWAY || error->code == ERROR_FALLBACK_BROKE ||
                error->code == ERROR_FALLBACK_LATE;
    log_write_fields(dispatcher->log, ours ? LOG_LEVEL_ERROR : LOG_LEVEL_INFO, "request", fields, count);
}

// What was answered is counted and logged.
static void account(struct dispatcher *dispatcher, const struct exchange *exchange,
                    const struct operation *operation, const struct error *error, int64_t us,
                    uint64_t round_trips) {
    if (is_told_later(dispatcher, exchange)) return;
    const struct adapter *adapter = exchange->request.adapter;
    const char *name = adapter ? adapter->name : operation ? operation->name : "-";
    statistics_request(&dispatcher->slot->statistics, name, exchange->status, us, round_trips,
                       exchange->answer.repeated);
    log_request(dispatcher, exchange, operation, error, us, round_trips);
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

void dispatch(struct dispatcher *dispatcher, struct exchange *exchange) {
    const struct request *request = &exchange->request;
    int64_t begun = clock_monotonic_us();
    uint64_t round_trips = round_trips_of(dispatcher);
    use(dispatcher, dispatcher->primary);
    struct error error;
    show_key(request, dispatcher->who); // the request's own goes when its answer has gone
    dispatcher->begun_us = begun;
    dispatcher->is_held = dispatcher->is_client = dispatcher->is_counted = false;
    error_clear(&error);
    const struct operation *operation = request->route.operation;
    if (is_preflight(dispatcher, exchange)) {
        exchange_preflight(exchange);
        account(dispatcher, exchange, operation, &error, clock_monotonic_us() - begun,
                round_trips_of(dispatcher) - round_trips);
        return;
    }
    slot_describe(dispatcher->slot, operation ? operation->name : "-", request->id);
    dispatcher->by_pipe = is_pipe(dispatcher->settings, request, operation);
    bool done = serve_anywhere(dispatcher, exchange, &error);
    if (done) error_clear(&error);
    if (dispatcher->is_client) hush(&error);
    answer(dispatcher, exchange, operation, done, &error);
    int64_t took = clock_monotonic_us() - begun;
    round_trips = round_trips_of(dispatcher) - round_trips;
    account(dispatcher, exchange, operation, &error, took, round_trips);
}
