// SPDX-License-Identifier: GPL-2.0-or-later
// Filters of lists.
#include "ops/read/ticket_filters.h"

#include "base/words.h"
#include "ops/list/field_filters.h"
#include "ops/list/filter_values.h"
#include "ops/list/narrowed_list.h"
#include "ops/list/queue_filter.h"
#include "ops/list/search_text.h"
#include "ops/parameters.h"
#include "ops/read/client_view.h"
#include "ops/read/ticket_read.h"
#include "ops/read/time_filter.h"
#include "store/read/names.h"
#include "store/search/search_rows.h"

// How the values of a filter are read: by the table that names them, one by one, as they stand, as a part of
// a text, as 1 or 0, or as a time.
enum by { BY_TABLE, BY_NAME, BY_TEXT, BY_PART, BY_SWITCH, BY_TIME };

static const struct filter {
    const char *name;
    enum ticket_condition_kind kind;
    enum by by;
    int of; // enum names_of, enum named_kind
} filters[] = {
    {"status", TICKET_OF_STATUS, BY_TABLE, NAMES_OF_STATUS},
    {"department", TICKET_OF_DEPARTMENT, BY_TABLE, NAMES_OF_DEPARTMENT},
    {"topic", TICKET_OF_TOPIC, BY_TABLE, NAMES_OF_TOPIC},
    {"priority", TICKET_OF_PRIORITY, BY_TABLE, NAMES_OF_PRIORITY},
    {"staff", TICKET_OF_STAFF, BY_NAME, NAMED_KIND_STAFF},
    {"team", TICKET_OF_TEAM, BY_NAME, NAMED_KIND_TEAM},
    {"sla", TICKET_OF_SLA, BY_NAME, NAMED_KIND_SLA},
    {"organization", TICKET_OF_ORGANIZATION, BY_NAME, NAMED_KIND_ORGANIZATION},
    {"user", TICKET_OF_USER, BY_NAME, NAMED_KIND_USER},
    {"collaborator", TICKET_OF_COLLABORATOR, BY_NAME, NAMED_KIND_USER},
    {"parent", TICKET_OF_PARENT, BY_NAME, NAMED_KIND_TICKET},
    {"number", TICKET_OF_NUMBER, BY_TEXT, 0},
    {"source", TICKET_OF_SOURCE, BY_TEXT, 0},
    {"subject", TICKET_HAS_SUBJECT, BY_PART, 0},
    {"overdue", TICKET_IS_OVERDUE, BY_SWITCH, 0},
    {"answered", TICKET_IS_ANSWERED, BY_SWITCH, 0},
    {"created_since", TICKET_CREATED_SINCE, BY_TIME, 0},
    {"created_before", TICKET_CREATED_BEFORE, BY_TIME, 0},
    {"updated_since", TICKET_UPDATED_SINCE, BY_TIME, 0},
    {"updated_before", TICKET_UPDATED_BEFORE, BY_TIME, 0},
    {"closed_since", TICKET_CLOSED_SINCE, BY_TIME, 0},
    {"closed_before", TICKET_CLOSED_BEFORE, BY_TIME, 0},
    {"due_since", TICKET_DUE_SINCE, BY_TIME, 0},
    {"due_before", TICKET_DUE_BEFORE, BY_TIME, 0},
    {"last_message_since", TICKET_LAST_MESSAGE_SINCE, BY_TIME, 0},
    {"last_message_before", TICKET_LAST_MESSAGE_BEFORE, BY_TIME, 0},
    {"last_response_since", TICKET_LAST_RESPONSE_SINCE, BY_TIME, 0},
    {"last_response_before", TICKET_LAST_RESPONSE_BEFORE, BY_TIME, 0},
};
#define FILTER_COUNT (sizeof filters / sizeof *filters)

// Those that go with others.
static const char *const further_filters[] = {"state",      "subdepartments", "email", "assigned",
                                              "unassigned", "queue",          "q"};

static bool add_texts(const struct filter_reading *reading, const struct filter *filter, struct text list) {
    struct text word;
    while (list_next(&list, &word))
        if (!filter_add(reading, filter->kind, filter->name, db_key(word))) return false;
    return true;
}

// The whole value is one: a subject may have a comma.
static bool add_part(const struct filter_reading *reading, const struct filter *filter, struct text part) {
    return filter_add(reading, filter->kind, filter->name,
                      db_key(search_text_like(part, true, reading->arena)));
}

static bool add_time(const struct filter_reading *reading, const struct filter *filter) {
    char stamp[TIME_FILTER_SIZE];
    struct text time;
    return time_filter(reading->context, reading->arena, filter->name, stamp, &time, reading->error) &&
           filter_add(reading, filter->kind, filter->name, db_text(arena_copy(reading->arena, time)));
}

