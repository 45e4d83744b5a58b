// SPDX-License-Identifier: GPL-2.0-or-later
// Tokens of clients: JSON Web Tokens (RFC 7519) that are signed by HMAC with SHA-256, and nothing else. What
// they say is read before the signature is checked, since it names the key whose secret made that: nobody may
// believe it before token_is_signed(). spec: operations.md 9.1.
#ifndef TOKEN_TOKEN_H
#define TOKEN_TOKEN_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TOKEN_MAX         4096 // bytes of a token
#define TOKEN_TICKETS_MAX 16
#define TOKEN_NUMBER_MAX  255  // bytes of a ticket's number
#define TOKEN_LIFE_MAX    3600 // seconds from "iat" to "exp"
#define TOKEN_AHEAD_MAX   60   // seconds that another clock may be ahead
#define TOKEN_AUDIENCE    "osticket-fcgi"

// Times are seconds since 1970.
struct token {
    int64_t key_id;      // "kid"
    int64_t user_id;     // of "sub": "user:9"; 0: `address` is given
    struct text address; // of "sub"; null: `user_id` is given
    int64_t issued, expires;
    int64_t not_before;                     // "nbf"; 0: none
    bool has_tickets;                       // else all that the user sees
    struct text tickets[TOKEN_TICKETS_MAX]; // numbers
    size_t ticket_count;
    bool has_scopes; // else all that a client may
    unsigned scopes;
};

// Reads a token whose texts are copied into the arena. False, with the token all zero, for what is none of
// ours: another algorithm than HS256, a header with more than "alg", "kid" and "typ", another audience, a
// claim that is missing or of another type, more than TOKEN_TICKETS_MAX tickets.
bool token_read(struct text text, struct arena *arena, struct token *token);

// Whether the text is signed with the secret, which may not be empty; compared in constant time.
bool token_is_signed(struct text text, struct text secret);

// Whether it counts at `now`: no longer than TOKEN_LIFE_MAX, not over, not of the future, and not from before
// `epoch`.
bool token_is_of_now(const struct token *token, int64_t now, int64_t epoch);

// Appends the token as text, signed. ERROR_UNPROCESSABLE where it would be longer than TOKEN_MAX.
bool token_write(const struct token *token, struct text secret, struct buffer *out,
                 struct error *error) CHECKED;

#endif
