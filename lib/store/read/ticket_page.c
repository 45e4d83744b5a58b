// SPDX-License-Identifier: GPL-2.0-or-later
// Statements put together from conditions and an order, and their rows.
#include "store/read/ticket_page.h"

#include "base/buffer.h"
#include "store/read/ticket_field_names.h"
#include "store/read/ticket_page_statements.h"
#include "store/row.h"

#include <string.h>

#define SQL_MAX 32768

#define JOIN_NUMBER(name, needs, text) PAGE_JOIN_NUMBER_##name,
enum { PAGE_JOINS(JOIN_NUMBER) PAGE_JOIN_COUNT };
#define JOIN_BIT(name, needs, text) PAGE_JOIN_##name = 1u << PAGE_JOIN_NUMBER_##name,
enum { PAGE_JOINS(JOIN_BIT) };
#define JOIN_ROW(name, needs, text) {needs, text},
static const struct {
    unsigned needs;
    const char *text;
} joins[PAGE_JOIN_COUNT] = {PAGE_JOINS(JOIN_ROW)};

#define CONDITION_ROW(kind, joins, is_narrow, ...) [kind] = {joins, is_narrow, {__VA_ARGS__}},
static const struct {
    unsigned joins;
    bool is_narrow;
    const char *around[2];
} conditions_of[TICKET_CONDITIONS] = {PAGE_CONDITIONS(CONDITION_ROW)};

#define ORDER_ROW(sort, joins, is_indexed, may_be_null, text) [sort] = {joins, is_indexed, may_be_null, text},
static const struct {
    unsigned joins;
    bool is_indexed;
    bool may_be_null;
    const char *value;
} orders[] = {PAGE_ORDERS(ORDER_ROW)};

#define COLUMN_TEXT(name, type, sql)  sql,
#define COLUMN_PART_TEXTS(name, LIST) LIST(COLUMN_TEXT, COLUMN_TEXT, COLUMN_PART_TEXTS)
static const char *const columns[OBJECT_COLUMNS_COUNT] = {
    OBJECT_COLUMNS(COLUMN_TEXT, COLUMN_TEXT, COLUMN_PART_TEXTS)};

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

struct composed {
    struct buffer sql;
    struct db_value values[DB_VALUES_MAX];
    size_t count;
};

static void bind(struct composed *composed, struct db_value value) {
    if (composed->count < DB_VALUES_MAX)
        composed->values[composed->count++] = value;
    else
        composed->sql.failed = true;
}

static void add_columns(struct composed *composed, uint64_t fields, unsigned *needed) {
    size_t group = 0;
    for (unsigned column = 0; column < OBJECT_COLUMNS_COUNT; column++) {
        if (group + 1 < GROUP_COUNT && groups[group + 1].first == column) group++;
        bool is_wanted = (groups[group].fields & fields) != 0 || column == OBJECT_ID;
        if (column) buffer_add_char(&composed->sql, ',');
        buffer_add_string(&composed->sql, is_wanted ? columns[column] : "NULL");
        if (is_wanted) *needed |= groups[group].joins;
    }
}

static void add_joins(struct buffer *sql, unsigned needed) {
    for (unsigned i = PAGE_JOIN_COUNT; i-- > 0;)
        if (needed & 1u << i) needed |= joins[i].needs;
    for (unsigned i = 0; i < PAGE_JOIN_COUNT; i++)
        if (needed & 1u << i) buffer_add_string(sql, joins[i].text);
}

static void add_conditions(struct composed *composed, const struct ticket_conditions *conditions) {
    for (unsigned kind = 0; kind < TICKET_CONDITIONS; kind++) {
        size_t count = conditions->of[kind].count;
        if (!conditions->of[kind].is_asked) continue;
        if (!count) {
            buffer_add_string(&composed->sql, " AND FALSE");
            continue;
        }
        buffer_add_format(&composed->sql, " AND %s", conditions_of[kind].around[0]);
        for (size_t i = 0; i < count; i++) {
            buffer_add_string(&composed->sql, i ? ",?" : "?");
            bind(composed, conditions->of[kind].values[i]);
        }
        buffer_add_string(&composed->sql, conditions_of[kind].around[1]);
    }
}

static unsigned joins_of_conditions(const struct ticket_conditions *conditions) {
    unsigned needed = 0;
    for (unsigned kind = 0; kind < TICKET_CONDITIONS; kind++)
        if (conditions->of[kind].is_asked) needed |= conditions_of[kind].joins;
    return needed;
}

// z.utc and z.notes stand in the columns; here they are known, and a table of them would part the tickets
// from the order of their index.
static void settle_view(struct buffer *sql, struct view view) {
    static const char *const names[] = {"z.utc", "z.notes"};
    const bool values[] = {view.utc, view.notes};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        for (char *at = sql->data; (at = strstr(at, names[i]));) {
            memset(at, ' ', strlen(names[i]));
            *at = values[i] ? '1' : '0';
        }
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
        bind(composed, db_text(behind->value));
        bind(composed, db_text(behind->value));
    }
    bind(composed, db_integer(behind->id));
}

