// SPDX-License-Identifier: GPL-2.0-or-later
// GET /changes.json: what happened on the help desk since the last time, change by change. spec:
// operations.md 7.1.
#include "ops/changes/change_writer.h"
#include "ops/changes/cursor.h"
#include "ops/operations.h"
#include "ops/parameters.h"
#include "ops/read/ticket_filters.h"
#include "ops/read/ticket_read.h"
#include "ops/read/time_filter.h"
#include "ops/read/values.h"
#include "ops/reading.h"
#include "ops/success.h"
#include "store/changes/lanes.h"
#include "store/read/ticket_field_names.h"
#include "store/read/ticket_objects.h"

#include <string.h>

#define LIMIT_USUAL  100
#define LIMIT_MAX    500
#define ROWS_AT_ONCE 500
#define ROWS_MAX     20000 // of a request: who wants few of them goes on by the cursor
#define TYPES_ALL    ((UINT32_C(1) << CHANGE_TYPE_COUNT) - 1)

struct feed {
    struct operation_context *context;
    struct view view;
    struct arena arena; // of the batch at hand
    struct json_writer json;
    struct lanes_position position;
    struct lanes_ends ends;
    uint32_t types;
    bool by_department;
    int64_t *departments;
    size_t department_count;
    struct arena filters;
    bool with_tickets;
    bool is_at_end;
    int64_t left, rows; // that may still be given, that were read
};

// ---- what is asked for

static bool read_departments(struct feed *feed, struct error *error) {
    struct ticket_conditions conditions = {0};
    const struct operation_context *context = feed->context;
    feed->by_department = !text_is_null(context->parameter(context, "department"));
    if (!feed->by_department) return true;
    if (!ticket_filters_read(context, &feed->filters, &conditions, NULL, error)) return false;
    size_t count = conditions.of[TICKET_OF_DEPARTMENT].count;
    feed->departments = arena_take(&feed->filters, (count + 1) * sizeof *feed->departments);
    if (!feed->departments) return error_too_large(error);
    for (size_t i = 0; i < count; i++)
        feed->departments[feed->department_count++] = conditions.of[TICKET_OF_DEPARTMENT].values[i].integer;
    return true;
}

// At the cursor, at a time, or now.
static bool read_begin(struct feed *feed, struct error *error) {
    const struct operation_context *context = feed->context;
    struct text cursor = context->parameter(context, "after"), since;
    char stamp[TIME_FILTER_SIZE];
    if (!text_is_null(context->waited) && lanes_position_read(context->waited, &feed->position)) return true;
    if (!text_is_null(cursor))
        return text_is_null(context->parameter(context, "since"))
                   ? changes_cursor_read(cursor, &feed->position, error)
                   : parameter_refuse("since", "cannot be together with after", error);
    if (!time_filter(context, &feed->filters, "since", stamp, &since, error)) return false;
    if (!text_is_null(since)) return lanes_begin_at(context->db, since, &feed->position, error);
    feed->is_at_end = true;
    return lanes_begin(context->db, context->settings->changes_gap, &feed->position, error);
}

// Where the lanes end came with the key.
static bool read_ends(struct feed *feed, struct error *error) {
    const struct subject *subject = feed->context->subject;
    if (!subject) return lanes_ends(feed->context->db, &feed->ends, error);
    feed->ends = subject->lanes;
    return true;
}

static bool read_wish(struct feed *feed, struct error *error) {
    const struct operation_context *context = feed->context;
    if (principal_sees_as_client(context->principal))
        return error_set(error, ERROR_SCOPE,
                         "The API key sees tickets as a client does, and changes are for agents");
    feed->left = parameter_integer(context, "limit", LIMIT_USUAL);
    feed->with_tickets = parameter_is(context, "include", "ticket");
    feed->types = (uint32_t)parameter_members(context, "type", CHANGE_TYPE_NAMES, TYPES_ALL);
    return read_departments(feed, error) && read_begin(feed, error) && read_ends(feed, error);
}

// ---- what is given

static bool is_in_departments(const struct feed *feed, const struct change *change) {
    for (size_t i = 0; i < feed->department_count; i++)
        if (feed->departments[i] == change->department_id) return true;
    return !feed->by_department;
}

static bool is_wanted(const struct feed *feed, const struct change *change) {
    return change->type != CHANGE_NONE && feed->types >> change->type & 1 && change->is_seen &&
           (feed->view.notes || !change->is_note) && is_in_departments(feed, change);
}

// The tickets of some changes, each once.
struct tickets {
    int64_t ids[TICKET_OBJECTS_MAX];
    struct ticket_object *objects;
    size_t count;
};

static const struct ticket_object *find_ticket(const struct tickets *tickets, int64_t id) {
    for (size_t i = 0; i < tickets->count; i++)
        if (tickets->ids[i] == id) return tickets->objects ? &tickets->objects[i] : NULL;
    return NULL;
}

static void note_ticket(struct tickets *tickets, int64_t id) {
    for (size_t i = 0; i < tickets->count; i++)
        if (tickets->ids[i] == id) return;
    if (id) tickets->ids[tickets->count++] = id;
}

