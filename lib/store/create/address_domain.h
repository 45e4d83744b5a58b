// SPDX-License-Identifier: GPL-2.0-or-later
// Domains of addresses, by which new users come into organizations.
#ifndef STORE_CREATE_ADDRESS_DOMAIN_H
#define STORE_CREATE_ADDRESS_DOMAIN_H

#include "base/text.h"

#include <stdbool.h>

// What stands behind the last @, or "".
struct text address_domain(struct text address);

// Whether a comma list of domains has this one: ".example.org" stands for all below it. As PHP, which asks
// the database first for lists in which the domain occurs, statements leave out those that name it only so.
bool address_domain_is_listed(struct text list, struct text domain);

#endif
