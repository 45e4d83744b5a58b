// SPDX-License-Identifier: GPL-2.0-or-later
// JSON Web Tokens by libjwt. It takes any algorithm that a header names: which one it is is looked at before,
// and after.
#include "token/token.h"

#include "base/scope.h"
#include "json/reader.h"

#include <jwt.h>
#include <stdlib.h>
#include <string.h>

#define ALGORITHM "HS256"
#define USER      "user:"
#define LIST_MAX  2048

// libjwt wants texts that end.
static bool terminated(struct text text, char copy[TOKEN_MAX + 1]) {
    if (!text.length || text.length > TOKEN_MAX || memchr(text.data, '\0', text.length)) return false;
    memcpy(copy, text.data, text.length);
    copy[text.length] = '\0';
    return true;
}

// A tree of our own reader out of what libjwt prints.
static struct json_value *tree_of(char *printed) {
    struct error ignored = {0};
    struct json_value *tree = printed ? json_parse(text_of(printed), &ignored) : NULL;
    free(printed);
    return tree;
}

// ---- reading

// What a header may say (RFC 7515, 4.1): anything else, "crit" first of all, asks for more than is done here.
static bool read_header(const struct json_value *header, struct token *token) {
    struct text typ = json_value_text(json_member(header, "typ"));
    bool has_type = json_member(header, "typ") != NULL;
    return json_count(header) == (has_type ? 3 : 2) &&
           (!has_type || text_equal_ignoring_case(typ, TEXT("JWT"))) &&
           text_equal(json_value_text(json_member(header, "alg")), TEXT(ALGORITHM)) &&
           text_to_int64(json_value_text(json_member(header, "kid")), &token->key_id) && token->key_id > 0;
}

static bool read_time(const struct json_value *claims, const char *name, int64_t *seconds) {
    const struct json_value *value = json_member(claims, name);
    // A fraction of a second is allowed (RFC 7519, 2), and counts for nothing.
    double real = json_value_real(value);
    if (json_kind(value) == JSON_INTEGER) *seconds = json_value_integer(value);
    if (json_kind(value) == JSON_REAL && real >= 0 && real < 1e12) *seconds = (int64_t)real;
    return *seconds > 0;
}

static bool read_times(const struct json_value *claims, struct token *token) {
    return read_time(claims, "iat", &token->issued) && read_time(claims, "exp", &token->expires) &&
           (!json_member(claims, "nbf") || read_time(claims, "nbf", &token->not_before));
}

static bool read_subject(const struct json_value *claims, struct arena *arena, struct token *token) {
    struct text subject = json_value_text(json_member(claims, "sub"));
    if (text_starts_with(subject, TEXT(USER))) {
        const struct text id = {subject.data + strlen(USER), subject.length - strlen(USER)};
        return text_to_int64(id, &token->user_id) && token->user_id > 0;
    }
    if (!subject.length || memchr(subject.data, '\0', subject.length)) return false;
    token->address = arena_copy(arena, subject);
    return token->address.length != 0;
}

static bool read_tickets(const struct json_value *claims, struct arena *arena, struct token *token) {
    const struct json_value *list = json_member(claims, "tickets");
    token->has_tickets = list != NULL;
    if (!list) return true;
    token->ticket_count = json_count(list);
    if (json_kind(list) != JSON_ARRAY || token->ticket_count > TOKEN_TICKETS_MAX) return false;
    for (size_t i = 0; i < token->ticket_count; i++) {
        struct text number = json_value_text(json_element(list, i));
        if (!number.length || number.length > TOKEN_NUMBER_MAX) return false;
        token->tickets[i] = arena_copy(arena, number);
    }
    return !arena->failed;
}

static bool read_scopes(const struct json_value *claims, struct token *token) {
    const struct json_value *scope = json_member(claims, "scope");
    token->has_scopes = scope != NULL;
    if (!scope) return true;
    if (json_kind(scope) != JSON_TEXT) return false;
    (void)scopes_read(json_value_text(scope), &token->scopes, NULL);
    return true;
}

static bool read_claims(const struct json_value *claims, struct arena *arena, struct token *token) {
    return text_equal(json_value_text(json_member(claims, "aud")), TEXT(TOKEN_AUDIENCE)) &&
           read_subject(claims, arena, token) && read_times(claims, token) &&
           read_tickets(claims, arena, token) && read_scopes(claims, token);
}

