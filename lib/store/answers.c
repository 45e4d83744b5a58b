// SPDX-License-Identifier: GPL-2.0-or-later
// What a ticket's forms were answered.
#include "store/answers.h"

#include "db/db.h"
#include "store/statements.h"

static bool read_answers(struct db *db, unsigned statement, const struct db_value *values, size_t value_count,
                         struct arena *arena, struct form_answer **answers, size_t *count,
                         struct error *error) {
    struct db_rows *rows;
    int more;
    *answers = NULL;
    *count = 0;
    if (!db_query(db, statement, values, value_count, &rows, error)) return false;
    while ((more = db_rows_next(rows, error)) > 0) {
        struct form_answer *answer = arena_append(arena, answers, count, sizeof *answer);
        if (!answer) continue;
        answer->field_id = db_rows_integer(rows, 0);
        answer->name = arena_copy(arena, db_rows_text(rows, 1));
        answer->type = arena_copy(arena, db_rows_text(rows, 2));
        answer->configuration = arena_copy(arena, db_rows_text(rows, 3));
        answer->value = arena_copy(arena, db_rows_text(rows, 4));
        answer->value_id = arena_copy(arena, db_rows_text(rows, 5));
    }
    db_rows_close(&rows);
    return more == 0;
}

bool ticket_answers(struct db *db, int64_t ticket_id, struct arena *arena, struct form_answer **answers,
                    size_t *count, struct error *error) {
    struct db_value value = db_integer(ticket_id);
    return read_answers(db, STATEMENT_TICKET_ANSWERS, &value, 1, arena, answers, count, error);
}

bool party_answers(struct db *db, int64_t user_id, int64_t organization_id, struct arena *arena,
                   struct form_answer **answers, size_t *count, struct error *error) {
    struct db_value values[] = {db_integer(organization_id), db_integer(user_id),
                                db_integer(organization_id)};
    return read_answers(db, STATEMENT_PARTY_ANSWERS, values, 3, arena, answers, count, error);
}
