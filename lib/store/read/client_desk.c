// SPDX-License-Identifier: GPL-2.0-or-later
// The help desk's rows with a client's phone.
#include "store/read/client_desk.h"

#include "store/read/answer_choice.h"
#include "store/row.h"
#include "store/statements.h"

struct finding {
    struct field_answer *answers;
    size_t count;
};

static void take_answer(const struct row *row, void *context) {
    struct finding *finding = context;
    struct field_answer *answer =
        arena_append(row->arena, &finding->answers, &finding->count, sizeof *answer);
    if (!answer) return;
    *answer = (struct field_answer){.field_id = row_integer(row, DESK_ANSWER_FIELD),
                                    .form_sort = row_integer(row, DESK_ANSWER_FORM_SORT),
                                    .form_id = row_integer(row, DESK_ANSWER_FORM),
                                    .value = row_copy(row, DESK_ANSWER_VALUE)};
}

static void take_row(const struct row *row, void *context) {
    if (text_equal(row_text(row, DESK_ANSWER_KIND), TEXT("answer"))) take_answer(row, context);
}

bool client_desk_load(struct db *db, int64_t user_id, struct arena *arena, struct help_desk *help_desk,
                      struct owner_phone *phone, struct error *error) {
    struct db_value user = db_integer(user_id);
    struct finding finding = {0};
    struct help_desk_query query = {STATEMENT_CLIENT_DESK, &user, 1, take_row, &finding};
    struct answer_choice choice = {.arena = arena};
    if (!help_desk_load_by(db, &query, arena, help_desk, error)) return false;
    for (size_t i = 0; i < finding.count; i++) {
        const struct answer_field *field = help_desk_answer_field(help_desk, finding.answers[i].field_id);
        if (field) answer_choice_of_owner(&choice, &finding.answers[i], field);
    }
    *phone = (struct owner_phone){choice.phone, choice.phone_format};
    return !arena->failed || error_set(error, ERROR_INTERNAL, "a client's answers do not fit into memory");
}
