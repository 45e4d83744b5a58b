// SPDX-License-Identifier: GPL-2.0-or-later
// The help desk's rows with a client's phone.
#include "store/client_desk.h"

#include "db/db.h"
#include "store/statements.h"

// The columns of a phone's row; see help_desk.c for those of the others.
enum { KIND = 0, FORMAT = 4, NUMBER = 6 };

struct finding {
    struct arena *arena;
    struct owner_phone *phone;
};

static void take_row(struct db_rows *rows, void *context) {
    const struct finding *finding = context;
    if (!text_equal(db_rows_text(rows, KIND), TEXT("phone"))) return;
    struct text number = db_rows_text(rows, NUMBER);
    finding->phone->number = arena_copy(finding->arena, number.data ? number : TEXT(""));
    finding->phone->format = arena_copy(finding->arena, db_rows_text(rows, FORMAT));
}

bool client_desk_load(struct db *db, int64_t user_id, struct arena *arena, struct help_desk *help_desk,
                      struct owner_phone *phone, struct error *error) {
    struct db_value user = db_integer(user_id);
    struct finding finding = {arena, phone};
    struct help_desk_query query = {STATEMENT_CLIENT_DESK, &user, 1, take_row, &finding};
    *phone = (struct owner_phone){TEXT_NULL, TEXT_NULL};
    return help_desk_load_by(db, &query, arena, help_desk, error);
}
