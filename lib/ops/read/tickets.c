// SPDX-License-Identifier: GPL-2.0-or-later
// GET /tickets.json: tickets by filters, a page at a time. spec: operations.md 3.1.
#include "ops/list/ticket_cursor.h"
#include "ops/operations.h"
#include "ops/parameters.h"
#include "ops/read/entry_writer.h"
#include "ops/read/ticket_fields.h"
#include "ops/read/ticket_filters.h"
#include "ops/read/ticket_read.h"
#include "ops/read/ticket_wish.h"
#include "ops/read/values.h"
#include "ops/reading.h"
#include "ops/success.h"
#include "store/read/ticket_objects.h"
#include "store/read/ticket_search.h"

#define LIMIT_USUAL 25
#define OFFSET_MAX  10000
#define TOTAL_MAX   10000 // counted so far

struct list {
    struct operation_context *context;
    struct arena arena;
    struct json_writer json;
    struct ticket_conditions conditions;
    struct ticket_page_wish wish;
    struct entry_writer entries; // of include=entries_last
    struct error *error;
    bool failed;
    int64_t limit, taken;
    int64_t count; // of those taken, without what is gone meanwhile
    bool has_more;
    struct ticket_place last; // of those written
    struct buffer last_value;
    struct buffer of; // what a cursor belongs to
    bool wants_total;
    int64_t total;
    bool is_best_first; // a text is searched for, and no order asked for
    bool has_more_hits; // than the list can be paged through
};

static bool is_given(const struct list *list, const char *name) {
    return !text_is_null(list->context->parameter(list->context, name));
}

// Where the page begins: at a cursor, behind so many, or at the first.
static bool read_begin(struct list *list, struct error *error) {
    const struct operation_context *context = list->context;
    struct text cursor = context->parameter(context, "cursor");
    int64_t page = parameter_integer(context, "page", 1);
    bool by_page = is_given(list, "page"), by_offset = is_given(list, "offset");
    if (by_page && by_offset) return parameter_refuse("page", "cannot be together with offset", error);
    if (!text_is_null(cursor) && (by_page || by_offset))
        return parameter_refuse(by_page ? "page" : "offset", "cannot be together with cursor", error);
    if (page - 1 > OFFSET_MAX / list->limit)
        return parameter_refuse("page", "lies too far behind: go on by the cursor that is in next", error);
    list->wish.offset = by_page ? (page - 1) * list->limit : parameter_integer(context, "offset", 0);
    return text_is_null(cursor) ||
           ticket_cursor_read(cursor, buffer_text(&list->of), text_of(context->settings->secret_salt),
                              &list->arena, &list->wish.behind, error);
}

static bool read_wish(struct list *list, struct error *error) {
    const struct operation_context *context = list->context;
    list->limit = parameter_integer(context, "limit", LIMIT_USUAL);
    list->wants_total = parameter_is(context, "total", "1");
    ticket_wish_read(context, &list->conditions, &list->wish);
    list->wish.most = list->limit + 1;
    if (!ticket_filters_read(context, &list->arena, &list->conditions, &list->wish, error)) return false;
    list->is_best_first = is_given(list, "q") && !is_given(list, "sort");
    if (list->is_best_first)
        buffer_add_string(&list->of, "best ");
    else
        buffer_add_format(&list->of, "%d%d ", (int)list->wish.sort, list->wish.falling);
    ticket_filters_write(context, &list->of);
    return read_begin(list, error);
}

static void take_ticket(const struct ticket_object *object, const struct ticket_place *place, void *context) {
    struct list *list = context;
    if (list->failed) return;
    if (list->taken == list->limit) {
        list->has_more = true;
        return;
    }
    list->taken++;
    list->has_more_hits = list->has_more_hits || place->is_cut;
    list->last = *place;
    buffer_clear(&list->last_value);
    buffer_add_text(&list->last_value, place->value);
    list->last.value = buffer_text(&list->last_value);
    if (!object->id) return;
    list->count++;
    json_open_object(&list->json);
    ticket_fields_write(&list->json, object, list->wish.fields, list->wish.view);
    if (list->wish.last_entries)
        list->failed = !entry_writer_write_last(&list->entries, object->last_entry, &list->json, list->error);
    json_close_object(&list->json);
}

static bool write_next(struct list *list, struct error *error) {
    struct buffer cursor = buffer_new(2 * TICKET_CURSOR_MAX);
    struct text secret = text_of(list->context->settings->secret_salt);
    bool done = !list->has_more || ticket_cursor_write(&list->last, buffer_text(&list->of), secret, &cursor);
    json_text_member(&list->json, "next", list->has_more ? buffer_text(&cursor) : TEXT_NULL);
    buffer_free(&cursor);
    return done || error_set(error, ERROR_INTERNAL, "a cursor cannot be made");
}

static void write_total(struct list *list) {
    bool more = list->total > TOTAL_MAX;
    json_integer_member(&list->json, "total", more ? TOTAL_MAX : list->total);
    if (more) value_boolean(&list->json, "total_more", true);
}

static bool read_tickets(struct list *list, struct error *error) {
    struct db *db = list->context->db;
    if (list->is_best_first)
        return ticket_search_read(db, &list->wish, &list->arena, take_ticket, list, &list->has_more_hits,
                                  error);
    bool done = list->wish.last_entries
                    ? ticket_page_read_entries(db, &list->wish, &list->arena, take_ticket, list, error)
                    : ticket_page_read(db, &list->wish, take_ticket, list, error);
    if (!done || list->taken || list->conditions.search.by == TICKET_SEARCH_NO) return done;
    return ticket_search_is_cut(db, &list->conditions.search, &list->has_more_hits, error);
}

static bool write_tickets(struct list *list, struct error *error) {
    struct error of_entry = {0};
    list->error = &of_entry;
    if (!read_tickets(list, error)) return false;
    if (list->failed) *error = of_entry;
    return !list->failed;
}

static bool write_list(struct list *list, struct error *error) {
    struct json_writer *json = &list->json;
    json_open_object(json);
    json_name(json, "tickets");
    json_open_array(json);
    if (!write_tickets(list, error)) return false;
    json_close_array(json);
    json_integer_member(json, "count", list->count);
    json_integer_member(json, "limit", list->limit);
    value_boolean(json, "has_more", list->has_more);
    if (!write_next(list, error)) return false;
    if (list->wants_total) write_total(list);
    if (list->has_more_hits) value_boolean(json, "hits_more", true);
    success_write(json);
    json_close_object(json);
    return !json->output->failed || error_set(error, ERROR_ABORTED, "the client is gone");
}

static bool count(struct list *list, struct error *error) {
    return !list->wants_total ||
           ticket_page_count(list->context->db, &list->conditions, TOTAL_MAX + 1, &list->total, error);
}

bool ticket_find(struct operation_context *context, struct answer *answer, struct error *error) {
    struct list list = {.context = context,
                        .arena = arena_new(REQUEST_ARENA_MAX),
                        .last_value = buffer_new(TICKET_CURSOR_MAX),
                        .of = buffer_new(1 << 16)};
    json_writer_init(&list.json, answer->output);
    list.entries = entry_writer_new(body_form_asked(context), view_of(context));
    bool done = read_wish(&list, error) && count(&list, error) && write_list(&list, error);
    entry_writer_free(&list.entries);
    buffer_free(&list.of);
    buffer_free(&list.last_value);
    arena_free(&list.arena);
    return done;
}
