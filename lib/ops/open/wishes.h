// SPDX-License-Identifier: GPL-2.0-or-later
// What agents say of a new ticket beside its forms, and a client by API where
// its key has the scope update, or [create] allow_internal_fields lets all:
// department, staff, team, sla and priority by id or name, an internal note,
// further sources, an extension, who gets copies. A name that is wrong refuses
// the ticket; a member that a field of the request's forms bears is that
// field's, as ever.
#ifndef OPS_OPEN_WISHES_H
#define OPS_OPEN_WISHES_H

#include "base/error.h"
#include "base/text.h"
#include "ops/act/act.h"
#include "ops/create/draft.h"
#include "ops/create/resolve.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Somebody who takes part: by his id, or his address, by which he is found or
// made.
struct open_copy {
    int64_t id;
    struct text address, name;
};

struct open_wishes {
    struct create_draft *draft;
    bool is_heard;  // the key may say such things
    bool is_read;   // they were looked for
    bool any;       // there are some
    struct act act; // who does, and whom he names; never run as an action
    const struct act_agent *staff;
    const struct act_team *team;
    struct text note;
    struct open_copy *copies;
    size_t copy_count;
};

// Points into the draft; freed with open_wishes_end().
void open_wishes_begin(struct open_wishes *wishes, struct create_draft *draft);

// Reads them out of draft->request, once the desk is loaded and before the
// forms are filled, and changes draft->request, draft->wishes and draft->beside
// by them. ERROR_UNPROCESSABLE naming the member for what is of a wrong type,
// unknown, ambiguous or of no use; errors of act_choose_actor(). No round trip
// where nothing is asked for, else one.
bool open_wishes_read(struct open_wishes *wishes, struct error *error) CHECKED;

// Whether the ticket as it was decided can be whose the request wants it to be.
// ERROR_UNPROCESSABLE.
bool open_wishes_check(struct open_wishes *wishes, struct create_decision *decision,
                       struct error *error) CHECKED;

// Whether the request says what PHP would pass over without a word.
bool open_wishes_are_ours(const struct open_wishes *wishes);

void open_wishes_end(struct open_wishes *wishes);

#endif
