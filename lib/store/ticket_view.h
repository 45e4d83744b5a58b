// SPDX-License-Identifier: GPL-2.0-or-later
// Which tickets somebody sees who sees some only, and as whom he is shown them: the rules of a key, or
// whatever else a request is bound to. spec: operations.md 1.11, 2, 9.3.
#ifndef STORE_TICKET_VIEW_H
#define STORE_TICKET_VIEW_H

#include "base/error.h"
#include "db/db.h"
#include "store/api_key.h"

#include <stdbool.h>
#include <stdint.h>

// Whether tickets are shown as the portal shows them to a client: a user's or an organization's. NULL: no
// rules.
bool ticket_view_is_client(const struct key_rules *rules);

// Whether nothing at all is seen, by what the rules say alone.
bool ticket_view_is_empty(const struct key_rules *rules);

// What statements take of the rules. `user` and `organization` are the client whose view it is, NULL where it
// is none of these; `departments` and `tickets` are lists, NULL: any.
struct viewer {
    struct db_value who, user, organization, departments, tickets;
};
struct viewer viewer_of(const struct key_rules *rules); // valid as long as the rules; NULL: of nobody

// A statement of VIEW_KINDS(…) for the rules, by the first of its kinds (that of KEY_VIEW_ALL) and how many
// statements each kind has.
unsigned view_statement(const struct key_rules *rules, unsigned first, unsigned of_kind);

// Whether the rules let the ticket be seen: 1, 0 (also where there is no such ticket), -1: failure. One round
// trip.
int ticket_view_has(struct db *db, const struct key_rules *rules, int64_t ticket_id,
                    struct error *error) CHECKED;

// Leaves of a subject that is a ticket the one that is seen: by its id where it is named so, else by its
// number, which others may have, too, that are not. Its id becomes 0 where none is. False: failure. One round
// trip, whatever is there.
bool ticket_view_narrow(struct db *db, const struct key_rules *rules, struct subject *subject,
                        struct error *error) CHECKED;

#endif
