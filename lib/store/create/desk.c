// SPDX-License-Identifier: GPL-2.0-or-later
// The help desk's rows that creating a ticket looks at: asked for, sorted and put together.
#include "store/create/desk.h"

#include "store/create/address_domain.h"
#include "store/create/desk_rows.h"
#include "store/statements.h"
#include "store/ticket/files.h"

#include <stdlib.h>
#include <string.h>

#define DESK_VALUES 13 // without those of the files that are sought

static int compare_places(struct desk_place a, struct desk_place b) {
    int by_sort = (a.sort > b.sort) - (a.sort < b.sort);
    return by_sort ? by_sort : (a.id > b.id) - (a.id < b.id);
}

static int compare_placed(const void *one, const void *other) {
    return compare_places(*(const struct desk_place *)one, *(const struct desk_place *)other);
}

static int compare_fields(const void *one, const void *other) {
    const struct field_row *a = one, *b = other;
    return compare_places((struct desk_place){a->sort, a->id}, (struct desk_place){b->sort, b->id});
}

static int compare_filters(const void *one, const void *other) {
    const struct filter_row *a = one, *b = other;
    return compare_places((struct desk_place){a->order, a->id}, (struct desk_place){b->order, b->id});
}

static int compare_items(const void *one, const void *other) {
    const struct list_item_row *a = one, *b = other;
    return compare_places((struct desk_place){a->sort, a->id}, (struct desk_place){b->sort, b->id});
}

static int compare_columns(const void *one, const void *other) {
    const struct cdata_column *a = one, *b = other;
    return compare_places((struct desk_place){a->place, a->of_user},
                          (struct desk_place){b->place, b->of_user});
}

#define SORT(items, count, compare)                                                                          \
    do {                                                                                                     \
        if (count) qsort(items, count, sizeof *(items), compare);                                            \
    } while (0)

static void sort_rows(struct desk_loading *loading) {
    struct create_desk *desk = loading->desk;
    SORT(loading->topic_forms, loading->topic_form_count, compare_placed);
    SORT(loading->fields, loading->field_count, compare_fields);
    SORT(loading->rules, loading->rule_count, compare_placed);
    SORT(loading->actions, loading->action_count, compare_placed);
    SORT(desk->filters, desk->filter_count, compare_filters);
    SORT(desk->list_items, desk->list_item_count, compare_items);
    SORT(desk->columns.items, desk->columns.count, compare_columns);
}

// The topic's forms; the ticket form itself only has its place among them.
static void give_topic_forms(const struct desk_loading *loading, struct arena *arena) {
    struct create_desk *desk = loading->desk;
    for (size_t i = 0; i < loading->topic_form_count; i++) {
        const struct topic_form_of *of = &loading->topic_forms[i];
        if (text_equal(of->type, TEXT("T"))) {
            desk->ticket_form.sort = (int64_t)i;
            desk->ticket_form.extra = of->extra;
            continue;
        }
        struct form_row *form =
            arena_append(arena, &desk->topic_forms, &desk->topic_form_count, sizeof *form);
        if (!form) return;
        form->id = of->form_id;
        form->type = of->type;
        form->sort = i ? (int64_t)i : 1; // as in PHP, where none stands for the first place
        form->extra = of->extra;
    }
}

static void give_fields(const struct desk_loading *loading, struct arena *arena, struct form_row *form) {
    for (size_t i = 0; i < loading->field_count; i++) {
        if (loading->fields[i].form_id != form->id) continue;
        struct field_row *field = arena_append(arena, &form->fields, &form->field_count, sizeof *field);
        if (field) *field = loading->fields[i];
    }
}

static void give_rules(const struct desk_loading *loading, struct arena *arena, struct filter_row *filter) {
    for (size_t i = 0; i < loading->rule_count; i++) {
        if (loading->rules[i].filter_id != filter->id) continue;
        struct filter_rule_row *rule = arena_append(arena, &filter->rules, &filter->rule_count, sizeof *rule);
        if (rule) *rule = loading->rules[i].row;
    }
    for (size_t i = 0; i < loading->action_count; i++) {
        if (loading->actions[i].filter_id != filter->id) continue;
        struct filter_action_row *action =
            arena_append(arena, &filter->actions, &filter->action_count, sizeof *action);
        if (action) *action = loading->actions[i].row;
    }
}

static void put_together(const struct desk_loading *loading, struct arena *arena) {
    struct create_desk *desk = loading->desk;
    if (!desk->topic_requested) desk->topic = loading->default_topic;
    give_topic_forms(loading, arena);
    give_fields(loading, arena, &desk->user_form);
    give_fields(loading, arena, &desk->ticket_form);
    for (size_t i = 0; i < desk->topic_form_count; i++) give_fields(loading, arena, &desk->topic_forms[i]);
    for (size_t i = 0; i < desk->filter_count; i++) give_rules(loading, arena, &desk->filters[i]);
}

// What is looked for with each ticket; and, where it is wanted, how many tickets the user has and which
// columns there are.
static struct query query_of(const struct create_desk_wish *wish, bool in_short, struct db_value *values) {
    static const unsigned statements_of[2][2] = {
        {STATEMENT_CREATE_DESK_WHOLE, STATEMENT_CREATE_DESK_WHOLE_AND_FILES},
        {STATEMENT_CREATE_DESK, STATEMENT_CREATE_DESK_AND_FILES},
    };
    bool seeks = wish->search_count > 0;
    if (seeks) file_searches_bind(wish->searches, wish->search_count, values + DESK_VALUES);
    return (struct query){statements_of[in_short][seeks], values, DESK_VALUES + (seeks ? SEARCH_VALUES : 0)};
}

static bool read_rows(struct db *db, struct desk_loading *loading, struct arena *arena, struct error *error) {
    const struct create_desk_wish *wish = loading->wish;
    struct db_value topic = db_integer(wish->topic_id), user = db_integer(wish->user_id);
    struct db_value email = db_key(wish->email.data ? wish->email : TEXT(""));
    struct db_value values[DESK_VALUES + SEARCH_VALUES] = {
        topic,
        topic,
        topic,
        db_integer(wish->default_topic_id),
        user,
        email,
        user,
        email,
        db_key(loading->domain.length ? loading->domain : TEXT("@")),
        user,
        email,
        email,
        topic,
    };
    bool in_short = !wish->counts_tickets && cdata_trust_use(wish->trust);
    loading->desk->columns.trusted = in_short;
    return row_each(db, query_of(wish, in_short, values), arena, desk_take_row, loading, error);
}

bool create_desk_load(struct db *db, const struct create_desk_wish *wish, struct arena *arena,
                      struct create_desk *desk, struct error *error) {
    struct desk_loading loading = {.wish = wish, .desk = desk, .domain = address_domain(wish->email)};
    memset(desk, 0, sizeof *desk);
    if (!read_rows(db, &loading, arena, error)) return false;
    sort_rows(&loading);
    put_together(&loading, arena);
    return !arena->failed || error_set(error, ERROR_TOO_LARGE, "the help desk's rows do not fit into memory");
}

bool create_desk_topic(struct db *db, int64_t topic_id, struct arena *arena, struct create_desk *desk,
                       struct error *error) {
    struct query query = QUERY(STATEMENT_CREATE_TOPIC, db_integer(topic_id));
    return row_first(db, query, arena, desk_take_topic, &desk->topic, error) >= 0;
}
