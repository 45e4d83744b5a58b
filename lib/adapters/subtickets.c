// SPDX-License-Identifier: GPL-2.0-or-later
// Sub-tickets of markus-michalski's plugins: a ticket hangs on another by its column ticket_pid, and by
// nothing else: no flag, no event, no time. That is not what osTicket links (ops/link/). Only where his
// plugin for sub-tickets is installed, which shows them. spec: operations.md 10.
#include "adapters/fields.h"
#include "adapters/markus.h"
#include "base/scope.h"
#include "ops/act/act.h"
#include "store/edit/links.h"
#include "store/ticket/tickets_lock.h"

#include <stdio.h>

#define DEPTH_MAX 10 // tickets above one, among which a circle is looked for
#define PAGE      "200"

static const struct adapted_call show = {.operation = "ticket", .is_within = true};

// ---- may it

static bool may(struct adapted_run *run, unsigned scope, struct error *error) {
    int is_there;
    if (!(run->principal.scopes & scope))
        return error_set(error, ERROR_DENIED, "API key not authorized for subticket operations");
    is_there = subticket_plugin_is_there(run->context->db, error);
    if (is_there == 0)
        error_set(error, ERROR_NOT_NATIVE,
                  "Subticket plugin not available: this help desk has no table ticket_hierarchy_metadata");
    return is_there > 0;
}

bool subticket_may_read(struct adapted_run *run, struct error *error) {
    return may(run, SCOPE_READ, error);
}

bool subticket_may_write(struct adapted_run *run, struct error *error) {
    return may(run, SCOPE_UPDATE, error);
}

// ---- reading

// A ticket as sub-tickets are told.
static bool tell_one(struct adapted_run *run, const struct subject *subject, struct json_writer *json,
                     struct error *error) {
    struct subject own = run->subject;
    run->subject = *subject;
    struct json_value *answer = adapted_ask(run, &show, error);
    run->subject = own;
    if (answer) markus_tell_subticket(json, field_at(answer, "ticket"));
    bool done = answer != NULL;
    json_free(&answer);
    return done;
}

// The ticket above, as far as the key sees it.
static bool find_parent(struct adapted_run *run, struct subject *parent, struct error *error) {
    int64_t id;
    char digits[24];
    *parent = (struct subject){.kind = SUBJECT_TICKET};
    if (ticket_parent_read(run->context->db, run->subject.id, &id, error) < 0) return false;
    if (!id) return true;
    snprintf(digits, sizeof digits, "%lld", (long long)id);
    return adapted_find(run, text_of(digits), TICKET_BY_ID, parent, error);
}

bool markus_parent(struct operation_context *context, struct answer *answer, struct error *error) {
    struct adapted_run run;
    struct subject parent;
    struct json_writer json;
    bool done = adapted_open(&run, context, error) && find_parent(&run, &parent, error);
    json_writer_init(&json, answer->output);
    json_open_object(&json);
    json_name(&json, "parent");
    if (done && parent.id)
        done = tell_one(&run, &parent, &json, error);
    else
        json_null(&json);
    json_close_object(&json);
    adapted_close(&run);
    return done;
}

// A page of the tickets below; `offset` moves behind it, 0 where it was the last.
static bool tell_page(struct adapted_run *run, size_t *offset, struct json_writer *json,
                      struct error *error) {
    char behind[24], parent[32];
    snprintf(behind, sizeof behind, "%zu", *offset);
    snprintf(parent, sizeof parent, "id:%lld", (long long)run->subject.id);
    const struct adapted_call call = {.operation = "list",
                                      .is_within = true,
                                      .query = QUERY(FIXED("parent", parent), FIXED("limit", PAGE),
                                                     FIXED("offset", behind), FIXED("sort", "created"))};
    struct json_value *answer = adapted_ask(run, &call, error);
    const struct json_value *tickets = field_at(answer, "tickets");
    for (size_t i = 0; i < json_count(tickets); i++) markus_tell_subticket(json, json_element(tickets, i));
    *offset = json_value_boolean(field_at(answer, "has_more")) ? *offset + json_count(tickets) : 0;
    bool done = answer != NULL;
    json_free(&answer);
    return done;
}

bool markus_children(struct operation_context *context, struct answer *answer, struct error *error) {
    struct adapted_run run;
    struct json_writer json;
    size_t offset = 0;
    bool done = adapted_open(&run, context, error);
    json_writer_init(&json, answer->output);
    json_open_object(&json);
    json_name(&json, "children");
    json_open_array(&json);
    do {
        done = done && tell_page(&run, &offset, &json, error);
    } while (done && offset);
    json_close_array(&json);
    json_close_object(&json);
    adapted_close(&run);
    return done;
}

// ---- writing

struct hanging {
    int64_t parent_id; // 0: on nothing any more
};

static bool write(struct act *act, void *operation, struct error *error) {
    const struct hanging *hanging = operation;
    return ticket_parent_set(act->change.work.db, act->change.ticket_id, hanging->parent_id, error);
}

// By the rules of an act on the child: who does it, and whether it is his to see.
static bool hang(struct adapted_run *run, const struct subject *child, int64_t parent_id,
                 struct error *error) {
    static const struct act_steps steps = {.right = "ticket.link", .write = write};
    struct hanging hanging = {parent_id};
    struct operation_context context = *run->context;
    struct buffer text = buffer_new(ADAPTED_ANSWER_MAX);
    struct output output;
    struct answer answer = {.output = &output};
    struct act act;
    context.subject = child;
    context.body = TEXT("");
    context.idempotency = NULL;
    context.joint = run->joint;
    output_to_buffer(&output, &text);
    bool done = act_open(&act, &context, "", error) && act_find(&act, error) &&
                act_run(&act, &steps, &hanging, &answer, error);
    act_close(&act);
    buffer_free(&text);
    return done;
}

