// SPDX-License-Identifier: GPL-2.0-or-later
// An entry of a thread on its way there: made before anything is locked, so that nobody waits for it, and
// written with its files in the transaction.
#ifndef OPS_ENTRY_THREAD_ENTRY_H
#define OPS_ENTRY_THREAD_ENTRY_H

#include "base/error.h"
#include "base/text.h"
#include "ops/entry/attached_files.h"
#include "ops/entry/body.h"
#include "store/ticket/thread.h"
#include "store/work.h"

#include <stdbool.h>
#include <stdint.h>

struct thread_entry {
    struct new_entry row;                  // who, what, why; its text, format and thread are filled in
    struct text tail;                      // what stands behind its text; null: nothing
    struct entry_body body;                // from thread_entry_make()
    struct attached_files files;           // stored ones may be added before it is made
    struct attachment_policy policy;       // says which of
    const struct incoming_files *incoming; // are let in; NULL: none came
    bool is_by_the_way;                    // without files, and nothing of what else is written names it
    int64_t id;                            // once it is written; of what is by the way once that is sent
};

// Files that came with the request, under the rules of the ticket form's message field (its configuration,
// may be null). ERROR_NOT_NATIVE where only PHP can store files.
bool thread_entry_take_files(struct work *work, struct text message_field,
                             const struct incoming_files *incoming, struct thread_entry *entry,
                             struct error *error) CHECKED;

// Makes the body of `text`, and gathers the files that it brings and that came. Writes nothing.
bool thread_entry_make(struct work *work, struct text text, enum entry_text kind, struct thread_entry *entry,
                       struct error *error) CHECKED;

// Writes it into the thread, a note for each file that is refused before it, and its files behind it.
bool thread_entry_write(struct work *work, int64_t thread_id, struct thread_entry *entry,
                        struct error *error) CHECKED;

// Whether search finds it, and by which row: PHP leaves out what neither an agent nor a user wrote.
bool thread_entry_search(const struct thread_entry *entry, struct search_row *row);

#endif
