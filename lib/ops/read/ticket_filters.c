// SPDX-License-Identifier: GPL-2.0-or-later
// Filters of lists.
#include "ops/read/ticket_filters.h"

#include "base/words.h"
#include "ops/list/field_filters.h"
#include "ops/list/queue_filter.h"
#include "ops/list/search_text.h"
#include "ops/parameters.h"
#include "ops/read/client_view.h"
#include "ops/read/narrowed_list.h"
#include "ops/read/ticket_read.h"
#include "ops/read/time_filter.h"
#include "store/read/names.h"
#include "store/read/ticket_field_names.h"
#include "store/search/search_rows.h"

#define ID_PREFIX TEXT("id:")

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

struct reading {
    const struct operation_context *context;
    struct arena *arena;
    struct ticket_conditions *conditions;
    struct error *error;
};

static bool refuse(const struct reading *reading, const char *name, const char *what, struct text word) {
    error_set(reading->error, ERROR_UNPROCESSABLE, "%s: %s %.*s", name, what, (int)word.length, word.data);
    return error_field(reading->error, text_of(name));
}

// What a client is shown of a ticket may be another thing than it has.
static enum ticket_condition_kind shown_kind(const struct reading *reading, enum ticket_condition_kind kind) {
    if (!principal_sees_as_client(reading->context->principal)) return kind;
    return kind == TICKET_OF_DEPARTMENT ? TICKET_OF_SHOWN_DEPARTMENT
           : kind == TICKET_OF_TOPIC    ? TICKET_OF_SHOWN_TOPIC
                                        : kind;
}

static bool add(const struct reading *reading, enum ticket_condition_kind kind, const char *name,
                struct db_value value) {
    kind = shown_kind(reading, kind);
    struct db_value *values = reading->conditions->of[kind].values;
    size_t count = reading->conditions->of[kind].count;
    reading->conditions->of[kind].is_asked = true;
    if (count == TICKET_CONDITION_VALUES_MAX)
        return refuse(reading, name, "too many values, from", TEXT("the 51st on"));
    struct db_value *next = arena_append(reading->arena, &values, &count, sizeof *next);
    if (!next) return error_too_large(reading->error);
    *next = value;
    reading->conditions->of[kind].values = values;
    reading->conditions->of[kind].count = count;
    return true;
}

static const struct name_row *row_of_id(const struct name_row *rows, size_t count, int64_t id) {
    for (size_t i = 0; i < count; i++)
        if (rows[i].id == id) return &rows[i];
    return NULL;
}

// Whether the row is called so: by its name, or by its path "Support / Mail".
static bool is_called(const struct name_row *rows, size_t count, const struct name_row *row,
                      struct text word) {
    for (int depth = 0; row && depth < 20; depth++) {
        if (text_equal_ignoring_case(row->name, word)) return depth == 0 || row->parent == 0;
        size_t end = word.length;
        while (end && word.data[end - 1] != '/') end--;
        struct text last = text_trim((struct text){word.data + end, word.length - end});
        if (!end || !text_equal_ignoring_case(row->name, last)) return false;
        word = text_trim((struct text){word.data, end - 1});
        row = row_of_id(rows, count, row->parent);
    }
    return false;
}

static bool is_number(struct text word, int64_t *id) {
    return text_to_int64(word, id) && *id >= 0;
}

static bool add_named_rows(const struct reading *reading, const struct filter *filter, struct text word,
                           const struct name_row *rows, size_t count) {
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        bool fits = is_called(rows, count, &rows[i], word) ||
                    (filter->of == NAMES_OF_PRIORITY && text_equal_ignoring_case(rows[i].other, word));
        if (fits && ++found == 1 && !add(reading, filter->kind, filter->name, db_integer(rows[i].id)))
            return false;
    }
    if (found > 1) return refuse(reading, filter->name, "several are called", word);
    return found || refuse(reading, filter->name, "none is called", word);
}

static bool add_by_table(const struct reading *reading, const struct filter *filter, struct text list) {
    struct text word;
    struct name_row *rows = NULL;
    size_t count = 0;
    int64_t id;
    while (list_next(&list, &word)) {
        if (is_number(word, &id)) {
            if (!add(reading, filter->kind, filter->name, db_integer(id))) return false;
            continue;
        }
        if (!rows && !names_read(reading->context->db, (enum names_of)filter->of, reading->arena, &rows,
                                 &count, reading->error))
            return false;
        if (!add_named_rows(reading, filter, word, rows, count)) return false;
    }
    return true;
}

// A ticket's number is a name, even where it looks like an id.
static bool is_id(const struct filter *filter, struct text word, int64_t *id) {
    if (filter->of != NAMED_KIND_TICKET) return is_number(word, id);
    return text_starts_with(word, ID_PREFIX) &&
           is_number((struct text){word.data + ID_PREFIX.length, word.length - ID_PREFIX.length}, id);
}

static bool add_by_name(const struct reading *reading, const struct filter *filter, struct text list) {
    struct text word;
    int64_t id;
    while (list_next(&list, &word)) {
        bool by_id = is_id(filter, word, &id);
        if (filter->of == NAMED_KIND_TICKET && by_id &&
            !narrowed_list_ticket(reading->context, word, &id, reading->error))
            return false;
        if (!by_id) {
            int found =
                narrowed_list_find(reading->context, (enum named_kind)filter->of, word, &id, reading->error);
            if (found < 0) return false;
            if (found != 1)
                return refuse(reading, filter->name, found ? "several are called" : "none is called", word);
        }
        if (!add(reading, filter->kind, filter->name, db_integer(id))) return false;
    }
    return true;
}

