// SPDX-License-Identifier: GPL-2.0-or-later
// What tokens of clients name, and the keys that sign them: schema/fcgi-token.sql. spec: operations.md 9.
#ifndef STORE_TOKEN_CLIENT_TOKEN_H
#define STORE_TOKEN_CLIENT_TOKEN_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "store/api_key.h"

#include <stdbool.h>
#include <stdint.h>

struct db;

#define SIGNING_SECRET_MAX 128

// Of a key that signs tokens. Texts lie in the arena.
struct signing {
    int64_t key_id; // 0: it signs none
    struct text secret;
    int64_t epoch;       // seconds since 1970: tokens from before are of no use
    struct text origins; // of pages, between blanks; null: none
    int64_t user_rate;   // requests a minute of one user; 0: none is set
};

// What a token says, before anybody believes it.
struct client_token_question {
    int64_t key_id;             // 0: it cannot be read, and names nothing
    int64_t user_id;            // 0: by the address
    struct text address;        // null: by the id
    const struct text *tickets; // numbers, KEY_TICKETS_MAX at most
    size_t ticket_count;
    struct text origin; // of the page that asks; null: none, or one that cannot be any
};

struct client_token_answer {
    bool origin_known; // pages of the origin may show tokens of some key
    bool has_key;
    struct api_key key; // with its rules
    struct signing signing;
    int64_t user_id; // 0: there is none
    bool locked;     // his account
    // Of tickets the ids are rules of the key.
    bool too_many; // tickets have these numbers
};

// Looks all of it up. False: failure. One round trip, whatever is there; without the tables there is no key.
bool client_token_find(struct db *db, const struct client_token_question *question, struct arena *arena,
                       struct client_token_answer *answer, struct error *error) CHECKED;

// Whether pages of the origin may show tokens of some key that is switched on: 1, 0, -1. One round trip.
int client_token_origin_is_known(struct db *db, struct text origin, struct error *error) CHECKED;

// What signs a key's tokens: 1, 0: it signs none; -1: failure, without the table ERROR_NOT_NATIVE with a
// detail that names the file. One round trip each.
int signing_read(struct db *db, int64_t key_id, struct arena *arena, struct signing *signing,
                 struct error *error) CHECKED;
bool signing_write(struct db *db, const struct signing *signing, struct error *error) CHECKED;
bool signing_delete(struct db *db, int64_t key_id, struct error *error) CHECKED;

// The user of an id, or of an address where that is not null: 1, 0: there is none; -1: failure. One round
// trip.
int token_subject_find(struct db *db, int64_t user_id, struct text address, int64_t *id, bool *locked,
                       struct error *error) CHECKED;

#endif
