// SPDX-License-Identifier: GPL-2.0-or-later
// The mail queue: this server's own table ({fcgi:mail}, schema/fcgi-mail.sql).
#ifndef STORE_MAIL_QUEUE_H
#define STORE_MAIL_QUEUE_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "store/outbox/outbox.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;

// The mailbox that a mail goes out from: the first that there is of …
enum mail_mailbox {
    MAIL_MAILBOX_DEFAULT,      // the one asked for, the default one
    MAIL_MAILBOX_DEPARTMENT,   // the one asked for, the ticket's department's, the default one
    MAIL_MAILBOX_AUTORESPONSE, // the department's for autoresponses, the department's, the default one
    MAIL_MAILBOX_ALERTS,       // the help desk's for alerts, the default one
};

// What goes into the queue. Zero and null where a mail has none of it.
struct mail_order {
    const char *kind; // code of the template, or what mail/mail_kind.h knows beside
    bool spread;      // stands for the alerts of several agents, whom the mailer finds: no recipients yet
    int64_t ticket_id, thread_id, entry_id;
    int64_t tag_entry_id, tag_thread_id; // of the Message-ID
    int64_t staff_id;
    enum mail_mailbox mailbox;
    int64_t from_email_id;  // asked for
    const char *signature;  // "none", "mine", "dept"
    struct text recipients; // as mail_row has it
    struct text message_id; // up to the mailbox's address, which is added; null in a row that is spread
    struct text addressee, assignee, assigner, comments, subject, body;
    int64_t sender_id;   // of a reply: the agent whose choice of a name it bears; 0: it bears the mailbox's
    struct text sender;  // his name, null: it is hidden
    const char *only_if; // a setting of the help desk: nothing is queued while it is off. NULL: always
    uint64_t *queued;    // counts the rows that were queued; NULL: nobody counts
};

// A mail in the queue. Texts lie in the arena it was read with.
struct mail_row {
    int64_t id;
    struct text kind;
    struct text state; // waiting, sending, sent, failed, dropped
    bool spread;
    int64_t ticket_id, thread_id, entry_id;
    struct text ticket_number;                 // null when it is gone
    struct text ticket_created, entry_created; // null: no ticket, no entry
    int64_t tag_entry_id, tag_thread_id;
    int64_t staff_id;           // whose doing it tells of
    int64_t recipient_staff_id; // the agent an alert is for
    int64_t email_id;           // the mailbox; 0: none is configured
    struct text signature;
    struct text addressee, assignee, comments, subject, body; // null where there is none
    struct text assigner;          // who assigned, null: staff_id; of a reply the name that it is from
    struct text recipients;        // a line each: to|cc, id, user id, address, name, with tabs between
    struct text message_id;        // without angle brackets
    int64_t attempts;              // those before
    int64_t due_in;                // seconds; negative: overdue
    int64_t age;                   // seconds since it was queued
    struct text error;             // of the last try; null when there was none
    struct text created, finished; // UTC
};

// What a transaction failed with, said so that somebody can mend it where it was for want of the queue's
// table. Returns false.
bool mail_queue_explain(struct db *db, struct error *error);

// All must run inside the transaction of what the mail tells of. ERROR_UNAVAILABLE, with a detail that names
// schema/fcgi-mail.sql, when the table is missing.
bool mail_queue_add(struct db *db, const struct mail_order *order, struct error *error) CHECKED;

// Two of them in one round trip, in this order; `second` NULL: one.
bool mail_queue_add_two(struct db *db, const struct mail_order *order, const struct mail_order *second,
                        struct error *error) CHECKED;

// The two mails of a reply in one round trip: the customer's, as `order` (kind ticket.reply) has it, unless
// its `recipients` are empty, and the row that is spread to the agents' alerts (note.alert) where the help
// desk has them switched on.
bool mail_queue_add_reply(struct db *db, const struct mail_order *order, struct error *error) CHECKED;

// An alert beside the row `of` that is spread: for an agent, or with `staff_id` 0 for `addressee`.
struct mail_alert {
    int64_t staff_id;
    struct text addressee, recipients;
    struct text message_id; // whole
};
bool mail_queue_add_alert(struct db *db, int64_t of, const struct mail_alert *alert,
                          struct error *error) CHECKED;

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
// ERROR_CONFLICT when it is no longer ours.
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

// For people: see outbox.h.
bool mail_queue_counts(struct db *db, struct arena *arena, struct outbox_count **counts, size_t *count,
                       struct error *error) CHECKED;
bool mail_queue_list(struct db *db, int64_t limit, struct arena *arena, struct mail_row **rows, size_t *count,
                     struct error *error) CHECKED;
int mail_queue_row(struct db *db, int64_t id, struct arena *arena, struct mail_row *row,
                   struct error *error) CHECKED; // 1, 0, -1
// To be sent at once, with all tries again; id 0: all that wait or have failed. `*changed` rows.
bool mail_queue_retry(struct db *db, int64_t id, uint64_t *changed, struct error *error) CHECKED;
bool mail_queue_drop(struct db *db, int64_t id, uint64_t *changed, struct error *error) CHECKED;

#endif
