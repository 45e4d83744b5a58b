// SPDX-License-Identifier: GPL-2.0-or-later
// POST /tokens.json: a token for one client, signed in the name of the key that asks. spec:
// operations.md 9.1.
#include "token/token.h"
#include "base/arena.h"
#include "base/scope.h"
#include "ops/json_field.h"
#include "ops/operations.h"
#include "ops/success.h"
#include "store/token/client_token.h"
#include "json/reader.h"
#include "json/writer.h"

#include <inttypes.h>
#include <time.h>

#define ARENA_MAX  (64 << 10)
#define USUAL_LIFE 600
#define USER       "user:"
#define STAMP_SIZE 32

struct wish {
    struct arena arena;
    struct json_value *body;
    struct signing signing;
    struct token token;
    struct buffer text;
};

static bool refuse(const char *field, struct error *error, const char *message) {
    error_set(error, ERROR_UNPROCESSABLE, "%s: %s", field, message);
    return error_field(error, text_of(field));
}

// By id or by any of his addresses.
static bool read_user(struct wish *wish, struct error *error) {
    struct token *token = &wish->token;
    struct text user;
    if (!json_field_text(wish->body, "user", &wish->arena, &user, error))
        return error_field(error, TEXT("user"));
    user = text_trim(user);
    if (!user.length) return refuse("user", error, "whom the token is for is missing");
    if (text_starts_with(user, TEXT(USER)))
        user = (struct text){user.data + sizeof USER - 1, user.length - (sizeof USER - 1)};
    if (!text_to_int64(user, &token->user_id) || token->user_id <= 0) {
        token->user_id = 0;
        token->address = user;
    }
    return true;
}

static bool read_life(struct wish *wish, int64_t *seconds, struct error *error) {
    const struct json_value *ttl = json_member(wish->body, "ttl");
    *seconds = USUAL_LIFE;
    if (json_kind(ttl) == JSON_ABSENT || json_kind(ttl) == JSON_NULL) return true;
    *seconds = json_value_integer(ttl);
    return (json_kind(ttl) == JSON_INTEGER && *seconds > 0 && *seconds <= TOKEN_LIFE_MAX) ||
           refuse("ttl", error, "it has to be a number of seconds from 1 to 3600");
}

static bool read_tickets(struct wish *wish, struct error *error) {
    const struct json_value *list = json_member(wish->body, "tickets");
    struct token *token = &wish->token;
    token->has_tickets = json_field_given(wish->body, "tickets");
    if (!token->has_tickets) return true;
    if (json_kind(list) != JSON_ARRAY || json_count(list) > TOKEN_TICKETS_MAX)
        return refuse("tickets", error, "it has to be a list of at most 16 numbers of tickets");
    for (size_t i = 0; i < json_count(list); i++) {
        struct text number = json_element_text(json_element(list, i), &wish->arena);
        if (!number.length || number.length > TOKEN_NUMBER_MAX)
            return refuse("tickets", error, "one of them is no number of a ticket");
        token->tickets[token->ticket_count++] = number;
    }
    return true;
}

static bool read_scopes(struct wish *wish, struct error *error) {
    struct text list, wrong = TEXT("");
    struct token *token = &wish->token;
    if (!json_field_text(wish->body, "scope", &wish->arena, &list, error))
        return error_field(error, TEXT("scope"));
    token->has_scopes = !text_is_null(list);
    if (!token->has_scopes || scopes_read(list, &token->scopes, &wrong)) return true;
    return refuse("scope", error, "one of its words is no scope");
}

static bool check_members(const struct wish *wish, struct error *error) {
    static const char *const members[] = {"user", "ttl", "tickets", "scope"};
    void *cursor = NULL;
    struct text name;
    const struct json_value *value;
    while (json_next_member(wish->body, &cursor, &name, &value)) {
        bool known = false;
        for (size_t i = 0; i < sizeof members / sizeof *members; i++)
            known = known || text_equal(name, text_of(members[i]));
        if (known) continue;
        error_set(error, ERROR_UNPROCESSABLE,
                  "The request has user, ttl, tickets and scope, and nothing else");
        return error_field(error, name);
    }
    return true;
}

static bool read_wish(struct wish *wish, struct text body, struct error *error) {
    int64_t life = 0;
    wish->body = json_parse(body, error);
    if (!wish->body) return false;
    if (json_kind(wish->body) != JSON_OBJECT)
        return error_set(error, ERROR_BAD_REQUEST, "The body has to be a JSON object");
    if (!check_members(wish, error) || !read_user(wish, error) || !read_life(wish, &life, error) ||
        !read_tickets(wish, error) || !read_scopes(wish, error))
        return false;
    wish->token.issued = (int64_t)time(NULL);
    wish->token.expires = wish->token.issued + life;
    return !wish->arena.failed || error_too_large(error);
}

// Without the table no key signs.
static bool no_table(struct error *error) {
    if (error->code == ERROR_NOT_NATIVE) error->code = ERROR_SCOPE;
    return false;
}

// The key's secret, and whether there is such a user.
static bool find_parties(struct operation_context *context, struct wish *wish, struct error *error) {
    struct token *token = &wish->token;
    bool locked = false;
    int64_t id = 0;
    token->key_id = context->principal->key_id;
    int found = signing_read(context->db, token->key_id, &wish->arena, &wish->signing, error);
    if (found < 0) return no_table(error);
    if (!found)
        return error_set(error, ERROR_SCOPE,
                         "The API key has no secret to sign with: osticket-fcgi key set %" PRId64
                         " --tokens on",
                         token->key_id);
    found = token_subject_find(context->db, token->user_id, token->address, &id, &locked, error);
    if (found < 0) return false;
    if (!found) return refuse("user", error, "there is no such user");
    if (locked) return refuse("user", error, "the account is locked");
    token->user_id = id;
    return true;
}

static void write_answer(const struct wish *wish, struct answer *answer) {
    struct json_writer json;
    struct tm moment;
    char stamp[STAMP_SIZE];
    time_t expires = (time_t)wish->token.expires;
    strftime(stamp, sizeof stamp, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&expires, &moment));
    answer->created = true;
    json_writer_init(&json, answer->output);
    json_open_object(&json);
    json_text_member(&json, "token", buffer_text(&wish->text));
    json_text_member(&json, "expires", text_of(stamp));
    success_write(&json);
    json_close_object(&json);
}

bool token_create(struct operation_context *context, struct answer *answer, struct error *error) {
    struct wish wish = {.arena = arena_new(ARENA_MAX), .text = buffer_new(TOKEN_MAX + 1)};
    bool done = read_wish(&wish, context->body, error) && find_parties(context, &wish, error) &&
                token_write(&wish.token, wish.signing.secret, &wish.text, error);
    if (done) write_answer(&wish, answer);
    json_free(&wish.body);
    buffer_free(&wish.text);
    arena_free(&wish.arena);
    return done;
}
