// SPDX-License-Identifier: GPL-2.0-or-later
// The mail queue: this server's own table.
#include "store/mail/queue.h"

#include "store/own_table.h"
#include "store/row.h"
#include "store/statements.h"

#include <stdio.h>
#include <string.h>

// Of osTicket's own tables none is missing, since the reply was written.
static bool explain(struct db *db, struct error *error) {
    if (!own_table_is_missing(error)) return false;
    error_set(error, ERROR_UNAVAILABLE, "mail cannot be queued");
    return error_detail(error, "the table fcgi_%smail is missing: load schema/fcgi-mail.sql", db_prefix(db));
}

bool mail_queue_explain(struct db *db, struct error *error) {
    char table[256];
    snprintf(table, sizeof table, "fcgi_%smail'", db_prefix(db));
    return strstr(error->detail, table) && explain(db, error);
}

static void bind_order(const struct mail_order *order, struct db_value values[MAIL_ORDER_ALL_COUNT]) {
    const struct db_value mailbox = db_integer(order->mailbox), only_if = db_string(order->only_if);
    const struct db_value bound[MAIL_ORDER_ALL_COUNT] = {
        [MAIL_ORDER_KIND] = db_string(order->kind),
        [MAIL_ORDER_SPREAD] = db_integer(order->spread),
        [MAIL_ORDER_THREAD] = db_integer(order->thread_id),
        [MAIL_ORDER_TAG_ENTRY] = db_integer(order->tag_entry_id),
        [MAIL_ORDER_TAG_THREAD] = db_integer(order->tag_thread_id),
        [MAIL_ORDER_STAFF] = db_integer(order->staff_id),
        [MAIL_ORDER_SIGNATURE] = db_string(order->signature),
        [MAIL_ORDER_ADDRESSEE] = db_text(order->addressee),
        [MAIL_ORDER_ASSIGNEE] = db_text(order->assignee),
        [MAIL_ORDER_ASSIGNER] = db_text(order->assigner),
        [MAIL_ORDER_COMMENTS] = db_text(order->comments),
        [MAIL_ORDER_SUBJECT] = db_text(order->subject),
        [MAIL_ORDER_BODY] = db_text(order->body),
        [MAIL_ORDER_RECIPIENTS] = db_text(order->recipients),
        [MAIL_ORDER_MESSAGE_ID] = db_text(order->message_id),
        [MAIL_ORDER_TICKET] = db_integer(order->ticket_id),
        [MAIL_ORDER_ENTRY] = db_integer(order->entry_id),
        [MAIL_ORDER_FROM] = db_integer(order->from_email_id),
        [MAIL_ORDER_MAILBOX_1] = mailbox,
        [MAIL_ORDER_MAILBOX_2] = mailbox,
        [MAIL_ORDER_MAILBOX_3] = mailbox,
        [MAIL_ORDER_ONLY_IF_1] = only_if,
        [MAIL_ORDER_ONLY_IF_2] = only_if,
    };
    memcpy(values, bound, sizeof bound);
}

// Runs a statement that queues, and counts where somebody wants to know; else it may wait to be sent.
static bool enqueue(struct db *db, unsigned statement, const struct db_value *values, size_t count,
                    uint64_t *queued, struct error *error) {
    uint64_t rows = 0;
    if (!db_execute(db, statement, values, count, queued ? &rows : NULL, NULL, error))
        return explain(db, error);
    if (queued) *queued += rows;
    return true;
}

bool mail_queue_add(struct db *db, const struct mail_order *order, struct error *error) {
    return mail_queue_add_two(db, order, NULL, error);
}

bool mail_queue_add_two(struct db *db, const struct mail_order *order, const struct mail_order *second,
                        struct error *error) {
    struct db_value values[2 * MAIL_ORDER_ALL_COUNT];
    bind_order(order, values);
    if (second) bind_order(second, values + MAIL_ORDER_ALL_COUNT);
    return enqueue(db, second ? STATEMENT_MAIL_ENQUEUE_TWO : STATEMENT_MAIL_ENQUEUE, values,
                   (second ? 2 : 1) * MAIL_ORDER_ALL_COUNT, order->queued, error);
}

