// SPDX-License-Identifier: GPL-2.0-or-later
// The thread that a mail belongs to.
#include "store/email/thread.h"

#include "store/row.h"
#include "store/statements.h"

static void take_thread(const struct row *row, void *into) {
    struct email_thread *thread = into;
    struct text type = row_text(row, EMAIL_THREAD_TYPE);
    thread->id = row_integer(row, EMAIL_THREAD_ID);
    thread->object_id = row_integer(row, EMAIL_THREAD_OBJECT);
    thread->own_object_id = row_integer(row, EMAIL_THREAD_OWN_OBJECT);
    thread->status_id = row_integer(row, EMAIL_THREAD_STATUS);
    thread->owner_id = row_integer(row, EMAIL_THREAD_OWNER);
    thread->mailbox_id = row_integer(row, EMAIL_THREAD_MAILBOX);
    thread->department_id = row_integer(row, EMAIL_THREAD_DEPARTMENT);
    thread->topic_id = row_integer(row, EMAIL_THREAD_TOPIC);
    thread->confirms = row_integer(row, EMAIL_THREAD_CONFIRMS) != 0;
    thread->is_merged = text_equal(type, TEXT("C"));
    thread->is_task = text_equal(type, TEXT("A"));
    thread->number = row_copy(row, EMAIL_THREAD_NUMBER);
}

static void take_party(const struct row *row, void *into) {
    struct email_thread *thread = into;
    struct email_party *party =
        arena_append(row->arena, &thread->parties, &thread->party_count, sizeof *party);
    if (party)
        *party = (struct email_party){row_integer(row, EMAIL_PARTY_USER),
                                      row_integer(row, EMAIL_PARTY_COLLABORATOR),
                                      row_copy(row, EMAIL_PARTY_NAME), row_copy(row, EMAIL_PARTY_ADDRESS),
                                      row_integer(row, EMAIL_PARTY_IS_DEFAULT) != 0};
}

static void take_referred(const struct row *row, void *into) {
    struct email_thread *thread = into;
    int64_t *id = arena_append(row->arena, &thread->referred, &thread->referred_count, sizeof *id);
    if (id) *id = row_integer(row, EMAIL_THREAD_ID);
}

static void take_transferred(const struct row *row, void *into) {
    struct email_thread *thread = into;
    int64_t *id = arena_append(row->arena, &thread->transferred, &thread->transferred_count, sizeof *id);
    if (id) *id = row_integer(row, EMAIL_THREAD_ID);
}

static void take_answered(const struct row *row, void *into) {
    struct email_thread *thread = into;
    thread->recipients = row_copy(row, EMAIL_ANSWERED_RECIPIENTS);
}

static void take_row(const struct row *row, void *into) {
    static const struct row_kind kinds[] = {{"thread", take_thread},
                                            {"party", take_party},
                                            {"referred", take_referred},
                                            {"transferred", take_transferred},
                                            {"entry", take_answered}};
    row_take_kind(row, EMAIL_THREAD_KIND, kinds, sizeof kinds / sizeof *kinds, into);
}

int email_thread_load(struct db *db, int64_t thread_id, int64_t entry_id, struct arena *arena,
                      struct email_thread *thread, struct error *error) {
    const struct db_value id = db_integer(thread_id);
    *thread = (struct email_thread){.own_id = thread_id, .number = TEXT_NULL, .recipients = TEXT_NULL};
    if (!row_each(db, QUERY(STATEMENT_EMAIL_THREAD, id, id, id, id, id, db_integer(entry_id)), arena,
                  take_row, thread, error))
        return -1;
    if (arena->failed) return error_set(error, ERROR_TOO_LARGE, "the thread has too many parties") ? 1 : -1;
    return thread->id && thread->number.length;
}
