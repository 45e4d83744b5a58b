// SPDX-License-Identifier: GPL-2.0-or-later
// The thread that a mail belongs to: what it is about, and who takes part.
#ifndef STORE_EMAIL_THREAD_H
#define STORE_EMAIL_THREAD_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;

// One address of somebody who takes part; who has several has a row for each.
struct email_party {
    int64_t user_id, collaborator_id; // 0: the owner
    struct text name, address;        // address null: none
    bool is_default;                  // the address to which mail goes
};

struct email_thread {
    int64_t own_id;        // the thread that the mail names
    int64_t id;            // where entries go: of a merged ticket its parent's
    int64_t object_id;     // the ticket, or a merged one's parent; a task
    int64_t own_object_id; // what the thread named is about
    bool is_merged, is_task;
    bool confirms; // its department confirms messages
    int64_t status_id, owner_id, department_id, topic_id;
    int64_t mailbox_id; // by which the ticket came; 0: by none
    struct text number; // of what the thread named is about
    struct email_party *parties;
    size_t party_count;
    int64_t *referred; // departments
    size_t referred_count;
    int64_t *transferred; // mailboxes of departments that had it; 0: the default one
    size_t transferred_count;
    struct text recipients; // of the entry that the mail answers, as thread_entry.recipients; null: none
};

// Reads it in one round trip. 1: found; 0: the thread, or what it was about, is gone; -1: failure.
int email_thread_load(struct db *db, int64_t thread_id, int64_t entry_id, struct arena *arena,
                      struct email_thread *thread, struct error *error) CHECKED;

#endif
