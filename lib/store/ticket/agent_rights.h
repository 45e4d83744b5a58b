// SPDX-License-Identifier: GPL-2.0-or-later
// What the help desk's rows say of an agent's rights on one ticket; ops/act/right.h draws the conclusions.
#ifndef STORE_TICKET_AGENT_RIGHTS_H
#define STORE_TICKET_AGENT_RIGHTS_H

#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

struct row;

// Texts are JSON as stored, null where there is none.
struct agent_rights {
    int64_t staff_id; // 0: no such agent, or none was asked for
    bool is_active;
    bool is_available;     // active, and not on vacation
    bool is_of_department; // of the ticket's: primarily or by access; there he has a role
    bool is_of_primary;    // primarily
    // Why he sees the ticket; one is enough. spec: acting.md 1.2.
    bool sees_department, is_assigned, is_referred;
    bool manages_department;
    struct text role;         // permissions of his role in the ticket's department
    struct text primary_role; // … in his own department
    struct text extra;        // of the agent
    struct text permissions;  // those that are not about tickets
};

// Out of an AGENT_RIGHTS_PART (agent_rights_statements.h) of a row.
void agent_rights_take(const struct row *part, struct agent_rights *rights);

#endif
