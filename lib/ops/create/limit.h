// SPDX-License-Identifier: GPL-2.0-or-later
// How many open tickets a user may have.
#ifndef OPS_CREATE_LIMIT_H
#define OPS_CREATE_LIMIT_H

#include "base/error.h"
#include "ops/create/draft.h"

#include <stdbool.h>

// Whether there is a limit: without one nobody counts.
bool create_has_limit(const struct help_desk *help_desk);

// ERROR_BAD_REQUEST, and a row in the system log, when the user has as many open tickets as the help desk
// allows (max_open_tickets; 0: any number). spec: creating.md B.6
bool create_check_limit(struct create_draft *draft, struct error *error) CHECKED;

#endif
