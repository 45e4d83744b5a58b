// SPDX-License-Identifier: GPL-2.0-or-later
// How far changes have been read for webhooks.
#include "store/webhook/delivery_position.h"

#include "base/buffer.h"
#include "store/changes/lanes.h"
#include "store/row.h"
#include "store/statements.h"
#include "store/webhook/webhooks.h"

static void take_position(const struct row *row, void *into) {
    struct delivery_position *position = into;
    position->position = row_copy(row, POSITION_TEXT);
    position->lease = row_copy(row, POSITION_LEASE);
}

int delivery_position_look(struct db *db, struct arena *arena, struct delivery_position *position,
                           struct error *error) {
    *position = (struct delivery_position){TEXT(""), TEXT("")};
    int found =
        row_first(db, QUERY_WITHOUT_VALUES(STATEMENT_POSITION_LOOK), arena, take_position, position, error);
    return found < 0 ? webhook_explain(db, error) - 1 : found;
}

static bool seed(struct db *db, int64_t gap, struct error *error) {
    struct lanes_position position;
    struct buffer printed = buffer_new(LANES_POSITION_MAX + 1);
    if (!lanes_begin(db, gap, &position, error)) return false;
    lanes_position_print(&position, &printed);
    const struct db_value value = db_text(buffer_text(&printed));
    bool done = !printed.failed || error_set(error, ERROR_INTERNAL, "a position of changes is too long");
    done = done && db_execute(db, STATEMENT_POSITION_SEED, &value, 1, NULL, NULL, error);
    buffer_free(&printed);
    return done;
}

bool delivery_position_begin(struct db *db, int64_t gap, struct error *error) {
    struct arena arena = arena_new(1 << 16);
    struct delivery_position position;
    int found = delivery_position_look(db, &arena, &position, error);
    arena_free(&arena);
    return found > 0 || (found == 0 && seed(db, gap, error));
}

// Some clusters have no such locks: the lease alone decides there.
static bool is_locked_out(struct db *db) {
    struct error error = {0};
    int locked = row_answer(db, QUERY_WITHOUT_VALUES(STATEMENT_POSITION_LOCK), &error);
    return locked == 0;
}

int delivery_position_claim(struct db *db, const char *lease, int64_t seconds, struct error *error) {
    const struct db_value values[] = {db_string(lease), db_integer(seconds), db_string(lease)};
    uint64_t changed = 0;
    if (is_locked_out(db)) return 0;
    if (!db_execute(db, STATEMENT_POSITION_CLAIM, values, 3, &changed, NULL, error))
        return webhook_explain(db, error) - 1;
    return changed > 0;
}

bool delivery_position_advance(struct db *db, const char *lease, int64_t seconds, struct text from,
                               struct text to, struct error *error) {
    const struct db_value values[] = {db_text(to), db_integer(seconds), db_string(lease), db_text(from)};
    uint64_t changed = 0;
    if (!db_execute(db, STATEMENT_POSITION_ADVANCE, values, 4, &changed, NULL, error)) return false;
    return changed || error_set(error, ERROR_CONFLICT, "another process delivers to webhooks");
}

bool delivery_position_free(struct db *db, const char *lease, struct error *error) {
    const struct db_value value = db_string(lease);
    return db_execute(db, STATEMENT_POSITION_FREE, &value, 1, NULL, NULL, error) ||
           webhook_explain(db, error);
}
