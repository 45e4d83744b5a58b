// SPDX-License-Identifier: GPL-2.0-or-later
// The mail queue: this server's own table.
#include "store/mail/queue.h"

#include "db/db.h"
#include "store/statements.h"

#include <stdio.h>
#include <string.h>

// "database: 1146 Table … doesn't exist" (ER_NO_SUCH_TABLE): said so that somebody can mend it. Of osTicket's
// own tables none is missing, since the reply was written.
static bool explain(struct db *db, struct error *error) {
    if (error->code != ERROR_INTERNAL || !strstr(error->detail, " 1146 ")) return false;
    error_set(error, ERROR_UNAVAILABLE, "mail cannot be queued");
    return error_detail(error, "the table fcgi_%smail is missing: load schema/fcgi-mail.sql", db_prefix(db));
}

bool mail_queue_add(struct db *db, const struct mail_order *order, struct error *error) {
    const struct db_value mailbox = db_integer(order->mailbox), only_if = db_string(order->only_if);
    const struct db_value values[] = {
        db_string(order->kind),
        db_integer(order->spread),
        db_integer(order->thread_id),
        db_integer(order->tag_entry_id),
        db_integer(order->tag_thread_id),
        db_integer(order->staff_id),
        db_string(order->signature),
        db_text(order->addressee),
        db_text(order->assignee),
        db_text(order->assigner),
        db_text(order->comments),
        db_text(order->subject),
        db_text(order->body),
        db_text(order->recipients),
        db_text(order->message_id),
        db_integer(order->ticket_id),
        db_integer(order->entry_id),
        db_integer(order->from_email_id),
        mailbox,
        mailbox,
        mailbox,
        only_if,
        only_if,
    };
    return db_execute(db, STATEMENT_MAIL_ENQUEUE, values, sizeof values / sizeof *values, NULL, NULL,
                      error) ||
           explain(db, error);
}

bool mail_queue_add_reply(struct db *db, const struct mail_order *order, struct error *error) {
    const struct db_value entry = db_integer(order->entry_id), ticket = db_integer(order->ticket_id),
                          thread = db_integer(order->thread_id), staff = db_integer(order->staff_id);
    const struct db_value values[] = {
        thread,
        db_integer(order->tag_entry_id),
        db_integer(order->tag_thread_id),
        staff,
        db_string(order->signature),
        db_text(order->recipients),
        db_text(order->message_id),
        db_integer(order->from_email_id),
        entry,
        ticket,
        db_text(order->recipients),
        thread,
        db_integer(order->tag_entry_id),
        db_integer(order->tag_thread_id),
        staff,
        entry,
        ticket,
    };
    return db_execute(db, STATEMENT_MAIL_ENQUEUE_REPLY, values, sizeof values / sizeof *values, NULL, NULL,
                      error) ||
           explain(db, error);
}

bool mail_queue_add_alert(struct db *db, int64_t of, const struct mail_alert *alert, struct error *error) {
    const struct db_value values[] = {db_integer(alert->staff_id), db_text(alert->addressee),
                                      db_text(alert->recipients), db_text(alert->message_id), db_integer(of)};
    return db_execute(db, STATEMENT_MAIL_ENQUEUE_ALERT, values, 5, NULL, NULL, error);
}

bool mail_queue_due(struct db *db, int64_t *ids, size_t limit, size_t *count, struct error *error) {
    struct db_rows *rows;
    int more = 0;
    *count = 0;
    if (!db_query(db, STATEMENT_MAIL_DUE, NULL, 0, &rows, error)) return explain(db, error);
    while (*count < limit && (more = db_rows_next(rows, error)) > 0)
        ids[(*count)++] = db_rows_integer(rows, 0);
    db_rows_close(&rows);
    return more >= 0;
}

