// SPDX-License-Identifier: GPL-2.0-or-later
// A request of another API's client, from its ticket to the answer.
#include "adapters/adapted.h"

#include "adapters/call.h"
#include "base/words.h"
#include "ops/change/unit_of_work.h"
#include "ops/parameters.h"
#include "store/read/names.h"
#include "store/ticket_view.h"

#include <stdio.h>

#define NUMBER_SHOWN 60

bool adapted_refuse(struct error *error, const char *name, const char *what) {
    error_set(error, ERROR_UNPROCESSABLE, "%s %s", name, what);
    return error_field(error, text_of(name));
}

struct text adapted_text(struct adapted_run *run, const struct json_value *value) {
    char digits[24];
    if (json_kind(value) == JSON_TEXT) return json_value_text(value);
    if (json_kind(value) != JSON_INTEGER) return TEXT_NULL;
    snprintf(digits, sizeof digits, "%lld", (long long)json_value_integer(value));
    return arena_copy(&run->arena, text_of(digits));
}

// ---- the ticket

// By its id, as our own paths have it.
static bool name_by_id(struct adapted_run *run, struct text digits, struct subject *subject,
                       struct error *error) {
    struct buffer name = buffer_new(32);
    if (!text_to_int64(digits, &subject->id) || subject->id <= 0) {
        subject->id = 0;
        return true;
    }
    buffer_add_format(&name, "id:%lld", (long long)subject->id);
    subject->name = arena_copy(&run->arena, buffer_text(&name));
    buffer_free(&name);
    return !text_is_null(subject->name) || error_too_large(error);
}

static bool narrow(struct adapted_run *run, struct subject *subject, struct error *error) {
    return !principal_is_narrowed(&run->principal) ||
           ticket_view_narrow(run->context->db, &run->principal.rules, subject, error);
}

bool adapted_find(struct adapted_run *run, struct text name, enum adapted_ticket by, struct subject *subject,
                  struct error *error) {
    *subject = (struct subject){.kind = SUBJECT_TICKET, .name = name};
    if (by == TICKET_BY_ID) return name_by_id(run, name, subject, error) && narrow(run, subject, error);
    if (named_find(run->context->db, NAMED_KIND_TICKET, name, &subject->id, error) < 0 ||
        !narrow(run, subject, error))
        return false;
    if (subject->id || by == TICKET_BY_NUMBER) return true;
    return name_by_id(run, name, subject, error) && (!subject->id || narrow(run, subject, error));
}

static bool find_ticket(struct adapted_run *run, struct error *error) {
    struct operation_context *context = run->context;
    const char *parameter = run->adapted->ticket == TICKET_BY_ID ? "id" : "number";
    if (run->adapted->ticket == TICKET_NOT_NAMED) return true;
    return adapted_find(run, context->parameter(context, parameter), run->adapted->ticket, &run->subject,
                        error) &&
           (run->subject.id || error_set(error, ERROR_NOT_FOUND, "Ticket not found"));
}

// ---- the request

bool adapted_says_something(const struct json_value *value) {
    enum json_kind kind = json_kind(value);
    if (kind == JSON_TEXT) return text_trim(json_value_text(value)).length != 0;
    return kind != JSON_ABSENT && kind != JSON_NULL;
}

static bool has_what_it_needs(struct adapted_run *run, struct error *error) {
    struct text list = text_of(run->adapted->needs), name;
    void *cursor = NULL;
    const struct json_value *value;
    if (!run->adapted->needs) return true;
    while (json_next_member(run->body, &cursor, &name, &value))
        if (list_place(run->adapted->needs, name) >= 0 && adapted_says_something(value)) return true;
    list_next(&list, &name);
    error_set(error, ERROR_BAD_REQUEST, "%.*s is required", (int)name.length, name.data);
    return error_field(error, name);
}

