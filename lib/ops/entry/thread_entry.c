// SPDX-License-Identifier: GPL-2.0-or-later
// An entry of a thread on its way there.
#include "ops/entry/thread_entry.h"

#include "store/entry_flags.h"

#include <string.h>

bool thread_entry_take_files(struct work *work, struct text message_field,
                             const struct incoming_files *incoming, struct thread_entry *entry,
                             struct error *error) {
    entry->incoming = incoming;
    if (!incoming->count) return true;
    attachment_policy_read(message_field, work->help_desk, work->arena, &entry->policy);
    return attached_files_check_storage(work->help_desk, error);
}

bool thread_entry_make(struct work *work, struct text text, enum entry_text kind, struct thread_entry *entry,
                       struct error *error) {
    return (!entry->incoming ||
            attached_files_take(work, &entry->policy, entry->incoming, &entry->files, error)) &&
           entry_body_make(work, text, entry->tail, kind, &entry->body, &entry->files, error);
}

static bool insert(struct work *work, int64_t thread_id, struct thread_entry *entry, struct error *error) {
    struct new_entry *row = &entry->row;
    row->thread_id = thread_id;
    row->body = entry->body.body;
    row->format = entry->body.format;
    if (strcmp(row->format, "html") == 0) row->flags |= ENTRY_FLAG_BALANCED;
    return entry->is_by_the_way ? thread_entry_insert_later(work, row, &entry->id, error)
                                : thread_entry_insert(work, row, &entry->id, error);
}

bool thread_entry_write(struct work *work, int64_t thread_id, struct thread_entry *entry,
                        struct error *error) {
    return (!entry->incoming ||
            attached_files_note_refusals(work, thread_id, &entry->policy, entry->incoming, error)) &&
           insert(work, thread_id, entry, error) &&
           attached_files_write(work, entry->id, &entry->files, error);
}

bool thread_entry_search(const struct thread_entry *entry, struct search_row *row) {
    struct text title = entry->row.title;
    *row = (struct search_row){"H", entry->id, TEXT(""), entry->body.search};
    // "0" is no title to PHP's search.
    if (title.data && !text_equal(title, TEXT("0"))) row->title = title;
    return entry->row.staff_id || entry->row.user_id;
}