bool token_read(struct text text, struct arena *arena, struct token *token) {
    char copy[TOKEN_MAX + 1];
    jwt_t *jwt = NULL;
    *token = (struct token){0};
    // Without a key nothing is checked.
    if (!terminated(text, copy) || jwt_decode(&jwt, copy, NULL, 0) != 0) return false;
    struct json_value *header = tree_of(jwt_get_headers_json(jwt, NULL));
    struct json_value *claims = tree_of(jwt_get_grants_json(jwt, NULL));
    bool good = read_header(header, token) && read_claims(claims, arena, token);
    json_free(&header);
    json_free(&claims);
    jwt_free(jwt);
    if (!good) *token = (struct token){0};
    return good;
}

// ---- whether it counts

bool token_is_signed(struct text text, struct text secret) {
    char copy[TOKEN_MAX + 1];
    jwt_t *jwt = NULL;
    if (!secret.length || secret.length > TOKEN_MAX || !terminated(text, copy) ||
        jwt_decode(&jwt, copy, (const unsigned char *)secret.data, (int)secret.length) != 0)
        return false;
    bool good = jwt_get_alg(jwt) == JWT_ALG_HS256;
    jwt_free(jwt);
    return good;
}

bool token_is_of_now(const struct token *token, int64_t now, int64_t epoch) {
    return token->expires > now && token->expires > token->issued &&
           token->expires - token->issued <= TOKEN_LIFE_MAX && token->issued <= now + TOKEN_AHEAD_MAX &&
           token->not_before <= now + TOKEN_AHEAD_MAX && token->issued >= epoch;
}

// ---- writing

static bool add_text(jwt_t *jwt, const char *name, struct text text) {
    char copy[TOKEN_MAX + 1];
    return terminated(text, copy) && jwt_add_grant(jwt, name, copy) == 0;
}

static bool add_subject(jwt_t *jwt, const struct token *token) {
    char user[sizeof USER + 20];
    snprintf(user, sizeof user, USER "%lld", (long long)token->user_id);
    return add_text(jwt, "sub", token->user_id ? text_of(user) : token->address);
}

static void add_quoted(struct buffer *list, struct text text) {
    buffer_add_char(list, '"');
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if (c == '"' || c == '\\' || c < ' ')
            buffer_add_format(list, "\\u%04x", c);
        else
            buffer_add_char(list, (char)c);
    }
    buffer_add_char(list, '"');
}

static bool add_tickets(jwt_t *jwt, const struct token *token) {
    struct buffer list = buffer_new(LIST_MAX);
    if (!token->has_tickets) return true;
    buffer_add_string(&list, "{\"tickets\":[");
    for (size_t i = 0; i < token->ticket_count; i++) {
        if (i) buffer_add_char(&list, ',');
        add_quoted(&list, token->tickets[i]);
    }
    buffer_add_string(&list, "]}");
    bool done = !list.failed && jwt_add_grants_json(jwt, list.data) == 0;
    buffer_free(&list);
    return done;
}

static bool add_scopes(jwt_t *jwt, const struct token *token) {
    struct buffer list = buffer_new(LIST_MAX);
    if (!token->has_scopes) return true;
    scopes_print(token->scopes, &list);
    bool done = !list.failed && jwt_add_grant(jwt, "scope", list.data) == 0;
    buffer_free(&list);
    return done;
}

static bool fill(jwt_t *jwt, const struct token *token, struct text secret) {
    char kid[24];
    snprintf(kid, sizeof kid, "%lld", (long long)token->key_id);
    return jwt_set_alg(jwt, JWT_ALG_HS256, (const unsigned char *)secret.data, (int)secret.length) == 0 &&
           jwt_add_header(jwt, "kid", kid) == 0 && add_text(jwt, "aud", TEXT(TOKEN_AUDIENCE)) &&
           add_subject(jwt, token) && jwt_add_grant_int(jwt, "iat", (long)token->issued) == 0 &&
           jwt_add_grant_int(jwt, "exp", (long)token->expires) == 0 && add_tickets(jwt, token) &&
           add_scopes(jwt, token);
}

bool token_write(const struct token *token, struct text secret, struct buffer *out, struct error *error) {
    jwt_t *jwt = NULL;
    if (jwt_new(&jwt) != 0) return error_set(error, ERROR_INTERNAL, "out of memory");
    char *text = fill(jwt, token, secret) ? jwt_encode_str(jwt) : NULL;
    bool fits = text && strlen(text) <= TOKEN_MAX;
    if (fits) buffer_add_string(out, text);
    free(text);
    jwt_free(jwt);
    return fits || error_set(error, ERROR_UNPROCESSABLE, "The token would be too long");
}
