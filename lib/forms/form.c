// SPDX-License-Identifier: GPL-2.0-or-later
// Forms: fields in their order, filled from a request.
#include "forms/form.h"

#include "forms/field.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define COMPLAINTS_MAX 8192
#define GIVEN_MAX      (256 << 10) // bytes; what is kept of it is at most 65,535

static const struct field_type types[] = {
    {"text", field_fill_text, true},
    {"memo", field_fill_memo, true},
    {"bool", field_fill_bool, true},
    {"choices", field_fill_choices, true},
    {"datetime", field_fill_datetime, true},
    {"phone", field_fill_phone, true},
    {"priority", field_fill_priority, true},
    {"files", field_fill_files, true},
    {"thread", field_fill_thread, false},
    {"break", NULL, false},
    {"info", NULL, false},
};

static const struct field_type list_type = {"list-", field_fill_list, true};

const struct field_type *field_type_find(struct text type) {
    int64_t list_id;
    if (text_starts_with(type, TEXT("list-")))
        return text_to_int64((struct text){type.data + 5, type.length - 5}, &list_id) ? &list_type : NULL;
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (text_equal(type, text_of(types[i].name))) return &types[i];
    return NULL;
}

bool form_errors_add(struct form_errors *errors, struct arena *arena, struct text key, struct text text) {
    struct form_error *item = arena_append(arena, &errors->items, &errors->count, sizeof *item);
    if (item) *item = (struct form_error){arena_copy(arena, key), arena_copy(arena, text)};
    return !arena->failed;
}

// By name, else by id, which the ticket form does not heed. Null counts as absent, but for a thread, where it
// is an empty message.
static const struct input *find_given(const struct form *form, const struct form_field *field,
                                      const struct input *request) {
    char id[24];
    bool thread = text_equal(field->type, TEXT("thread"));
    const struct input *given = field->name.length ? input_member(request, field->name) : NULL;
    if (given && (given->kind > INPUT_NULL || thread)) return given;
    if (form->type == 'T') return NULL;
    snprintf(id, sizeof id, "%" PRId64, field->id);
    given = input_member(request, text_of(id));
    return given && given->kind > INPUT_NULL ? given : NULL;
}

bool form_field_is_for_clients(int64_t flags, bool is_disabled) {
    return !is_disabled && flags & FIELD_FLAG_ENABLED && flags & FIELD_FLAG_CLIENT_VIEW;
}

static bool is_checked(const struct form_field *field, enum form_audience audience) {
    bool enabled = !field->disabled && field->flags & FIELD_FLAG_ENABLED;
    switch (audience) {
    case FORM_FOR_API: return true;
    case FORM_FOR_CLIENTS:
    case FORM_FOR_PORTAL: return form_field_is_for_clients(field->flags, field->disabled);
    case FORM_FOR_AGENTS: return enabled && field->flags & FIELD_FLAG_AGENT_VIEW;
    case FORM_FOR_MAIL: break;
    }
    return false;
}

static bool add_complaints(const struct filling *filling, struct form_errors *errors) {
    char id[24];
    if (!filling->complaints->length) return true;
    snprintf(id, sizeof id, "%" PRId64, filling->field->id);
    return form_errors_add(errors, filling->arena, text_of(id), buffer_text(filling->complaints));
}

static bool fill_field(struct filling *filling, bool required) {
    const struct form_field *field = filling->field;
    const struct field_type *type = field_type_find(field->type);
    filling->answer->field = field;
    filling->answer->cdata = filling->answer->shown = TEXT("");
    if (!type)
        return error_set(filling->error, ERROR_NOT_NATIVE,
                         "forms with fields of type %.*s are not known here", (int)field->type.length,
                         field->type.data);
    if (!type->fill) return true;
    if (type->fill != field_fill_thread && input_text(filling->given).length > GIVEN_MAX)
        return error_set(filling->error, ERROR_TOO_LARGE, "%.*s is longer than %d bytes",
                         (int)text_cut(field->label, 60).length, field->label.data, GIVEN_MAX);
    filling->answer->stored = type->stored && !(field->flags & FIELD_FLAG_EXTERNAL);
    return type->fill(filling, required) && !filling->arena->failed;
}

static struct json_value *configuration_of(const struct form_field *field) {
    struct error ignored = {0};
    return field->configuration.length ? json_parse(field->configuration, &ignored) : NULL;
}

bool form_fill(const struct form *form, const struct input *request, const struct form_tables *tables,
               enum form_audience audience, struct arena *arena, struct form_answers *answers,
               struct form_errors *errors, struct error *error) {
    bool done = true;
    struct buffer complaints = buffer_new(COMPLAINTS_MAX);
    *answers = (struct form_answers){form, arena_take(arena, form->field_count * sizeof *answers->values),
                                     form->field_count};
    for (size_t i = 0; done && !arena->failed && i < form->field_count; i++) {
        const struct form_field *field = &form->fields[i];
        struct json_value *configuration = configuration_of(field);
        bool may_give = audience != FORM_FOR_PORTAL || is_checked(field, audience);
        struct filling filling = {.field = field,
                                  .configuration = configuration,
                                  .tables = tables,
                                  .given = may_give ? find_given(form, field, request) : NULL,
                                  .arena = arena,
                                  .answer = &answers->values[i],
                                  .complaints = &complaints,
                                  .error = error};
        buffer_clear(&complaints);
        done = fill_field(&filling, field->flags & FIELD_FLAG_CLIENT_REQUIRED) || arena->failed;
        if (done && is_checked(field, audience)) done = add_complaints(&filling, errors) || arena->failed;
        json_free(&configuration);
    }
    buffer_free(&complaints);
    if (done && arena->failed) return error_too_large(error);
    return done;
}

bool form_fill_field(const struct form_question *question, struct arena *arena, struct answer_value *answer,
                     struct text *complaints, struct error *error) {
    struct buffer said = buffer_new(COMPLAINTS_MAX);
    struct json_value *configuration = configuration_of(question->field);
    struct filling filling = {.field = question->field,
                              .configuration = configuration,
                              .tables = question->tables,
                              .given = question->given,
                              .arena = arena,
                              .answer = answer,
                              .complaints = &said,
                              .error = error};
    *answer = (struct answer_value){0};
    bool done = fill_field(&filling, question->required);
    *complaints = arena_copy(arena, buffer_text(&said));
    json_free(&configuration);
    buffer_free(&said);
    if (!done && arena->failed) return error_too_large(error);
    return done;
}

const struct answer_value *form_answer_named(const struct form_answers *answers, const char *name) {
    for (size_t i = 0; i < answers->count; i++)
        if (text_equal(answers->values[i].field->name, text_of(name))) return &answers->values[i];
    return NULL;
}

bool form_type_is_known(struct text type) {
    return field_type_find(type) != NULL;
}

// Of a known type every configuration is known: what an administrator can set there is heeded, or shows in
// the browser only. What is no JSON at all is none, as in PHP; what is beyond our reader is not known.
bool form_field_is_known(const struct form_field *field) {
    struct error ignored = {0};
    if (!field_type_find(field->type)) return false;
    if (text_equal(field->configuration, TEXT("null")) || json_is_broken(field->configuration)) return true;
    struct json_value *configuration = json_parse(field->configuration, &ignored);
    bool known = configuration != NULL;
    json_free(&configuration);
    return known;
}
