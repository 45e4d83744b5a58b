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

// Whether tokens may come from pages of an origin (null: of none): 1, 0, -1. One round trip.
int client_page_is_known(struct db *db, struct text origin, struct error *error) CHECKED;

// What a key may do; `stock`: where it has no scopes of its own.
unsigned principal_scopes_of(const struct api_key *key, unsigned stock);

#endif
