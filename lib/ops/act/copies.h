// SPDX-License-Identifier: GPL-2.0-or-later
// Who gets an agent's reply in copy: as osTicket's panel has it, the reply says who of those who take part is
// active from now on, and brings in new ones. spec: acting.md 3.2.
#ifndef OPS_ACT_COPIES_H
#define OPS_ACT_COPIES_H

#include "base/error.h"
#include "mail/reply_mail.h"
#include "ops/act/act.h"
#include "store/mail/content.h"
#include "store/ticket/thread_party.h"

#include <stdbool.h>
#include <stddef.h>

struct copies {
    bool is_named; // by "cc"; else all who are active
    struct thread_look look;
    struct mail_collaborators active; // once it is decided
};

// Reads the member "cc": a list of ids and addresses. ERROR_UNPROCESSABLE for what is no such list.
bool copies_read(struct act *act, struct copies *copies, struct error *error) CHECKED;

// Finds who takes part, who is meant, and whether the owner may be mailed. A round trip as long as no more
// than 16 are named.
bool copies_find(struct act *act, struct copies *copies, struct error *error) CHECKED;

// Says who gets it, with the ticket locked, and brings in new ones with an event each. ERROR_UNPROCESSABLE
// for an unknown user, before anything is written, and for the owner. A round trip for each who comes in, and
// one more.
bool copies_decide(struct act *act, struct copies *copies, struct error *error) CHECKED;

// Switches others on and off. A round trip for each.
bool copies_write(struct act *act, const struct copies *copies, struct error *error) CHECKED;

#endif
