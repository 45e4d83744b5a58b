// SPDX-License-Identifier: GPL-2.0-or-later
// One ticket, locked for the transaction at hand, with all that decides what a change does to it.
#ifndef STORE_TICKET_TICKET_LOCK_H
#define STORE_TICKET_TICKET_LOCK_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "store/answers.h"
#include "store/mail/content.h"
#include "store/ticket/agent_rights.h"
#include "store/ticket/files.h"
#include "store/ticket/thread.h"

#include <stdbool.h>
#include <stdint.h>

struct db;
struct row;

// The columns of the ticket that a change may set. Agent, team and SLA are 0 also when their row is gone:
// PHP forgets them with the next save. Times are "YYYY-MM-DD HH:MM:SS" in the database's zone, null where the
// column is NULL.
struct ticket_state {
    int64_t status_id;
    int64_t department_id;
    int64_t topic_id;
    int64_t staff_id;
    int64_t team_id;
    int64_t sla_id;
    bool had_gone_reference; // one of them named a row that is gone
    bool answered;
    bool overdue;
    struct text due, estimated_due, reopened, closed, last_update;
};

struct locked_ticket {
    int64_t id;
    struct text number;
    int64_t owner_id;
    struct text owner_name;    // null: the owner's row is gone
    struct text owner_address; // null: he has no address
    struct text created;
    struct ticket_state state;
    struct text staff_name; // of its agent, "First Last"; null: none
    bool sla_active;
    bool sla_alerts;       // … and does not forbid alerts when it is overdue; so without an SLA
    bool sla_is_transient; // another department brings its own
    int64_t sla_grace_hours;
    int64_t sla_schedule_id;
    int64_t thread_id;       // 0: the ticket has no thread
    int64_t last_message_id; // the newest visible message, 0: none
    int64_t missing_answers; // required before the ticket may be closed
    int64_t open_tasks;
    int64_t first_respondent_id; // the agent of the first response, 0: none
    int64_t second_respondent_id;
    bool referred_to_agent; // the thread, to the ticket's agent
    bool has_closed_event;  // one that counts
    bool has_drafts;        // any agent's, where it was asked
    struct text source;     // "API"
    int64_t parent_id;      // of the ticket that it was merged into or linked to, 0: none
    int64_t flags;          // of merging and linking: TICKET_FLAG_…
    int64_t lock_id;        // of osTicket's own lock, 0: none
    int64_t lock_holder_id; // the agent who has it, while it has not run out; 0: nobody
};

#define TICKET_FLAG_COMBINED 1 // a child whose entries went over to the parent, and the parent of such
#define TICKET_FLAG_SEPARATE 2 // merged, but the threads are kept
#define TICKET_FLAG_LINKED   8
#define TICKET_FLAG_PARENT   16

// Whether it was merged into another one, whose thread has its entries. A linked one was not.
bool ticket_is_merged(const struct locked_ticket *ticket);
bool ticket_columns_are_merged(int64_t parent_id, int64_t flags); // the same of these two columns

// What is read in the same round trip.
struct ticket_surroundings {
    bool drafts;                  // are asked for: locked_ticket.has_drafts
    bool with_collaborators;      // are asked for
    bool with_referrals;          // the same
    int64_t agent_id;             // whose rights are asked for; 0: nobody's
    struct file_search *searches; // for files; the first SLOT_COUNT of them are answered
    size_t search_count;
    struct form_answer *answers; // of the ticket's forms, in the order of the fields
    size_t answer_count;
    struct mail_collaborators collaborators; // the active ones
    struct agent_rights agent;
    struct referral *referrals; // of the thread
    size_t referral_count;
};

// Locks and reads the ticket and what stands around it. 1: done; 0: it is gone meanwhile;
// -1: failure. Texts are copied into the arena.
int ticket_lock(struct db *db, int64_t ticket_id, struct ticket_surroundings *around, struct arena *arena,
                struct locked_ticket *ticket, struct error *error) CHECKED;

// Takes one of its rows into a struct locking, also of tickets that are read together: tickets_together.h.
struct locking {
    struct locked_ticket *ticket;
    struct ticket_surroundings *around;
};
void ticket_lock_take(const struct row *row, void *into);

// What is saved beside the ticket's own row.
struct ticket_saving {
    bool annuls_closed; // former "closed" events no longer count, so that statistics count one only
    bool responded;     // the thread was responded to now
    bool messaged;      // a client wrote to it now
};

// Writes back what may have changed, and marks the ticket updated now. One round trip.
bool ticket_save(struct db *db, const struct locked_ticket *ticket, const struct ticket_saving *saving,
                 struct error *error) CHECKED;

// Takes osTicket's own lock off the ticket. Two round trips.
bool ticket_lock_release(struct db *db, int64_t ticket_id, int64_t lock_id, struct error *error) CHECKED;

// Whether the agent works in the department, primarily or by access, or manages it.
bool staff_is_member(struct db *db, int64_t staff_id, int64_t department_id, bool *is,
                     struct error *error) CHECKED;

// Whether the agent is active, not on vacation, and may see the department's tickets.
bool staff_may_take(struct db *db, int64_t staff_id, int64_t department_id, bool *may,
                    struct error *error) CHECKED;

#endif
