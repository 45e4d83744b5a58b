// SPDX-License-Identifier: GPL-2.0-or-later
// The help desk's names as a worker keeps them from one request to the next, where the database tells when
// they change (schema/fcgi-versions.sql): a read gives their version beside what it is about, so that no name
// is older than the ticket that it is shown with.
#ifndef STORE_DESK_KEPT_DESK_H
#define STORE_DESK_KEPT_DESK_H

#include "base/arena.h"
#include "base/error.h"
#include "store/help_desk.h"

#include <stdbool.h>
#include <stdint.h>

struct db;

// All zero: nothing is kept yet.
struct kept_desk {
    struct arena arena;
    struct help_desk help_desk; // as help_desk_load_for_list() has it
    struct text answer_fields;  // the ids of the fields whose answers are shown, "20,22"
    int64_t version;
    bool is_told, is_there; // the database tells of changes; there are names
    int64_t until_ms;       // of the monotonic clock: whether it tells is looked for again then
};

// Sees to it that there are names. None where the kept ones serve; else one round trip, and once a minute
// two: somebody may have taken a trigger away, or brought the tables back without them. 1: there are; 0: they
// cannot be kept, for want of the version's table or of one of its triggers, of the right to see these, or of
// room (KEPT_DESK_MAX bytes), or `kept` is NULL; -1: failure.
#define KEPT_DESK_MAX (4 << 20)
int kept_desk_load(struct kept_desk *kept, struct db *db, struct error *error) CHECKED;

// A view of the names for one request, whose arena it may add times to (help_desk_load_times()). False when
// that has no room.
bool kept_desk_show(const struct kept_desk *kept, struct arena *arena, struct help_desk *help_desk) CHECKED;

// Whether the names are of this version, which a statement gave. They are forgotten where they are not.
bool kept_desk_is_of(struct kept_desk *kept, int64_t version);

void kept_desk_free(struct kept_desk *kept);

#endif
