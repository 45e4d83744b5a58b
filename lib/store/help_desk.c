// SPDX-License-Identifier: GPL-2.0-or-later
// The help desk's own settings and its small tables.
#include "store/help_desk.h"

#include "db/db.h"
#include "store/phrases.h"
#include "store/statements.h"

#include <stdlib.h>
#include <string.h>

// Columns of STATEMENT_HELP_DESK.
enum {
    KIND,
    ID,
    PARENT,
    FLAGS,
    NAME,
    TRANSLATION,
    VALUE,
    STARTS_ON,
    STARTS_AT,
    ENDS_ON,
    ENDS_AT,
    STOPS_ON,
    DAY,
    WEEK,
    MONTH
};

struct loading {
    struct db_rows *rows;
    struct arena *arena;
    struct help_desk *help_desk;
    struct holidays {
        int64_t schedule_id;
        struct text configuration;
    } * holidays;
    size_t holidays_count;
    struct phrase_list phrases;
};

static struct text copied(struct loading *loading, unsigned column) {
    return arena_copy(loading->arena, db_rows_text(loading->rows, column));
}

static void take_config(struct loading *loading) {
    struct help_desk *h = loading->help_desk;
    struct config_row *row = arena_append(loading->arena, &h->config, &h->config_count, sizeof *row);
    if (!row) return;
    row->key = copied(loading, NAME);
    row->value = copied(loading, VALUE);
}

static void take_zone(struct loading *loading) {
    loading->help_desk->zone_offset = db_rows_integer(loading->rows, ID);
    loading->help_desk->zone_name = copied(loading, NAME);
    loading->help_desk->now = copied(loading, VALUE);
    loading->help_desk->january = copied(loading, STARTS_ON);
    loading->help_desk->january_utc = copied(loading, STARTS_AT);
    loading->help_desk->july = copied(loading, ENDS_ON);
    loading->help_desk->july_utc = copied(loading, ENDS_AT);
}

static void take_node(struct loading *loading, struct node_list *list) {
    struct node *row = arena_append(loading->arena, &list->nodes, &list->count, sizeof *row);
    if (!row) return;
    int64_t schedule = 0;
    text_to_int64(db_rows_text(loading->rows, VALUE), &schedule);
    row->id = db_rows_integer(loading->rows, ID);
    row->parent = db_rows_integer(loading->rows, PARENT);
    row->flags = db_rows_integer(loading->rows, FLAGS);
    row->schedule_id = schedule;
    row->name = copied(loading, NAME);
}

static void take_department(struct loading *loading) {
    take_node(loading, &loading->help_desk->departments);
}

static void take_topic(struct loading *loading) {
    take_node(loading, &loading->help_desk->topics);
}

static void take_status(struct loading *loading) {
    struct help_desk *h = loading->help_desk;
    struct ticket_status *row = arena_append(loading->arena, &h->statuses, &h->status_count, sizeof *row);
    if (!row) return;
    row->id = db_rows_integer(loading->rows, ID);
    row->name = copied(loading, NAME);
    row->state = copied(loading, VALUE);
    row->properties = copied(loading, STARTS_ON);
}

static void take_priority(struct loading *loading) {
    struct help_desk *h = loading->help_desk;
    struct ticket_priority *row =
        arena_append(loading->arena, &h->priorities, &h->priority_count, sizeof *row);
    if (!row) return;
    row->id = db_rows_integer(loading->rows, ID);
    row->description = copied(loading, NAME);
    row->name = copied(loading, VALUE);
    row->color = copied(loading, STARTS_ON);
    row->urgency = db_rows_integer(loading->rows, PARENT);
    row->is_public = db_rows_integer(loading->rows, FLAGS);
}

static void take_schedule(struct loading *loading) {
    struct help_desk *h = loading->help_desk;
    struct schedule_row *row = arena_append(loading->arena, &h->schedules, &h->schedule_count, sizeof *row);
    if (!row) return;
    row->id = db_rows_integer(loading->rows, ID);
    row->flags = db_rows_integer(loading->rows, FLAGS);
    row->timezone = copied(loading, NAME);
}

static void take_holidays(struct loading *loading) {
    struct holidays *row =
        arena_append(loading->arena, &loading->holidays, &loading->holidays_count, sizeof *row);
    if (row) *row = (struct holidays){db_rows_integer(loading->rows, ID), copied(loading, VALUE)};
}

static void take_schedule_entry(struct loading *loading) {
    struct help_desk *h = loading->help_desk;
    struct schedule_entry_row *row =
        arena_append(loading->arena, &h->schedule_entries, &h->schedule_entry_count, sizeof *row);
    if (!row) return;
    row->id = db_rows_integer(loading->rows, ID);
    row->sort = db_rows_integer(loading->rows, FLAGS);
    row->schedule_id = db_rows_integer(loading->rows, PARENT);
    row->repeats = copied(loading, NAME);
    row->starts_on = copied(loading, STARTS_ON);
    row->starts_at = copied(loading, STARTS_AT);
    row->ends_on = copied(loading, ENDS_ON);
    row->ends_at = copied(loading, ENDS_AT);
    row->stops_on = copied(loading, STOPS_ON);
    row->has_day = !db_rows_is_null(loading->rows, DAY);
    row->has_week = !db_rows_is_null(loading->rows, WEEK);
    row->has_month = !db_rows_is_null(loading->rows, MONTH);
    row->day = db_rows_integer(loading->rows, DAY);
    row->week = db_rows_integer(loading->rows, WEEK);
    row->month = db_rows_integer(loading->rows, MONTH);
}

