// SPDX-License-Identifier: GPL-2.0-or-later
// A queue with those above it.
#include "ops/list/queue_filter.h"

#include "ops/list/queue_criteria.h"
#include "ops/parameters.h"
#include "store/read/queues.h"
#include "json/reader.h"

#define DEPTH_MAX 8 // of queues in queues: a ring of them would have no end

struct filter {
    const struct operation_context *context;
    struct arena *arena;
    struct ticket_conditions *conditions;
    struct error *error;
};

static bool is_none(const struct filter *filter) {
    error_set(filter->error, ERROR_UNPROCESSABLE, "queue: there is no such queue");
    return error_field(filter->error, TEXT("queue"));
}

static int read_queue(const struct filter *filter, int64_t id, struct queue_row *queue) {
    int64_t staff_id = filter->context->principal->rules.staff_id;
    return queue_read(filter->context->db, id, staff_id, filter->arena, queue, filter->error);
}

static bool may_see(const struct filter *filter, const struct queue_row *queue) {
    if (queue->flags & QUEUE_FLAG_DISABLED) return false;
    return queue->flags & QUEUE_FLAG_PUBLIC ||
           (queue->staff_id && queue->staff_id == filter->context->principal->rules.staff_id);
}

// What the agent made of it: {"criteria":[…],"sort_id":4,"inherit-sort":false}.
static bool read_own(const struct filter *filter, const struct queue_row *queue, bool *inherits_order,
                     struct text *order) {
    struct error ignored = {0};
    struct json_value *own = queue->own.length ? json_parse(queue->own, &ignored) : NULL;
    const struct json_value *sort = json_member(own, "sort_id");
    int64_t sort_id = json_value_integer(sort);
    bool done = true;
    if (json_kind(sort) == JSON_TEXT && !text_to_int64(json_value_text(sort), &sort_id)) sort_id = 0;
    *inherits_order = *inherits_order || json_value_boolean(json_member(own, "inherit-sort"));
    if (sort_id > 0)
        done = queue_order_read(filter->context->db, sort_id, filter->arena, order, filter->error);
    if (done && json_kind(json_member(own, "criteria")) == JSON_ARRAY)
        done =
            queue_criteria_add(filter->context, filter->arena, queue->own, filter->conditions, filter->error);
    json_free(&own);
    return done;
}

bool queue_filter_read(const struct operation_context *context, struct arena *arena,
                       struct ticket_conditions *conditions, struct text *order, struct error *error) {
    const struct filter filter = {context, arena, conditions, error};
    int64_t id = parameter_integer(context, "queue", 0);
    bool inherits_order = true; // so far nothing said which one it is
    *order = TEXT_NULL;
    for (int depth = 0; id > 0 && depth < DEPTH_MAX; depth++) {
        struct queue_row queue;
        int found = read_queue(&filter, id, &queue);
        if (found < 0) return false;
        if (!found || (depth == 0 && !may_see(&filter, &queue))) return depth ? true : is_none(&filter);
        bool looks_up = (queue.flags & QUEUE_FLAG_INHERITS_ORDER) != 0 && queue.parent_id;
        struct text own_order = TEXT_NULL;
        if (depth == 0 && !read_own(&filter, &queue, &looks_up, &own_order)) return false;
        if (inherits_order && (own_order.data || !looks_up))
            *order = own_order.data ? own_order : queue.order;
        inherits_order = inherits_order && looks_up && !own_order.data;
        if (!queue_criteria_add(context, arena, queue.config, conditions, error)) return false;
        id = queue.parent_id;
    }
    return true;
}

void queue_filter_sort(struct text order, struct ticket_page_wish *wish) {
    static const struct {
        const char *column;
        enum ticket_sort sort;
        bool is_reversed; // "-" is the most urgent first
    } columns[] = {
        {"created", TICKET_SORT_CREATED, false},         {"lastupdate", TICKET_SORT_LAST_UPDATE, false},
        {"closed", TICKET_SORT_CLOSED, false},           {"duedate", TICKET_SORT_DUE, false},
        {"est_duedate", TICKET_SORT_DUE, false},         {"number", TICKET_SORT_NUMBER, false},
        {"cdata__priority", TICKET_SORT_PRIORITY, true},
    };
    struct error ignored = {0};
    struct json_value *root = order.length ? json_parse(order, &ignored) : NULL;
    struct text column = json_count(root) == 1 ? json_value_text(json_element(root, 0)) : TEXT_NULL;
    bool falling = text_starts_with(column, TEXT("-"));
    if (falling) column = (struct text){column.data + 1, column.length - 1};
    for (size_t i = 0; column.length && i < sizeof columns / sizeof *columns; i++) {
        if (!text_equal(column, text_of(columns[i].column))) continue;
        wish->sort = columns[i].sort;
        wish->falling = falling != columns[i].is_reversed;
    }
    json_free(&root);
}