static bool read_tickets(struct feed *feed, struct tickets *tickets, struct error *error) {
    const struct ticket_page_wish wish = {.view = feed->view, .fields = TICKET_FIELDS_ALL};
    tickets->objects = arena_take(&feed->arena, (tickets->count + 1) * sizeof *tickets->objects);
    if (!tickets->objects) return error_too_large(error);
    return !tickets->count || ticket_objects_read(feed->context->db, &wish, tickets->ids, tickets->count,
                                                  &feed->arena, tickets->objects, error);
}

// So many of the changes, all of them wanted, with their tickets where these are asked for.
static bool write_changes(struct feed *feed, struct change *const *changes, size_t count,
                          struct error *error) {
    struct tickets *tickets = arena_take(&feed->arena, sizeof *tickets);
    if (!tickets) return error_too_large(error);
    for (size_t begin = 0, end; begin < count; begin = end) {
        tickets->count = 0;
        tickets->objects = NULL;
        for (end = begin; end < count && tickets->count < TICKET_OBJECTS_MAX; end++)
            note_ticket(tickets, changes[end]->ticket_is_gone ? 0 : changes[end]->ticket_id);
        if (feed->with_tickets && !read_tickets(feed, tickets, error)) return false;
        for (size_t i = begin; i < end; i++)
            change_as_json(&feed->json, changes[i], find_ticket(tickets, changes[i]->ticket_id), feed->view);
    }
    return true;
}

// Passes all rows of the batch up to the limit, and gives those that are wanted.
static bool take_batch(struct feed *feed, const struct changes_batch *batch, struct error *error) {
    struct change **wanted = arena_take(&feed->arena, (batch->count + 1) * sizeof *wanted);
    size_t count = 0, i = 0;
    if (!wanted) return error_too_large(error);
    for (; i < batch->count && feed->left; i++) {
        struct change *change = &batch->changes[i];
        lanes_pass(&feed->position, change);
        if (!is_wanted(feed, change)) continue;
        wanted[count++] = change;
        feed->left--;
    }
    feed->rows += (int64_t)i;
    feed->is_at_end = i == batch->count && !batch->has_more;
    return write_changes(feed, wanted, count, error);
}

static bool read_batch(struct feed *feed, struct error *error) {
    const struct key_rules *rules = feed->view.rules;
    bool picks = feed->by_department || feed->types != TYPES_ALL || rules;
    const struct lanes_wish wish = {.rules = rules,
                                    .utc = feed->view.utc,
                                    .gap = feed->context->settings->changes_gap,
                                    .most = picks ? ROWS_AT_ONCE : (size_t)feed->left + 1};
    struct changes_batch batch;
    return changes_read(feed->context->db, &wish, &feed->ends, &feed->position, &feed->arena, &batch,
                        error) &&
           take_batch(feed, &batch, error);
}

static bool read_batches(struct feed *feed, struct error *error) {
    bool done = true;
    if (!feed->is_at_end) feed->is_at_end = !lanes_have_moved(&feed->position, &feed->ends);
    while (done && !feed->is_at_end && feed->left && feed->rows < ROWS_MAX) {
        done = read_batch(feed, error);
        arena_free(&feed->arena);
    }
    return done;
}

static bool write_answer(struct feed *feed, struct error *error) {
    struct json_writer *json = &feed->json;
    struct buffer cursor = buffer_new(CHANGES_CURSOR_MAX);
    json_open_object(json);
    json_name(json, "changes");
    json_open_array(json);
    bool done = read_batches(feed, error);
    json_close_array(json);
    changes_cursor_write(&feed->position, &cursor);
    json_text_member(json, "next", buffer_text(&cursor));
    value_boolean(json, "end", feed->is_at_end);
    success_write(json);
    json_close_object(json);
    buffer_free(&cursor);
    return done && (!json->output->failed || error_set(error, ERROR_ABORTED, "the client is gone"));
}

// Nothing is there, and the client wants to wait: for what, and from where on.
static void set_wait(const struct feed *feed, int64_t limit, struct answer_wait *wait) {
    const struct operation_context *context = feed->context;
    struct buffer position = buffer_new(WAIT_POSITION_MAX - 1);
    bool waits = feed->is_at_end && feed->left == limit && !context->without_body;
    lanes_position_print(&feed->position, &position);
    if (waits && !position.failed) {
        wait->seconds = (unsigned)parameter_integer(context, "wait", 0);
        memcpy(wait->position, position.data, position.length + 1);
        wait->types = feed->types;
        wait->without_notes = !feed->view.notes;
        bool few = feed->department_count <= WAIT_DEPARTMENTS_MAX;
        for (size_t i = 0; few && i < feed->department_count; i++)
            wait->departments[wait->department_count++] = feed->departments[i];
    }
    buffer_free(&position);
}

bool changes_list(struct operation_context *context, struct answer *answer, struct error *error) {
    struct feed feed = {.context = context,
                        .view = view_of(context),
                        .arena = arena_new(REQUEST_ARENA_MAX),
                        .filters = arena_new(REQUEST_ARENA_MAX)};
    json_writer_init(&feed.json, answer->output);
    bool done = read_wish(&feed, error);
    int64_t limit = feed.left;
    done = done && write_answer(&feed, error);
    if (done) set_wait(&feed, limit, &answer->wait);
    arena_free(&feed.arena);
    arena_free(&feed.filters);
    return done;
}