static bool add_filter(const struct filter_reading *reading, const struct filter *filter) {
    struct text value = reading->context->parameter(reading->context, filter->name);
    if (text_is_null(value)) return true;
    switch (filter->by) {
    case BY_TABLE:
        return filter_add_by_table(reading, filter->kind, filter->name, (enum names_of)filter->of, value);
    case BY_NAME:
        return filter_add_by_name(reading, filter->kind, filter->name, (enum named_kind)filter->of, value);
    case BY_TEXT: return add_texts(reading, filter, value);
    case BY_PART: return add_part(reading, filter, value);
    case BY_SWITCH:
        return filter_add(reading, filter->kind, filter->name, db_integer(text_equal(value, TEXT("1"))));
    case BY_TIME: return add_time(reading, filter);
    }
    return false;
}

// Owners by their addresses; those of `user` count as well, where both are given only what both have.
static bool add_email(const struct filter_reading *reading) {
    static const char name[] = "email";
    struct text value = reading->context->parameter(reading->context, name);
    if (text_is_null(value)) return true;
    if (reading->conditions->of[TICKET_OF_USER].is_asked)
        return filter_refuse(reading, name, "cannot be together with", TEXT("user"));
    struct text list = value, word;
    while (list_next(&list, &word))
        if (text_find(word, TEXT("@"), 0) < 0)
            return filter_refuse(reading, name, "this is no address:", word);
    return filter_add_by_name(reading, TICKET_OF_USER, name, NAMED_KIND_USER, value);
}

// Beside what `staff` asks for, which has to hold as well.
static bool add_mine(const struct filter_reading *reading) {
    int64_t me = reading->context->principal->rules.staff_id;
    struct ticket_conditions *conditions = reading->conditions;
    if (me <= 0) return filter_refuse(reading, "assigned", "the API key is bound to no agent:", TEXT("me"));
    struct db_value *value = arena_take(reading->arena, sizeof *value);
    struct ticket_criterion *criterion =
        arena_append(reading->arena, &conditions->criteria, &conditions->criterion_count, sizeof *criterion);
    if (!value || !criterion) return error_too_large(reading->error);
    *value = db_integer(me);
    criterion->alternatives[criterion->count++] =
        (struct ticket_alternative){.kind = TICKET_OF_STAFF, .values = value, .count = 1};
    return true;
}

// Whether the index has its words in no more rows than may be read for it.
static bool is_rare(const struct filter_reading *reading, const struct ticket_search *search) {
    struct search_rows rows;
    if (search->by != TICKET_SEARCH_WORDS && search->by != TICKET_SEARCH_BOOLEAN) return true;
    if (!search_rows_estimate(reading->context->db, search->text, reading->arena, &rows, reading->error))
        return false;
    return rows.count <= SEARCH_ROWS_MAX ||
           filter_refuse(reading, "q", "this is found in too many places: search for rarer words than",
                         rows.commonest);
}

// The text to search for, as far as the key may see what it is found in.
static bool add_search(const struct filter_reading *reading) {
    const struct principal *principal = reading->context->principal;
    struct ticket_search *search = &reading->conditions->search;
    struct text q = reading->context->parameter(reading->context, "q");
    if (text_is_null(q)) return true;
    if (!(principal->scopes & SCOPE_SEARCH))
        return error_set(reading->error, ERROR_SCOPE, "The API key lacks the scope %s",
                         scope_name(SCOPE_SEARCH));
    search->with_notes = view_of(reading->context).notes;
    search->as_client = principal_sees_as_client(principal);
    search->most_places = principal_view(principal) ? TICKET_SEARCH_ALL_PLACES_MAX : TICKET_SEARCH_PLACES_MAX;
    if (!search_text_read(q, reading->arena, search, reading->error)) return false;
    // Whose address it is, is nothing for clients.
    bool is_address = search->by == TICKET_SEARCH_ADDRESS || search->by == TICKET_SEARCH_ADDRESS_PART;
    if (search->as_client && is_address) search->by = TICKET_SEARCH_NOTHING;
    return is_rare(reading, search);
}

static bool add_assigned(const struct filter_reading *reading) {
    struct text assigned = reading->context->parameter(reading->context, "assigned");
    struct text unassigned = reading->context->parameter(reading->context, "unassigned");
    if (!text_is_null(assigned) && !text_is_null(unassigned))
        return filter_refuse(reading, "unassigned", "cannot be together with", TEXT("assigned"));
    if (text_is_null(assigned) && text_is_null(unassigned)) return true;
    if (text_equal(assigned, TEXT("me"))) return add_mine(reading);
    bool is = text_is_null(assigned) ? !text_equal(unassigned, TEXT("1")) : text_equal(assigned, TEXT("yes"));
    return filter_add(reading, TICKET_IS_ASSIGNED, "assigned", db_integer(is));
}

