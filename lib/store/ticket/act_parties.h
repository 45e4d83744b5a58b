// SPDX-License-Identifier: GPL-2.0-or-later
// Who acts on a ticket, whom the request names, and what the help desk says about it.
#ifndef STORE_TICKET_ACT_PARTIES_H
#define STORE_TICKET_ACT_PARTIES_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "store/help_desk.h"
#include "store/people.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;

// How a request names somebody: by an id, or by a name (of an agent also his address); neither: nobody.
struct reference {
    int64_t id;
    struct text name; // null: none
};

struct act_names {
    int64_t ticket_id;
    struct text number; // the ticket's, where it is named by that; else null
    struct reference actor, staff, team;
};

struct act_agent {
    struct staff staff; // without the signature
    bool is_active, is_available, is_administrator;
    int64_t department_id; // his own
    struct text
        departments; // "1,5,7": an actor's, those below his included; of others those that he has access to
    struct text permissions; // JSON: those that are not about tickets
};

struct act_team {
    int64_t id;
    struct text name;
    bool is_active;
    bool has_members, has_available; // of these any that are at work
};

// Of each as many as bear the name, in the order of their ids.
struct act_parties {
    struct text namesakes; // "17,18": the tickets that have the number; null where none was asked for
    int64_t merged_into;   // the ticket that this one was merged into; 0: none
    struct act_agent *actors, *staff;
    size_t actor_count, staff_count;
    struct act_team *teams;
    size_t team_count;
};

// Finds them with the help desk's settings, in one round trip. Texts lie in the arena.
bool act_parties_find(struct db *db, const struct act_names *names, struct arena *arena,
                      struct act_parties *parties, struct help_desk *help_desk, struct error *error) CHECKED;

// Whether the id is one of a list "1,5,7".
bool id_is_listed(struct text list, int64_t id);

#endif
