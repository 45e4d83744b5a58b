// SPDX-License-Identifier: GPL-2.0-or-later
// What the link of a mail names: a ticket, and who may follow the link to it. spec: operations.md 9.4.
#ifndef STORE_TOKEN_MAIL_LINK_H
#define STORE_TOKEN_MAIL_LINK_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

struct db;

struct mail_link_question {
    int64_t ticket_id;
    int64_t collaborator_id; // a row of his; 0: the owner's link
    struct text origin;      // of the page that asks; null: none, or one that cannot be any
};

struct mail_link {
    bool is_on;          // the help desk lets such links open tickets
    bool origin_known;   // as client_token_origin_is_known()
    struct text created; // of the ticket, as its column has it, in the arena; null: there is no such ticket
    int64_t owner_id;
    int64_t collaborator_user_id; // the user of the row; 0: there is none in the ticket's thread
    bool locked;                  // the account of whose link it is
};

// Looks all of it up. False: failure. One round trip, whatever is there; without this server's table no page
// is known.
bool mail_link_find(struct db *db, const struct mail_link_question *question, struct arena *arena,
                    struct mail_link *link, struct error *error) CHECKED;

#endif
