// SPDX-License-Identifier: GPL-2.0-or-later
// The mail queue: this server's own table ({fcgi:mail}, schema/fcgi-mail.sql).
#ifndef STORE_MAIL_QUEUE_H
#define STORE_MAIL_QUEUE_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;

// What a reply puts into the queue.
struct mail_order {
    int64_t ticket_id, thread_id, entry_id, staff_id;
    int64_t from_email_id;  // 0: the department's mailbox
    const char *signature;  // "none", "mine", "dept"
    struct text recipients; // as mail_row has it; empty: no mail but alerts
    struct text message_id; // up to the mailbox's address, which is added
};

// A mail in the queue. Texts lie in the arena it was read with.
struct mail_row {
    int64_t id;
    struct text kind;  // code of its template
    struct text state; // waiting, sending, sent, failed, dropped
    int64_t ticket_id, thread_id, entry_id;
    struct text entry_created;
    int64_t staff_id;       // whose reply it is
    int64_t alert_staff_id; // the agent an alert is for; 0 in the row that stands for all alerts of a reply
    int64_t email_id;       // the mailbox; 0: none is configured
    struct text signature;
    struct text recipients;        // a line each: to|cc, id, user id, address, name, with tabs between
    struct text message_id;        // without angle brackets
    int64_t attempts;              // those before
    int64_t due_in;                // seconds; negative: overdue
    int64_t age;                   // seconds since it was queued
    struct text error;             // of the last try; null when there was none
    struct text created, finished; // UTC
};

// One row for the customer's mail unless `recipients` is empty, one for the alerts where the help desk has
// them switched on. Must run inside the reply's transaction. ERROR_UNAVAILABLE when the table is missing.
bool mail_queue_add(struct db *db, const struct mail_order *order, struct error *error) CHECKED;

// An alert for one agent beside the row `of` that stands for all.
bool mail_queue_add_alert(struct db *db, int64_t of, int64_t staff_id, struct text recipients,
                          struct text message_id, int64_t email_id, struct error *error) CHECKED;

// The ids of mails that are due, the oldest first, at most `limit` (50) of them.
bool mail_queue_due(struct db *db, int64_t *ids, size_t limit, size_t *count, struct error *error) CHECKED;

// Takes a due mail: until `seconds` have passed nobody else gets it, and it counts as tried once more. 1:
// taken, 0: somebody else has it or it is gone, -1: failure. `lease` names who takes it.
int mail_queue_take(struct db *db, int64_t id, const char *lease, int64_t seconds, struct arena *arena,
                    struct mail_row *row, struct error *error) CHECKED;

// What became of a taken mail. Each does nothing when the lease ran out and somebody else took it meanwhile.
bool mail_queue_finish(struct db *db, int64_t id, const char *lease, const char *state, struct text reason,
                       struct error *error) CHECKED;
// `reason` null: the one of the last try stays. `counts` false: the try does not count.
bool mail_queue_postpone(struct db *db, int64_t id, const char *lease, int64_t seconds, struct text reason,
                         bool counts, struct error *error) CHECKED;
bool mail_queue_remove(struct db *db, int64_t id, const char *lease, struct error *error) CHECKED;

// Leases that begin so (at most `limit`); and what they hold, to be sent by somebody else at once.
struct mail_lease {
    char name[65];
};
bool mail_queue_leases(struct db *db, const char *beginning, struct mail_lease *leases, size_t limit,
                       size_t *count, struct error *error) CHECKED;
bool mail_queue_free(struct db *db, const char *lease, struct error *error) CHECKED;

// Forgets what was finished so many days ago, 5,000 rows at most.
bool mail_queue_purge(struct db *db, int64_t days, struct error *error) CHECKED;

// A row in osTicket's system log, titled "Mailer Error" as osTicket does, unless the help desk logs nothing.
bool mail_queue_syslog(struct db *db, struct text message, struct error *error) CHECKED;

// For people: how many rows are in each state.
struct mail_count {
    struct text state;
    int64_t count, oldest; // age in seconds
};
bool mail_queue_counts(struct db *db, struct arena *arena, struct mail_count **counts, size_t *count,
                       struct error *error) CHECKED;
bool mail_queue_list(struct db *db, int64_t limit, struct arena *arena, struct mail_row **rows, size_t *count,
                     struct error *error) CHECKED;
int mail_queue_row(struct db *db, int64_t id, struct arena *arena, struct mail_row *row,
                   struct error *error) CHECKED; // 1, 0, -1
// To be sent at once, with all tries again; id 0: all that wait or have failed. `*changed` rows.
bool mail_queue_retry(struct db *db, int64_t id, uint64_t *changed, struct error *error) CHECKED;
bool mail_queue_drop(struct db *db, int64_t id, uint64_t *changed, struct error *error) CHECKED;

#endif
