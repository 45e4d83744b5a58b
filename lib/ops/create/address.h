// SPDX-License-Identifier: GPL-2.0-or-later
// Whether the addresses of a new ticket can be written to.
#ifndef OPS_CREATE_ADDRESS_H
#define OPS_CREATE_ADDRESS_H

#include "ops/create/draft.h"

#include <stdbool.h>

// No user can have an address that its column does not hold: refused before the database is even asked.
bool create_check_address_length(const struct create_draft *draft, struct error *error) CHECKED;

// Where the help desk wants addresses verified (verify_email_addrs, on by default): asks DNS about the
// address of a new user and of every other field whose validator is "email", all at once, for less than a
// second. An address whose domain certainly takes no mail becomes an error of its form; what DNS does not say
// for certain is no fault of the client's. Comes before create_validate(). spec: creating.md B.4
bool create_check_address(struct create_draft *draft, struct error *error) CHECKED;

#endif
