// SPDX-License-Identifier: GPL-2.0-or-later
// The change of a ticket: the frame that is the same for all of them, and where an operation puts in what is
// its own.
//
//     struct change change;
//     change_open(&change, context);
//     (read the request; change_find_parties(), parties.h; thread_entry_make(), change_add_entry())
//     done = change_run(&change, &steps, &operation, answer, error);
//     change_close(&change);
//
// What is slow is done before the ticket is locked. Then, in one transaction:
//     the ticket is locked and read              change->around says what is read with it
//     decide       (the operation's own)         refuses; sets change->ticket.state; adds entries, events
//     entries with their files, ticket, search
//     write        (the operation's own)         rows that nobody else has
//     referral, events, drafts
//     mail         (the operation's own)         puts mails into the queue
//     answer       (the operation's own)         says what the client is told
//     Idempotency-Key, commit
// so that a failure at any place leaves nothing behind. spec: operations.md 1.7.
#ifndef OPS_CHANGE_CHANGE_H
#define OPS_CHANGE_CHANGE_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "ops/change/actor.h"
#include "ops/change/unit_of_work.h"
#include "ops/entry/thread_entry.h"
#include "ops/operation.h"
#include "ops/ticket/status_change.h"
#include "store/help_desk.h"
#include "store/ticket/thread.h"
#include "store/ticket/ticket_lock.h"
#include "store/work.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct change {
    struct operation_context *context;
    struct arena arena;
    struct work work; // with this arena and help desk
    struct help_desk help_desk;
    // Known before change_run().
    int64_t ticket_id;
    struct actor actor;
    struct ticket_surroundings around; // the answers of its forms are always read
    // Of the locked ticket.
    struct locked_ticket ticket;
    // What is to be written; see the functions below.
    bool saves;        // the ticket's row: ticket.state
    bool reindexes;    // its search row, also where its row stays as it is
    bool responded;    // the thread notes that an agent responded now
    bool messaged;     // the thread notes that a client wrote now; goes with `saves`
    bool acts;         // an agent acts with his own rights: events of a ticket that is nobody's bear him
    bool is_rehearsal; // nothing is kept of it: see struct unit_of_work
    struct status_change status;
    struct thread_entry **entries;
    size_t entry_count;
    struct new_event *events;
    size_t event_count, written_events; // of the first so many were written already
};

// What an operation puts in; NULL where it has nothing to do but `answer`. Each is handed `operation`.
struct change_steps {
    bool (*decide)(struct change *change, void *operation, struct error *error);
    bool (*write)(struct change *change, void *operation, struct error *error);
    bool (*mail)(struct change *change, void *operation, struct error *error); // only where mail is sent
    bool (*answer)(struct change *change, void *operation, struct outcome *outcome, struct error *error);
};

// `change` points into itself: it may not be moved.
void change_open(struct change *change, struct operation_context *context);
void change_close(struct change *change);

// Adds an entry by `actor`, to be written in this order. It stays the caller's, and must be made already. An
// address that it lacks is the client's own.
bool change_add_entry(struct change *change, const struct actor *actor, struct thread_entry *entry,
                      struct error *error) CHECKED;

// Adds an event by the change's actor, with the ticket's columns as they are by now. `data` is JSON in the
// arena, or null.
bool change_add_event(struct change *change, const char *name, struct text data, struct error *error) CHECKED;

// Writes the events up to the `count`th from `write` of an operation, where others are to follow them.
bool change_write_events(struct change *change, size_t count, struct error *error) CHECKED;

// Decides what the status means for the locked ticket, and adds its event. A status that changes nothing is
// no error: see status_change_decide(). `respondent_id`: the agent who responds in this same change, or 0.
bool change_set_status(struct change *change, int64_t status_id, int64_t respondent_id,
                       struct error *error) CHECKED;

// The same by a wish.
bool change_set_status_by(struct change *change, const struct status_wish *wish, struct error *error) CHECKED;

// Does it. ERROR_NOT_FOUND where the ticket went meanwhile, or has lost its status or thread.
bool change_run(struct change *change, const struct change_steps *steps, void *operation,
                struct answer *answer, struct error *error) CHECKED;

// The same in a transaction that is the caller's, who begins it, remembers and commits: for a change that
// goes along with another one. What was refused by `decide` has written nothing.
bool change_apply(struct change *change, const struct change_steps *steps, void *operation,
                  struct outcome *outcome, struct error *error) CHECKED;

// The same for whom no answer waits: what was written is told by `outcome`, and the mailer is not woken.
bool change_write(struct change *change, const struct change_steps *steps, void *operation,
                  struct outcome *outcome, struct error *error) CHECKED;

#endif