static bool is_in(const struct db_value *values, size_t count, int64_t id) {
    for (size_t i = 0; i < count; i++)
        if (values[i].integer == id) return true;
    return false;
}

// States are those of statuses: of the statuses asked for, where some are, those stay that have one of them.
static bool add_state(const struct filter_reading *reading) {
    struct text list = reading->context->parameter(reading->context, "state");
    struct ticket_conditions asked = *reading->conditions;
    struct name_row *rows;
    size_t count;
    if (text_is_null(list)) return true;
    if (!names_read(reading->context->db, NAMES_OF_STATUS, reading->arena, &rows, &count, reading->error))
        return false;
    bool some = asked.of[TICKET_OF_STATUS].is_asked;
    reading->conditions->of[TICKET_OF_STATUS].is_asked = true;
    reading->conditions->of[TICKET_OF_STATUS].values = NULL;
    reading->conditions->of[TICKET_OF_STATUS].count = 0;
    for (struct text word; list_next(&list, &word);)
        for (size_t i = 0; i < count; i++) {
            bool stays = !some || is_in(asked.of[TICKET_OF_STATUS].values, asked.of[TICKET_OF_STATUS].count,
                                        rows[i].id);
            if (stays && text_equal(rows[i].other, word) &&
                !filter_add(reading, TICKET_OF_STATUS, "state", db_integer(rows[i].id)))
                return false;
        }
    return true;
}

// The departments below those asked for, and below these.
static bool add_subdepartments(const struct filter_reading *reading) {
    struct name_row *rows;
    size_t count;
    bool grows = parameter_is(reading->context, "subdepartments", "1");
    if (!grows || !reading->conditions->of[TICKET_OF_DEPARTMENT].is_asked) return true;
    if (!names_read(reading->context->db, NAMES_OF_DEPARTMENT, reading->arena, &rows, &count, reading->error))
        return false;
    while (grows) {
        grows = false;
        for (size_t i = 0; i < count; i++) {
            const struct db_value *values = reading->conditions->of[TICKET_OF_DEPARTMENT].values;
            size_t so_far = reading->conditions->of[TICKET_OF_DEPARTMENT].count;
            if (!is_in(values, so_far, rows[i].parent) || is_in(values, so_far, rows[i].id)) continue;
            grows = true;
            if (!filter_add(reading, TICKET_OF_DEPARTMENT, "subdepartments", db_integer(rows[i].id)))
                return false;
        }
    }
    return true;
}

// By the queue's order where the request names none, and the database has it cheap.
static bool add_queue(const struct filter_reading *reading, struct ticket_page_wish *wish) {
    struct error ignored = {0};
    struct text order;
    if (!queue_filter_read(reading->context, reading->arena, reading->conditions, &order, reading->error))
        return false;
    if (!wish || !text_is_null(reading->context->parameter(reading->context, "sort"))) return true;
    struct ticket_page_wish sorted = *wish;
    queue_filter_sort(order, &sorted);
    if (ticket_page_is_cheap(&sorted, &ignored)) *wish = sorted;
    return true;
}

bool ticket_filters_read(const struct operation_context *context, struct arena *arena,
                         struct ticket_conditions *conditions, struct ticket_page_wish *wish,
                         struct error *error) {
    const struct filter_reading reading = {context, arena, conditions, error};
    *conditions = (struct ticket_conditions){0};
    if (!client_view_check(context, error)) return false;
    for (size_t i = 0; i < FILTER_COUNT; i++)
        if (!add_filter(&reading, &filters[i])) return false;
    return add_email(&reading) && add_assigned(&reading) && add_state(&reading) &&
           add_subdepartments(&reading) && add_search(&reading) &&
           field_filters_read(context, arena, conditions, error) &&
           narrowed_list_read(context, arena, conditions, error) && add_queue(&reading, wish) &&
           (!wish || ticket_page_is_cheap(wish, error));
}

static void write_filter(const struct operation_context *context, const char *name, struct buffer *out) {
    struct text value = context->parameter(context, name);
    if (text_is_null(value)) return;
    buffer_add_format(out, "%s=%zu:", name, value.length);
    buffer_add_text(out, value);
}

void ticket_filters_write(const struct operation_context *context, struct buffer *out) {
    for (size_t i = 0; i < FILTER_COUNT; i++) write_filter(context, filters[i].name, out);
    for (size_t i = 0; i < sizeof further_filters / sizeof *further_filters; i++)
        write_filter(context, further_filters[i], out);
    field_filters_write(context, out);
    narrowed_list_write(context, out);
}
