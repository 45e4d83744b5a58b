// SPDX-License-Identifier: GPL-2.0-or-later
// What an agent may do: with a ticket by his role there, and what is not about tickets by his own
// permissions.
#ifndef OPS_ACT_RIGHT_H
#define OPS_ACT_RIGHT_H

#include "base/text.h"
#include "store/ticket/agent_rights.h"

#include <stdbool.h>

// Whether he sees the ticket at all. spec: acting.md 1.2.
bool right_has_access(const struct agent_rights *rights);

// Whether his role on the ticket has the permission, "ticket.close". spec: acting.md 1.3.
bool right_has(const struct agent_rights *rights, const char *permission);

// Whether permissions, JSON as a role and an agent have them, contain one. Those that cannot be read contain
// none.
bool right_is_granted(struct text permissions, const char *permission);

#endif
