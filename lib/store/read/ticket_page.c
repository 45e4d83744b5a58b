// SPDX-License-Identifier: GPL-2.0-or-later
// Statements put together from conditions and an order, and their rows.
#include "store/read/ticket_page.h"

#include "store/read/shown_ticket.h"
#include "store/read/thread_parts.h"
#include "store/read/ticket_conditions.h"
#include "store/read/ticket_field_names.h"
#include "store/read/ticket_source.h"
#include "store/row.h"
#include "store/ticket_view.h"

#define ORDER_ROW(sort, joins, is_indexed, may_be_null, text) [sort] = {joins, is_indexed, may_be_null, text},
static const struct {
    unsigned joins;
    bool is_indexed;
    bool may_be_null;
    const char *value;
} orders[] = {PAGE_ORDERS(ORDER_ROW)};

// From which column on the columns are those of which members, and their joins.
#define BIT TICKET_FIELD_BIT
static const struct {
    unsigned first;
    uint64_t fields;
    unsigned joins;
} groups[] = {
    {OBJECT_ID, TICKET_FIELDS_ALL, 0},
    {OBJECT_NUMBER, BIT(number), 0},
    {OBJECT_SUBJECT, BIT(subject), PAGE_JOIN_CDATA},
    {OBJECT_STATUS, BIT(status), PAGE_JOIN_STATUS},
    {OBJECT_PRIORITY, BIT(priority), PAGE_JOIN_PRIORITY},
    {OBJECT_DEPARTMENT, BIT(department), PAGE_JOIN_DEPARTMENT},
    {OBJECT_TOPIC, BIT(topic), PAGE_JOIN_TOPIC},
    {OBJECT_STAFF, BIT(staff), PAGE_JOIN_STAFF},
    {OBJECT_TEAM, BIT(team), PAGE_JOIN_TEAM},
    {OBJECT_SLA, BIT(sla), PAGE_JOIN_SLA},
    {OBJECT_USER, BIT(user), PAGE_JOIN_ADDRESS},
    {OBJECT_ORGANIZATION, BIT(organization), PAGE_JOIN_ORGANIZATION},
    {OBJECT_SOURCE, BIT(source), 0},
    {OBJECT_CREATED, BIT(created), 0},
    {OBJECT_UPDATED, BIT(updated), 0},
    {OBJECT_LAST_UPDATE, BIT(last_update), 0},
    {OBJECT_LAST_MESSAGE, BIT(last_message), PAGE_JOIN_THREAD},
    {OBJECT_LAST_RESPONSE, BIT(last_response), PAGE_JOIN_THREAD},
    {OBJECT_CLOSED, BIT(closed), 0},
    {OBJECT_REOPENED, BIT(reopened), 0},
    {OBJECT_DUE, BIT(due) | BIT(due_set), 0},
    {OBJECT_ESTIMATED_DUE, BIT(due), 0},
    {OBJECT_IS_OVERDUE, BIT(overdue), 0},
    {OBJECT_IS_ANSWERED, BIT(answered), 0},
    {OBJECT_PARENT, BIT(parent), PAGE_JOIN_PARENT},
    {OBJECT_ENTRIES, BIT(entries), PAGE_JOIN_THREAD},
    {OBJECT_ATTACHMENTS, BIT(attachments), PAGE_JOIN_THREAD},
    {OBJECT_OPEN_TASKS, BIT(tasks_open), 0},
};
#define GROUP_COUNT (sizeof groups / sizeof *groups)

// What is there of a page, beside its conditions.
struct made_of {
    const struct ticket_page_wish *wish; // NULL: a count
    bool nulls;                          // those without a value to sort by
    bool only_values;                    // of a count: only those with one
    enum ticket_sort sort;
    int64_t offset, most;
    const char *also; // of what is no page: a further condition; NULL: none
};

static void add_columns(struct composed *composed, const struct ticket_page_wish *wish, unsigned *needed) {
    size_t group = 0;
    for (unsigned column = 0; column < OBJECT_COLUMNS_COUNT; column++) {
        if (group + 1 < GROUP_COUNT && groups[group + 1].first == column) group++;
        bool is_wanted = (groups[group].fields & wish->fields) != 0 || column == OBJECT_ID;
        if (column) buffer_add_char(&composed->sql, ',');
        if (is_wanted)
            shown_add(composed, shown_column(wish->view, column), wish->view);
        else
            buffer_add_string(&composed->sql, "NULL");
        if (is_wanted) *needed |= groups[group].joins;
    }
}

