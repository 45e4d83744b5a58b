// SPDX-License-Identifier: GPL-2.0-or-later
// The help desk's own settings and its small tables.
#include "store/help_desk.h"

#include "store/phrases.h"
#include "store/row.h"
#include "store/statements.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct loading {
    struct help_desk *help_desk;
    const struct help_desk_query *query;
    struct holidays {
        int64_t schedule_id;
        struct text configuration;
    } * holidays;
    size_t holidays_count;
    struct phrase_list phrases;
};

static void take_setting(const struct row *row, void *into) {
    struct help_desk *h = ((struct loading *)into)->help_desk;
    struct config_row *setting = arena_append(row->arena, &h->config, &h->config_count, sizeof *setting);
    if (!setting) return;
    setting->key = row_copy(row, DESK_SETTING_KEY);
    setting->value = row_copy(row, DESK_SETTING_VALUE);
}

static void take_zone(const struct row *row, void *into) {
    struct help_desk *h = ((struct loading *)into)->help_desk;
    h->zone_offset = row_integer(row, DESK_ZONE_OFFSET);
    h->zone_name = row_copy(row, DESK_ZONE_NAME);
    h->now = row_copy(row, DESK_ZONE_NOW);
    h->january = row_copy(row, DESK_ZONE_JANUARY);
    h->january_utc = row_copy(row, DESK_ZONE_JANUARY_UTC);
    h->july = row_copy(row, DESK_ZONE_JULY);
    h->july_utc = row_copy(row, DESK_ZONE_JULY_UTC);
}

static void take_department(const struct row *row, void *into) {
    struct node_list *list = &((struct loading *)into)->help_desk->departments;
    struct node *node = arena_append(row->arena, &list->nodes, &list->count, sizeof *node);
    if (!node) return;
    node->id = row_integer(row, DESK_DEPARTMENT_ID);
    node->parent = row_integer(row, DESK_DEPARTMENT_PARENT);
    node->flags = row_integer(row, DESK_DEPARTMENT_FLAGS);
    node->schedule_id = row_integer(row, DESK_DEPARTMENT_SCHEDULE);
    node->sla_id = row_integer(row, DESK_DEPARTMENT_SLA);
    node->manager_id = row_integer(row, DESK_DEPARTMENT_MANAGER);
    node->name = row_copy(row, DESK_DEPARTMENT_NAME);
}

static void take_topic(const struct row *row, void *into) {
    struct node_list *list = &((struct loading *)into)->help_desk->topics;
    struct node *node = arena_append(row->arena, &list->nodes, &list->count, sizeof *node);
    if (!node) return;
    node->id = row_integer(row, DESK_TOPIC_ID);
    node->parent = row_integer(row, DESK_TOPIC_PARENT);
    node->flags = row_integer(row, DESK_TOPIC_FLAGS);
    node->sla_id = row_integer(row, DESK_TOPIC_SLA);
    node->is_private = !row_is_true(row, DESK_TOPIC_IS_PUBLIC);
    node->department_id = row_integer(row, DESK_TOPIC_DEPARTMENT);
    node->name = row_copy(row, DESK_TOPIC_NAME);
}

static void take_status(const struct row *row, void *into) {
    struct help_desk *h = ((struct loading *)into)->help_desk;
    struct ticket_status *status = arena_append(row->arena, &h->statuses, &h->status_count, sizeof *status);
    if (!status) return;
    status->id = row_integer(row, DESK_STATUS_ID);
    status->name = row_copy(row, DESK_STATUS_NAME);
    status->state = row_copy(row, DESK_STATUS_STATE);
    status->properties = row_copy(row, DESK_STATUS_PROPERTIES);
    status->is_enabled = (row_integer(row, DESK_STATUS_MODE) & STATUS_MODE_ENABLED) != 0;
}

