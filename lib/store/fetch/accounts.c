// SPDX-License-Identifier: GPL-2.0-or-later
// The help desk's mail accounts whose mailboxes are fetched.
#include "store/fetch/accounts.h"

#include "db/db.h"
#include "store/row.h"
#include "store/statements.h"

#define MESSAGE_MAX   255 // bytes of last_error_msg
#define PAUSE_SECONDS 600

int mail_accounts_are_fetched(struct db *db, struct error *error) {
    return row_answer(db, QUERY_WITHOUT_VALUES(STATEMENT_FETCH_IS_ON), error);
}

static void take_id(const struct row *row, void *into) {
    int64_t *id = into;
    *id = row_integer(row, FETCH_DUE_ID);
}

bool mail_accounts_due(struct db *db, struct arena *arena, int64_t **ids, size_t *count,
                       struct error *error) {
    return row_all(db, QUERY_WITHOUT_VALUES(STATEMENT_FETCH_DUE), arena, take_id, ROW_LIST(ids, count),
                   error);
}

int mail_account_claim(struct db *db, int64_t id, struct error *error) {
    const struct db_value value = db_integer(id);
    uint64_t changed = 0;
    if (!db_execute(db, STATEMENT_FETCH_CLAIM, &value, 1, &changed, NULL, error)) return -1;
    return changed > 0;
}

static void take_account(const struct row *row, void *into) {
    struct mail_account *account = into;
    *account = (struct mail_account){
        .id = row_integer(row, FETCH_ACCOUNT_ID),
        .email_id = row_integer(row, FETCH_ACCOUNT_MAILBOX),
        .address = row_copy(row, FETCH_ACCOUNT_ADDRESS),
        .authentication = row_copy(row, FETCH_ACCOUNT_AUTHENTICATION),
        .protocol = row_copy(row, FETCH_ACCOUNT_PROTOCOL),
        .host = row_copy(row, FETCH_ACCOUNT_HOST),
        .port = row_integer(row, FETCH_ACCOUNT_PORT),
        .folder = row_copy(row, FETCH_ACCOUNT_FOLDER),
        .most = row_integer(row, FETCH_ACCOUNT_MOST),
        .deletes = row_is_true(row, FETCH_ACCOUNT_DELETES),
        .archive_folder = row_copy(row, FETCH_ACCOUNT_ARCHIVE),
        .errors = row_integer(row, FETCH_ACCOUNT_ERRORS),
        .namespace = row_copy(row, FETCH_ACCOUNT_NAMESPACE),
        .username = row_copy(row, FETCH_ACCOUNT_USERNAME),
        .password = row_copy(row, FETCH_ACCOUNT_PASSWORD),
        .token = row_copy(row, FETCH_ACCOUNT_TOKEN),
        .token_owner = row_copy(row, FETCH_ACCOUNT_TOKEN_OWNER),
        .token_expires = row_copy(row, FETCH_ACCOUNT_TOKEN_EXPIRES),
    };
}

int mail_account_load(struct db *db, int64_t id, struct arena *arena, struct mail_account *account,
                      struct error *error) {
    return row_first(db, QUERY(STATEMENT_FETCH_ACCOUNT, db_integer(id)), arena, take_account, account, error);
}

bool mail_accounts_load(struct db *db, struct arena *arena, struct mail_account **accounts, size_t *count,
                        struct error *error) {
    return row_all(db, QUERY_WITHOUT_VALUES(STATEMENT_FETCH_ACTIVE), arena, take_account,
                   ROW_LIST(accounts, count), error);
}

static struct text cut_to_column(struct text message) {
    while (message.length > MESSAGE_MAX) {
        message.length = MESSAGE_MAX;
        while (message.length && ((unsigned char)message.data[message.length] & 0xC0) == 0x80)
            message.length--;
    }
    return message;
}

bool mail_account_succeeded(struct db *db, int64_t id, struct text message, struct error *error) {
    const struct db_value values[] = {db_text(cut_to_column(message)), db_integer(id)};
    return db_execute(db, STATEMENT_FETCH_SUCCEEDED, values, 2, NULL, NULL, error) &&
           db_execute(db, STATEMENT_FETCH_FORGET_ERRORS, &values[1], 1, NULL, NULL, error);
}

bool mail_account_failed(struct db *db, int64_t id, int64_t errors, struct text message,
                         struct error *error) {
    const struct db_value account = db_integer(id), count = db_integer(errors),
                          pause = errors >= MAIL_ACCOUNT_ERRORS_MAX ? db_integer(PAUSE_SECONDS)
                                                                    : db_text(TEXT_NULL);
    const struct db_value values[] = {count, db_text(cut_to_column(message)), account},
                          kept[] = {account, count, pause, count, pause};
    return db_execute(db, STATEMENT_FETCH_FAILED, values, 3, NULL, NULL, error) &&
           db_execute(db, STATEMENT_FETCH_KEEP_ERRORS, kept, 5, NULL, NULL, error);
}