#define COLUMN_TEXT(name, type, sql)  sql,
#define COLUMN_PART_TEXTS(name, LIST) LIST(COLUMN_TEXT, COLUMN_TEXT, COLUMN_PART_TEXTS)
static const char *const last_entry_columns[][POST_COLUMNS_COUNT] = {
    {LAST_POST_COLUMNS(COLUMN_TEXT, COLUMN_TEXT, COLUMN_PART_TEXTS)},
    {LAST_SHOWN_POST_COLUMNS(COLUMN_TEXT, COLUMN_TEXT, COLUMN_PART_TEXTS)},
};

static void add_last_entry(struct composed *composed, const struct ticket_page_wish *wish, unsigned *needed) {
    const char *const *columns = last_entry_columns[ticket_view_is_client(wish->view.rules)];
    for (unsigned i = 0; i < POST_COLUMNS_COUNT; i++) {
        bool is_left_out = !wish->bodies && (i == POST_BODY || i == POST_LONG_BODY);
        buffer_add_char(&composed->sql, ',');
        shown_add(composed, is_left_out ? "NULL" : columns[i], wish->view);
    }
    *needed |= PAGE_JOIN_LAST_ENTRY;
}

// Behind a place: "s<=? AND (s<? OR t.ticket_id<?)", which the database takes for a range of an index. Those
// without a value begin at their first where the place is that of one with a value.
static void add_place(struct composed *composed, const char *value, const struct ticket_page_wish *wish,
                      bool nulls) {
    const struct ticket_place *behind = &wish->behind;
    char sign = wish->falling ? '<' : '>';
    if (!behind->is_set || behind->is_null != nulls) return;
    if (nulls) {
        buffer_add_format(&composed->sql, " AND t.ticket_id%c?", sign);
    } else {
        buffer_add_format(&composed->sql, " AND %s%c=? AND (%s%c? OR t.ticket_id%c?)", value, sign, value,
                          sign, sign);
        composed_bind(composed, db_text(behind->value));
        composed_bind(composed, db_text(behind->value));
    }
    composed_bind(composed, db_integer(behind->id));
}

static void add_bounds(struct composed *composed, const struct made_of *made_of) {
    const char *value = orders[made_of->sort].value;
    if (!made_of->wish) {
        if (made_of->only_values) buffer_add_format(&composed->sql, " AND %s IS NOT NULL", value);
        if (made_of->also) buffer_add_string(&composed->sql, made_of->also);
        return;
    }
    if (orders[made_of->sort].may_be_null)
        buffer_add_format(&composed->sql, " AND %s IS %sNULL", value, made_of->nulls ? "" : "NOT ");
    add_place(composed, value, made_of->wish, made_of->nulls);
}

static void add_order(struct composed *composed, const struct made_of *made_of) {
    const char *value = orders[made_of->sort].value;
    if (!made_of->wish) return;
    const char *direction = made_of->wish->falling ? "DESC" : "ASC";
    buffer_add_string(&composed->sql, " ORDER BY ");
    if (!made_of->nulls && made_of->sort != TICKET_SORT_ID)
        buffer_add_format(&composed->sql, "%s %s,", value, direction);
    buffer_add_format(&composed->sql, "t.ticket_id %s", direction);
}

static unsigned joins_of_source(const struct ticket_conditions *conditions, const struct made_of *made_of) {
    bool sorts = made_of->wish || made_of->only_values;
    return ticket_conditions_joins(conditions) | (sorts ? orders[made_of->sort].joins : 0);
}

// The tickets that one branch of what is seen lets through.
static void add_source(struct composed *composed, const struct ticket_conditions *conditions,
                       const struct made_of *made_of, unsigned needed, size_t branch) {
    struct view view = made_of->wish ? made_of->wish->view : ticket_conditions_view(conditions);
    ticket_conditions_add_source(composed, conditions, needed, view, branch);
    add_bounds(composed, made_of);
}

// Each branch by an index of its own, and no more of it than the page can hold.
static void add_union(struct composed *composed, const struct ticket_conditions *conditions,
                      const struct made_of *made_of, size_t branches) {
    buffer_add_char(&composed->sql, '(');
    for (size_t branch = 0; branch < branches; branch++) {
        buffer_add_string(&composed->sql,
                          branch ? " UNION (SELECT t.ticket_id FROM " : "(SELECT t.ticket_id FROM ");
        add_source(composed, conditions, made_of, joins_of_source(conditions, made_of), branch);
        add_order(composed, made_of);
        buffer_add_string(&composed->sql, " LIMIT ?)");
        composed_bind(composed, db_integer(made_of->offset + made_of->most));
    }
    buffer_add_string(&composed->sql, ") seen JOIN {ticket} t ON t.ticket_id=seen.ticket_id ");
}

