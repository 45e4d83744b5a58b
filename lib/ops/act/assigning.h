// SPDX-License-Identifier: GPL-2.0-or-later
// Whom a ticket can be given to. spec: acting.md 5.1; operations.md 1.12.
#ifndef OPS_ACT_ASSIGNING_H
#define OPS_ACT_ASSIGNING_H

#include "base/error.h"
#include "ops/act/act.h"
#include "store/ticket/act_parties.h"

#include <stdbool.h>

// Whether tickets of the department may be the agent's: he is at work, a member where the department wants
// one.
bool assigning_may_have(const struct node *department, const struct act_agent *agent);

// The same, and whether the agent who acts may choose him. ERROR_UNPROCESSABLE naming `member`.
bool assigning_check_staff(const struct act *act, const char *member, const struct act_agent *agent,
                           struct error *error) CHECKED;

// Whether the team works, and somebody of it. ERROR_UNPROCESSABLE naming `member`.
bool assigning_check_team(const char *member, const struct act_team *team, struct error *error) CHECKED;

#endif
