// SPDX-License-Identifier: GPL-2.0-or-later
// Where a ticket may have come from.
#ifndef OPS_TICKET_SOURCE_NAME_H
#define OPS_TICKET_SOURCE_NAME_H

#include "base/text.h"

// Phone, Email, Web, API or Other, as the column has them, by its name in any case; NULL: there is none.
const char *ticket_source_named(struct text name);

#endif
