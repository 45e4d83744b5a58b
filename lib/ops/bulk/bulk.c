// SPDX-License-Identifier: GPL-2.0-or-later
// POST /tickets/bulk.json: one action on many tickets, each in a transaction of its own, as if it were asked
// for alone, or (`atomic`) all in one. spec: operations.md 4.14.
#include "ops/bulk/bulk.h"

#include "ops/idempotency.h"
#include "ops/json_field.h"
#include "ops/operations.h"
#include "ops/parameters.h"
#include "ops/route.h"
#include "ops/success.h"
#include "store/read/names.h"
#include "store/ticket/tickets_lock.h"
#include "store/ticket_view.h"
#include "store/transaction.h"
#include "json/copy.h"

#include <stdio.h>
#include <string.h>

#define TICKETS_MAX 100
#define ARENA_MAX   (64 << 20)
#define ATTEMPTS    3   // where the database rolled one back
#define KEY_MAX     240 // of an Idempotency-Key, to which the place in the list is added

static const struct bulk_action {
    const char *word;
    enum method method;
    const char *path; // of the operation
    // Changes its own ticket and nothing else that an act on another one looks at: not a deletion, which lets
    // go of linked tickets, nor a collaborator, who may be a new user.
    bool is_joinable;
} actions[] = {
    {"status", METHOD_POST, "/tickets/{number}/status.json", true},
    {"assign", METHOD_POST, "/tickets/{number}/assign.json", true},
    {"claim", METHOD_POST, "/tickets/{number}/claim.json", true},
    {"release", METHOD_POST, "/tickets/{number}/release.json", true},
    {"transfer", METHOD_POST, "/tickets/{number}/transfer.json", true},
    {"note", METHOD_POST, "/tickets/{number}/note.json", true},
    {"patch", METHOD_PATCH, "/tickets/{number}.json", true},
    {"collaborators", METHOD_POST, "/tickets/{number}/collaborators.json", false},
    {"delete", METHOD_DELETE, "/tickets/{number}.json", false},
};

// ---- the request

bool bulk_refuse(struct error *error, const char *member, const char *what) {
    error_set(error, ERROR_UNPROCESSABLE, "%s: %s", member, what);
    return error_field(error, text_of(member));
}

static bool check_members(const struct bulk *bulk, struct error *error) {
    void *cursor = NULL;
    struct text name;
    const struct json_value *value;
    while (json_next_member(bulk->body, &cursor, &name, &value))
        if (list_place("tickets,action,body,atomic", name) < 0) {
            error_set(error, ERROR_UNPROCESSABLE, "\"%.*s\" is no member of this request",
                      (int)text_cut(name, 60).length, name.data);
            return error_field(error, name);
        }
    return true;
}

static const struct operation *operation_of(const struct bulk_action *action) {
    for (size_t i = 0; i < operation_count; i++)
        if (operations[i].method == action->method && strcmp(operations[i].path, action->path) == 0)
            return &operations[i];
    return NULL;
}

// Files would be held by the transaction of many tickets, and children are tickets of their own.
static bool is_of_one_ticket(const struct json_value *body) {
    return !json_field_given(body, "attachments") && !json_field_given(body, "children");
}

static bool read_action(struct bulk *bulk, struct error *error) {
    struct text word = json_value_text(json_member(bulk->body, "action"));
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++) {
        if (!text_equal(word, text_of(actions[i].word))) continue;
        bulk->operation = operation_of(&actions[i]);
        bulk->is_joinable = actions[i].is_joinable && is_of_one_ticket(json_member(bulk->body, "body"));
    }
    if (!bulk->operation)
        return bulk_refuse(
            error, "action",
            "has to be status, assign, claim, release, transfer, note, patch, collaborators or delete");
    unsigned missing = bulk->operation->scope & ~bulk->context->principal->scopes;
    return !missing || error_set(error, ERROR_SCOPE, "The API key lacks the scope %s", scope_name(missing));
}

// The action's own body, written anew: it is read by the operation as if it had come alone.
static bool read_action_body(struct bulk *bulk, struct error *error) {
    const struct json_value *given = json_member(bulk->body, "body");
    struct buffer text = buffer_new(bulk->context->body.length * 6 + 64);
    struct output output;
    struct json_writer json;
    if (given && json_kind(given) != JSON_OBJECT && json_kind(given) != JSON_NULL)
        return bulk_refuse(error, "body", "has to be an object");
    output_to_buffer(&output, &text);
    json_writer_init(&json, &output);
    if (json_kind(given) == JSON_OBJECT) json_copy_value(&json, given);
    bool done = output_flush(&output) && !text.failed;
    bulk->action_body = arena_copy(&bulk->arena, buffer_text(&text));
    buffer_free(&text);
    return done || error_too_large(error);
}

