// SPDX-License-Identifier: GPL-2.0-or-later
// From their request to one of ours, and its answer.
#include "adapters/call.h"

#include "base/scope.h"
#include "ops/parameters.h"
#include "json/copy.h"

#include <string.h>

#define PARAMETERS_MAX 24
#define ASKED_MAX      16384
#define BODY_ROOM      4096 // beyond what the escapes of their body take

struct call {
    const struct adapted_run *run;
    const struct operation *operation;
    size_t count, sent_count; // of those, what stands first the client has sent
    struct sent_parameter parameters[PARAMETERS_MAX];
};

static const struct operation *operation_of(const char *name) {
    for (size_t i = 0; i < operation_count; i++)
        if (strcmp(operations[i].name, name) == 0) return &operations[i];
    return NULL;
}

// ---- may it

static bool check_scope(const struct adapted_run *run, const struct adapted_call *call,
                        const struct operation *operation, struct error *error) {
    unsigned has = run->principal.scopes, missing = operation->scope & ~has;
    if (call->is_within || !missing || (call->any_scope & has)) return true;
    return error_set(error, ERROR_SCOPE, "The API key lacks the scope %s", scope_name(missing));
}

static bool check_view(const struct adapted_run *run, const struct operation *operation,
                       struct error *error) {
    if (operation->narrowed != NARROWED_REFUSED || !principal_is_narrowed(&run->principal)) return true;
    return error_set(error, ERROR_SCOPE,
                     "The API key sees some tickets only, and this operation cannot be narrowed to them");
}

// ---- its query

static bool has(const struct call *call, struct text name) {
    for (size_t i = 0; i < call->count; i++)
        if (text_equal(call->parameters[i].name, name)) return true;
    return false;
}

static bool take_parameter(struct call *call, const struct adapted_parameter *parameter, struct text value) {
    if (call->count == PARAMETERS_MAX) return false;
    call->parameters[call->count++] = (struct sent_parameter){text_of(parameter->ours), value};
    return true;
}

static struct text given_value(const struct adapted_run *run, const char *name) {
    struct text value = name ? run->context->parameter(run->context, name) : TEXT_NULL;
    return value.length ? value : TEXT_NULL;
}

static bool read_theirs(struct adapted_run *run, const struct adapted_parameter *parameter, struct call *call,
                        struct error *error) {
    struct text value = given_value(run, parameter->theirs);
    if ((text_is_null(value) && !parameter->always) || has(call, text_of(parameter->ours))) return true;
    if (parameter->turn && !parameter->turn(run, value, &value, error)) return false;
    return text_is_null(value) || take_parameter(call, parameter, value) || error_too_large(error);
}

// What the client has sent is checked as if it had been sent to us; what is fixed needs it not.
static bool read_query(struct adapted_run *run, const struct adapted_parameter *query, struct call *call,
                       struct error *error) {
    for (const struct adapted_parameter *next = query; next && next->ours; next++)
        if (!read_theirs(run, next, call, error)) return false;
    call->sent_count = call->count;
    for (const struct adapted_parameter *next = query; next && next->ours; next++)
        if (next->fixed && !has(call, text_of(next->ours)) &&
            !take_parameter(call, next, text_of(next->fixed)))
            return error_too_large(error);
    return parameters_check(call->operation, call->parameters, call->sent_count, error);
}

static struct text parameter(const struct operation_context *context, const char *name) {
    const struct call *call = context->request;
    for (size_t i = 0; i < call->count; i++)
        if (text_equal(call->parameters[i].name, text_of(name))) return call->parameters[i].value;
    // Of a list it is a filter.
    bool is_in_path = call->operation->subject.kind == SUBJECT_TICKET && strcmp(name, "number") == 0;
    return is_in_path ? call->run->subject.name : TEXT_NULL;
}

static bool next_parameter(const struct operation_context *context, const char *prefix, size_t *cursor,
                           struct text *rest, struct text *value) {
    const struct call *call = context->request;
    struct text beginning = text_of(prefix);
    while (*cursor < call->count) {
        const struct sent_parameter *next = &call->parameters[(*cursor)++];
        if (!text_starts_with(next->name, beginning)) continue;
        *rest = (struct text){next->name.data + beginning.length, next->name.length - beginning.length};
        *value = next->value;
        return true;
    }
    return false;
}

// ---- its body

static const struct json_value *given_member(const struct adapted_run *run,
                                             const struct adapted_member *member) {
    const struct json_value *given = member->theirs ? json_member(run->body, member->theirs) : NULL;
    return json_kind(given) == JSON_NULL && !member->tells_null ? NULL : given;
}

static bool is_first(const struct adapted_member *all, const struct adapted_member *member,
                     const struct adapted_run *run) {
    for (; all != member; all++)
        if (strcmp(all->ours, member->ours) == 0 && (given_member(run, all) || all->fixed)) return false;
    return true;
}

