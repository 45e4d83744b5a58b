// SPDX-License-Identifier: GPL-2.0-or-later
// A client who writes to a ticket: who he is, and where his message goes.
#ifndef STORE_EDIT_CLIENT_TARGET_H
#define STORE_EDIT_CLIENT_TARGET_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

struct db;

struct client_target {
    int64_t ticket_id;         // of the ticket, or of the one that it was merged into
    int64_t user_id;           // 0: there is no such user
    struct text name, address; // address null: he has none
    int64_t collaborator_id;   // his row in that ticket's thread, active or not; 0: none
    bool has_account;
    bool is_mailbox;           // his address is one of the help desk's own
    bool is_agent;             // … or an agent's
    bool confirmed;            // the ticket's department confirms messages
    struct text message_field; // its configuration (JSON), which says what may be attached; may be null
    bool sees;                 // the ticket that was asked for, as a client
};

// Finds them: the user by his id, else by any of his addresses, else (0 and null) the ticket's owner. 1; 0:
// there is no such ticket; -1: failure. One round trip. spec: acting.md 1.5, 3.3.
int client_target_find(struct db *db, int64_t ticket_id, int64_t user_id, struct text address,
                       struct arena *arena, struct client_target *target, struct error *error) CHECKED;

// Deletes what clients have not sent yet of a message to the ticket. One round trip.
bool client_drafts_delete(struct db *db, int64_t ticket_id, struct error *error) CHECKED;

#endif
