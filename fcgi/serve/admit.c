// SPDX-License-Identifier: GPL-2.0-or-later
// Who asks, for what: the key, what the request names, and whether the one may see the other.
#include "serve/admit.h"

#include "ops/parameters.h"
#include "serve/account.h"
#include "serve/named.h"
#include "store/ticket_view.h"

#include <string.h>

#define READ_ATTEMPTS 2 // the link may have been lost since the last request
#define ADDRESS_ANY   "0.0.0.0"

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

// What is wrong with the request itself, which only a good key is told.
static bool is_readable(struct dispatcher *dispatcher, const struct request *request, struct error *error) {
    return route_check(&request->route, error) && query_parse(request->query, &dispatcher->query, error) &&
           check_query(request, &dispatcher->query, error);
}

// What the request is about. False where nothing of it is to be looked up together with the key.
static bool prepare_subject(const struct dispatcher *dispatcher, const struct request *request,
                            struct admitted *admitted) {
    const struct operation *operation = request->route.operation;
    const struct named named = {&request->route, &dispatcher->query};
    int64_t id = 0;
    admitted->has_subject = read_subject(&named, operation, &admitted->subject);
    if (!admitted->has_subject) return false;
    bool by_id = is_ticket_id(&named, operation, &id);
    if (by_id) admitted->subject.id = id;
    if (wants_version(request, operation)) admitted->subject.version = &admitted->version;
    return !by_id || admitted->subject.version;
}

// What the answer and the log tell of who asked, whether he was let in or not.
static void tell_who(struct dispatcher *dispatcher, struct exchange *exchange,
                     const struct principal *principal, bool known) {
    if (!dispatcher->is_counted) exchange_tell_rate(exchange, &principal->rate);
    if (principal->rate.limit) dispatcher->is_counted = true;
    if (principal->origin_known) exchange_know_page(exchange);
    if (known && principal_is_client(principal)) account_of_client(principal, dispatcher->who);
}

bool admit(struct dispatcher *dispatcher, struct exchange *exchange, struct admitted *admitted,
           struct error *error) {
    const struct request *request = &exchange->request;
    const struct operation *operation = request->route.operation;
    struct principal *principal = &admitted->principal;
    struct subject *subject = &admitted->subject;
    struct error malformed;
    error_clear(&malformed);
    admitted->version = (struct ticket_version){0};
    admitted->has_subject = false;
    bool readable = is_readable(dispatcher, request, &malformed);
    bool looks = readable && prepare_subject(dispatcher, request, admitted);
    bool known = authenticate(dispatcher, request, operation, looks ? subject : NULL, principal, error);
    tell_who(dispatcher, exchange, principal, known);
    if (!known) return false;
    dispatcher->is_client = principal_is_client(principal);
    if (!operation->handle)
        return error_set(error, ERROR_NOT_NATIVE, "This server does not do %s itself", operation->name);
    if (!readable) *error = malformed;
    return readable && narrow(dispatcher, &request->route, principal, subject, error);
}
