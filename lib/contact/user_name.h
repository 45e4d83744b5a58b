// SPDX-License-Identifier: GPL-2.0-or-later
// Names of new users as osTicket keeps them.
#ifndef CONTACT_USER_NAME_H
#define CONTACT_USER_NAME_H

#include "base/arena.h"
#include "base/text.h"

// "Doe, John" is "John Doe", "Doe, John, Jr." is "John Doe Jr."; more commas are left alone. An address is
// its mailbox, dots as blanks and words with a capital: "jane.roe@quay.example" is "Jane Roe". Anything else
// stays as it is. In the arena, or `name` itself. Measured: test/unit/ops/user_name_test.c.
struct text user_name_to_keep(struct text name, struct arena *arena);

#endif