bool mail_queue_add_reply(struct db *db, const struct mail_order *order, struct error *error) {
    const struct db_value entry = db_integer(order->entry_id), ticket = db_integer(order->ticket_id),
                          thread = db_integer(order->thread_id), staff = db_integer(order->staff_id),
                          tag_entry = db_integer(order->tag_entry_id),
                          tag_thread = db_integer(order->tag_thread_id);
    const struct db_value values[MAIL_REPLY_VALUES_COUNT] = {
        [MAIL_REPLY_THREAD] = thread,
        [MAIL_REPLY_TAG_ENTRY] = tag_entry,
        [MAIL_REPLY_TAG_THREAD] = tag_thread,
        [MAIL_REPLY_STAFF] = staff,
        [MAIL_REPLY_SIGNATURE] = db_string(order->signature),
        [MAIL_REPLY_RECIPIENTS] = db_text(order->recipients),
        [MAIL_REPLY_SENDER] = db_integer(order->sender_id),
        [MAIL_REPLY_SENDER_NAME] = db_text(order->sender),
        [MAIL_REPLY_MESSAGE_ID] = db_text(order->message_id),
        [MAIL_REPLY_FROM] = db_integer(order->from_email_id),
        [MAIL_REPLY_ENTRY] = entry,
        [MAIL_REPLY_TICKET] = ticket,
        [MAIL_REPLY_HAS_RECIPIENTS] = db_text(order->recipients),
        [MAIL_ALERTS_THREAD] = thread,
        [MAIL_ALERTS_TAG_ENTRY] = tag_entry,
        [MAIL_ALERTS_TAG_THREAD] = tag_thread,
        [MAIL_ALERTS_STAFF] = staff,
        [MAIL_ALERTS_ASSIGNEE] = db_text(order->assignee),
        [MAIL_ALERTS_ENTRY] = entry,
        [MAIL_ALERTS_TICKET] = ticket,
    };
    return enqueue(db, STATEMENT_MAIL_ENQUEUE_REPLY, values, MAIL_REPLY_VALUES_COUNT, order->queued, error);
}

bool mail_queue_add_alert(struct db *db, int64_t of, const struct mail_alert *alert, struct error *error) {
    const struct db_value values[] = {db_integer(alert->staff_id), db_text(alert->addressee),
                                      db_text(alert->recipients), db_text(alert->message_id), db_integer(of)};
    return db_execute(db, STATEMENT_MAIL_ENQUEUE_ALERT, values, 5, NULL, NULL, error);
}

// Ids or leases that go into an array of the caller's.
struct filling {
    void *items;
    size_t limit;
    size_t *count;
};

static void take_due(const struct row *row, void *into) {
    const struct filling *due = into;
    if (*due->count < due->limit) ((int64_t *)due->items)[(*due->count)++] = row_integer(row, QUEUED_DUE_ID);
}

bool mail_queue_due(struct db *db, int64_t *ids, size_t limit, size_t *count, struct error *error) {
    struct filling due = {ids, limit, count};
    *count = 0;
    return row_each(db, QUERY_WITHOUT_VALUES(STATEMENT_MAIL_DUE), NULL, take_due, &due, error) ||
           explain(db, error);
}

static void take_texts(const struct row *row, struct mail_row *mail) {
    mail->signature = row_copy(row, QUEUED_SIGNATURE);
    mail->addressee = row_copy(row, QUEUED_ADDRESSEE);
    mail->assignee = row_copy(row, QUEUED_ASSIGNEE);
    mail->assigner = row_copy(row, QUEUED_ASSIGNER);
    mail->comments = row_copy(row, QUEUED_COMMENTS);
    mail->subject = row_copy(row, QUEUED_SUBJECT);
    mail->body = row_copy(row, QUEUED_BODY);
    mail->recipients = row_copy(row, QUEUED_RECIPIENTS);
    mail->message_id = row_copy(row, QUEUED_MESSAGE_ID);
}

static void take_tries(const struct row *row, struct mail_row *mail) {
    mail->state = row_copy(row, QUEUED_STATE);
    mail->attempts = row_integer(row, QUEUED_ATTEMPTS);
    mail->due_in = row_integer(row, QUEUED_DUE_IN);
    mail->age = row_integer(row, QUEUED_AGE);
    mail->error = row_copy(row, QUEUED_ERROR);
    mail->created = row_copy(row, QUEUED_CREATED);
    mail->finished = row_copy(row, QUEUED_FINISHED);
}

