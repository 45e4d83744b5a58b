// SPDX-License-Identifier: GPL-2.0-or-later
// What a ticket's forms were answered.
#include "store/answers.h"

#include "db/db.h"
#include "store/statements.h"

void form_answer_take(struct db_rows *rows, unsigned first, struct arena *arena, struct form_answer *answer) {
    answer->field_id = db_rows_integer(rows, first);
    answer->name = arena_copy(arena, db_rows_text(rows, first + 1));
    answer->type = arena_copy(arena, db_rows_text(rows, first + 2));
    answer->configuration = arena_copy(arena, db_rows_text(rows, first + 3));
    answer->value = arena_copy(arena, db_rows_text(rows, first + 4));
    answer->value_id = arena_copy(arena, db_rows_text(rows, first + 5));
}

bool party_answers(struct db *db, int64_t user_id, int64_t organization_id, struct arena *arena,
                   struct form_answer **answers, size_t *count, struct error *error) {
    struct db_value values[] = {db_integer(organization_id), db_integer(user_id),
                                db_integer(organization_id)};
    struct db_rows *rows;
    int more;
    *answers = NULL;
    *count = 0;
    if (!db_query(db, STATEMENT_PARTY_ANSWERS, values, 3, &rows, error)) return false;
    while ((more = db_rows_next(rows, error)) > 0) {
        struct form_answer *answer = arena_append(arena, answers, count, sizeof *answer);
        if (answer) form_answer_take(rows, 0, arena, answer);
    }
    db_rows_close(&rows);
    return more == 0;
}