static bool write_member(struct adapted_run *run, const struct adapted_member *member,
                         struct json_writer *json, struct error *error) {
    const struct json_value *given = given_member(run, member);
    if (!given && !member->fixed) return true;
    json_name(json, member->ours);
    if (!given) {
        json_verbatim(json, text_of(member->fixed));
    } else if (member->turn) {
        return member->turn(run, given, json, error);
    } else {
        json_copy_value(json, given);
    }
    return true;
}

static bool write_body(struct adapted_run *run, const struct adapted_member *members,
                       struct json_writer *json, struct error *error) {
    json_open_object(json);
    for (const struct adapted_member *next = members; next->ours; next++)
        if (is_first(members, next, run) && !write_member(run, next, json, error)) return false;
    json_close_object(json);
    return true;
}

static bool make_body(struct adapted_run *run, const struct adapted_member *members, struct text *body,
                      struct error *error) {
    struct buffer text = buffer_new(run->context->body.length * 6 + BODY_ROOM);
    struct output output;
    struct json_writer json;
    *body = TEXT("");
    if (!members) return true;
    output_to_buffer(&output, &text);
    json_writer_init(&json, &output);
    bool done = write_body(run, members, &json, error);
    bool fits = output_flush(&output) && !text.failed;
    *body = arena_keep(&run->arena, &text);
    return done && ((fits && !text_is_null(*body)) || error_too_large(error));
}

// ---- the call

// Answers that are kept are told apart by it.
static struct text asked(struct adapted_run *run, const struct call *call) {
    struct buffer text = buffer_new(ASKED_MAX);
    buffer_add_string(&text, call->operation->path);
    buffer_add_text(&text, run->subject.name);
    for (size_t i = 0; i < call->count; i++) {
        buffer_add_format(&text, "&%zu:", call->parameters[i].value.length);
        buffer_add_text(&text, call->parameters[i].name);
        buffer_add_char(&text, '=');
        buffer_add_text(&text, call->parameters[i].value);
    }
    struct text copy = arena_copy(&run->arena, buffer_text(&text));
    buffer_free(&text);
    return copy;
}

static struct operation_context context_of(struct adapted_run *run, struct call *call, struct text body) {
    struct operation_context context = *run->context;
    context.operation = call->operation;
    context.principal = &run->principal;
    context.subject = run->subject.name.length ? &run->subject : NULL;
    context.body = body;
    context.files = NULL;
    context.asked = asked(run, call);
    context.idempotency = NULL;
    context.idempotency_key = TEXT_NULL;
    context.known_versions = TEXT_NULL;
    context.range = context.range_if = TEXT_NULL;
    context.in_profile = context.without_body = false;
    context.parameter = parameter;
    context.next_parameter = next_parameter;
    context.request = call;
    context.joint = run->joint;
    // The first changes what it is compared with.
    if (run->made++) context.wanted_versions = TEXT_NULL;
    return context;
}

bool adapted_call(struct adapted_run *run, const struct adapted_call *call, struct answer *answer,
                  struct error *error) {
    struct call own = {.run = run, .operation = operation_of(call->operation)};
    struct text body;
    if (!own.operation) return error_set(error, ERROR_INTERNAL, "there is no operation %s", call->operation);
    if (!check_scope(run, call, own.operation, error) || !check_view(run, own.operation, error) ||
        !read_query(run, call->query, &own, error) || !make_body(run, call->body, &body, error))
        return false;
    struct operation_context context = context_of(run, &own, body);
    answer->kind = own.operation->answers;
    return own.operation->handle(&context, answer, error);
}

static bool is_any_given(const struct adapted_run *run, const struct adapted_member *members) {
    for (; members && members->ours; members++)
        if (given_member(run, members)) return true;
    return false;
}

static bool is_wanted(const struct adapted_run *run, const struct adapted_call *call) {
    return call->wanted ? call->wanted(run) : !call->body || is_any_given(run, call->body);
}

static bool is_so_already(const struct adapted_call *call, const struct error *error) {
    return call->already && error->code == ERROR_CONFLICT && strcmp(error->field, call->already) == 0;
}

struct json_value *adapted_ask(struct adapted_run *run, const struct adapted_call *call,
                               struct error *error) {
    struct buffer text = buffer_new(ADAPTED_ANSWER_MAX);
    struct output output;
    struct answer answer = {.output = &output};
    struct json_value *value = NULL;
    output_to_buffer(&output, &text);
    bool done = adapted_call(run, call, &answer, error);
    bool fits = output_flush(&output) && !text.failed;
    if (done && fits) value = json_parse_large(buffer_text(&text), error);
    if (done && fits && !value)
        error_set(error, ERROR_INTERNAL, "an answer of %s cannot be read", call->operation);
    if (done && !fits) error_too_large(error);
    buffer_free(&text);
    return value;
}

bool call_make(struct adapted_run *run, size_t place, struct error *error) {
    const struct adapted_call *call = &run->adapted->calls[place];
    if (!is_wanted(run, call)) return true;
    run->answers[place] = adapted_ask(run, call, error);
    if (run->answers[place]) return true;
    if (!is_so_already(call, error)) return false;
    error_clear(error);
    return true;
}
