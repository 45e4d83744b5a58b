// SPDX-License-Identifier: GPL-2.0-or-later
// Who takes part in a new ticket because the request says so.
#ifndef OPS_OPEN_COPIES_H
#define OPS_OPEN_COPIES_H

#include "base/error.h"
#include "forms/input.h"
#include "ops/create/creation.h"
#include "ops/open/wishes.h"

#include <stdbool.h>

// Reads "cc" (NULL: not given): a list of users' ids and addresses, or
// {"email":…, "name":…}. ERROR_UNPROCESSABLE naming it.
bool open_copies_read(struct open_wishes *wishes, const struct input *list, struct error *error) CHECKED;

// Finds them, makes those that are none yet, and adds them to
// creation->collaborators, in the transaction. ERROR_UNPROCESSABLE for an id
// that nobody has. One round trip for each 16 addresses, one for each id, and
// those of new users.
bool open_copies_add(struct creation *creation, const struct open_wishes *wishes,
                     struct error *error) CHECKED;

#endif
