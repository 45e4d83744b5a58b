// SPDX-License-Identifier: GPL-2.0-or-later
// Hits, best first: which tickets, then what of them is shown.
#include "store/read/ticket_search.h"

#include "base/digits.h"
#include "store/read/ticket_conditions.h"
#include "store/read/ticket_objects.h"
#include "store/row.h"

// The one column of a count, and those of a list of hits.
enum { ONLY_COLUMN };
enum { HIT_TICKET, HIT_PLACES };

static void take_integer(const struct row *row, void *into) {
    *(int64_t *)into = row_integer(row, ONLY_COLUMN);
}

bool ticket_search_is_cut(struct db *db, const struct ticket_search *search, bool *is_cut,
                          struct error *error) {
    struct composed composed = composed_new();
    int64_t count = 0;
    *is_cut = false;
    if (search->by == TICKET_SEARCH_NOTHING) return true;
    ticket_conditions_add_count(&composed, search);
    if (!composed_run(db, &composed, true, NULL, take_integer, &count, error)) return false;
    *is_cut = count > search->most_places;
    return true;
}

struct hits {
    int64_t ids[TICKET_SEARCH_BEST_MAX + 1];
    size_t count;
    int64_t most_places;
    bool is_cut;
};

static void take_hit(const struct row *row, void *into) {
    struct hits *hits = into;
    hits->is_cut = row_integer(row, HIT_PLACES) > hits->most_places;
    if (hits->count <= TICKET_SEARCH_BEST_MAX) hits->ids[hits->count++] = row_integer(row, HIT_TICKET);
}

static bool read_hits(struct db *db, const struct ticket_conditions *conditions, struct hits *hits,
                      struct error *error) {
    struct composed composed = composed_new();
    hits->most_places = conditions->search.most_places;
    buffer_add_string(&composed.sql, "SELECT t.ticket_id,q.places FROM ");
    ticket_conditions_add_source(&composed, conditions, ticket_conditions_joins(conditions),
                                 ticket_conditions_view(conditions), 0);
    buffer_add_string(&composed.sql, " ORDER BY q.relevance DESC,t.ticket_id DESC LIMIT ?");
    composed_bind(&composed, db_integer(TICKET_SEARCH_BEST_MAX + 1));
    return composed_run(db, &composed, true, NULL, take_hit, hits, error);
}

// Where a page begins: behind the ticket of the place, or, where that is none of the hits any more, behind as
// many.
static size_t begin_of(const struct hits *hits, const struct ticket_page_wish *wish) {
    int64_t position = 0;
    if (!wish->behind.is_set) return (size_t)wish->offset;
    for (size_t i = 0; i < hits->count; i++)
        if (hits->ids[i] == wish->behind.id) return i + 1;
    text_to_int64(wish->behind.value, &position);
    return (size_t)position;
}

static void hand_on(const struct ticket_object *objects, const int64_t *ids, size_t count, size_t from,
                    ticket_page_take *take, void *context) {
    char room[DIGITS_MAX];
    for (size_t i = 0; i < count; i++) {
        const struct ticket_place place = {
            .is_set = true, .value = text_of(digits_of(from + i + 1, false, room)), .id = ids[i]};
        take(&objects[i], &place, context);
    }
}

bool ticket_search_read(struct db *db, const struct ticket_page_wish *wish, struct arena *arena,
                        ticket_page_take *take, void *context, bool *has_more, struct error *error) {
    struct hits *hits = arena_take(arena, sizeof *hits);
    *has_more = false;
    if (!hits) return error_too_large(error);
    if (!ticket_conditions_search(&wish->conditions->search) || !ticket_conditions_branches(wish->conditions))
        return true;
    if (!read_hits(db, wish->conditions, hits, error)) return false;
    *has_more = hits->is_cut || hits->count > TICKET_SEARCH_BEST_MAX;
    if (hits->count > TICKET_SEARCH_BEST_MAX) hits->count = TICKET_SEARCH_BEST_MAX;
    if (!hits->count) return ticket_search_is_cut(db, &wish->conditions->search, has_more, error);
    size_t from = begin_of(hits, wish), count = hits->count > from ? hits->count - from : 0;
    if (count > (size_t)wish->most) count = (size_t)wish->most;
    if (!count) return true;
    struct ticket_object *objects = arena_take(arena, count * sizeof *objects);
    if (!objects) return error_too_large(error);
    if (!ticket_objects_read(db, wish, hits->ids + from, count, arena, objects, error)) return false;
    hand_on(objects, hits->ids + from, count, from, take, context);
    return true;
}
