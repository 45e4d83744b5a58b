// SPDX-License-Identifier: GPL-2.0-or-later
// Addressees of a mail as collaborators of a thread.
#ifndef OPS_CREATE_ADDRESSEES_H
#define OPS_CREATE_ADDRESSEES_H

#include "base/error.h"
#include "base/text.h"
#include "ops/create/by_mail.h"
#include "ops/create/creation.h"
#include "store/email/rows.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Whose thread they come into.
struct addressee_thread {
    int64_t thread_id, owner_id;
    const int64_t *present; // users who take part already
    size_t present_count;
    bool active; // the owner brings them in
};

// Makes a user of somebody new, by his name and address alone: `*user` gets his id and name.
bool addressee_make_user(struct creation *creation, const struct mail_addressee *addressee,
                         struct email_user *user, struct error *error) CHECKED;

// Makes them collaborators; who is no user becomes one. `creation` needs its draft's desk and work alone;
// rows for search are added to it. `*event`: JSON that tells who joined, in the arena; null: nobody. One
// round trip for each 16 addressees, one for the rows, and those of a new user. spec: piping.md 4.4.
bool addressees_join(struct creation *creation, const struct mail_addressee *addressees, size_t count,
                     const struct addressee_thread *thread, struct text *event, struct error *error) CHECKED;

#endif