static void take_mail(const struct row *row, void *into) {
    struct mail_row *mail = into;
    mail->id = row_integer(row, QUEUED_ID);
    mail->kind = row_copy(row, QUEUED_KIND);
    mail->spread = row_is_true(row, QUEUED_SPREAD);
    mail->ticket_id = row_integer(row, QUEUED_TICKET);
    mail->ticket_number = row_copy(row, QUEUED_TICKET_NUMBER);
    mail->ticket_created = row_copy(row, QUEUED_TICKET_CREATED);
    mail->thread_id = row_integer(row, QUEUED_THREAD);
    mail->entry_id = row_integer(row, QUEUED_ENTRY);
    mail->entry_created = row_copy(row, QUEUED_ENTRY_CREATED);
    mail->tag_entry_id = row_integer(row, QUEUED_TAG_ENTRY);
    mail->tag_thread_id = row_integer(row, QUEUED_TAG_THREAD);
    mail->staff_id = row_integer(row, QUEUED_STAFF);
    mail->recipient_staff_id = row_integer(row, QUEUED_RECIPIENT_STAFF);
    mail->email_id = row_integer(row, QUEUED_MAILBOX);
    take_texts(row, mail);
    take_tries(row, mail);
}

// 1, 0, -1, the last also where the table is missing.
static int one_row(struct db *db, unsigned statement, int64_t id, struct arena *arena, struct mail_row *row,
                   struct error *error) {
    int found = row_first(db, QUERY(statement, db_integer(id)), arena, take_mail, row, error);
    if (found < 0) return explain(db, error) - 1;
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
    return outbox_finish(db, &OUTBOX(MAIL), id, lease, state, reason, error);
}

bool mail_queue_postpone(struct db *db, int64_t id, const char *lease, int64_t seconds, struct text reason,
                         bool counts, struct error *error) {
    return outbox_postpone(db, &OUTBOX(MAIL), id, lease, seconds, reason, counts, error);
}

bool mail_queue_remove(struct db *db, int64_t id, const char *lease, struct error *error) {
    const struct db_value values[] = {db_integer(id), db_string(lease)};
    uint64_t removed = 0;
    if (!db_execute(db, STATEMENT_MAIL_REMOVE, values, 2, &removed, NULL, error)) return false;
    return removed || error_set(error, ERROR_CONFLICT, "somebody else has taken the mail");
}

static void take_lease(const struct row *row, void *into) {
    const struct filling *leases = into;
    struct mail_lease *lease = (struct mail_lease *)leases->items + *leases->count;
    struct text name = row_text(row, QUEUED_LEASE);
    if (*leases->count == leases->limit || name.length >= sizeof lease->name) return;
    memcpy(lease->name, name.data, name.length + 1);
    ++*leases->count;
}

bool mail_queue_leases(struct db *db, const char *beginning, struct mail_lease *leases, size_t limit,
                       size_t *count, struct error *error) {
    char pattern[80];
    struct filling filling = {leases, limit, count};
    snprintf(pattern, sizeof pattern, "%s%%", beginning);
    *count = 0;
    return row_each(db, QUERY(STATEMENT_MAIL_LEASES, db_string(pattern)), NULL, take_lease, &filling,
                    error) ||
           explain(db, error);
}

bool mail_queue_free(struct db *db, const char *lease, struct error *error) {
    struct db_value value = db_string(lease);
    return db_execute(db, STATEMENT_MAIL_FREE, &value, 1, NULL, NULL, error);
}

bool mail_queue_purge(struct db *db, int64_t days, struct error *error) {
    return outbox_purge(db, &OUTBOX(MAIL), days, NULL, error);
}

bool mail_queue_syslog(struct db *db, struct text message, struct error *error) {
    struct db_value value = db_text(message);
    return db_execute(db, STATEMENT_MAIL_SYSLOG, &value, 1, NULL, NULL, error);
}

bool mail_queue_counts(struct db *db, struct arena *arena, struct outbox_count **counts, size_t *count,
                       struct error *error) {
    return outbox_counts(db, &OUTBOX(MAIL), arena, counts, count, error) || explain(db, error);
}

bool mail_queue_list(struct db *db, int64_t limit, struct arena *arena, struct mail_row **items,
                     size_t *count, struct error *error) {
    return row_all(db, QUERY(STATEMENT_MAIL_LIST, db_integer(limit)), arena, take_mail,
                   ROW_LIST(items, count), error) ||
           explain(db, error);
}

int mail_queue_row(struct db *db, int64_t id, struct arena *arena, struct mail_row *row,
                   struct error *error) {
    return one_row(db, STATEMENT_MAIL_ROW, id, arena, row, error);
}

bool mail_queue_retry(struct db *db, int64_t id, uint64_t *changed, struct error *error) {
    return outbox_retry(db, &OUTBOX(MAIL), id, changed, error) || explain(db, error);
}

bool mail_queue_drop(struct db *db, int64_t id, uint64_t *changed, struct error *error) {
    return outbox_drop(db, &OUTBOX(MAIL), id, changed, error) || explain(db, error);
}
