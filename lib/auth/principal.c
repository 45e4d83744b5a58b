// SPDX-License-Identifier: GPL-2.0-or-later
// Key and address to principal.
#include "auth/principal.h"

#include "auth/client.h"
#include "base/clock.h"
#include "store/ticket_view.h"

static bool refuse(struct error *error, const char *text) {
    return error_set(error, ERROR_UNAUTHORIZED, "%s", text);
}

unsigned principal_scopes_of(const struct api_key *key, unsigned stock) {
    unsigned cron = key->can_exec_cron ? SCOPE_CRON : SCOPE_NONE;
    if (key->rules.has_scopes) return key->rules.scopes | cron;
    return stock | cron | key->granted | (key->can_create_tickets ? SCOPE_CREATE | SCOPE_REPLY : SCOPE_NONE);
}

static void become(const struct api_key *key, unsigned stock, struct principal *principal) {
    principal->key_id = key->id;
    principal->has_rules = key->has_rules;
    principal->rules = key->rules;
    principal->scopes = principal_scopes_of(key, stock);
}

static bool is_in_time(struct principal_source *source, const struct api_key *key, bool again,
                       struct rate_state *state, struct error *error) {
    const struct key_rules *rules = &key->rules;
    if (again || rules->rate <= 0 || !source->rates ||
        rate_take(source->rates, key->id, rules->rate, rules->burst, clock_monotonic_us(), state))
        return true;
    return error_set(error, ERROR_RATE, "Too many requests with this API key: once more in %lld s",
                     (long long)state->retry_after);
}

static bool has_scopes(const struct principal *principal, const struct principal_question *question,
                       struct error *error) {
    unsigned missing = question->scopes & ~principal->scopes;
    if (!missing) return true;
    if (question->of_php && !principal_is_client(principal)) return refuse(error, "API key not authorized");
    return error_set(error, ERROR_SCOPE, "The %s lacks the scope %s",
                     principal_is_client(principal) ? "token" : "API key", scope_name(missing));
}

// Nothing is done for a client that does not say it is for clients.
static bool is_for_clients(const struct principal_question *question, struct error *error) {
    if (question->for_clients) return true;
    if (question->of_php) return refuse(error, "API key not authorized");
    return error_set(error, ERROR_SCOPE, "Tokens of clients are not for this operation");
}

bool principal_authenticate(struct principal_source *source, const struct principal_question *question,
                            struct subject *subject, struct principal *principal, struct error *error) {
    struct api_key key;
    const struct api_key_question asked = {question->key, question->address, source->open_networks};
    *principal = (struct principal){0};
    bool has_key = question->key.length && !text_equal(question->key, TEXT("0"));
    if (!has_key && !text_is_null(question->token))
        return (mail_link_is(question->token) ? mail_link_authenticate
                                              : client_authenticate)(source, question, principal, error) &&
               is_for_clients(question, error) && has_scopes(principal, question, error);
    if (!has_key) return refuse(error, "Valid API key required");
    int found = api_key_find(source->db, &source->table, &asked, subject, &key, error);
    if (found < 0) return false;
    if (found == 0) return refuse(error, "Valid API key required");
    if (!key.active || key.rules.expired)
        return refuse(error, "API key not found/active or source IP not authorized");
    become(&key, source->stock_scopes, principal);
    return is_in_time(source, &key, question->again, &principal->rate, error) &&
           has_scopes(principal, question, error);
}

int principal_of_key(struct db *db, int64_t key_id, unsigned stock_scopes, unsigned scopes,
                     struct principal *principal, const char **why, struct error *error) {
    struct api_key key;
    int found = api_key_of_id(db, key_id, &key, error);
    *principal = (struct principal){0};
    *why = "its key is no more";
    if (found <= 0) return found;
    become(&key, stock_scopes, principal);
    *why = !key.active                     ? "its key is switched off"
           : key.rules.expired             ? "its key has expired"
           : (scopes & ~principal->scopes) ? "its key lacks a scope that it needs"
                                           : NULL;
    return *why == NULL;
}

bool principal_is_client(const struct principal *principal) {
    return principal->user_id != 0;
}

bool principal_sees_as_client(const struct principal *principal) {
    return ticket_view_is_client(&principal->rules);
}

bool principal_hides_notes(const struct principal *principal) {
    return principal_sees_as_client(principal) ||
           (principal->rules.has_scopes && !(principal->scopes & SCOPE_NOTES));
}

bool principal_is_narrowed(const struct principal *principal) {
    return principal->rules.view != KEY_VIEW_ALL || principal->rules.has_departments ||
           principal->rules.has_tickets;
}

const struct key_rules *principal_view(const struct principal *principal) {
    return principal_is_narrowed(principal) ? &principal->rules : NULL;
}
