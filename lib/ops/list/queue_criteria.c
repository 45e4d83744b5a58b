// SPDX-License-Identifier: GPL-2.0-or-later
// From a queue's JSON to conditions.
#include "ops/list/queue_criteria.h"

#include "calendar/civil.h"
#include "ops/list/queue_times.h"
#include "store/help_desk.h"
#include "store/read/names.h"
#include "store/read/queues.h"
#include "json/reader.h"

#include <time.h>

struct reading {
    const struct operation_context *context;
    struct arena *arena;
    struct ticket_conditions *conditions;
    struct text field, method;
    const struct json_value *value;
    struct error *error;
};

// What a field is compared with: ids, states, words of `source`, whose ticket it is, a switch, a time.
struct field {
    const char *name;
    enum { OF_IDS, OF_STATES, OF_SOURCES, OF_ASSIGNEES, OF_SWITCH, OF_TIMES } of;
    enum ticket_condition_kind kind;        // of times: not before
    enum ticket_condition_kind before, has; // of times
};
static const struct field fields[] = {
    {"status__id", OF_IDS, TICKET_OF_STATUS, 0, 0},
    {"status__state", OF_STATES, TICKET_OF_STATUS, 0, 0},
    {"dept_id", OF_IDS, TICKET_OF_DEPARTMENT, 0, 0},
    {"topic_id", OF_IDS, TICKET_OF_TOPIC, 0, 0},
    {"staff_id", OF_IDS, TICKET_OF_STAFF, 0, 0},
    {"team_id", OF_IDS, TICKET_OF_TEAM, 0, 0},
    {"sla_id", OF_IDS, TICKET_OF_SLA, 0, 0},
    {"cdata__priority", OF_IDS, TICKET_OF_STORED_PRIORITY, 0, 0},
    {"source", OF_SOURCES, TICKET_OF_SOURCE, 0, 0},
    {"assignee", OF_ASSIGNEES, TICKET_OF_STAFF, 0, 0},
    {"isassigned", OF_ASSIGNEES, TICKET_OF_STAFF, 0, 0},
    {"isoverdue", OF_SWITCH, TICKET_IS_OVERDUE, 0, 0},
    {"isanswered", OF_SWITCH, TICKET_IS_ANSWERED, 0, 0},
    {"created", OF_TIMES, TICKET_CREATED_SINCE, TICKET_CREATED_BEFORE, TICKET_HAS_CREATED},
    {"closed", OF_TIMES, TICKET_CLOSED_SINCE, TICKET_CLOSED_BEFORE, TICKET_HAS_CLOSED},
    {"reopened", OF_TIMES, TICKET_REOPENED_SINCE, TICKET_REOPENED_BEFORE, TICKET_HAS_REOPENED},
    {"lastupdate", OF_TIMES, TICKET_LAST_UPDATE_SINCE, TICKET_LAST_UPDATE_BEFORE, TICKET_HAS_LAST_UPDATE},
    {"duedate", OF_TIMES, TICKET_DUE_SET_SINCE, TICKET_DUE_SET_BEFORE, TICKET_HAS_DUE_SET},
    {"est_duedate", OF_TIMES, TICKET_DUE_BY_SLA_SINCE, TICKET_DUE_BY_SLA_BEFORE, TICKET_HAS_DUE_BY_SLA},
};

static bool is_unknown(const struct reading *reading) {
    return error_set(reading->error, ERROR_NOT_NATIVE,
                     "The queue has a criterion that this server does not know: %.*s %.*s",
                     (int)reading->field.length, reading->field.data, (int)reading->method.length,
                     reading->method.data);
}

static bool is_method(const struct reading *reading, const char *method) {
    return text_equal(reading->method, text_of(method));
}

static int64_t me(const struct reading *reading) {
    return reading->context->principal->rules.staff_id;
}

