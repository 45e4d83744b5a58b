// SPDX-License-Identifier: GPL-2.0-or-later
// Who is asking: an API key, or a client with a token that one signed; what that may do, and which tickets it
// sees.
#ifndef AUTH_PRINCIPAL_H
#define AUTH_PRINCIPAL_H

#include "auth/rate.h"
#include "base/error.h"
#include "base/scope.h"
#include "base/text.h"
#include "store/api_key.h"

#include <stdbool.h>
#include <stdint.h>

struct db;

struct principal {
    int64_t key_id; // 0: not a key, but the server's own pipe, or a client by the link of a mail
    unsigned scopes;
    bool has_rules; // of schema/fcgi-key.sql; else `rules` are all zero
    struct key_rules rules;
    struct rate_state rate;
    int64_t user_id;   // the client of a token; 0: a key by itself
    bool origin_known; // with a token: the page that asks may show tokens of some key
};

// What a request says of who asks, and what it needs.
struct principal_question {
    struct text key;     // X-API-Key as sent; null, "" and "0" count as absent
    struct text token;   // of Authorization: Bearer, where there is no key; null: none
    struct text origin;  // of the page that asks; null: none
    const char *address; // the client's
    unsigned scopes;     // that are needed
    bool for_clients;    // else it is refused to tokens
    bool of_php;         // PHP has the operation, too: a scope that is missing is refused in PHP's words
    bool again;          // a request that was counted before: its rate is left alone
};

// What is the same for all requests of a worker.
struct principal_source {
    struct db *db;
    struct key_table table;   // all zero at first
    struct rate_table *rates; // NULL: no rate is counted
    unsigned stock_scopes;    // of a key without scopes of its own, beside what osTicket's columns say
    bool open_networks;       // see struct api_key_question
    // osTicket's SECRET_SALT where tokens of its mails' links count; NULL: they do not
    const char *mail_link_salt;
};

// Looks the key or the token up, afresh each time, and checks where it comes from, whether it is active and
// unexpired, its rate, its scopes, in this order; the id of `subject` (NULL for none) comes with it. One
// round trip, none when there is no key. ERROR_UNAUTHORIZED with PHP's text when it may not, ERROR_SCOPE,
// ERROR_RATE. Whatever the result, `principal->rate` is what the answer's headers tell. README.md
// "Operations"; spec: reading-and-replying.md B, operations.md 2. A token: ERROR_TOKEN, whatever is wrong
// with it; ERROR_SCOPE for what is not for clients; one round trip, whatever that is. spec:
// operations.md 9.2.
bool principal_authenticate(struct principal_source *source, const struct principal_question *question,
                            struct subject *subject, struct principal *principal,
                            struct error *error) CHECKED;

// A key in whose name something is done while it asks for nothing: 1; 0 with `*why` (never freed) when it is
// gone, switched off, expired or lacks one of the scopes; -1: failure. One round trip, two without this
// server's table of keys.
int principal_of_key(struct db *db, int64_t key_id, unsigned stock_scopes, unsigned scopes,
                     struct principal *principal, const char **why, struct error *error) CHECKED;

// Whether it is a client who asks, with a token.
bool principal_is_client(const struct principal *principal);

// Whether it sees tickets as a client does: a user's or an organization's.
bool principal_sees_as_client(const struct principal *principal);

// Whether internal notes are kept from the key, whatever the settings say.
bool principal_hides_notes(const struct principal *principal);

// Whether some tickets are kept from it; which ones says store/ticket_view.h.
bool principal_is_narrowed(const struct principal *principal);

// The rules that say which tickets it sees; NULL where it sees all. What serves a request asks these alone,
// so that whoever comes with something else than a key is shown the same by filling them.
const struct key_rules *principal_view(const struct principal *principal);

#endif