static bool conflict(struct error *error, const char *what) {
    return error_set(error, ERROR_CONFLICT, "%s", what);
}

// Whether the child stands above the parent.
static bool check_circle(struct db *db, int64_t child_id, int64_t parent_id, struct error *error) {
    for (int depth = 0; parent_id && depth < DEPTH_MAX; depth++) {
        if (parent_id == child_id) return conflict(error, "The tickets would hang on each other in a circle");
        if (ticket_parent_read(db, parent_id, &parent_id, error) < 0) return false;
    }
    return true;
}

// Who links the other way round at the same time waits.
static bool lock(struct db *db, int64_t a, int64_t b, struct error *error) {
    const int64_t ids[] = {a < b ? a : b, a < b ? b : a};
    return tickets_lock(db, ids, 2, error);
}

static bool check_link(struct db *db, int64_t child_id, int64_t parent_id, struct error *error) {
    int64_t present;
    if (ticket_parent_read(db, child_id, &present, error) < 0) return false;
    if (present == parent_id) return conflict(error, "Subticket relationship already exists");
    if (present) return conflict(error, "Child ticket already has a different parent");
    return check_circle(db, child_id, parent_id, error);
}

static bool find_child(struct adapted_run *run, struct subject *child, struct error *error) {
    struct text number = text_trim(adapted_text(run, json_member(run->body, "childId")));
    if (!number.length) return error_set(error, ERROR_BAD_REQUEST, "Missing childId in request body");
    if (!adapted_find(run, number, TICKET_BY_NUMBER, child, error)) return false;
    if (!child->id) return error_set(error, ERROR_NOT_FOUND, "Child ticket not found");
    return child->id != run->subject.id ||
           error_set(error, ERROR_BAD_REQUEST, "Cannot link ticket to itself");
}

bool subticket_link(struct adapted_run *run, struct error *error) {
    struct db *db = run->context->db;
    struct subject child = {0};
    return find_child(run, &child, error) && lock(db, child.id, run->subject.id, error) &&
           check_link(db, child.id, run->subject.id, error) && hang(run, &child, run->subject.id, error);
}

bool subticket_unlink(struct adapted_run *run, struct error *error) {
    struct db *db = run->context->db;
    int64_t present, id = run->subject.id;
    if (!tickets_lock(db, &id, 1, error) || ticket_parent_read(db, id, &present, error) < 0) return false;
    if (!present) return error_set(error, ERROR_NOT_FOUND, "Child has no parent to unlink");
    return hang(run, &run->subject, 0, error);
}

static bool find_new_parent(struct adapted_run *run, struct text name, struct subject *parent,
                            struct error *error) {
    int64_t above;
    if (!subticket_may_write(run, error) || !adapted_find(run, name, TICKET_BY_NUMBER_OR_ID, parent, error))
        return false;
    int found = parent->id ? ticket_parent_read(run->context->db, parent->id, &above, error) : 0;
    if (found == 0) error_set(error, ERROR_NOT_FOUND, "Parent ticket not found");
    if (found <= 0) return false;
    return !above || error_set(error, ERROR_BAD_REQUEST, "Parent ticket cannot be a child of another ticket");
}

// It may hang on another one already, from which it is taken.
bool subticket_hang(struct adapted_run *run, struct error *error) {
    struct db *db = run->context->db;
    const struct json_value *given = json_member(run->body, "parentTicketNumber");
    struct text name = text_trim(adapted_text(run, given));
    struct subject parent;
    int64_t present;
    if (!adapted_says_something(given)) return true;
    if (!name.length) return adapted_refuse(error, "parentTicketNumber", "has to be a ticket's number");
    if (!find_new_parent(run, name, &parent, error)) return false;
    if (parent.id == run->subject.id)
        return error_set(error, ERROR_BAD_REQUEST, "Cannot link ticket to itself");
    if (!lock(db, run->subject.id, parent.id, error) ||
        ticket_parent_read(db, run->subject.id, &present, error) < 0)
        return false;
    return present == parent.id || (check_circle(db, run->subject.id, parent.id, error) &&
                                    hang(run, &run->subject, parent.id, error));
}

// ---- what is told of it

static void tell_success(struct json_writer *json, const char *message) {
    json_name(json, "success");
    json_boolean(json, true);
    json_name(json, "message");
    json_string(json, message);
}

bool subticket_tell_linked(struct adapted_run *run, struct json_writer *json, struct error *error) {
    struct subject child;
    json_open_object(json);
    tell_success(json, "Subticket relationship created successfully");
    json_name(json, "parent");
    if (!tell_one(run, &run->subject, json, error) || !find_child(run, &child, error)) return false;
    json_name(json, "child");
    if (!tell_one(run, &child, json, error)) return false;
    json_close_object(json);
    return true;
}

bool subticket_tell_unlinked(struct adapted_run *run, struct json_writer *json, struct error *error) {
    json_open_object(json);
    tell_success(json, "Subticket relationship removed successfully");
    json_name(json, "child");
    if (!tell_one(run, &run->subject, json, error)) return false;
    json_close_object(json);
    return true;
}
