// SPDX-License-Identifier: GPL-2.0-or-later
// The rows that a mail leaves beside its entry.
#include "store/email/rows.h"

#include "base/buffer.h"
#include "db/db.h"
#include "store/row.h"
#include "store/slots.h"
#include "store/statements.h"

#include <inttypes.h>

bool email_row_insert(struct db *db, int64_t entry_id, struct text message_id, struct text headers,
                      struct error *error) {
    struct db_value values[] = {db_integer(entry_id), db_text(text_cut(message_id, EMAIL_MESSAGE_ID_MAX)),
                                db_text(text_cut_bytes(headers, EMAIL_HEADERS_MAX))};
    return db_execute(db, STATEMENT_EMAIL_INSERT, values, 3, NULL, NULL, error);
}

bool email_referral_insert(struct db *db, int64_t thread_id, int64_t department_id, struct error *error) {
    struct db_value values[] = {db_integer(thread_id), db_integer(department_id)};
    return db_execute(db, STATEMENT_EMAIL_REFER, values, 2, NULL, NULL, error);
}

bool email_note_merged(struct db *db, int64_t entry_id, int64_t thread_id, struct error *error) {
    struct buffer data = buffer_new(64);
    buffer_add_format(&data, "{\"thread\":%" PRId64 "}", thread_id);
    struct db_value values[] = {db_integer(entry_id), db_text(buffer_text(&data))};
    bool done = db_execute(db, STATEMENT_EMAIL_MERGED, values, 2, NULL, NULL, error);
    buffer_free(&data);
    return done;
}

struct finding {
    struct email_user *users;
    size_t count;
};

static void take_user(const struct row *row, void *into) {
    const struct finding *finding = into;
    int64_t slot = row_integer(row, EMAIL_USER_SLOT) - 1;
    if (slot < 0 || (size_t)slot >= finding->count) return;
    finding->users[slot].id = row_integer(row, EMAIL_USER_ID);
    finding->users[slot].name = row_copy(row, EMAIL_USER_NAME);
    finding->users[slot].is_agent = row_is_true(row, EMAIL_USER_IS_AGENT);
}

static bool find_some(struct db *db, struct email_user *users, size_t count, struct arena *arena,
                      struct error *error) {
    struct db_value values[2 * SLOT_COUNT + 1];
    struct finding finding = {users, count};
    for (size_t i = 0; i < SLOT_COUNT; i++)
        values[i] = values[SLOT_COUNT + i] = db_key(i < count ? users[i].address : TEXT_NULL);
    values[2 * SLOT_COUNT] = db_integer((int64_t)count);
    return row_each(db, QUERY_OF(STATEMENT_EMAIL_USERS, values), arena, take_user, &finding, error);
}

bool email_users_find(struct db *db, struct email_user *users, size_t count, struct arena *arena,
                      struct error *error) {
    for (size_t i = 0; i < count; i += SLOT_COUNT)
        if (!find_some(db, users + i, count - i < SLOT_COUNT ? count - i : SLOT_COUNT, arena, error))
            return false;
    return true;
}
