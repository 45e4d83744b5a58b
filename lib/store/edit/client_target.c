// SPDX-License-Identifier: GPL-2.0-or-later
// A client who writes to a ticket.
#include "store/edit/client_target.h"

#include "store/row.h"
#include "store/statements.h"

static void take_target(const struct row *row, void *into) {
    *(struct client_target *)into = (struct client_target){
        .ticket_id = row_integer(row, CLIENT_TARGET_TICKET),
        .user_id = row_integer(row, CLIENT_TARGET_USER),
        .name = row_copy(row, CLIENT_TARGET_NAME),
        .address = row_copy(row, CLIENT_TARGET_ADDRESS),
        .collaborator_id = row_integer(row, CLIENT_TARGET_COLLABORATOR),
        .has_account = row_is_true(row, CLIENT_TARGET_HAS_ACCOUNT),
        .is_mailbox = row_is_true(row, CLIENT_TARGET_IS_MAILBOX),
        .is_agent = row_is_true(row, CLIENT_TARGET_IS_AGENT),
        .confirmed = row_is_true(row, CLIENT_TARGET_IS_CONFIRMED),
        .message_field = row_copy(row, CLIENT_TARGET_MESSAGE_FIELD),
        .sees = row_is_true(row, CLIENT_TARGET_SEES),
    };
}

int client_target_find(struct db *db, int64_t ticket_id, int64_t user_id, struct text address,
                       struct arena *arena, struct client_target *target, struct error *error) {
    // An address that the column cannot hold is compared as NULL: nobody's, and not as if none were given.
    const struct db_value user = db_integer(user_id), named = db_integer(!text_is_null(address));
    struct query query =
        QUERY(STATEMENT_CLIENT_TARGET, user, user, named, db_key(address), db_integer(ticket_id));
    return row_first(db, query, arena, take_target, target, error);
}

bool client_drafts_delete(struct db *db, int64_t ticket_id, struct error *error) {
    const struct db_value value = db_integer(ticket_id);
    return db_execute(db, STATEMENT_CLIENT_DRAFTS_DELETE, &value, 1, NULL, NULL, error);
}
