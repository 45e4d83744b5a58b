// SPDX-License-Identifier: GPL-2.0-or-later
// Which mailboxes an agent's reply may be sent from.
#include "store/ticket/mailbox_choice.h"

#include "store/row.h"
#include "store/statements.h"

int mailbox_is_offered(struct db *db, int64_t email_id, const struct mailbox_choice *choice,
                       struct error *error) {
    struct query query =
        QUERY(STATEMENT_MAILBOX_OFFERED, db_integer(choice->department_id), db_integer(choice->default_id),
              db_integer(choice->default_department_id), db_text(choice->departments), db_integer(email_id));
    return row_answer(db, query, error);
}
