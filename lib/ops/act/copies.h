// SPDX-License-Identifier: GPL-2.0-or-later
// Who gets an agent's reply in copy: as osTicket's panel has it, the reply says who of those who take part is
// active from now on, and brings in new ones. spec: acting.md 3.2.
#ifndef OPS_ACT_COPIES_H
#define OPS_ACT_COPIES_H

#include "base/error.h"
#include "mail/reply_mail.h"
#include "ops/act/act.h"
#include "store/mail/content.h"

#include <stdbool.h>
#include <stddef.h>

struct copies {
    bool is_named;          // by "cc"; else all who are active
    struct reference *list; // ids or addresses
    size_t count;
    struct mail_collaborators active; // once it is written
};

// Reads the member "cc": a list of ids and addresses. ERROR_UNPROCESSABLE for what is no such list.
bool copies_read(struct act *act, struct copies *copies, struct error *error) CHECKED;

// Finds who is meant, and writes it, with the ticket locked: new ones with an event each, others switched on
// and off. ERROR_UNPROCESSABLE for an unknown user, before anything is written, and for the owner. A round
// trip, one for each who is named, one for each who is changed, and one where somebody comes in beside
// others.
bool copies_write(struct act *act, struct copies *copies, struct error *error) CHECKED;

#endif
