// SPDX-License-Identifier: GPL-2.0-or-later
// Writing to a ticket's thread: entries, events, referrals, and the rows that search finds them by.
#ifndef STORE_TICKET_THREAD_H
#define STORE_TICKET_THREAD_H

#include "base/error.h"
#include "base/text.h"
#include "store/work.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;

// A new thread entry; null texts become NULL where the column allows it. Here and below texts are made to fit
// their columns: store/text_fit.h.
struct new_entry {
    int64_t parent_id;
    int64_t thread_id;
    int64_t staff_id;
    int64_t user_id;
    const char *type; // "M", "R", "N"
    int64_t flags;
    struct text poster;
    struct text source;
    struct text title;
    struct text body;
    const char *format; // "html", "text"
    struct text ip_address;
    struct text recipients; // JSON, or null
};
bool thread_entry_insert(struct work *work, const struct new_entry *entry, int64_t *entry_id,
                         struct error *error) CHECKED;

// The same, where the id may be told when what waits is sent (transaction_gather()): it lives until then.
bool thread_entry_insert_later(struct work *work, const struct new_entry *entry, int64_t *entry_id,
                               struct error *error) CHECKED;

// Writes text notes of the system's, in this order, 16 in a round trip; none is none.
bool thread_system_notes_insert(struct work *work, int64_t thread_id, struct text title,
                                const struct text *bodies, size_t count, struct error *error) CHECKED;

// Notes in the thread that a response was given now.
bool thread_responded(struct db *db, int64_t thread_id, struct error *error) CHECKED;

// What search finds: object_type "H" a thread entry, "T" a ticket, "U" a user.
struct search_row {
    const char *object_type;
    int64_t object_id;
    struct text title;
    struct text content;
};

// Writes the rows, 16 in a round trip, and none for what has no text, as in PHP. Texts are cut to what the
// columns hold.
bool search_replace(struct work *work, const struct search_row *rows, size_t count,
                    struct error *error) CHECKED;

// A row of the ticket's history.
struct new_event {
    const char *name; // "closed", "reopened", "edited"
    int64_t thread_id;
    int64_t assignee_id, team_id, department_id, topic_id; // as the ticket has them by then
    struct text data;                                      // JSON, or null
    struct text username; // who did it: an agent's, "SYSTEM", "Ticket Filter"
    int64_t uid;          // his id; 0: nobody's
    bool by_user;         // the id is a user's, not an agent's
};

// Writes the events in their order, in one round trip for each 16.
bool thread_events_insert(struct db *db, const struct new_event *events, size_t count,
                          struct error *error) CHECKED;

// To whom a thread is referred.
enum referral_type { REFERRED_TO_STAFF = 'S', REFERRED_TO_TEAM = 'E', REFERRED_TO_DEPARTMENT = 'D' };
struct referral {
    enum referral_type type;
    int64_t id; // of the agent, team or department
};

// Refers the thread, unless it is already; takes a referral back.
bool thread_refer(struct db *db, int64_t thread_id, struct referral to, struct error *error) CHECKED;
bool thread_unrefer(struct db *db, int64_t thread_id, struct referral to, struct error *error) CHECKED;

// Deletes every agent's draft for the ticket.
bool ticket_drafts_delete(struct db *db, int64_t ticket_id, struct error *error) CHECKED;

// Deletes what an agent has not sent yet: "note" or "response".
bool ticket_draft_delete(struct db *db, int64_t ticket_id, int64_t staff_id, const char *what,
                         struct error *error) CHECKED;

#endif
