// SPDX-License-Identifier: GPL-2.0-or-later
// What a ticket's forms were answered.
#include "store/answers.h"

#include "store/row.h"
#include "store/statements.h"

void form_answer_take(const struct row *part, void *into) {
    struct form_answer *answer = into;
    answer->field_id = row_integer(part, FORM_ANSWER_FIELD);
    answer->name = row_copy(part, FORM_ANSWER_NAME);
    answer->type = row_copy(part, FORM_ANSWER_TYPE);
    answer->configuration = row_copy(part, FORM_ANSWER_CONFIGURATION);
    answer->value = row_copy(part, FORM_ANSWER_VALUE);
    answer->value_id = row_copy(part, FORM_ANSWER_VALUE_ID);
}

bool party_answers(struct db *db, int64_t user_id, int64_t organization_id, struct arena *arena,
                   struct form_answer **answers, size_t *count, struct error *error) {
    struct query query = QUERY(STATEMENT_PARTY_ANSWERS, db_integer(organization_id), db_integer(user_id),
                               db_integer(organization_id));
    return row_all(db, query, arena, form_answer_take, ROW_LIST(answers, count), error);
}
