// SPDX-License-Identifier: GPL-2.0-or-later
// What of a help desk's set-up may be beyond this server.
#include "store/create/native_rows.h"

#include "db/db.h"
#include "store/uniform_text.h"

#include <string.h>

#define FIELD "f.id,f.flags,f.type,f.label,f.configuration,o.type,"

// kind, id, number, texts; the rows of a filter behind it.
static const char *const statements[] = {
    "SELECT 'plugin' AS kind,p.id AS id,0," UNIFORM("p.name") "," UNIFORM(
        "p.install_path") "," NO_TEXT "," NO_TEXT "," NO_TEXT
                          ",0 AS place FROM {plugin} p WHERE p.isactive=1 AND (NOT EXISTS(SELECT 1 FROM "
                          "{plugin_instance} i "
                          "WHERE i.plugin_id=p.id) OR EXISTS(SELECT 1 FROM {plugin_instance} i WHERE "
                          "i.plugin_id=p.id AND "
                          "i.flags&1)) "
                          "UNION ALL SELECT 'config',0,0,c.`key`,c.value,NULL,NULL,NULL,0 FROM {config} c "
                          "WHERE "
                          "c.namespace='core' "
                          "AND c.`key` IN ('default_storage_bk','schema_signature') "
                          "UNION ALL SELECT 'field'," FIELD
                          "NULL,1 FROM {form_field} f JOIN {form} o ON o.id=f.form_id WHERE "
                          "o.id IN ((SELECT MIN(u.id) FROM {form} u WHERE u.type='U'),(SELECT MIN(u.id) FROM "
                          "{form} "
                          "u WHERE "
                          "u.type='T')) "
                          "UNION ALL SELECT 'field'," FIELD
                          "t.topic,2 FROM {help_topic_form} h JOIN {help_topic} t ON "
                          "t.topic_id=h.topic_id JOIN {form} o ON o.id=h.form_id AND o.type<>'T' JOIN "
                          "{form_field} f "
                          "ON "
                          "f.form_id=o.id "
                          "UNION ALL SELECT "
                          "'filter',l.id,l.email_id,l.name,CONCAT(l.target),NULL,NULL,NULL,3 FROM "
                          "{filter} l "
                          "WHERE l.isactive=1 "
                          "UNION ALL SELECT 'rule',r.filter_id,0,r.what,CONCAT(r.how),NULL,NULL,NULL,4 FROM "
                          "{filter_rule} r "
                          "UNION ALL SELECT 'action',a.filter_id,0,a.type,NULL,NULL,NULL,NULL,4 FROM "
                          "{filter_action} "
                          "a "
                          "ORDER BY place,id",
};

struct reading {
    struct db_rows *rows;
    struct arena *arena;
    struct native_rows *into;
};

static struct text copied(const struct reading *reading, unsigned column) {
    return arena_copy(reading->arena, db_rows_text(reading->rows, column));
}

static void take_plugin(struct reading *reading) {
    struct plugin_row *plugin =
        arena_append(reading->arena, &reading->into->plugins, &reading->into->plugin_count, sizeof *plugin);
    if (!plugin) return;
    plugin->id = db_rows_integer(reading->rows, 1);
    plugin->name = copied(reading, 3);
    plugin->install_path = copied(reading, 4);
}

static void take_config(struct reading *reading) {
    bool storage = text_equal(db_rows_text(reading->rows, 3), TEXT("default_storage_bk"));
    *(storage ? &reading->into->storage : &reading->into->signature) = copied(reading, 4);
}

static void take_field(struct reading *reading) {
    struct native_field *field =
        arena_append(reading->arena, &reading->into->fields, &reading->into->field_count, sizeof *field);
    struct text form_type = db_rows_text(reading->rows, 6);
    if (!field) return;
    field->row.id = db_rows_integer(reading->rows, 1);
    field->row.flags = db_rows_integer(reading->rows, 2);
    field->row.type = copied(reading, 3);
    field->row.label = copied(reading, 4);
    field->row.configuration = copied(reading, 5);
    field->form_type = form_type.length ? form_type.data[0] : 'G';
    field->topic = copied(reading, 7);
}

static void take_filter(struct reading *reading) {
    struct filter_row *filter =
        arena_append(reading->arena, &reading->into->filters, &reading->into->filter_count, sizeof *filter);
    if (!filter) return;
    filter->id = db_rows_integer(reading->rows, 1);
    filter->email_id = db_rows_integer(reading->rows, 2);
    filter->name = copied(reading, 3);
    filter->target = copied(reading, 4);
}

static struct filter_row *filter_of(struct reading *reading) {
    for (size_t i = 0; i < reading->into->filter_count; i++)
        if (reading->into->filters[i].id == db_rows_integer(reading->rows, 1))
            return &reading->into->filters[i];
    return NULL;
}

static void take_rule(struct reading *reading) {
    struct filter_row *filter = filter_of(reading);
    struct filter_rule_row *rule =
        filter ? arena_append(reading->arena, &filter->rules, &filter->rule_count, sizeof *rule) : NULL;
    if (rule) *rule = (struct filter_rule_row){.what = copied(reading, 3), .how = copied(reading, 4)};
}

static void take_action(struct reading *reading) {
    struct filter_row *filter = filter_of(reading);
    struct filter_action_row *action =
        filter ? arena_append(reading->arena, &filter->actions, &filter->action_count, sizeof *action) : NULL;
    if (action) *action = (struct filter_action_row){.type = copied(reading, 3)};
}

static void take(struct reading *reading) {
    static const struct {
        const char *kind;
        void (*take)(struct reading *reading);
    } kinds[] = {{"plugin", take_plugin}, {"config", take_config}, {"field", take_field},
                 {"filter", take_filter}, {"rule", take_rule},     {"action", take_action}};
    struct text kind = db_rows_text(reading->rows, 0);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (text_equal(kind, text_of(kinds[i].kind))) kinds[i].take(reading);
}

bool native_rows_load(const struct db_settings *settings, struct arena *arena, struct native_rows *rows,
                      struct error *error) {
    struct reading reading = {.arena = arena, .into = rows};
    struct db *db = db_new(settings, statements, 1);
    memset(rows, 0, sizeof *rows);
    if (!db) return error_set(error, ERROR_INTERNAL, "no connection can be set up");
    int more = db_query(db, 0, NULL, 0, &reading.rows, error) ? 1 : -1;
    while (more > 0 && (more = db_rows_next(reading.rows, error)) > 0) take(&reading);
    db_rows_close(&reading.rows);
    db_free(&db);
    if (more == 0 && arena->failed) return error_set(error, ERROR_TOO_LARGE, "too many rows");
    return more == 0;
}
