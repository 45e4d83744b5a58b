// SPDX-License-Identifier: GPL-2.0-or-later
// Another ticket that an action on a ticket touches: locked as well, and with the same rights.
#ifndef OPS_LINK_RELATIVE_H
#define OPS_LINK_RELATIVE_H

#include "base/error.h"
#include "base/text.h"
#include "ops/act/act.h"
#include "store/edit/links.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RELATIVES_MAX 50 // of one request

struct relative_ticket {
    struct locked_ticket ticket;
    struct ticket_surroundings around;
    int64_t sort; // its place among the children
    bool changed; // its row is to be saved
    struct ticket_link_row to;
};

struct relatives {
    struct relative_ticket *items;
    size_t count;
};

// Reads the member `tickets`, a list of numbers, or "id:17": ids in the order of the list; none where it is
// absent. ERROR_UNPROCESSABLE for what is no such list, for one twice, and for a number that nobody has or
// several. One round trip for up to 20; for a key that sees some tickets only, one each.
bool relatives_named(struct act *act, int64_t **ids, size_t *count, struct error *error) CHECKED;

// Locks one more ticket in the transaction, and checks that the key and the agent see it and that he has the
// right there. ERROR_UNPROCESSABLE, as of a ticket that is not there, and ERROR_DENIED. At most two round
// trips.
bool relative_lock(struct act *act, struct relatives *relatives, int64_t ticket_id, const char *right,
                   struct error *error) CHECKED;

// False, with ERROR_CONFLICT: "310042 `what`".
bool relative_refuse(const struct locked_ticket *ticket, const char *what, struct error *error);

// An event of `of` that names `other`: {"ticket":"Ticket #310043","id":18}.
bool relative_tell(struct act *act, const char *event, const struct locked_ticket *of,
                   const struct locked_ticket *other, struct error *error) CHECKED;

// Any other event of `of`.
bool relative_event(struct act *act, const char *event, const struct locked_ticket *of, struct text data,
                    struct error *error) CHECKED;

// Saves the relatives that are changed, and their rows of search. Two round trips each.
bool relatives_write(struct act *act, const struct relatives *relatives, struct error *error) CHECKED;

#endif