static bool needs_agent(const struct reading *reading) {
    if (me(reading) > 0) return true;
    error_set(reading->error, ERROR_UNPROCESSABLE,
              "queue: it is about the agent who asks, and the API key is bound to none");
    return error_field(reading->error, TEXT("queue"));
}

// ---- criteria

static struct ticket_criterion *add_criterion(const struct reading *reading, bool is_negated) {
    struct ticket_conditions *conditions = reading->conditions;
    if (conditions->criterion_count == QUEUE_CRITERIA_MAX) {
        error_set(reading->error, ERROR_NOT_NATIVE, "The queue has more criteria than this server knows");
        return NULL;
    }
    struct ticket_criterion *criterion =
        arena_append(reading->arena, &conditions->criteria, &conditions->criterion_count, sizeof *criterion);
    if (!criterion) error_too_large(reading->error);
    if (criterion) criterion->is_negated = is_negated;
    return criterion;
}

static struct ticket_alternative *alternative(struct ticket_criterion *criterion,
                                              enum ticket_condition_kind kind) {
    for (size_t i = 0; i < criterion->count; i++)
        if (criterion->alternatives[i].kind == kind) return &criterion->alternatives[i];
    criterion->alternatives[criterion->count].kind = kind;
    return &criterion->alternatives[criterion->count++];
}

static bool add_value(const struct reading *reading, struct ticket_criterion *criterion,
                      enum ticket_condition_kind kind, struct db_value value) {
    struct ticket_alternative *of = alternative(criterion, kind);
    struct db_value *next = arena_append(reading->arena, &of->values, &of->count, sizeof *next);
    if (!next) return error_too_large(reading->error);
    *next = value;
    return true;
}

// A criterion of one value.
static bool add_one(const struct reading *reading, bool is_negated, enum ticket_condition_kind kind,
                    struct db_value value) {
    struct ticket_criterion *criterion = add_criterion(reading, is_negated);
    return criterion && add_value(reading, criterion, kind, value);
}

static bool add_my_teams(const struct reading *reading, struct ticket_criterion *criterion) {
    int64_t *teams;
    size_t count;
    if (!needs_agent(reading) ||
        !queue_teams_read(reading->context->db, me(reading), reading->arena, &teams, &count, reading->error))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!add_value(reading, criterion, TICKET_OF_TEAM, db_integer(teams[i]))) return false;
    return true;
}

// ---- choices: an object whose names are chosen

// What one chosen name adds to the criterion.
typedef bool add_chosen(const struct reading *reading, const struct field *field,
                        struct ticket_criterion *criterion, struct text chosen);

static bool add_id(const struct reading *reading, const struct field *field,
                   struct ticket_criterion *criterion, struct text chosen) {
    int64_t id;
    if (field->kind == TICKET_OF_STAFF && text_equal(chosen, TEXT("M")))
        return needs_agent(reading) && add_value(reading, criterion, field->kind, db_integer(me(reading)));
    if (field->kind == TICKET_OF_TEAM && text_equal(chosen, TEXT("T")))
        return add_my_teams(reading, criterion);
    return text_to_int64(chosen, &id) ? add_value(reading, criterion, field->kind, db_integer(id))
                                      : is_unknown(reading);
}

static bool add_states(const struct reading *reading, const struct field *field,
                       struct ticket_criterion *criterion, struct text chosen) {
    struct name_row *rows;
    size_t count;
    if (!names_read(reading->context->db, NAMES_OF_STATUS, reading->arena, &rows, &count, reading->error))
        return false;
    for (size_t i = 0; i < count; i++)
        if (text_equal(rows[i].other, chosen) &&
            !add_value(reading, criterion, field->kind, db_integer(rows[i].id)))
            return false;
    return true;
}

static bool add_source(const struct reading *reading, const struct field *field,
                       struct ticket_criterion *criterion, struct text chosen) {
    return add_value(reading, criterion, field->kind, db_key(arena_copy(reading->arena, chosen)));
}

