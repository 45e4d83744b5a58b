// SPDX-License-Identifier: GPL-2.0-or-later
// What wishes write with a new ticket.
#ifndef OPS_OPEN_WRITE_H
#define OPS_OPEN_WRITE_H

#include "ops/open/wishes.h"

// Makes draft->beside write them: who takes part, whether the agent who acts
// may make such a ticket, his note, and his name in the history of its
// assignment.
void open_write_beside(struct open_wishes *wishes);

#endif
