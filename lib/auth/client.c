// SPDX-License-Identifier: GPL-2.0-or-later
// Token to principal. All that a token could be refused for is looked at, whatever was found before: how long
// it takes tells nothing.
#include "auth/client.h"

#include "base/clock.h"
#include "base/words.h"
#include "store/token/client_token.h"
#include "token/token.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#define ARENA_MAX         (64 << 10)
#define ORIGIN_MAX        255
#define NOBODYS           "no key has this secret, since nobody signs with it"
#define TOKEN_NUMBERS_FIT (TOKEN_TICKETS_MAX == KEY_TICKETS_MAX)
_Static_assert(TOKEN_NUMBERS_FIT, "a key's rules hold the tickets of a token");

struct text client_origin(struct text origin) {
    for (size_t i = 0; i < origin.length; i++)
        if (origin.data[i] <= ' ' || origin.data[i] > '~' || origin.data[i] == ',') return TEXT_NULL;
    return origin.length && origin.length <= ORIGIN_MAX ? origin : TEXT_NULL;
}

static bool has_word(struct text list, struct text wanted) {
    struct text word;
    for (size_t at = 0; words_next(list, &at, &word);)
        if (text_equal(word, wanted)) return true;
    return false;
}

static bool may_sign(const struct client_token_answer *found, unsigned stock) {
    const struct api_key *key = &found->key;
    return found->has_key && key->active && !key->rules.expired && key->rules.view == KEY_VIEW_ALL &&
           (principal_scopes_of(key, stock) & SCOPE_TOKENS);
}

static bool is_good(const struct principal_source *source, const struct principal_question *question,
                    const struct token *token, const struct client_token_answer *found) {
    struct text secret = found->signing.secret;
    bool is_signed = token_is_signed(question->token, secret.length ? secret : TEXT(NOBODYS));
    bool from_there = text_is_null(question->origin) || has_word(found->signing.origins, question->origin);
    bool of_now = token_is_of_now(token, (int64_t)time(NULL), found->signing.epoch);
    bool may = may_sign(found, source->stock_scopes);
    return token->key_id && secret.length && is_signed && from_there && of_now && may && found->user_id &&
           !found->locked && !found->too_many;
}

// Until then, or until its key ends before it.
static void tell_end(const struct token *token, struct key_rules *rules) {
    char stamp[KEY_TIME_SIZE];
    struct tm moment;
    time_t end = (time_t)token->expires;
    if (!gmtime_r(&end, &moment) || !strftime(stamp, sizeof stamp, "%Y-%m-%dT%H:%M:%SZ", &moment)) return;
    if (!*rules->expires || strcmp(stamp, rules->expires) < 0)
        snprintf(rules->expires, sizeof rules->expires, "%s", stamp);
}

void client_become(int64_t user_id, unsigned scopes, struct principal *principal) {
    struct key_rules *rules = &principal->rules;
    principal->user_id = user_id;
    principal->scopes = rules->scopes = scopes & CLIENT_SCOPES;
    principal->has_rules = rules->has_scopes = true;
    rules->view = KEY_VIEW_USER;
    rules->view_id = user_id;
    rules->staff_id = rules->burst = 0;
    rules->any_staff = rules->is_system = false;
}

static void become(const struct principal_source *source, const struct token *token,
                   const struct client_token_answer *found, struct principal *principal) {
    unsigned scopes = principal_scopes_of(&found->key, source->stock_scopes);
    principal->key_id = found->key.id;
    principal->rules = found->key.rules;
    client_become(found->user_id, token->has_scopes ? scopes & token->scopes : scopes, principal);
    principal->rules.rate = found->signing.user_rate;
    tell_end(token, &principal->rules);
}

// What the key's own bucket holds would tell of other clients: of that nothing is said but how long to wait.
static bool is_in_time(const struct principal_source *source, const struct client_token_answer *found,
                       struct principal *principal, struct error *error) {
    const struct key_rules *rules = &found->key.rules;
    struct rate_state of_key = {0};
    int64_t now = clock_monotonic_us();
    if (!source->rates) return true;
    bool in_time =
        found->signing.user_rate <= 0 || rate_take_of_user(source->rates, found->key.id, found->user_id,
                                                           found->signing.user_rate, now, &principal->rate);
    if (in_time && rules->rate > 0) {
        in_time = rate_take(source->rates, found->key.id, rules->rate, rules->burst, now, &of_key);
        if (!in_time) principal->rate = (struct rate_state){.retry_after = of_key.retry_after};
    }
    return in_time || error_set(error, ERROR_RATE, "Too many requests: once more in %lld s",
                                (long long)principal->rate.retry_after);
}

bool client_authenticate(struct principal_source *source, const struct principal_question *question,
                         struct principal *principal, struct error *error) {
    struct arena arena = arena_new(ARENA_MAX);
    struct token token;
    struct client_token_answer found = {0};
    (void)token_read(question->token, &arena, &token);
    const struct client_token_question asked = {
        .key_id = token.key_id,
        .user_id = token.user_id,
        .address = token.address,
        .tickets = token.has_tickets ? token.tickets : NULL,
        .ticket_count = token.ticket_count,
        .origin = client_origin(question->origin),
    };
    bool done = client_token_find(source->db, &asked, &arena, &found, error);
    principal->origin_known = found.origin_known;
    if (done && !is_good(source, question, &token, &found))
        done = error_set(error, ERROR_TOKEN, CLIENT_TOKEN_WRONG);
    if (done) {
        become(source, &token, &found, principal);
        done = is_in_time(source, &found, principal, error);
    }
    arena_free(&arena);
    return done;
}

int client_page_is_known(struct db *db, struct text origin, struct error *error) {
    struct text page = client_origin(origin);
    return text_is_null(page) ? 0 : client_token_origin_is_known(db, page, error);
}
