// SPDX-License-Identifier: GPL-2.0-or-later
// A client with a token. spec: operations.md 9.2.
#ifndef AUTH_CLIENT_H
#define AUTH_CLIENT_H

#include "auth/principal.h"

// What a client may do at most, whatever a token and its key say.
#define CLIENT_SCOPES                                                                                        \
    (SCOPE_READ | SCOPE_SEARCH | SCOPE_FILES | SCOPE_MESSAGE | SCOPE_CREATE | SCOPE_UPDATE | SCOPE_CATALOG)

// As principal_authenticate(), of a token.
bool client_authenticate(struct principal_source *source, const struct principal_question *question,
                         struct principal *principal, struct error *error) CHECKED;

// The same of the token in a link of osTicket's mails: its holder reads one ticket and writes to it. After
// some that were wrong an address has to wait: ERROR_RATE, whatever it shows. spec: operations.md 9.4.
bool mail_link_authenticate(struct principal_source *source, const struct principal_question *question,
                            struct principal *principal, struct error *error) CHECKED;

// Whether a token can be no other than such a one: no other token begins so.
bool mail_link_is(struct text token);

// What is said of a token that does not count, for whatever reason.
#define CLIENT_TOKEN_WRONG "The token is not valid, or no longer"

// A page's origin, null for what no browser sends.
struct text client_origin(struct text origin);

// Makes the principal a client who sees as much as the portal shows the user, with these scopes.
void client_become(int64_t user_id, unsigned scopes, struct principal *principal);

// Whether tokens may come from pages of an origin (null: of none): 1, 0, -1. One round trip.
int client_page_is_known(struct db *db, struct text origin, struct error *error) CHECKED;

// What a key may do; `stock`: where it has no scopes of its own.
unsigned principal_scopes_of(const struct api_key *key, unsigned stock);

#endif
