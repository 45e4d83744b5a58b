// SPDX-License-Identifier: GPL-2.0-or-later
// What tables of things to be sent have in common, mails or calls of webhooks: a row waits, with `due` as its
// next try; it is finished as sent, failed or dropped, kept for some days, and can be tried anew or dropped
// by hand.
#ifndef STORE_OUTBOX_OUTBOX_H
#define STORE_OUTBOX_OUTBOX_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;

// A table by its statements: OUTBOX(MAIL) has those of OUTBOX_STATEMENTS(STATEMENT, MAIL, …).
struct outbox {
    unsigned finish, postpone, purge, counts, retry, drop;
};
#define OUTBOX(name)                                                                                         \
    ((struct outbox){STATEMENT_##name##_FINISH, STATEMENT_##name##_POSTPONE, STATEMENT_##name##_PURGE,       \
                     STATEMENT_##name##_COUNTS, STATEMENT_##name##_RETRY, STATEMENT_##name##_DROP})

// What became of a row that `lease` has in its hands. Each does nothing when somebody else has it meanwhile.
// `reason` is cut to 500 characters. One round trip each, as all here; errors are the database's.
bool outbox_finish(struct db *db, const struct outbox *outbox, int64_t id, const char *lease,
                   const char *state, struct text reason, struct error *error) CHECKED;
// `reason` null: the one of the last try stays. `counts` false: the try does not count.
bool outbox_postpone(struct db *db, const struct outbox *outbox, int64_t id, const char *lease,
                     int64_t seconds, struct text reason, bool counts, struct error *error) CHECKED;

// Forgets what was finished so many days ago, 5,000 rows at most: `*purged` of them (NULL: nobody counts).
bool outbox_purge(struct db *db, const struct outbox *outbox, int64_t days, uint64_t *purged,
                  struct error *error) CHECKED;

// How many rows are in each state.
struct outbox_count {
    struct text state;
    int64_t count, oldest; // age in seconds
};
bool outbox_counts(struct db *db, const struct outbox *outbox, struct arena *arena,
                   struct outbox_count **counts, size_t *count, struct error *error) CHECKED;

// By hand: to be sent at once, with all tries again; id 0: all that wait or have failed. And not to be sent.
// `*changed` rows.
bool outbox_retry(struct db *db, const struct outbox *outbox, int64_t id, uint64_t *changed,
                  struct error *error) CHECKED;
bool outbox_drop(struct db *db, const struct outbox *outbox, int64_t id, uint64_t *changed,
                 struct error *error) CHECKED;

#endif
