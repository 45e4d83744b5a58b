// SPDX-License-Identifier: GPL-2.0-or-later
// Columns and joins by who sees them.
#include "store/read/shown_ticket.h"

#include "store/read/shown_ticket_statements.h"
#include "store/read/ticket_page_statements.h"
#include "store/ticket_view.h"

#include <string.h>

#define COLUMN_TEXT(name, type, sql)  sql,
#define COLUMN_PART_TEXTS(name, LIST) LIST(COLUMN_TEXT, COLUMN_TEXT, COLUMN_PART_TEXTS)
static const char *const columns[][OBJECT_COLUMNS_COUNT] = {
    {OBJECT_COLUMNS(COLUMN_TEXT, COLUMN_TEXT, COLUMN_PART_TEXTS)},
    {SHOWN_COLUMNS(COLUMN_TEXT, COLUMN_TEXT, COLUMN_PART_TEXTS)},
};

#define JOIN_TEXT(name, needs, text) text,
static const char *const joins[PAGE_JOIN_COUNT] = {PAGE_JOINS(JOIN_TEXT)};
#define SHOWN_JOIN_TEXT(name, text) [PAGE_JOIN_NUMBER_##name] = (text),
static const char *const joins_of_clients[PAGE_JOIN_COUNT] = {SHOWN_JOINS(SHOWN_JOIN_TEXT)};

#define PARENT_JOIN(of, kind, sees) SHOWN_PARENT_JOIN(sees),
static const char *const joins_of_parent[] = {VIEW_KINDS(PARENT_JOIN, )};

const char *shown_column(struct view view, unsigned column) {
    return columns[ticket_view_is_client(view.rules)][column];
}

const char *shown_join(struct view view, unsigned join) {
    if (view.rules && join == PAGE_JOIN_NUMBER_PARENT)
        return ticket_view_is_empty(view.rules) ? SHOWN_NO_PARENT_JOIN : joins_of_parent[view.rules->view];
    bool of_client = ticket_view_is_client(view.rules) && joins_of_clients[join];
    return of_client ? joins_of_clients[join] : joins[join];
}

// Whether the text begins with the name, which is passed then.
static bool takes(const char **text, const char *name) {
    size_t length = strlen(name);
    if (strncmp(*text, name, length) != 0) return false;
    *text += length;
    return true;
}

static void add_value(struct composed *composed, struct db_value value) {
    buffer_add_char(&composed->sql, '?');
    composed_bind(composed, value);
}

void shown_add(struct composed *composed, const char *text, struct view view) {
    const struct viewer viewer = viewer_of(view.rules);
    for (const char *at; (at = strstr(text, "z."));) {
        buffer_add(&composed->sql, text, (size_t)(at - text));
        text = at;
        if (takes(&text, "z.utc"))
            buffer_add_char(&composed->sql, view.utc ? '1' : '0');
        else if (takes(&text, "z.notes"))
            buffer_add_char(&composed->sql, view.notes ? '1' : '0');
        else if (takes(&text, "z.who"))
            add_value(composed, viewer.who);
        else if (takes(&text, "z.viewer"))
            add_value(composed, viewer.user);
        else if (takes(&text, "z.organization"))
            add_value(composed, viewer.organization);
        else if (takes(&text, "z.departments"))
            add_value(composed, viewer.departments);
        else if (takes(&text, "z.tickets"))
            add_value(composed, viewer.tickets);
        else
            composed->sql.failed = true;
    }
    buffer_add_string(&composed->sql, text);
}
