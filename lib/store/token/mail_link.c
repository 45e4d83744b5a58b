// SPDX-License-Identifier: GPL-2.0-or-later
// What the link of a mail names.
#include "store/token/mail_link.h"

#include "store/own_table.h"
#include "store/row.h"
#include "store/statements.h"

static void take_link(const struct row *row, void *into) {
    struct mail_link *link = into;
    *link = (struct mail_link){
        .is_on = row_is_true(row, MAIL_LINK_IS_ON),
        .origin_known = row_is_true(row, MAIL_LINK_ORIGIN_KNOWN),
        .created = row_copy(row, MAIL_LINK_CREATED),
        .owner_id = row_integer(row, MAIL_LINK_OWNER),
        .collaborator_user_id = row_integer(row, MAIL_LINK_COLLABORATOR),
        .locked = row_is_true(row, MAIL_LINK_IS_LOCKED),
    };
}

bool mail_link_find(struct db *db, const struct mail_link_question *question, struct arena *arena,
                    struct mail_link *link, struct error *error) {
    struct db_value collaborator = db_integer(question->collaborator_id);
    *link = (struct mail_link){0};
    int found = row_first(db,
                          QUERY(STATEMENT_MAIL_LINK, db_key(question->origin),
                                db_integer(question->ticket_id), collaborator, collaborator),
                          arena, take_link, link, error);
    if (found < 0 && own_table_is_missing(error)) {
        error_clear(error);
        found = row_first(
            db, QUERY(STATEMENT_MAIL_LINK_ALONE, db_integer(question->ticket_id), collaborator, collaborator),
            arena, take_link, link, error);
    }
    return found >= 0;
}
