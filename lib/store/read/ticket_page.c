// SPDX-License-Identifier: GPL-2.0-or-later
// Pages of tickets, row by row.
#include "store/read/ticket_page.h"

#include "store/read/thread_parts.h"
#include "store/read/ticket_field_names.h"
#include "store/read/ticket_source.h"
#include "store/row.h"
#include "store/statements.h"

struct page {
    ticket_page_take *take;
    void *context;
    bool has_last_entry;
    int64_t most_places;
    int64_t count;
};

static bool take_last_entry(const struct row *row, struct post *post) {
    const struct row part = row_part(row, PAGE_LAST_ENTRY);
    *post = post_of(&part);
    return post->id != 0;
}

// The entry as long as its texts are there.
static const struct post *kept(const struct row *row, const struct post *post) {
    struct post *copy = row->arena ? arena_take(row->arena, sizeof *copy) : NULL;
    if (!copy) return row->arena ? NULL : post;
    *copy = *post;
    return copy;
}

static void take_ticket(const struct row *row, void *into) {
    struct page *page = into;
    struct ticket_object object;
    struct post last_entry;
    ticket_object_take(row, &object);
    if (page->has_last_entry && take_last_entry(row, &last_entry)) object.last_entry = kept(row, &last_entry);
    const struct ticket_place place = {.is_set = true,
                                       .is_null = row_is_null(row, PAGE_SORT_VALUE),
                                       .value = row_text(row, PAGE_SORT_VALUE),
                                       .id = object.id,
                                       .is_cut = row_integer(row, PAGE_PLACES) > page->most_places};
    page->count++;
    page->take(&object, &place, page->context);
}

static bool is_search(const struct ticket_conditions *conditions) {
    return conditions->search.by != TICKET_SEARCH_NO;
}

static bool read_part(struct db *db, const struct ticket_page_wish *wish, bool nulls, int64_t offset,
                      struct page *page, struct error *error) {
    struct composed composed;
    ticket_source_page(wish, nulls, offset, wish->most - page->count, &composed);
    return composed_run(db, &composed, is_search(wish->conditions), wish->arena, take_ticket, page, error);
}

// The one number of a count.
enum { COUNTED };
static void take_count(const struct row *row, void *into) {
    *(int64_t *)into = row_integer(row, COUNTED);
}

static bool count(struct db *db, const struct ticket_conditions *conditions, const enum ticket_sort *sort,
                  int64_t most, int64_t *counted, struct error *error) {
    struct composed composed;
    *counted = 0;
    if (!ticket_conditions_branches(conditions)) return true;
    ticket_source_count(conditions, sort, most, &composed);
    return composed_run(db, &composed, is_search(conditions), NULL, take_count, counted, error);
}

bool ticket_page_count(struct db *db, const struct ticket_conditions *conditions, int64_t most,
                       int64_t *counted, struct error *error) {
    return count(db, conditions, NULL, most, counted, error);
}

// How many of those without a value are left out by the offset, which counts those with one first.
static bool offset_in_nulls(struct db *db, const struct ticket_page_wish *wish, const struct page *page,
                            int64_t *offset, struct error *error) {
    int64_t before = 0;
    *offset = 0;
    if (page->count || !wish->offset) return true;
    if (!count(db, wish->conditions, &wish->sort, wish->offset, &before, error)) return false;
    *offset = wish->offset - before;
    return true;
}

bool ticket_page_read(struct db *db, const struct ticket_page_wish *wish, ticket_page_take *take,
                      void *context, struct error *error) {
    struct page page = {take, context, wish->last_entries, wish->conditions->search.most_places, 0};
    bool in_nulls = wish->behind.is_set && wish->behind.is_null;
    int64_t offset = 0;
    if (!ticket_conditions_branches(wish->conditions)) return true;
    if (!in_nulls && !read_part(db, wish, false, wish->offset, &page, error)) return false;
    if (!ticket_sort_may_be_null(wish->sort) || page.count == wish->most) return true;
    return offset_in_nulls(db, wish, &page, &offset, error) &&
           read_part(db, wish, true, offset, &page, error);
}

bool ticket_page_is_cheap(const struct ticket_page_wish *wish, struct error *error) {
    bool is_narrow, is_wide;
    ticket_conditions_weigh(wish->conditions, &is_narrow, &is_wide);
    if (is_narrow || !(is_wide || !ticket_sort_is_indexed(wish->sort))) return true;
    return error_set(
        error, ERROR_UNPROCESSABLE,
        "This would have every ticket read: ask for a state, status, department, topic, staff, team, "
        "sla, user, organization, a time of creation, update or closing, or by q as well");
}

struct one {
    struct ticket_object *object;
    int found;
};

static void take_one(const struct row *row, void *into) {
    struct one *one = into;
    ticket_object_take(row, one->object);
    one->found = 1;
}

int ticket_page_one(struct db *db, int64_t ticket_id, struct view view, struct arena *arena,
                    struct ticket_object *object, struct error *error) {
    struct db_value id = db_integer(ticket_id);
    struct ticket_conditions conditions = {.of[TICKET_OF_ID] = {true, &id, 1}};
    const struct ticket_page_wish wish = {
        .view = view, .fields = TICKET_FIELDS_ALL, .conditions = &conditions, .sort = TICKET_SORT_ID};
    struct one one = {object, 0};
    struct composed composed;
    ticket_source_page(&wish, false, 0, 1, &composed);
    return composed_run(db, &composed, false, arena, take_one, &one, error) ? one.found : -1;
}
