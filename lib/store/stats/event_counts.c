// SPDX-License-Identifier: GPL-2.0-or-later
// A statement that counts events.
#include "store/stats/event_counts.h"

#include "store/read/ticket_conditions.h"
#include "store/row.h"
#include "store/stats/ticket_group_statements.h"

#define SPAN_TEXT(span, text) [span] = (text),
static const char *const spans[] = {EVENT_SPANS(SPAN_TEXT)};

#define GROUPING_ROW(by, ...) [by] = {__VA_ARGS__},
static const struct { const char *value, *names, *join; } groupings[] = {EVENT_GROUPINGS(GROUPING_ROW)};

struct counts {
    struct event_count *items;
    size_t count;
};

static void take_count(const struct row *row, void *into) {
    struct counts *counts = into;
    struct event_count *item = arena_append(row->arena, &counts->items, &counts->count, sizeof *item);
    if (!item) return;
    *item = (struct event_count){.date = row_copy(row, DAY_OF_EVENTS),
                                 .name = row_copy(row, NAME_OF_EVENTS),
                                 .count = row_integer(row, COUNT_OF_EVENTS)};
    group_side_take(row, SIDE_OF_EVENTS, &item->of);
}

static void compose(const struct event_wish *wish, struct composed *composed) {
    buffer_add_format(&composed->sql, "SELECT x.span,x.name,%s,x.n FROM (SELECT %s AS span,v.name,%s",
                      groupings[wish->by].names, spans[wish->span], groupings[wish->by].value);
    buffer_add_string(&composed->sql, EVENT_ROWS);
    composed_bind(composed, db_text(wish->from));
    composed_bind(composed, db_text(wish->before));
    for (size_t i = 0; i < wish->name_count; i++) {
        buffer_add_string(&composed->sql, i ? ",?" : " AND v.name IN (?");
        composed_bind(composed, wish->names[i]);
    }
    if (wish->name_count) buffer_add_char(&composed->sql, ')');
    buffer_add_format(&composed->sql, " GROUP BY span,v.name,ga) x %sORDER BY x.span,x.name,x.ga LIMIT ?",
                      groupings[wish->by].join);
    composed_bind(composed, db_integer(EVENT_COUNTS_MAX + 1));
}

bool event_counts_read(struct db *db, const struct event_wish *wish, struct arena *arena,
                       struct event_count **counts, size_t *count, struct error *error) {
    struct composed composed = composed_new();
    struct counts read = {NULL, 0};
    compose(wish, &composed);
    if (!composed_run(db, &composed, false, arena, take_count, &read, error)) return false;
    *counts = read.items;
    *count = read.count;
    if (arena->failed) return error_too_large(error);
    return read.count <= EVENT_COUNTS_MAX ||
           error_set(error, ERROR_UNPROCESSABLE, "These are more than %d counts: ask for a shorter time",
                     EVENT_COUNTS_MAX);
}