static void take_priority(const struct row *row, void *into) {
    struct help_desk *h = ((struct loading *)into)->help_desk;
    struct ticket_priority *priority =
        arena_append(row->arena, &h->priorities, &h->priority_count, sizeof *priority);
    if (!priority) return;
    priority->id = row_integer(row, DESK_PRIORITY_ID);
    priority->description = row_copy(row, DESK_PRIORITY_DESCRIPTION);
    priority->name = row_copy(row, DESK_PRIORITY_NAME);
    priority->color = row_copy(row, DESK_PRIORITY_COLOR);
    priority->urgency = row_integer(row, DESK_PRIORITY_URGENCY);
    priority->is_public = row_integer(row, DESK_PRIORITY_IS_PUBLIC);
}

static void take_schedule(const struct row *row, void *into) {
    struct help_desk *h = ((struct loading *)into)->help_desk;
    struct schedule_row *schedule =
        arena_append(row->arena, &h->schedules, &h->schedule_count, sizeof *schedule);
    if (!schedule) return;
    schedule->id = row_integer(row, DESK_SCHEDULE_ID);
    schedule->flags = row_integer(row, DESK_SCHEDULE_FLAGS);
    schedule->timezone = row_copy(row, DESK_SCHEDULE_TIMEZONE);
}

static void take_holidays(const struct row *row, void *into) {
    struct loading *loading = into;
    struct holidays *holidays =
        arena_append(row->arena, &loading->holidays, &loading->holidays_count, sizeof *holidays);
    if (!holidays) return;
    holidays->schedule_id = row_integer(row, DESK_HOLIDAYS_SCHEDULE);
    holidays->configuration = row_copy(row, DESK_HOLIDAYS_CONFIGURATION);
}

static void take_schedule_entry(const struct row *row, void *into) {
    struct help_desk *h = ((struct loading *)into)->help_desk;
    struct schedule_entry_row *entry =
        arena_append(row->arena, &h->schedule_entries, &h->schedule_entry_count, sizeof *entry);
    if (!entry) return;
    entry->id = row_integer(row, DESK_SCHEDULE_ENTRY_ID);
    entry->sort = row_integer(row, DESK_SCHEDULE_ENTRY_SORT);
    entry->schedule_id = row_integer(row, DESK_SCHEDULE_ENTRY_SCHEDULE);
    entry->repeats = row_copy(row, DESK_SCHEDULE_ENTRY_REPEATS);
    entry->starts_on = row_copy(row, DESK_SCHEDULE_ENTRY_STARTS_ON);
    entry->starts_at = row_copy(row, DESK_SCHEDULE_ENTRY_STARTS_AT);
    entry->ends_on = row_copy(row, DESK_SCHEDULE_ENTRY_ENDS_ON);
    entry->ends_at = row_copy(row, DESK_SCHEDULE_ENTRY_ENDS_AT);
    entry->stops_on = row_copy(row, DESK_SCHEDULE_ENTRY_STOPS_ON);
    entry->has_day = !row_is_null(row, DESK_SCHEDULE_ENTRY_DAY);
    entry->has_week = !row_is_null(row, DESK_SCHEDULE_ENTRY_WEEK);
    entry->has_month = !row_is_null(row, DESK_SCHEDULE_ENTRY_MONTH);
    entry->day = row_integer(row, DESK_SCHEDULE_ENTRY_DAY);
    entry->week = row_integer(row, DESK_SCHEDULE_ENTRY_WEEK);
    entry->month = row_integer(row, DESK_SCHEDULE_ENTRY_MONTH);
}

static void take_plugin(const struct row *row, void *into) {
    struct help_desk *h = ((struct loading *)into)->help_desk;
    struct plugin_row *plugin = arena_append(row->arena, &h->plugins, &h->plugin_count, sizeof *plugin);
    if (!plugin) return;
    plugin->id = row_integer(row, DESK_PLUGIN_ID);
    plugin->install_path = row_copy(row, DESK_PLUGIN_PATH);
    plugin->name = row_copy(row, DESK_PLUGIN_NAME);
}

static void take_phrase(const struct row *row, void *into) {
    phrase_list_add(&((struct loading *)into)->phrases, row_text(row, DESK_PHRASE_HASH),
                    row_text(row, DESK_PHRASE_TEXT), row->arena);
}

