// SPDX-License-Identifier: GPL-2.0-or-later
// What happened on the help desk, change by change: events and entries as the panel, the portal, mail, cron
// and this server write them. spec: operations.md 7.
//
//     struct lanes_position position;              // kept from time to time, see lane_position.h
//     lanes_begin() or lanes_position_read()
//     lanes_ends(), lanes_have_moved()             // one round trip: is there anything?
//     changes_read(…, &batch)                      // what comes next, in order
//     for each of batch.changes: lanes_pass(&position, change)   // also where nobody wants it
//
// Every row that is committed behind a position comes once, those of a lane in the order of their ids,
// whatever was committed when; lanes are merged by time. Rows that are no change (a task's, a viewed ticket)
// come with CHANGE_NONE, so that positions move on past them.
#ifndef STORE_CHANGES_LANES_H
#define STORE_CHANGES_LANES_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "store/changes/change_types.h"
#include "store/changes/lane_position.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;
struct key_rules;

// Texts lie in the arena; null for SQL NULL.
struct change {
    enum lane lane;
    int64_t id;             // of the event or the entry
    enum change_type type;  // CHANGE_NONE: none
    bool is_note;           // an agents' internal note, also one that was edited
    bool is_seen;           // by the rules of who reads; true without rules
    struct text at;         // "YYYY-MM-DD HH:MM:SS"
    int64_t thread_id;      // 0 of a ticket that was deleted, but for the event that tells of it
    int64_t ticket_id;      // 0: it was deleted, and nobody knows which it was
    struct text number;     // of the ticket; null: not known
    bool ticket_is_gone;    // deleted: ticket_id and number are what was remembered
    int64_t department_id;  // where the ticket is now; 0: none
    int64_t actor_id;       // 0: nobody's doing
    bool actor_is_user;     // a user's, not an agent's
    struct text actor_name; // an agent's user name; a user's name or address; "SYSTEM"
    struct text data;       // of an event: JSON as osTicket wrote it, or null
    bool settles;           // for lanes_pass()
};

// For whom. `rules`: of a key that sees some tickets only, by a view of its agent or by departments; NULL:
// all are seen. Clients' views (ticket_view_is_client()) are not for this: they see nothing.
struct lanes_wish {
    const struct key_rules *rules;
    bool utc;    // times in UTC, else as the columns have them
    int64_t gap; // [changes] gap, seconds
    size_t most; // rows of each lane, at most LANE_ROWS_MAX
};
#define LANE_ROWS_MAX 1000

// One round trip.
bool lanes_ends(struct db *db, struct lanes_ends *ends, struct error *error) CHECKED;

// Whether there may be rows behind the position. Never a false no; where several servers write always yes.
bool lanes_have_moved(const struct lanes_position *position, const struct lanes_ends *ends);

struct changes_batch {
    struct change *changes; // in the arena
    size_t count;
    bool has_more; // there are rows behind these which may be given at once
};

// What comes behind the position. One round trip for each lane that has moved, one more for each where
// several servers write, and one where a ticket of the batch was deleted. `position` itself is only put in
// order (lane_position_divide()). ERROR_TOO_LARGE where the arena is full.
bool changes_read(struct db *db, const struct lanes_wish *wish, const struct lanes_ends *ends,
                  struct lanes_position *position, struct arena *arena, struct changes_batch *batch,
                  struct error *error) CHECKED;

// The reader has the change, or does not want it.
void lanes_pass(struct lanes_position *position, const struct change *change);

// A position from which on everything comes that is committed from now on; what was committed in the last
// `gap` seconds may come, too, where a transaction is still open. Two round trips and those of
// changes_read().
bool lanes_begin(struct db *db, int64_t gap, struct lanes_position *position, struct error *error) CHECKED;

// The same from a time on ("YYYY-MM-DD HH:MM:SS" in UTC): before the first row of that time. Some forty round
// trips, each of one row.
bool lanes_begin_at(struct db *db, struct text since, struct lanes_position *position,
                    struct error *error) CHECKED;

// "e8123", "n991": what clients call a change, never the same twice.
#define CHANGE_ID_SIZE 24
void change_name(const struct change *change, char name[CHANGE_ID_SIZE]);

#endif
