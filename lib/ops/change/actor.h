// SPDX-License-Identifier: GPL-2.0-or-later
// Who changes a ticket: an agent, a client, or nobody in person.
#ifndef OPS_CHANGE_ACTOR_H
#define OPS_CHANGE_ACTOR_H

#include "base/arena.h"
#include "base/text.h"
#include "store/help_desk.h"
#include "store/people.h"
#include "store/ticket/thread.h"

#include <stdbool.h>
#include <stdint.h>

enum actor_kind { ACTOR_SYSTEM, ACTOR_AGENT, ACTOR_USER };

struct actor {
    enum actor_kind kind;
    int64_t id;           // the agent's or the user's
    struct text name;     // as he posts
    struct text username; // as the history names him
    struct text edits_as; // the same of a client who opens or edits a ticket: not by his address
};

struct actor actor_system(void);

// An agent under his name in the help desk's format, which lies in the arena.
struct actor actor_agent(const struct staff *staff, const struct help_desk *help_desk, struct arena *arena);

// A client: `name` as he posts, `username` his full name if he has an account, else his address.
struct actor actor_user(int64_t user_id, struct text name, struct text username);

// The same of a user as he stands in the database: he posts under his name in the help desk's format, which
// lies in the arena.
struct client_row {
    int64_t id;
    struct text name, address;
    bool has_account;
};
struct actor actor_client(const struct client_row *client, const struct help_desk *help_desk,
                          struct arena *arena);

// Makes the entry the actor's.
void actor_sign(const struct actor *actor, struct new_entry *entry);

// Makes the event the actor's.
void actor_sign_event(const struct actor *actor, struct new_event *event);

#endif