// Whether the database has to sort all that fit for a page of them: then by their ids alone, or it would
// count the entries of each first.
static bool is_sorted_by_hand(const struct ticket_conditions *conditions, const struct made_of *made_of) {
    const struct ticket_scope *scope = conditions->scope;
    bool of_members = conditions->of[TICKET_OF_ORGANIZATION].is_asked ||
                      (scope && scope->rules && scope->rules->view == KEY_VIEW_ORGANIZATION);
    return made_of->wish && !ticket_conditions_search(&conditions->search) &&
           (of_members || !orders[made_of->sort].is_indexed);
}

// FROM and what follows, with the joins that are needed.
static void add_tickets(struct composed *composed, const struct ticket_conditions *conditions,
                        const struct made_of *made_of, unsigned needed) {
    size_t branches = ticket_conditions_branches(conditions);
    buffer_add_string(&composed->sql, " FROM ");
    if (branches > 1 || is_sorted_by_hand(conditions, made_of)) {
        add_union(composed, conditions, made_of, branches);
        if (made_of->wish) ticket_conditions_add_joins(composed, needed, made_of->wish->view);
    } else {
        add_source(composed, conditions, made_of, needed, 0);
    }
    add_order(composed, made_of);
}

void ticket_source_add(struct composed *composed, const struct ticket_conditions *conditions, unsigned joins,
                       const char *also) {
    const struct made_of made_of = {.sort = TICKET_SORT_ID, .most = INT64_MAX, .also = also};
    size_t branches = ticket_conditions_branches(conditions);
    buffer_add_string(&composed->sql, " FROM ");
    if (branches == 1) {
        add_source(composed, conditions, &made_of, ticket_conditions_joins(conditions) | joins, 0);
        return;
    }
    if (branches)
        add_union(composed, conditions, &made_of, branches);
    else
        buffer_add_string(&composed->sql, "{ticket} t ");
    ticket_conditions_add_joins(composed, joins, ticket_conditions_view(conditions));
    if (!branches) buffer_add_string(&composed->sql, "WHERE FALSE");
}

static void compose_page(const struct ticket_page_wish *wish, bool nulls, int64_t offset, int64_t most,
                         struct composed *composed) {
    const struct made_of made_of = {
        .wish = wish, .nulls = nulls, .sort = wish->sort, .offset = offset, .most = most};
    unsigned needed = joins_of_source(wish->conditions, &made_of);
    *composed = composed_new();
    buffer_add_string(&composed->sql, "SELECT ");
    add_columns(composed, wish, &needed);
    buffer_add_format(&composed->sql, ",%s,%s", orders[wish->sort].value,
                      ticket_conditions_search(&wish->conditions->search) ? "q.places" : "NULL");
    if (wish->last_entries) add_last_entry(composed, wish, &needed);
    add_tickets(composed, wish->conditions, &made_of, needed);
    buffer_add_string(&composed->sql, " LIMIT ?,?");
    composed_bind(composed, db_integer(offset));
    composed_bind(composed, db_integer(most));
}

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
    compose_page(wish, nulls, offset, wish->most - page->count, &composed);
    return composed_run(db, &composed, is_search(wish->conditions), wish->arena, take_ticket, page, error);
}

// The one number of a count.
enum { COUNTED };
static void take_count(const struct row *row, void *into) {
    *(int64_t *)into = row_integer(row, COUNTED);
}

// Of those with a value of `sort` alone, where it is given.
static bool count(struct db *db, const struct ticket_conditions *conditions, const enum ticket_sort *sort,
                  int64_t most, int64_t *counted, struct error *error) {
    const struct made_of made_of = {
        .only_values = sort != NULL, .sort = sort ? *sort : TICKET_SORT_ID, .most = most};
    struct composed composed = composed_new();
    *counted = 0;
    if (!ticket_conditions_branches(conditions)) return true;
    buffer_add_string(&composed.sql, "SELECT COUNT(*) FROM (SELECT 1");
    add_tickets(&composed, conditions, &made_of, joins_of_source(conditions, &made_of));
    buffer_add_string(&composed.sql, " LIMIT ?) x");
    composed_bind(&composed, db_integer(most));
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
    if (!orders[wish->sort].may_be_null || page.count == wish->most) return true;
    return offset_in_nulls(db, wish, &page, &offset, error) &&
           read_part(db, wish, true, offset, &page, error);
}

bool ticket_page_is_cheap(const struct ticket_page_wish *wish, struct error *error) {
    bool is_narrow, is_wide;
    ticket_conditions_weigh(wish->conditions, &is_narrow, &is_wide);
    if (is_narrow || !(is_wide || !orders[wish->sort].is_indexed)) return true;
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
    compose_page(&wish, false, 0, 1, &composed);
    return composed_run(db, &composed, false, arena, take_one, &one, error) ? one.found : -1;
}