static bool read_tickets(struct bulk *bulk, struct error *error) {
    size_t most = bulk->is_atomic ? TICKETS_LOCK_MAX : TICKETS_MAX;
    char wanted[80];
    bulk->tickets = json_member(bulk->body, "tickets");
    bulk->count = json_count(bulk->tickets);
    snprintf(wanted, sizeof wanted, "has to be a list of 1 to %zu numbers", most);
    return (json_kind(bulk->tickets) == JSON_ARRAY && bulk->count && bulk->count <= most) ||
           bulk_refuse(error, "tickets", wanted);
}

static bool read_request(struct bulk *bulk, struct error *error) {
    bulk->body = json_parse(bulk->context->body, error);
    if (!bulk->body) return false;
    if (json_kind(bulk->body) != JSON_OBJECT)
        return error_set(error, ERROR_BAD_REQUEST, "The body has to be a JSON object");
    if (!check_members(bulk, error) || !read_action(bulk, error)) return false;
    if (!json_field_switch(bulk->body, "atomic", false, &bulk->is_atomic, error))
        return error_field(error, TEXT("atomic"));
    if (!read_tickets(bulk, error)) return false;
    if (!text_is_null(bulk->context->wanted_versions))
        return error_set(error, ERROR_UNPROCESSABLE,
                         "If-Match is the version of one ticket: a bulk has many, and takes none");
    if (!bulk->is_atomic && bulk->context->idempotency_key.length > KEY_MAX)
        return error_set(error, ERROR_BAD_REQUEST, "The Idempotency-Key of a bulk has at most %d characters",
                         KEY_MAX);
    return read_action_body(bulk, error);
}

// ---- one ticket

struct text bulk_number(struct bulk *bulk, size_t place) {
    return json_element_text(json_element(bulk->tickets, place), &bulk->arena);
}

// What an operation asks of its request: the ticket's number, and of a deletion the same again.
static struct text parameter(const struct operation_context *context, const char *name) {
    bool number = strcmp(name, "number") == 0 || strcmp(name, "confirm") == 0;
    return number ? context->subject->name : TEXT_NULL;
}

// A number that several have is the operation's to refuse.
bool bulk_find(struct bulk *bulk, struct subject *subject, struct error *error) {
    const struct principal *principal = bulk->context->principal;
    struct db *db = bulk->context->db;
    struct text name = subject->name;
    bool by_id = ticket_name_is_id(name, &subject->id);
    if (by_id && !subject->id) return true;
    if (!by_id && named_find(db, NAMED_KIND_TICKET, name, &subject->id, error) < 0) return false;
    return !principal_is_narrowed(principal) || ticket_view_narrow(db, &principal->rules, subject, error);
}

struct operation_context bulk_context(const struct bulk *bulk, const struct subject *subject) {
    struct operation_context context = *bulk->context;
    context.subject = subject;
    context.body = bulk->action_body;
    context.idempotency = NULL;
    context.idempotency_key = TEXT_NULL;
    context.asked = subject->name;
    context.wanted_versions = TEXT_NULL;
    context.parameter = parameter;
    return context;
}

struct text bulk_key(struct bulk *bulk, size_t place) {
    struct text key = bulk->context->idempotency_key;
    struct buffer own = buffer_new(KEY_MAX + 16);
    if (text_is_null(key)) return key;
    buffer_add_text(&own, key);
    buffer_add_format(&own, ":%zu", place);
    struct text copy = arena_copy(&bulk->arena, buffer_text(&own));
    buffer_free(&own);
    return copy;
}

static bool run_once(struct bulk *bulk, const struct operation_context *context, struct answer *answer,
                     struct error *error) {
    struct operation_context own = *context;
    error_clear(error);
    answer->kind = bulk->operation->answers;
    if (idempotency_run(bulk->operation, &own, answer, error)) return true;
    transaction_rollback(context->db);
    return false;
}

