// SPDX-License-Identifier: GPL-2.0-or-later
// The help desk's rows with a client's phone.
#include "store/read/client_desk.h"

#include "db/db.h"
#include "store/read/answer_choice.h"
#include "store/statements.h"

// The columns of an answer's row; see help_desk.c for those of the others.
enum { KIND = 0, FIELD_ID, FORM_SORT, FORM_ID, VALUE };

struct finding {
    struct arena *arena;
    struct field_answer *answers;
    size_t count;
};

static void take_row(struct db_rows *rows, void *context) {
    struct finding *finding = context;
    if (!text_equal(db_rows_text(rows, KIND), TEXT("answer"))) return;
    struct field_answer *answer =
        arena_append(finding->arena, &finding->answers, &finding->count, sizeof *answer);
    if (!answer) return;
    *answer = (struct field_answer){.field_id = db_rows_integer(rows, FIELD_ID),
                                    .form_sort = db_rows_integer(rows, FORM_SORT),
                                    .form_id = db_rows_integer(rows, FORM_ID),
                                    .value = arena_copy(finding->arena, db_rows_text(rows, VALUE))};
}

bool client_desk_load(struct db *db, int64_t user_id, struct arena *arena, struct help_desk *help_desk,
                      struct owner_phone *phone, struct error *error) {
    struct db_value user = db_integer(user_id);
    struct finding finding = {.arena = arena};
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