static void take_field(const struct row *row, void *into) {
    struct help_desk *h = ((struct loading *)into)->help_desk;
    struct answer_field *field =
        arena_append(row->arena, &h->answer_fields, &h->answer_field_count, sizeof *field);
    if (!field) return;
    field->id = row_integer(row, DESK_FIELD_ID);
    field->sort = row_integer(row, DESK_FIELD_SORT);
    field->name = row_copy(row, DESK_FIELD_NAME);
    field->phone_format = row_copy(row, DESK_FIELD_PHONE_FORMAT);
}

static const struct row_kind kinds[] = {
    {"config", take_setting},    {"zone", take_zone},         {"dept", take_department},
    {"topic", take_topic},       {"status", take_status},     {"priority", take_priority},
    {"schedule", take_schedule}, {"holidays", take_holidays}, {"entry", take_schedule_entry},
    {"phrase", take_phrase},     {"field", take_field},       {"plugin", take_plugin},
};

static void take_row(const struct row *row, void *into) {
    const struct loading *loading = into;
    bool known = row_take_kind(row, DESK_KIND, kinds, sizeof kinds / sizeof *kinds, into);
    if (!known && loading->query->take) loading->query->take(row, loading->query->context);
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
                 struct arena *arena, struct error *error) {
    const struct query statement = {query->statement, query->values, query->value_count};
    struct help_desk *h = loading->help_desk;
    loading->query = query;
    if (!row_each(db, statement, arena, take_row, loading, error)) return false;
    give_schedules_their_holidays(loading);
    if (h->schedule_entry_count)
        qsort(h->schedule_entries, h->schedule_entry_count, sizeof *h->schedule_entries, compare_entries);
    return !arena->failed ||
           error_set(error, ERROR_INTERNAL, "the help desk's settings do not fit into memory");
}

bool help_desk_load_by(struct db *db, const struct help_desk_query *query, struct arena *arena,
                       struct help_desk *help_desk, struct error *error) {
    struct loading loading = {.help_desk = help_desk};
    memset(help_desk, 0, sizeof *help_desk);
    return load(&loading, db, query, arena, error) && translate(&loading, error);
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
    struct loading loading = {.help_desk = help_desk};
    return help_desk->now.data || load(&loading, db, &query, arena, error);
}

struct text help_desk_config(const struct help_desk *help_desk, const char *key) {
    for (size_t i = 0; i < help_desk->config_count; i++)
        if (text_equal(help_desk->config[i].key, text_of(key))) return help_desk->config[i].value;
    return TEXT_NULL;
}

struct text help_desk_url(const struct help_desk *help_desk) {
    struct text url = help_desk_config(help_desk, "helpdesk_url");
    while (url.length && url.data[url.length - 1] == '/') url.length--;
    return url;
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

bool ticket_status_is(const struct ticket_status *status, const char *state) {
    return status && text_equal_ignoring_case(status->state, text_of(state));
}

bool help_desk_is_archived(const struct help_desk *help_desk, int64_t department_id, int64_t topic_id) {
    const struct node *department = help_desk_node(&help_desk->departments, department_id);
    const struct node *topic = help_desk_node(&help_desk->topics, topic_id);
    return (department && department->flags & DEPARTMENT_FLAG_ARCHIVED) ||
           (topic && topic->flags & TOPIC_FLAG_ARCHIVED);
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

void help_desk_list_fields(const struct help_desk *help_desk, enum answers_of whose, struct buffer *list) {
    for (size_t i = 0; i < help_desk->answer_field_count; i++) {
        const struct answer_field *field = &help_desk->answer_fields[i];
        enum answers_of of =
            text_equal_ignoring_case(field->name, TEXT("phone")) ? ANSWERS_OF_OWNER : ANSWERS_OF_TICKET;
        if (of & whose) buffer_add_format(list, "%s%" PRId64, list->length ? "," : "", field->id);
    }
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