static bool run_one(struct bulk *bulk, struct text number, size_t place, struct answer *answer,
                    struct buffer *text, struct error *error) {
    struct subject subject = {.kind = SUBJECT_TICKET, .name = number};
    if (!bulk_find(bulk, &subject, error)) return false;
    struct operation_context context = bulk_context(bulk, &subject);
    context.idempotency_key = bulk_key(bulk, place);
    for (int attempt = 1;; attempt++) {
        output_discard(answer->output);
        buffer_clear(text);
        if (run_once(bulk, &context, answer, error))
            return output_flush(answer->output) || error_too_large(error);
        if (error->code != ERROR_RETRYABLE || attempt == ATTEMPTS) return false;
    }
}

// ---- the answer

// Of what the operation answers, all but the ticket: a hundred of them are asked for by a list.
static void write_members(struct text text, const char *version, struct json_writer *json) {
    struct error ignored = {0};
    struct json_value *root = json_parse(text, &ignored);
    void *cursor = NULL;
    struct text name;
    const struct json_value *value;
    while (json_next_member(root, &cursor, &name, &value)) {
        if (list_place("ticket,status_code,status_msg", name) >= 0) continue;
        json_name_text(json, name);
        json_copy_value(json, value);
    }
    if (*version) json_text_member(json, "version", text_of(version));
    json_free(&root);
}

void bulk_tell(struct text number, bool created, struct text text, const char *version,
               struct json_writer *json) {
    json_open_object(json);
    json_text_member(json, "number", number);
    json_integer_member(json, "status", created ? 201 : 200);
    write_members(text, version, json);
    json_close_object(json);
}

struct text bulk_remembered(struct bulk *bulk, struct text text, const char *version) {
    struct buffer remembered = buffer_new(BULK_ANSWER_MAX);
    struct output output;
    struct json_writer json;
    output_to_buffer(&output, &remembered);
    json_writer_init(&json, &output);
    json_open_object(&json);
    write_members(text, version, &json);
    json_close_object(&json);
    bool done = output_flush(&output) && !remembered.failed;
    struct text copy = done ? arena_copy(&bulk->arena, buffer_text(&remembered)) : TEXT_NULL;
    buffer_free(&remembered);
    return copy;
}

void bulk_tell_failure(const struct bulk *bulk, struct text number, const struct error *error,
                       struct json_writer *json) {
    struct failure_shown shown = bulk->context->show_failure(error);
    json_open_object(json);
    json_text_member(json, "number", number);
    json_integer_member(json, "status", shown.status);
    json_text_member(json, "error", text_of(shown.word));
    json_text_member(json, "status_msg", text_of(shown.message));
    if (*error->field) {
        json_name(json, "errors");
        json_open_object(json);
        json_name_text(json, text_of(error->field));
        json_string(json, shown.message);
        json_close_object(json);
    }
    json_close_object(json);
}

void bulk_do_one(struct bulk *bulk, size_t place, struct json_writer *json) {
    struct buffer text = buffer_new(BULK_ANSWER_MAX);
    struct output output;
    struct answer answer = {.output = &output};
    struct error error = {0};
    struct text number = bulk_number(bulk, place);
    output_to_buffer(&output, &text);
    bool done = number.length ? run_one(bulk, number, place, &answer, &text, &error)
                              : bulk_refuse(&error, "tickets", "has to be a list of numbers");
    if (done)
        bulk_tell(number, answer.created, buffer_text(&text), "", json);
    else
        bulk_tell_failure(bulk, number, &error, json);
    buffer_free(&text);
}

static bool run_each(struct bulk *bulk, struct answer *answer) {
    struct json_writer json;
    idempotency_pass(bulk->context);
    json_writer_init(&json, answer->output);
    json_open_object(&json);
    json_name(&json, "results");
    json_open_array(&json);
    for (size_t i = 0; i < bulk->count;) i += bulk_run_some(bulk, i, &json);
    json_close_array(&json);
    success_write(&json);
    json_close_object(&json);
    answer->kind = ANSWER_JSON;
    return true;
}

bool tickets_bulk(struct operation_context *context, struct answer *answer, struct error *error) {
    struct bulk bulk = {.context = context, .arena = arena_new(ARENA_MAX)};
    bool done = read_request(&bulk, error) &&
                (bulk.is_atomic ? bulk_run_atomic(&bulk, answer, error) : run_each(&bulk, answer));
    json_free(&bulk.body);
    arena_free(&bulk.arena);
    return done;
}