// "M" me, "T" one of my teams, "s4" an agent, "t2" a team.
static bool add_assignee(const struct reading *reading, const struct field *field,
                         struct ticket_criterion *criterion, struct text chosen) {
    int64_t id;
    if (text_equal(chosen, TEXT("M"))) return add_id(reading, field, criterion, chosen);
    if (text_equal(chosen, TEXT("T"))) return add_my_teams(reading, criterion);
    struct text digits = {chosen.data + 1, chosen.length ? chosen.length - 1 : 0};
    if (!text_to_int64(digits, &id)) return is_unknown(reading);
    if (chosen.data[0] == 's') return add_value(reading, criterion, TICKET_OF_STAFF, db_integer(id));
    if (chosen.data[0] == 't') return add_value(reading, criterion, TICKET_OF_TEAM, db_integer(id));
    return is_unknown(reading);
}

// A criterion without anything chosen is none. Where only teams of an agent without any are chosen nothing
// fulfils it, negated or not.
static bool add_choices(const struct reading *reading, const struct field *field, add_chosen *add) {
    bool is_negated = is_method(reading, "!includes");
    struct text chosen;
    const struct json_value *label;
    void *cursor = NULL;
    if (!is_negated && !is_method(reading, "includes")) return is_unknown(reading);
    if (json_kind(reading->value) != JSON_OBJECT && json_count(reading->value)) return is_unknown(reading);
    if (!json_count(reading->value)) return true;
    struct ticket_criterion *criterion = add_criterion(reading, is_negated);
    if (!criterion) return false;
    while (json_next_member(reading->value, &cursor, &chosen, &label))
        if (!add(reading, field, criterion, chosen)) return false;
    if (!criterion->count && field->of != OF_STATES) criterion->is_negated = false;
    return true;
}

// Whether it has an agent, a topic and so on: 0 stands for none.
static bool add_ids(const struct reading *reading, const struct field *field) {
    bool is_set = is_method(reading, "set");
    if (!is_set && !is_method(reading, "nset")) return add_choices(reading, field, add_id);
    if (field->kind == TICKET_OF_STORED_PRIORITY) return is_unknown(reading);
    return add_one(reading, is_set, field->kind, db_integer(0));
}

static bool add_assignees(const struct reading *reading, const struct field *field) {
    bool is_assigned = is_method(reading, "assigned");
    if (is_assigned || is_method(reading, "!assigned"))
        return add_one(reading, false, TICKET_IS_ASSIGNED, db_integer(is_assigned));
    return add_choices(reading, field, add_assignee);
}

static bool add_switch(const struct reading *reading, const struct field *field) {
    bool is_on = is_method(reading, "set");
    if (!is_on && !is_method(reading, "nset")) return is_unknown(reading);
    return add_one(reading, false, field->kind, db_integer(is_on));
}

// ---- times

static bool add_bound(const struct reading *reading, enum ticket_condition_kind kind, int64_t seconds) {
    char stamp[CIVIL_STAMP_SIZE];
    civil_stamp(seconds, stamp);
    return add_one(reading, false, kind, db_text(arena_copy(reading->arena, text_of(stamp))));
}

static bool add_span(const struct reading *reading, const struct field *field, struct time_span span) {
    return (!span.has_since || add_bound(reading, field->kind, span.since)) &&
           (!span.has_before || add_bound(reading, field->before, span.before));
}

// By the help desk's clock.
static bool add_period(const struct reading *reading, const struct field *field, int64_t now) {
    struct help_desk help_desk = {0};
    struct error ignored = {0};
    struct time_span span;
    if (!help_desk_load_times(reading->context->db, reading->arena, &help_desk, reading->error)) return false;
    struct text name = help_desk_config(&help_desk, "default_timezone");
    struct zone *zone = name.length ? zone_open(name, &ignored) : NULL;
    if (!zone) zone = zone_open(TEXT("UTC"), reading->error);
    if (!zone) return false;
    bool known = queue_period(json_value_text(reading->value), zone, now, &span);
    zone_close(&zone);
    return known ? add_span(reading, field, span) : is_unknown(reading);
}

