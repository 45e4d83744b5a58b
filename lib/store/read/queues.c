// SPDX-License-Identifier: GPL-2.0-or-later
// Rows of queues.
#include "store/read/queues.h"

#include "store/row.h"
#include "store/statements.h"

static void take_queue(const struct row *row, void *into) {
    *(struct queue_row *)into = (struct queue_row){
        .id = row_integer(row, QUEUE_ID),
        .parent_id = row_integer(row, QUEUE_PARENT),
        .flags = row_integer(row, QUEUE_FLAGS),
        .staff_id = row_integer(row, QUEUE_STAFF),
        .config = row_copy(row, QUEUE_CONFIG),
        .order = row_copy(row, QUEUE_ORDER),
        .own = row_copy(row, QUEUE_SETTING),
    };
}

int queue_read(struct db *db, int64_t id, int64_t staff_id, struct arena *arena, struct queue_row *queue,
               struct error *error) {
    struct query query = QUERY(STATEMENT_QUEUE_BY_ID, db_integer(staff_id), db_integer(id));
    return row_first(db, query, arena, take_queue, queue, error);
}

static void take_order(const struct row *row, void *into) {
    *(struct text *)into = row_copy(row, QUEUE_ORDER_BY);
}

bool queue_order_read(struct db *db, int64_t id, struct arena *arena, struct text *columns,
                      struct error *error) {
    *columns = TEXT_NULL;
    return row_first(db, QUERY(STATEMENT_QUEUE_ORDER_OF, db_integer(id)), arena, take_order, columns,
                     error) >= 0;
}

static void take_team(const struct row *row, void *into) {
    *(int64_t *)into = row_integer(row, QUEUE_TEAM);
}

bool queue_teams_read(struct db *db, int64_t staff_id, struct arena *arena, int64_t **ids, size_t *count,
                      struct error *error) {
    return row_all(db, QUERY(STATEMENT_QUEUE_TEAMS, db_integer(staff_id)), arena, take_team,
                   ROW_LIST(ids, count), error) &&
           (!arena->failed || error_too_large(error));
}
