// SPDX-License-Identifier: GPL-2.0-or-later
// Writes a new ticket: one transaction.
#ifndef OPS_CREATE_WRITE_H
#define OPS_CREATE_WRITE_H

#include "base/error.h"
#include "ops/change/unit_of_work.h"
#include "ops/create/draft.h"
#include "ops/create/resolve.h"

#include <stdbool.h>

// Writes user, ticket, forms, thread, files, history, search rows and the mails' rows, all or nothing. Locks
// are taken in one order by all: the address of a new user, files, the sequence, then rows that are new.
// spec: creating.md C, D.1.
bool create_write(struct create_draft *draft, const struct create_decision *decision, struct outcome *created,
                  struct error *error) CHECKED;

#endif
