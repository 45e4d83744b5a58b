// SPDX-License-Identifier: GPL-2.0-or-later
// What is remembered of the messages in mailboxes.
#include "store/fetch/messages.h"

#include "db/db.h"
#include "store/own_table.h"
#include "store/row.h"
#include "store/slots.h"
#include "store/statements.h"

#define ABOUT_MAX  255 // characters
#define REASON_MAX 500

static bool execute(struct db *db, unsigned statement, const struct db_value *values, size_t count,
                    struct error *error) {
    return db_execute(db, statement, values, count, NULL, NULL, error);
}

bool messages_ready(struct db *db, struct error *error) {
    if (row_answer(db, QUERY_WITHOUT_VALUES(STATEMENT_MAILBOX_READY), error) >= 0) return true;
    if (!own_table_is_missing(error)) return false;
    error_set(error, ERROR_NOT_NATIVE, "This server is not set up for fetching mail");
    return error_detail(error, "the table fcgi_%smailbox is missing: load schema/fcgi-mailbox.sql",
                        db_prefix(db));
}

static enum message_state state_of(struct text word) {
    if (text_equal(word, TEXT("done"))) return MESSAGE_DONE;
    if (text_equal(word, TEXT("failed"))) return MESSAGE_FAILED;
    return text_equal(word, TEXT("large")) ? MESSAGE_LARGE : MESSAGE_BEGUN;
}

static void take_memory(const struct row *row, void *into) {
    struct message_memory *memory = into;
    memory->uid = row_copy(row, MAILBOX_MESSAGE_UID);
    memory->state = state_of(row_text(row, MAILBOX_MESSAGE_STATE));
    memory->attempts = row_integer(row, MAILBOX_MESSAGE_ATTEMPTS);
    memory->due = row_is_true(row, MAILBOX_MESSAGE_IS_DUE);
    memory->size = row_integer(row, MAILBOX_MESSAGE_SIZE);
}

bool messages_load(struct db *db, const struct message_box *box, struct arena *arena,
                   struct message_memory **memories, size_t *count, struct error *error) {
    struct query query = QUERY(STATEMENT_MAILBOX_ALL, db_integer(box->account_id), db_string(box->digest));
    return row_all(db, query, arena, take_memory, ROW_LIST(memories, count), error);
}

bool message_load(struct db *db, const struct message_box *box, struct text uid, struct arena *arena,
                  struct message_memory *memory, struct error *error) {
    *memory = (struct message_memory){.state = MESSAGE_NEW};
    return row_first(db,
                     QUERY(STATEMENT_MAILBOX_ONE, db_integer(box->account_id), db_string(box->digest),
                           db_text(uid)),
                     arena, take_memory, memory, error) >= 0;
}

bool message_begin(struct db *db, const struct message_box *box, struct text uid, int64_t size, int64_t pause,
                   struct text reason, struct error *error) {
    const struct db_value wait = db_integer(pause), why = db_text(text_cut(reason, REASON_MAX));
    const struct db_value values[] = {db_integer(box->account_id),
                                      db_string(box->digest),
                                      db_text(uid),
                                      db_integer(size > 0 ? size : 0),
                                      wait,
                                      why,
                                      wait,
                                      why};
    return execute(db, STATEMENT_MAILBOX_BEGIN, values, 8, error);
}

bool message_done(struct db *db, const struct message_box *box, struct text uid, struct error *error) {
    const struct db_value values[] = {db_integer(box->account_id), db_string(box->digest), db_text(uid)};
    return execute(db, STATEMENT_MAILBOX_DONE, values, 3, error);
}

bool message_failed(struct db *db, const struct message_box *box, struct text uid, int64_t pause,
                    struct text about, struct text reason, struct error *error) {
    const struct db_value values[] = {db_integer(pause),
                                      db_text(text_cut(about, ABOUT_MAX)),
                                      db_text(text_cut(reason, REASON_MAX)),
                                      db_integer(box->account_id),
                                      db_string(box->digest),
                                      db_text(uid)};
    return execute(db, STATEMENT_MAILBOX_FAILED, values, 6, error);
}

bool message_large(struct db *db, const struct message_box *box, struct text uid, int64_t size,
                   struct error *error) {
    const struct db_value bytes = db_integer(size);
    const struct db_value values[] = {db_integer(box->account_id), db_string(box->digest), db_text(uid),
                                      bytes, bytes};
    return execute(db, STATEMENT_MAILBOX_LARGE, values, 5, error);
}

bool messages_forget(struct db *db, const struct message_box *box, const struct text *uids, size_t count,
                     struct error *error) {
    for (size_t i = 0; i < count; i += SLOT_COUNT) {
        struct db_value values[2 + SLOT_COUNT] = {db_integer(box->account_id), db_string(box->digest)};
        for (size_t n = 0; n < SLOT_COUNT; n++)
            values[2 + n] = db_text(i + n < count ? uids[i + n] : TEXT_NULL);
        if (!execute(db, STATEMENT_MAILBOX_FORGET, values, 2 + SLOT_COUNT, error)) return false;
    }
    return true;
}

bool messages_forget_others(struct db *db, const struct message_box *box, struct error *error) {
    const struct db_value values[] = {db_integer(box->account_id), db_string(box->digest)};
    return execute(db, STATEMENT_MAILBOX_FORGET_OTHERS, values, 2, error);
}

static void take_untold(const struct row *row, void *into) {
    struct untold_message *message = into;
    message->uid = row_copy(row, MAILBOX_UNTOLD_UID);
    message->about = row_copy(row, MAILBOX_UNTOLD_ABOUT);
    message->reason = row_copy(row, MAILBOX_UNTOLD_REASON);
    message->large = text_equal(row_text(row, MAILBOX_UNTOLD_STATE), TEXT("large"));
    message->size = row_integer(row, MAILBOX_UNTOLD_SIZE);
}

bool messages_untold(struct db *db, int64_t account_id, int64_t attempts, struct arena *arena,
                     struct untold_message **messages, size_t *count, struct error *error) {
    struct query query = QUERY(STATEMENT_MAILBOX_UNTOLD, db_integer(account_id), db_integer(attempts));
    return row_all(db, query, arena, take_untold, ROW_LIST(messages, count), error);
}

bool messages_told(struct db *db, int64_t account_id, int64_t attempts, struct error *error) {
    const struct db_value values[] = {db_integer(account_id), db_integer(attempts)};
    return execute(db, STATEMENT_MAILBOX_TOLD, values, 2, error);
}