static void add_order(struct composed *composed, const struct ticket_page_wish *wish, bool nulls) {
    const char *value = orders[wish->sort].value, *direction = wish->falling ? "DESC" : "ASC";
    if (orders[wish->sort].may_be_null)
        buffer_add_format(&composed->sql, " AND %s IS %sNULL", value, nulls ? "" : "NOT ");
    add_place(composed, value, wish, nulls);
    buffer_add_string(&composed->sql, " ORDER BY ");
    if (!nulls && wish->sort != TICKET_SORT_ID) buffer_add_format(&composed->sql, "%s %s,", value, direction);
    buffer_add_format(&composed->sql, "t.ticket_id %s", direction);
}

static bool compose_page(const struct ticket_page_wish *wish, bool nulls, int64_t offset, int64_t most,
                         struct composed *composed, struct error *error) {
    unsigned needed = joins_of_conditions(wish->conditions) | orders[wish->sort].joins;
    *composed = (struct composed){.sql = buffer_new(SQL_MAX)};
    buffer_add_string(&composed->sql, "SELECT ");
    add_columns(composed, wish->fields, &needed);
    buffer_add_format(&composed->sql, ",%s FROM {ticket} t ", orders[wish->sort].value);
    add_joins(&composed->sql, needed);
    buffer_add_string(&composed->sql, "WHERE TRUE");
    add_conditions(composed, wish->conditions);
    add_order(composed, wish, nulls);
    buffer_add_string(&composed->sql, " LIMIT ?,?");
    bind(composed, db_integer(offset));
    bind(composed, db_integer(most));
    if (composed->sql.failed) return error_set(error, ERROR_TOO_LARGE, "too many conditions");
    settle_view(&composed->sql, wish->view);
    return true;
}

struct page {
    ticket_page_take *take;
    void *context;
    int64_t count;
};

static void take_ticket(const struct row *row, void *into) {
    struct page *page = into;
    struct ticket_object object;
    ticket_object_take(row, &object);
    const struct ticket_place place = {.is_set = true,
                                       .is_null = row_is_null(row, PAGE_SORT_VALUE),
                                       .value = row_text(row, PAGE_SORT_VALUE),
                                       .id = object.id};
    page->count++;
    page->take(&object, &place, page->context);
}

static bool run(struct db *db, struct composed *composed, row_take *take, void *into, struct error *error) {
    struct row row = {0};
    int more;
    bool done = db_query_text(db, composed->sql.data, composed->values, composed->count, &row.rows, error);
    if (done) {
        while ((more = db_rows_next(row.rows, error)) > 0) take(&row, into);
        db_rows_close(&row.rows);
        done = more == 0;
    }
    buffer_free(&composed->sql);
    return done;
}

static bool read_part(struct db *db, const struct ticket_page_wish *wish, bool nulls, int64_t offset,
                      struct page *page, struct error *error) {
    struct composed composed;
    bool done = compose_page(wish, nulls, offset, wish->most - page->count, &composed, error);
    if (!done) buffer_free(&composed.sql);
    return done && run(db, &composed, take_ticket, page, error);
}

// The one number of a count.
enum { COUNTED };
static void take_count(const struct row *row, void *into) {
    *(int64_t *)into = row_integer(row, COUNTED);
}

// Of those with a value of `sort` alone, where it is given.
static bool count(struct db *db, const struct ticket_conditions *conditions, const enum ticket_sort *sort,
                  int64_t most, int64_t *counted, struct error *error) {
    struct composed composed = {.sql = buffer_new(SQL_MAX)};
    buffer_add_string(&composed.sql, "SELECT COUNT(*) FROM (SELECT 1 FROM {ticket} t ");
    add_joins(&composed.sql, joins_of_conditions(conditions) | (sort ? orders[*sort].joins : 0));
    buffer_add_string(&composed.sql, "WHERE TRUE");
    add_conditions(&composed, conditions);
    if (sort) buffer_add_format(&composed.sql, " AND %s IS NOT NULL", orders[*sort].value);
    buffer_add_string(&composed.sql, " LIMIT ?) x");
    bind(&composed, db_integer(most));
    *counted = 0;
    if (!composed.sql.failed) return run(db, &composed, take_count, counted, error);
    buffer_free(&composed.sql);
    return error_set(error, ERROR_TOO_LARGE, "too many conditions");
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
    struct page page = {take, context, 0};
    bool in_nulls = wish->behind.is_set && wish->behind.is_null;
    int64_t offset = 0;
    if (!in_nulls && !read_part(db, wish, false, wish->offset, &page, error)) return false;
    if (!orders[wish->sort].may_be_null || page.count == wish->most) return true;
    return offset_in_nulls(db, wish, &page, &offset, error) &&
           read_part(db, wish, true, offset, &page, error);
}

bool ticket_page_is_cheap(const struct ticket_page_wish *wish, struct error *error) {
    bool is_narrow = false, is_wide = !orders[wish->sort].is_indexed;
    for (unsigned kind = 0; kind < TICKET_CONDITIONS; kind++) {
        if (!wish->conditions->of[kind].is_asked) continue;
        is_narrow = is_narrow || conditions_of[kind].is_narrow;
        is_wide = is_wide || !conditions_of[kind].is_narrow;
    }
    if (is_narrow || !is_wide) return true;
    return error_set(
        error, ERROR_UNPROCESSABLE,
        "This would have every ticket read: ask for a state, status, department, topic, staff, team, "
        "sla, user, organization or a time of creation, update or closing as well");
}
