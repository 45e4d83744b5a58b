// SPDX-License-Identifier: GPL-2.0-or-later
// Small tables, row by row.
#include "store/catalog/desk.h"

#include "store/row.h"
#include "store/statements.h"

static bool read_all(struct db *db, unsigned statement, struct arena *arena, row_take *take,
                     struct row_list list, struct error *error) {
    return row_all(db, QUERY_WITHOUT_VALUES(statement), arena, take, list, error) &&
           (!arena->failed || error_too_large(error));
}

static void take_department(const struct row *row, void *into) {
    const struct row manager = row_part(row, CATALOG_DEPARTMENT_MANAGER);
    *(struct catalog_department *)into = (struct catalog_department){
        .place = {.id = row_integer(row, CATALOG_DEPARTMENT_ID),
                  .parent = row_integer(row, CATALOG_DEPARTMENT_PARENT),
                  .name = row_copy(row, CATALOG_DEPARTMENT_NAME),
                  .flags = row_integer(row, CATALOG_DEPARTMENT_FLAGS),
                  .is_public = row_is_true(row, CATALOG_DEPARTMENT_IS_PUBLIC)},
        .manager = agent_of(&manager),
        .sla = named_of(row, CATALOG_DEPARTMENT_SLA, CATALOG_DEPARTMENT_SLA_NAME),
    };
}

bool catalog_departments_read(struct db *db, struct arena *arena, struct catalog_department **departments,
                              size_t *count, struct error *error) {
    return read_all(db, STATEMENT_CATALOG_DEPARTMENTS, arena, take_department, ROW_LIST(departments, count),
                    error);
}

struct topics {
    struct catalog_topic *items;
    size_t count;
};

static void add_topic(const struct row *row, struct topics *topics) {
    struct catalog_topic *topic =
        arena_append(row->arena, &topics->items, &topics->count, sizeof *topics->items);
    if (!topic) return;
    *topic = (struct catalog_topic){
        .place = {.id = row_integer(row, CATALOG_TOPIC_ID),
                  .parent = row_integer(row, CATALOG_TOPIC_PARENT),
                  .name = row_copy(row, CATALOG_TOPIC_NAME),
                  .flags = row_integer(row, CATALOG_TOPIC_FLAGS),
                  .is_public = row_is_true(row, CATALOG_TOPIC_IS_PUBLIC)},
        .department = named_of(row, CATALOG_TOPIC_DEPARTMENT, CATALOG_TOPIC_DEPARTMENT_NAME),
        .sla = named_of(row, CATALOG_TOPIC_SLA, CATALOG_TOPIC_SLA_NAME),
        .priority = named_of(row, CATALOG_TOPIC_PRIORITY, CATALOG_TOPIC_PRIORITY_NAME),
        .status = named_of(row, CATALOG_TOPIC_STATUS, CATALOG_TOPIC_STATUS_NAME),
    };
}

// A topic has a row for each of its forms.
static void take_topic(const struct row *row, void *into) {
    struct topics *topics = into;
    int64_t id = row_integer(row, CATALOG_TOPIC_ID);
    if (!topics->count || topics->items[topics->count - 1].place.id != id) add_topic(row, topics);
    if (row->arena->failed || row_is_null(row, CATALOG_TOPIC_FORM)) return;
    struct catalog_topic *topic = &topics->items[topics->count - 1];
    struct named *form = arena_append(row->arena, &topic->forms, &topic->form_count, sizeof *form);
    if (form) *form = named_of(row, CATALOG_TOPIC_FORM, CATALOG_TOPIC_FORM_TITLE);
}

bool catalog_topics_read(struct db *db, struct arena *arena, struct catalog_topic **topics, size_t *count,
                         struct error *error) {
    struct topics read = {NULL, 0};
    bool done = row_each(db, QUERY_WITHOUT_VALUES(STATEMENT_CATALOG_TOPICS), arena, take_topic, &read, error);
    *topics = read.items;
    *count = read.count;
    return done && (!arena->failed || error_too_large(error));
}

static void take_status(const struct row *row, void *into) {
    *(struct catalog_status *)into = (struct catalog_status){
        .id = row_integer(row, CATALOG_STATUS_ID),
        .name = row_copy(row, CATALOG_STATUS_NAME),
        .state = row_copy(row, CATALOG_STATUS_STATE),
        .mode = row_integer(row, CATALOG_STATUS_MODE),
        .properties = row_copy(row, CATALOG_STATUS_PROPERTIES),
    };
}

bool catalog_statuses_read(struct db *db, struct arena *arena, struct catalog_status **statuses,
                           size_t *count, struct error *error) {
    return read_all(db, STATEMENT_CATALOG_STATUSES, arena, take_status, ROW_LIST(statuses, count), error);
}

static void take_priority(const struct row *row, void *into) {
    *(struct catalog_priority *)into = (struct catalog_priority){
        .id = row_integer(row, CATALOG_PRIORITY_ID),
        .name = row_copy(row, CATALOG_PRIORITY_NAME),
        .label = row_copy(row, CATALOG_PRIORITY_LABEL),
        .color = row_copy(row, CATALOG_PRIORITY_COLOR),
        .urgency = row_integer(row, CATALOG_PRIORITY_URGENCY),
        .is_public = row_is_true(row, CATALOG_PRIORITY_IS_PUBLIC),
    };
}

bool catalog_priorities_read(struct db *db, struct arena *arena, struct catalog_priority **priorities,
                             size_t *count, struct error *error) {
    return read_all(db, STATEMENT_CATALOG_PRIORITIES, arena, take_priority, ROW_LIST(priorities, count),
                    error);
}

static void take_sla(const struct row *row, void *into) {
    *(struct catalog_sla *)into = (struct catalog_sla){
        .id = row_integer(row, CATALOG_SLA_ID),
        .name = row_copy(row, CATALOG_SLA_NAME),
        .flags = row_integer(row, CATALOG_SLA_FLAGS),
        .grace_hours = row_integer(row, CATALOG_SLA_GRACE),
        .schedule = named_of(row, CATALOG_SLA_SCHEDULE, CATALOG_SLA_SCHEDULE_NAME),
    };
}

bool catalog_slas_read(struct db *db, struct arena *arena, struct catalog_sla **slas, size_t *count,
                       struct error *error) {
    return read_all(db, STATEMENT_CATALOG_SLAS, arena, take_sla, ROW_LIST(slas, count), error);
}
