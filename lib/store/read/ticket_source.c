// SPDX-License-Identifier: GPL-2.0-or-later
// Statements put together from conditions and an order.
#include "store/read/ticket_source.h"

#include "store/read/shown_ticket.h"
#include "store/read/ticket_field_names.h"
#include "store/statements.h"
#include "store/ticket_view.h"

#define ORDER_ROW(sort, joins, is_indexed, may_be_null, text) [sort] = {joins, is_indexed, may_be_null, text},
static const struct {
    unsigned joins;
    bool is_indexed;
    bool may_be_null;
    const char *value;
} orders[] = {PAGE_ORDERS(ORDER_ROW)};

bool ticket_sort_is_indexed(enum ticket_sort sort) {
    return orders[sort].is_indexed;
}

bool ticket_sort_may_be_null(enum ticket_sort sort) {
    return orders[sort].may_be_null;
}

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

void ticket_source_page(const struct ticket_page_wish *wish, bool nulls, int64_t offset, int64_t most,
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

void ticket_source_count(const struct ticket_conditions *conditions, const enum ticket_sort *sort,
                         int64_t most, struct composed *composed) {
    const struct made_of made_of = {
        .only_values = sort != NULL, .sort = sort ? *sort : TICKET_SORT_ID, .most = most};
    *composed = composed_new();
    buffer_add_string(&composed->sql, "SELECT COUNT(*) FROM (SELECT 1");
    add_tickets(composed, conditions, &made_of, joins_of_source(conditions, &made_of));
    buffer_add_string(&composed->sql, " LIMIT ?) x");
    composed_bind(composed, db_integer(most));
}