static void take_plugin(struct loading *loading) {
    struct help_desk *h = loading->help_desk;
    struct plugin_row *row = arena_append(loading->arena, &h->plugins, &h->plugin_count, sizeof *row);
    if (!row) return;
    row->id = db_rows_integer(loading->rows, ID);
    row->install_path = copied(loading, NAME);
    row->name = copied(loading, VALUE);
}

static void take_phrase(struct loading *loading) {
    phrase_list_add(&loading->phrases, db_rows_text(loading->rows, NAME),
                    db_rows_text(loading->rows, TRANSLATION), loading->arena);
}

static void take_field(struct loading *loading) {
    struct help_desk *h = loading->help_desk;
    struct answer_field *row =
        arena_append(loading->arena, &h->answer_fields, &h->answer_field_count, sizeof *row);
    if (!row) return;
    row->id = db_rows_integer(loading->rows, ID);
    row->sort = db_rows_integer(loading->rows, FLAGS);
    row->name = copied(loading, NAME);
    row->phone_format = copied(loading, VALUE);
}

static const struct {
    const char *kind;
    void (*take)(struct loading *loading);
} kinds[] = {
    {"config", take_config},     {"zone", take_zone},         {"dept", take_department},
    {"topic", take_topic},       {"status", take_status},     {"priority", take_priority},
    {"schedule", take_schedule}, {"holidays", take_holidays}, {"entry", take_schedule_entry},
    {"phrase", take_phrase},     {"field", take_field},       {"plugin", take_plugin},
};

// False for a row that is none of the help desk's.
static bool take_row(struct loading *loading) {
    struct text kind = db_rows_text(loading->rows, KIND);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (!text_equal(kind, text_of(kinds[i].kind))) continue;
        kinds[i].take(loading);
        return true;
    }
    return false;
}

static void give_schedules_their_holidays(const struct loading *loading) {
    struct help_desk *h = loading->help_desk;
    for (size_t i = 0; i < loading->holidays_count; i++)
        for (size_t k = 0; k < h->schedule_count; k++)
            if (h->schedules[k].id == loading->holidays[i].schedule_id)
                h->schedules[k].configuration = loading->holidays[i].configuration;
}

static bool translate_nodes(const struct phrase_list *phrases, const char *tag, struct node_list *list) {
    bool done = true;
    for (size_t i = 0; done && i < list->count; i++)
        done = phrase_find(phrases, tag, list->nodes[i].id, &list->nodes[i].translation);
    return done;
}

static bool translate(const struct loading *loading, struct error *error) {
    struct help_desk *h = loading->help_desk;
    const struct phrase_list *phrases = &loading->phrases;
    bool done = translate_nodes(phrases, "dept.name", &h->departments) &&
                translate_nodes(phrases, "topic.name", &h->topics);
    for (size_t i = 0; done && i < h->status_count; i++)
        done = phrase_find(phrases, "status.value", h->statuses[i].id, &h->statuses[i].translation);
    return done || error_set(error, ERROR_INTERNAL, "translations cannot be looked up: MD5 is not available");
}

static int compare_entries(const void *a, const void *b) {
    const struct schedule_entry_row *left = a, *right = b;
    if (left->schedule_id != right->schedule_id) return left->schedule_id < right->schedule_id ? -1 : 1;
    if (left->sort != right->sort) return left->sort < right->sort ? -1 : 1;
    return left->id < right->id ? -1 : left->id > right->id;
}

static bool load(struct loading *loading, struct db *db, const struct help_desk_query *query,
                 struct error *error) {
    int more;
    if (!db_query(db, query->statement, query->values, query->value_count, &loading->rows, error))
        return false;
    while ((more = db_rows_next(loading->rows, error)) > 0)
        if (!take_row(loading) && query->take) query->take(loading->rows, query->context);
    db_rows_close(&loading->rows);
    if (more < 0) return false;
    give_schedules_their_holidays(loading);
    struct help_desk *h = loading->help_desk;
    if (h->schedule_entry_count)
        qsort(h->schedule_entries, h->schedule_entry_count, sizeof *h->schedule_entries, compare_entries);
    return !loading->arena->failed ||
           error_set(error, ERROR_INTERNAL, "the help desk's settings do not fit into memory");
}

bool help_desk_load_by(struct db *db, const struct help_desk_query *query, struct arena *arena,
                       struct help_desk *help_desk, struct error *error) {
    struct loading loading = {.arena = arena, .help_desk = help_desk};
    memset(help_desk, 0, sizeof *help_desk);
    return load(&loading, db, query, error) && translate(&loading, error);
}

