// SPDX-License-Identifier: GPL-2.0-or-later
// What of a help desk's set-up may be beyond this server.
#include "store/create/native_rows.h"

#include "store/row.h"
#include "store/statements.h"

#include <string.h>

static void take_plugin(const struct row *row, void *into) {
    struct native_rows *rows = into;
    struct plugin_row *plugin = arena_append(row->arena, &rows->plugins, &rows->plugin_count, sizeof *plugin);
    if (!plugin) return;
    plugin->id = row_integer(row, NATIVE_PLUGIN_ID);
    plugin->name = row_copy(row, NATIVE_PLUGIN_NAME);
    plugin->install_path = row_copy(row, NATIVE_PLUGIN_PATH);
}

static void take_setting(const struct row *row, void *into) {
    struct native_rows *rows = into;
    bool storage = text_equal(row_text(row, NATIVE_SETTING_KEY), TEXT("default_storage_bk"));
    *(storage ? &rows->storage : &rows->signature) = row_copy(row, NATIVE_SETTING_VALUE);
}

static void take_field(const struct row *row, void *into) {
    struct native_rows *rows = into;
    struct native_field *field = arena_append(row->arena, &rows->fields, &rows->field_count, sizeof *field);
    struct text form_type = row_text(row, NATIVE_FIELD_FORM_TYPE);
    if (!field) return;
    field->row.id = row_integer(row, NATIVE_FIELD_ID);
    field->row.flags = row_integer(row, NATIVE_FIELD_FLAGS);
    field->row.type = row_copy(row, NATIVE_FIELD_TYPE);
    field->row.label = row_copy(row, NATIVE_FIELD_LABEL);
    field->row.configuration = row_copy(row, NATIVE_FIELD_CONFIGURATION);
    field->form_type = form_type.length ? form_type.data[0] : 'G';
    field->topic = row_copy(row, NATIVE_FIELD_TOPIC);
}

static void take_filter(const struct row *row, void *into) {
    struct native_rows *rows = into;
    struct filter_row *filter = arena_append(row->arena, &rows->filters, &rows->filter_count, sizeof *filter);
    if (!filter) return;
    filter->id = row_integer(row, NATIVE_FILTER_ID);
    filter->email_id = row_integer(row, NATIVE_FILTER_MAILBOX);
    filter->name = row_copy(row, NATIVE_FILTER_NAME);
    filter->target = row_copy(row, NATIVE_FILTER_TARGET);
}

static struct filter_row *filter_of(const struct native_rows *rows, int64_t id) {
    for (size_t i = 0; i < rows->filter_count; i++)
        if (rows->filters[i].id == id) return &rows->filters[i];
    return NULL;
}

static void take_rule(const struct row *row, void *into) {
    struct filter_row *filter = filter_of(into, row_integer(row, NATIVE_RULE_FILTER));
    struct filter_rule_row *rule =
        filter ? arena_append(row->arena, &filter->rules, &filter->rule_count, sizeof *rule) : NULL;
    if (rule)
        *rule = (struct filter_rule_row){.what = row_copy(row, NATIVE_RULE_WHAT),
                                         .how = row_copy(row, NATIVE_RULE_HOW)};
}

static void take_action(const struct row *row, void *into) {
    struct filter_row *filter = filter_of(into, row_integer(row, NATIVE_ACTION_FILTER));
    struct filter_action_row *action =
        filter ? arena_append(row->arena, &filter->actions, &filter->action_count, sizeof *action) : NULL;
    if (action) *action = (struct filter_action_row){.type = row_copy(row, NATIVE_ACTION_TYPE)};
}

static void take_row(const struct row *row, void *into) {
    static const struct row_kind kinds[] = {{"plugin", take_plugin}, {"config", take_setting},
                                            {"field", take_field},   {"filter", take_filter},
                                            {"rule", take_rule},     {"action", take_action}};
    row_take_kind(row, NATIVE_KIND, kinds, sizeof kinds / sizeof *kinds, into);
}

bool native_rows_load(const struct db_settings *settings, struct arena *arena, struct native_rows *rows,
                      struct error *error) {
    struct db *db = db_new(settings, statements, STATEMENT_COUNT);
    memset(rows, 0, sizeof *rows);
    if (!db) return error_set(error, ERROR_INTERNAL, "no connection can be set up");
    bool done = row_each(db, QUERY_WITHOUT_VALUES(STATEMENT_NATIVE_ROWS), arena, take_row, rows, error);
    db_free(&db);
    return done && (!arena->failed || error_set(error, ERROR_TOO_LARGE, "too many rows"));
}