// {"until":"5","int":"d"}
static bool distance(const struct reading *reading, int64_t sign, int64_t now, int64_t *then) {
    const struct json_value *until = json_member(reading->value, "until");
    struct text unit = json_value_text(json_member(reading->value, "int"));
    int64_t count = json_value_integer(until);
    if (json_kind(until) == JSON_TEXT && !text_to_int64(json_value_text(until), &count)) return false;
    if (count < -INT64_MAX) return false; // it has no negative
    return unit.length < 2 && queue_distance(sign * count, unit.length ? *unit.data : 'd', now, then);
}

static bool add_time(const struct reading *reading, const struct field *field) {
    int64_t now = time(NULL), then;
    bool is_set = is_method(reading, "set");
    if (is_set || is_method(reading, "nset")) return add_one(reading, false, field->has, db_integer(is_set));
    if (is_method(reading, "past")) return add_bound(reading, field->before, now);
    if (is_method(reading, "future")) return add_bound(reading, field->kind, now);
    if (is_method(reading, "period")) return add_period(reading, field, now);
    bool is_back = is_method(reading, "ndaysago") || is_method(reading, "distpast");
    if (!is_back && !is_method(reading, "ndays") && !is_method(reading, "distfut"))
        return is_unknown(reading);
    if (!distance(reading, is_back ? -1 : 1, now, &then)) return is_unknown(reading);
    if (is_method(reading, "distpast")) return add_bound(reading, field->before, then + 1);
    if (is_method(reading, "distfut")) return add_bound(reading, field->kind, then);
    struct time_span span = {true, true, is_back ? then : now, (is_back ? now : then) + 1};
    return add_span(reading, field, span);
}

// ---- the whole

static bool add(const struct reading *reading) {
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        if (!text_equal(reading->field, text_of(fields[i].name))) continue;
        switch (fields[i].of) {
        case OF_IDS: return add_ids(reading, &fields[i]);
        case OF_STATES: return add_choices(reading, &fields[i], add_states);
        case OF_SOURCES: return add_choices(reading, &fields[i], add_source);
        case OF_ASSIGNEES: return add_assignees(reading, &fields[i]);
        case OF_SWITCH: return add_switch(reading, &fields[i]);
        case OF_TIMES: return add_time(reading, &fields[i]);
        }
    }
    return is_unknown(reading);
}

static bool add_all(struct reading *reading, const struct json_value *root) {
    const struct json_value *list = json_member(root, "criteria");
    if (json_kind(root) == JSON_ARRAY) list = root;
    if (json_kind(list) != JSON_ARRAY && json_count(root))
        return error_set(reading->error, ERROR_NOT_NATIVE,
                         "The queue's criteria are written as osTicket 1.10 did: save it once more");
    for (size_t i = 0; i < json_count(list); i++) {
        const struct json_value *each = json_element(list, i);
        reading->field = json_value_text(json_element(each, 0));
        reading->method = json_value_text(json_element(each, 1));
        reading->value = json_element(each, 2);
        if (!add(reading)) return false;
    }
    return true;
}

bool queue_criteria_add(const struct operation_context *context, struct arena *arena, struct text config,
                        struct ticket_conditions *conditions, struct error *error) {
    struct reading reading = {.context = context, .arena = arena, .conditions = conditions, .error = error};
    struct error ignored = {0};
    if (!text_trim(config).length) return true;
    struct json_value *root = json_parse(config, &ignored);
    if (!root && !text_equal(text_trim(config), TEXT("null")))
        return error_set(error, ERROR_NOT_NATIVE, "The queue's criteria cannot be read");
    bool done = add_all(&reading, root);
    json_free(&root);
    return done;
}