static bool read_object(struct adapted_run *run, struct error *error) {
    struct text body = run->context->body;
    if (!text_trim(body).length)
        return !run->adapted->needs_body || error_set(error, ERROR_BAD_REQUEST,
                                                      "No data provided: a JSON "
                                                      "object is wanted");
    run->body = json_parse(body, error);
    if (!run->body) return false;
    if (json_kind(run->body) != JSON_OBJECT)
        return error_set(error, ERROR_BAD_REQUEST, "The body has to be a JSON object");
    return !run->adapted->needs_body || json_count(run->body) ||
           error_set(error, ERROR_BAD_REQUEST, "No data provided in JSON body");
}

static bool read_body(struct adapted_run *run, struct error *error) {
    return read_object(run, error) && has_what_it_needs(run, error);
}

bool adapted_open(struct adapted_run *run, struct operation_context *context, struct error *error) {
    *run = (struct adapted_run){.context = context,
                                .adapted = context->operation->adapted,
                                .arena = arena_new(ADAPTED_ARENA_MAX),
                                .principal = *context->principal};
    return (!context->operation->max_body || read_body(run, error)) &&
           (!run->adapted->prepare || run->adapted->prepare(run, error)) && find_ticket(run, error);
}

static void forget_answers(struct adapted_run *run) {
    for (size_t i = 0; i < ADAPTED_CALLS_MAX; i++) json_free(&run->answers[i]);
}

void adapted_close(struct adapted_run *run) {
    forget_answers(run);
    json_free(&run->body);
    arena_free(&run->arena);
}

static bool make_calls(struct adapted_run *run, struct error *error) {
    const struct adapted_call *calls = run->adapted->calls;
    for (size_t i = 0; calls && calls[i].operation; i++)
        if (!call_make(run, i, error)) return false;
    return true;
}

// ---- what reads

bool adapted_read(struct operation_context *context, struct answer *answer, struct error *error) {
    struct adapted_run run;
    struct json_writer json;
    bool done = adapted_open(&run, context, error) && make_calls(&run, error);
    json_writer_init(&json, answer->output);
    done = done && run.adapted->tell(&run, &json, error);
    answer->kind = context->operation->answers;
    adapted_close(&run);
    return done;
}

// ---- what writes

static bool tell(struct adapted_run *run, struct outcome *outcome, struct error *error) {
    struct buffer text = buffer_new(ADAPTED_ANSWER_MAX);
    struct output output;
    struct json_writer json;
    output_to_buffer(&output, &text);
    json_writer_init(&json, &output);
    bool done = !run->adapted->tell || run->adapted->tell(run, &json, error);
    bool fits = output_flush(&output) && !text.failed;
    outcome->text = arena_keep(&run->arena, &text);
    return done && ((fits && !text_is_null(outcome->text)) || error_too_large(error));
}

static bool write(void *operation, struct outcome *outcome, struct error *error) {
    struct adapted_run *run = operation;
    struct joint_transaction joint = {0};
    forget_answers(run);
    run->joint = &joint;
    run->made = 0;
    bool done = make_calls(run, error) && (!run->adapted->also || run->adapted->also(run, error)) &&
                tell(run, outcome, error);
    run->joint = NULL;
    outcome->kind = run->context->operation->answers;
    outcome->mailed = joint.mailed;
    return done;
}

bool adapted_write(struct operation_context *context, struct answer *answer, struct error *error) {
    struct adapted_run run;
    struct outcome outcome;
    struct unit_of_work unit = {.write = write, .operation = &run};
    bool done = adapted_open(&run, context, error) && unit_of_work_run(context, &unit, &outcome, error);
    if (done) outcome_tell(context, &outcome, answer);
    answer->without_content = done && run.adapted->is_empty;
    adapted_close(&run);
    return done;
}

bool adapted_not_done(struct operation_context *context, struct answer *answer, struct error *error) {
    (void)answer;
    return error_set(error, ERROR_NOT_NATIVE, "%s", context->operation->adapted->not_done);
}