static bool load_all(struct db *db, unsigned statement, struct arena *arena, struct help_desk *help_desk,
                     struct error *error) {
    const struct help_desk_query query = {.statement = statement};
    return help_desk_load_by(db, &query, arena, help_desk, error);
}

bool help_desk_load(struct db *db, struct arena *arena, struct help_desk *help_desk, struct error *error) {
    return load_all(db, STATEMENT_HELP_DESK, arena, help_desk, error);
}

bool help_desk_load_for_reading(struct db *db, struct arena *arena, struct help_desk *help_desk,
                                struct error *error) {
    return load_all(db, STATEMENT_READING_DESK, arena, help_desk, error);
}

bool help_desk_load_for_list(struct db *db, struct arena *arena, struct help_desk *help_desk,
                             struct error *error) {
    return load_all(db, STATEMENT_LIST_DESK, arena, help_desk, error);
}

bool help_desk_load_times(struct db *db, struct arena *arena, struct help_desk *help_desk,
                          struct error *error) {
    const struct help_desk_query query = {.statement = STATEMENT_DESK_TIMES};
    struct loading loading = {.arena = arena, .help_desk = help_desk};
    return help_desk->now.data || load(&loading, db, &query, error);
}

struct text help_desk_config(const struct help_desk *help_desk, const char *key) {
    for (size_t i = 0; i < help_desk->config_count; i++)
        if (text_equal(help_desk->config[i].key, text_of(key))) return help_desk->config[i].value;
    return TEXT_NULL;
}

bool help_desk_switch(const struct help_desk *help_desk, const char *key, bool fallback) {
    struct text value = help_desk_config(help_desk, key);
    if (text_is_null(value)) return fallback;
    return value.length && !text_equal(value, TEXT("0"));
}

int64_t help_desk_number(const struct help_desk *help_desk, const char *key, int64_t fallback) {
    int64_t number;
    return text_to_int64(help_desk_config(help_desk, key), &number) ? number : fallback;
}

const struct node *help_desk_node(const struct node_list *list, int64_t id) {
    for (size_t i = 0; i < list->count; i++)
        if (list->nodes[i].id == id) return &list->nodes[i];
    return NULL;
}

const struct ticket_status *help_desk_status(const struct help_desk *help_desk, int64_t id) {
    for (size_t i = 0; i < help_desk->status_count; i++)
        if (help_desk->statuses[i].id == id) return &help_desk->statuses[i];
    return NULL;
}

const struct ticket_priority *help_desk_priority(const struct help_desk *help_desk, int64_t id) {
    for (size_t i = 0; i < help_desk->priority_count; i++)
        if (help_desk->priorities[i].id == id) return &help_desk->priorities[i];
    return NULL;
}

const struct answer_field *help_desk_answer_field(const struct help_desk *help_desk, int64_t id) {
    for (size_t i = 0; i < help_desk->answer_field_count; i++)
        if (help_desk->answer_fields[i].id == id) return &help_desk->answer_fields[i];
    return NULL;
}

#define PATH_DEPTH 64

// The node and its parents upwards, `chain[0]` the node. A loop of parents ends where PHP ends it: behind the
// first parent whose own parent was met before.
static size_t climb(const struct node_list *list, const struct node *node,
                    const struct node *chain[PATH_DEPTH]) {
    size_t length = 0;
    chain[length++] = node;
    while (length < PATH_DEPTH && chain[length - 1]->parent) {
        const struct node *parent = help_desk_node(list, chain[length - 1]->parent);
        if (!parent) break;
        bool met = parent->parent == node->id;
        for (size_t i = 1; i < length; i++) met = met || chain[i]->parent == parent->parent;
        chain[length++] = parent;
        if (met) break;
    }
    return length;
}

static struct text node_name(const struct node *node, bool translated) {
    return translated && node->translation.length ? node->translation : node->name;
}

static void add_path(const struct node_list *list, const struct node *node, bool translated,
                     struct buffer *path) {
    const struct node *chain[PATH_DEPTH];
    for (size_t i = climb(list, node, chain); i > 0; i--) {
        buffer_add_text(path, node_name(chain[i - 1], translated));
        if (i > 1) buffer_add_string(path, " / ");
    }
}

bool help_desk_department_path(const struct help_desk *help_desk, int64_t id, struct buffer *path) {
    const struct node *node = help_desk_node(&help_desk->departments, id);
    if (!node) return false;
    if (node->translation.length)
        buffer_add_text(path, node->translation);
    else
        add_path(&help_desk->departments, node, false, path);
    return true;
}

bool help_desk_topic_path(const struct help_desk *help_desk, int64_t id, struct buffer *path) {
    const struct node *node = help_desk_node(&help_desk->topics, id);
    if (!node) return false;
    add_path(&help_desk->topics, node, true, path);
    return true;
}

struct text help_desk_status_name(const struct ticket_status *status) {
    return status->translation.length ? status->translation : status->name;
}