static bool add_texts(const struct reading *reading, const struct filter *filter, struct text list) {
    struct text word;
    while (list_next(&list, &word))
        if (!add(reading, filter->kind, filter->name, db_key(word))) return false;
    return true;
}

// The whole value is one: a subject may have a comma.
static bool add_part(const struct reading *reading, const struct filter *filter, struct text part) {
    return add(reading, filter->kind, filter->name, db_key(search_text_like(part, true, reading->arena)));
}

static bool add_time(const struct reading *reading, const struct filter *filter) {
    char stamp[TIME_FILTER_SIZE];
    struct text time;
    return time_filter(reading->context, reading->arena, filter->name, stamp, &time, reading->error) &&
           add(reading, filter->kind, filter->name, db_text(arena_copy(reading->arena, time)));
}

static bool add_filter(const struct reading *reading, const struct filter *filter) {
    struct text value = reading->context->parameter(reading->context, filter->name);
    if (text_is_null(value)) return true;
    switch (filter->by) {
    case BY_TABLE: return add_by_table(reading, filter, value);
    case BY_NAME: return add_by_name(reading, filter, value);
    case BY_TEXT: return add_texts(reading, filter, value);
    case BY_PART: return add_part(reading, filter, value);
    case BY_SWITCH: return add(reading, filter->kind, filter->name, db_integer(text_equal(value, TEXT("1"))));
    case BY_TIME: return add_time(reading, filter);
    }
    return false;
}

// Owners by their addresses; those of `user` count as well, where both are given only what both have.
static bool add_email(const struct reading *reading) {
    static const struct filter email = {"email", TICKET_OF_USER, BY_NAME, NAMED_KIND_USER};
    struct text value = reading->context->parameter(reading->context, email.name);
    if (text_is_null(value)) return true;
    if (reading->conditions->of[TICKET_OF_USER].is_asked)
        return refuse(reading, email.name, "cannot be together with", TEXT("user"));
    struct text list = value, word;
    while (list_next(&list, &word))
        if (text_find(word, TEXT("@"), 0) < 0)
            return refuse(reading, email.name, "this is no address:", word);
    return add_by_name(reading, &email, value);
}

// Beside what `staff` asks for, which has to hold as well.
static bool add_mine(const struct reading *reading) {
    int64_t me = reading->context->principal->rules.staff_id;
    struct ticket_conditions *conditions = reading->conditions;
    if (me <= 0) return refuse(reading, "assigned", "the API key is bound to no agent:", TEXT("me"));
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
static bool is_rare(const struct reading *reading, const struct ticket_search *search) {
    struct search_rows rows;
    if (search->by != TICKET_SEARCH_WORDS && search->by != TICKET_SEARCH_BOOLEAN) return true;
    if (!search_rows_estimate(reading->context->db, search->text, reading->arena, &rows, reading->error))
        return false;
    return rows.count <= SEARCH_ROWS_MAX ||
           refuse(reading, "q", "this is found in too many places: search for rarer words than",
                  rows.commonest);
}

// The text to search for, as far as the key may see what it is found in.
static bool add_search(const struct reading *reading) {
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

static bool add_assigned(const struct reading *reading) {
    struct text assigned = reading->context->parameter(reading->context, "assigned");
    struct text unassigned = reading->context->parameter(reading->context, "unassigned");
    if (!text_is_null(assigned) && !text_is_null(unassigned))
        return refuse(reading, "unassigned", "cannot be together with", TEXT("assigned"));
    if (text_is_null(assigned) && text_is_null(unassigned)) return true;
    if (text_equal(assigned, TEXT("me"))) return add_mine(reading);
    bool is = text_is_null(assigned) ? !text_equal(unassigned, TEXT("1")) : text_equal(assigned, TEXT("yes"));
    return add(reading, TICKET_IS_ASSIGNED, "assigned", db_integer(is));
}

static bool is_in(const struct db_value *values, size_t count, int64_t id) {
    for (size_t i = 0; i < count; i++)
        if (values[i].integer == id) return true;
    return false;
}

// States are those of statuses: of the statuses asked for, where some are, those stay that have one of them.
static bool add_state(const struct reading *reading) {
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
                !add(reading, TICKET_OF_STATUS, "state", db_integer(rows[i].id)))
                return false;
        }
    return true;
}

// The departments below those asked for, and below these.
static bool add_subdepartments(const struct reading *reading) {
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
            if (!add(reading, TICKET_OF_DEPARTMENT, "subdepartments", db_integer(rows[i].id))) return false;
        }
    }
    return true;
}

// By the queue's order where the request names none, and the database has it cheap.
static bool add_queue(const struct reading *reading, struct ticket_page_wish *wish) {
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
    const struct reading reading = {context, arena, conditions, error};
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

// The words of `sort`, in the order of enum ticket_sort.
static const char sorts[] = "created,updated,last_update,closed,due,number,priority,id";

void ticket_wish_read(const struct operation_context *context, const struct ticket_conditions *conditions,
                      struct ticket_page_wish *wish) {
    struct text sort = context->parameter(context, "sort");
    *wish = (struct ticket_page_wish){
        .view = view_of(context),
        .fields = client_view_fields(
            view_of(context), parameter_members(context, "fields", TICKET_FIELD_NAMES, TICKET_FIELDS_ALL)),
        .conditions = conditions,
        .sort = TICKET_SORT_CREATED,
        .falling = true,
        .last_entries = parameter_is(context, "include", "entries_last"),
        .bodies = !parameter_is(context, "body", "none"),
    };
    if (text_is_null(sort)) return;
    wish->falling = *sort.data == '-';
    if (wish->falling) sort = (struct text){sort.data + 1, sort.length - 1};
    wish->sort = (enum ticket_sort)list_place(sorts, sort);
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