static void read_texts(struct db_rows *rows, struct arena *arena, struct mail_row *row) {
    struct text *const texts[] = {
        &row->kind,      &row->state,        &row->ticket_created, &row->entry_created, &row->signature,
        &row->addressee, &row->assignee,     &row->assigner,       &row->comments,      &row->subject,
        &row->body,      &row->recipients,   &row->message_id,     &row->error,         &row->created,
        &row->finished,  &row->ticket_number};
    for (unsigned i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = arena_copy(arena, db_rows_text(rows, i));
}

// The columns of MAIL_COLUMNS: the texts first.
static void read_row(struct db_rows *rows, struct arena *arena, struct mail_row *row) {
    unsigned column = 17;
    read_texts(rows, arena, row);
    int64_t *const numbers[] = {
        &row->id,           &row->ticket_id,     &row->thread_id, &row->entry_id,
        &row->tag_entry_id, &row->tag_thread_id, &row->staff_id,  &row->recipient_staff_id,
        &row->email_id,     &row->attempts,      &row->due_in,    &row->age};
    for (unsigned i = 0; i < sizeof numbers / sizeof *numbers; i++)
        *numbers[i] = db_rows_integer(rows, column++);
    row->spread = db_rows_integer(rows, column) != 0;
}

static int one_row(struct db *db, unsigned statement, int64_t id, struct arena *arena, struct mail_row *row,
                   struct error *error) {
    struct db_value value = db_integer(id);
    struct db_rows *rows;
    if (!db_query(db, statement, &value, 1, &rows, error)) return explain(db, error) - 1;
    int found = db_rows_next(rows, error);
    if (found > 0) read_row(rows, arena, row);
    db_rows_close(&rows);
    if (!arena->failed) return found;
    error_set(error, ERROR_INTERNAL, "a mail's row does not fit into memory");
    return -1;
}

// By the primary key, so that one row is locked and no gap: a range scan under REPEATABLE READ would make
// replies wait that queue their mail at the same moment.
int mail_queue_take(struct db *db, int64_t id, const char *lease, int64_t seconds, struct arena *arena,
                    struct mail_row *row, struct error *error) {
    const struct db_value values[] = {db_string(lease), db_integer(seconds), db_integer(id)};
    if (!db_begin(db, error)) return -1;
    int found = one_row(db, STATEMENT_MAIL_LOCK, id, arena, row, error);
    if (found > 0 && !db_execute(db, STATEMENT_MAIL_LEASE, values, 3, NULL, NULL, error)) found = -1;
    if (found > 0) return db_commit(db, error) ? 1 : -1;
    db_rollback(db);
    return found;
}

bool mail_queue_finish(struct db *db, int64_t id, const char *lease, const char *state, struct text reason,
                       struct error *error) {
    const struct db_value values[] = {db_string(state), db_text(text_cut(reason, 500)), db_integer(id),
                                      db_string(lease)};
    return db_execute(db, STATEMENT_MAIL_FINISH, values, 4, NULL, NULL, error);
}

bool mail_queue_postpone(struct db *db, int64_t id, const char *lease, int64_t seconds, struct text reason,
                         bool counts, struct error *error) {
    const struct db_value values[] = {db_text(text_cut(reason, 500)), db_integer(seconds),
                                      db_integer(counts ? 0 : 1), db_integer(id), db_string(lease)};
    return db_execute(db, STATEMENT_MAIL_POSTPONE, values, 5, NULL, NULL, error);
}

bool mail_queue_remove(struct db *db, int64_t id, const char *lease, struct error *error) {
    const struct db_value values[] = {db_integer(id), db_string(lease)};
    uint64_t removed = 0;
    if (!db_execute(db, STATEMENT_MAIL_REMOVE, values, 2, &removed, NULL, error)) return false;
    return removed || error_set(error, ERROR_CONFLICT, "somebody else has taken the mail");
}

bool mail_queue_leases(struct db *db, const char *beginning, struct mail_lease *leases, size_t limit,
                       size_t *count, struct error *error) {
    char pattern[80];
    struct db_rows *rows;
    int more = 0;
    snprintf(pattern, sizeof pattern, "%s%%", beginning);
    struct db_value value = db_string(pattern);
    *count = 0;
    if (!db_query(db, STATEMENT_MAIL_LEASES, &value, 1, &rows, error)) return explain(db, error);
    while (*count < limit && (more = db_rows_next(rows, error)) > 0) {
        struct text name = db_rows_text(rows, 0);
        if (name.length < sizeof leases->name) memcpy(leases[(*count)++].name, name.data, name.length + 1);
    }
    db_rows_close(&rows);
    return more >= 0;
}

bool mail_queue_free(struct db *db, const char *lease, struct error *error) {
    struct db_value value = db_string(lease);
    return db_execute(db, STATEMENT_MAIL_FREE, &value, 1, NULL, NULL, error);
}

bool mail_queue_purge(struct db *db, int64_t days, struct error *error) {
    struct db_value value = db_integer(days);
    return db_execute(db, STATEMENT_MAIL_PURGE, &value, 1, NULL, NULL, error);
}

bool mail_queue_syslog(struct db *db, struct text message, struct error *error) {
    struct db_value value = db_text(message);
    return db_execute(db, STATEMENT_MAIL_SYSLOG, &value, 1, NULL, NULL, error);
}

bool mail_queue_counts(struct db *db, struct arena *arena, struct mail_count **counts, size_t *count,
                       struct error *error) {
    struct db_rows *rows;
    int more;
    *counts = NULL;
    *count = 0;
    if (!db_query(db, STATEMENT_MAIL_COUNTS, NULL, 0, &rows, error)) return explain(db, error);
    while ((more = db_rows_next(rows, error)) > 0) {
        struct mail_count *item = arena_append(arena, counts, count, sizeof *item);
        if (!item) break;
        item->state = arena_copy(arena, db_rows_text(rows, 0));
        item->count = db_rows_integer(rows, 1);
        item->oldest = db_rows_integer(rows, 2);
    }
    db_rows_close(&rows);
    return more >= 0;
}

bool mail_queue_list(struct db *db, int64_t limit, struct arena *arena, struct mail_row **items,
                     size_t *count, struct error *error) {
    struct db_value value = db_integer(limit);
    struct db_rows *rows;
    int more;
    *items = NULL;
    *count = 0;
    if (!db_query(db, STATEMENT_MAIL_LIST, &value, 1, &rows, error)) return explain(db, error);
    while ((more = db_rows_next(rows, error)) > 0) {
        struct mail_row *row = arena_append(arena, items, count, sizeof *row);
        if (!row) break;
        read_row(rows, arena, row);
    }
    db_rows_close(&rows);
    return more >= 0;
}

int mail_queue_row(struct db *db, int64_t id, struct arena *arena, struct mail_row *row,
                   struct error *error) {
    return one_row(db, STATEMENT_MAIL_ROW, id, arena, row, error);
}

bool mail_queue_retry(struct db *db, int64_t id, uint64_t *changed, struct error *error) {
    const struct db_value values[] = {db_integer(id), db_integer(id)};
    return db_execute(db, STATEMENT_MAIL_RETRY, values, 2, changed, NULL, error) || explain(db, error);
}

bool mail_queue_drop(struct db *db, int64_t id, uint64_t *changed, struct error *error) {
    struct db_value value = db_integer(id);
    return db_execute(db, STATEMENT_MAIL_DROP, &value, 1, changed, NULL, error) || explain(db, error);
}
