// SPDX-License-Identifier: GPL-2.0-or-later
// Edits of the answers to forms.
#include "ops/edit/answers.h"

#include "ops/edit/answer_event.h"
#include "ops/ticket/form_dates.h"
#include "store/create/rows.h"
#include "json/reader.h"

#include <inttypes.h>
#include <stdio.h>

bool answer_edits_open(struct work *work, enum form_of of, int64_t object_id, struct answer_edits *edits,
                       struct error *error) {
    const struct help_desk *desk = work->help_desk;
    struct arena *arena = work->arena;
    edits->work = work;
    edits->of = of;
    edits->object_id = object_id;
    if (!ticket_form_fields_read(work, of, object_id, &edits->fields, error)) return false;
    struct form_priority *priorities = arena_take(arena, (desk->priority_count + 1) * sizeof *priorities);
    struct list_item *items = arena_take(arena, (edits->fields.list_item_count + 1) * sizeof *items);
    if (arena->failed) return error_too_large(error);
    for (size_t i = 0; i < desk->priority_count; i++)
        priorities[i] = (struct form_priority){desk->priorities[i].id, desk->priorities[i].description};
    for (size_t i = 0; i < edits->fields.list_item_count; i++) {
        const struct list_item_row *row = &edits->fields.list_items[i];
        items[i] = (struct list_item){row->id, row->list_id, row->value, row->abbreviation};
    }
    edits->tables = (struct form_tables){
        .priorities = priorities,
        .priority_count = desk->priority_count,
        .list_items = items,
        .list_item_count = edits->fields.list_item_count,
        .embedded_domains = help_desk_config(desk, "embedded_domain_whitelist"),
        .dates = form_dates(desk),
    };
    return true;
}

// ---- one field

static bool refuse(struct error *error, struct text field, const char *what) {
    struct text shown = text_cut(field, 60);
    error_set(error, ERROR_UNPROCESSABLE, "%.*s %s", (int)shown.length, shown.data, what);
    return error_field(error, field);
}

// What a client is not shown is not there for him.
static bool is_there(const struct answer_edits *edits, const struct ticket_form_field *field) {
    return !edits->by_client || field->flags & FIELD_FLAG_CLIENT_VIEW;
}

// By its name, else by its id. One that is refused leaves NULL.
static const struct ticket_form_field *find(const struct answer_edits *edits, struct text name,
                                            struct error *error) {
    const struct ticket_form_field *found = NULL;
    int64_t id = 0;
    bool is_id = text_to_int64(name, &id);
    for (size_t i = 0; i < edits->fields.count; i++) {
        const struct ticket_form_field *field = &edits->fields.items[i];
        if (!is_there(edits, field) || !field->name.length || !text_equal_ignoring_case(field->name, name))
            continue;
        if (found) return refuse(error, name, "is the name of several fields: use its id"), NULL;
        found = field;
    }
    for (size_t i = 0; !found && is_id && i < edits->fields.count; i++)
        if (is_there(edits, &edits->fields.items[i]) && edits->fields.items[i].id == id)
            found = &edits->fields.items[i];
    if (!found)
        refuse(error, name, edits->of == FORM_OF_TICKET ? "is no field of this ticket" : "is no field here");
    return found;
}

static bool is_editable(const struct answer_edits *edits, const struct ticket_form_field *field) {
    int64_t needs =
        edits->by_client ? FIELD_FLAG_CLIENT_VIEW | FIELD_FLAG_CLIENT_EDIT : FIELD_FLAG_AGENT_EDIT;
    return field->flags & FIELD_FLAG_ENABLED && (field->flags & needs) == needs && !field->is_off;
}

static bool is_type(const struct ticket_form_field *field, const char *type) {
    return text_equal(field->type, text_of(type));
}

static bool check_field(const struct answer_edits *edits, const struct ticket_form_field *field,
                        struct text name, struct error *error) {
    if (is_type(field, "thread") || is_type(field, "break") || is_type(field, "info"))
        return refuse(error, name, "holds no answer");
    if (is_type(field, "files") || !form_type_is_known(field->type)) {
        struct text type = text_cut(field->type, 60);
        error_set(error, ERROR_NOT_NATIVE, "Fields of the type %.*s are not edited here", (int)type.length,
                  type.data);
        return error_field(error, name);
    }
    if (!is_editable(edits, field)) return refuse(error, name, "can not be edited");
    if (edits->of != FORM_OF_TICKET)
        return !(field->flags & FIELD_FLAG_EXTERNAL) || refuse(error, name, "is a member of its own");
    return field->is_answered || !edits->only_answered ||
           refuse(error, name, "has no answer in this ticket that could be edited");
}

// A priority's id where it is called by its name. How many are called so.
static size_t by_id(const struct help_desk *desk, const struct ticket_form_field *field, struct input *input,
                    char *digits, size_t size) {
    size_t found = 0;
    if (!is_type(field, "priority") || input->kind != INPUT_TEXT) return 0;
    for (size_t i = 0; i < desk->priority_count; i++) {
        const struct ticket_priority *priority = &desk->priorities[i];
        if (!text_equal_ignoring_case(priority->description, input->text) &&
            !text_equal_ignoring_case(priority->name, input->text))
            continue;
        snprintf(digits, size, "%" PRId64, priority->id);
        found++;
    }
    if (found) input->text = text_of(digits);
    return found;
}

// Whether each of several that were named is among those that were chosen.
static bool has_all(const struct input *given, struct text chosen) {
    struct error ignored = {0};
    if (given->kind != INPUT_LIST && given->kind != INPUT_MAP) return true;
    struct json_value *root = chosen.length ? json_parse(chosen, &ignored) : NULL;
    bool all = json_count(root) == given->count;
    json_free(&root);
    return all;
}

// What a new ticket may have, and lists would lie about later: a choice that there is not, a date that is
// none.
static bool is_value(const struct ticket_form_field *field, const struct input *given,
                     const struct answer_value *to) {
    bool nothing = !input_is_true(given) && given->kind != INPUT_MAP;
    if (is_type(field, "priority")) return to->has_value_id || (nothing && !to->unknown);
    if (is_type(field, "choices"))
        return has_all(given, to->value) &&
               (!to->value.length || (to->value.data[0] == '{' && to->shown.length));
    if (text_starts_with(field->type, TEXT("list-")))
        return has_all(given, to->value) && (nothing || to->value.length);
    if (is_type(field, "datetime")) return !to->value.length || to->shown.length;
    return true;
}

// An empty text is stored as one, as osTicket's panel does; null takes the answer away.
static void keep_empty(const struct ticket_form_field *field, const struct input *given,
                       struct answer_value *to) {
    bool is_typed = is_type(field, "text") || is_type(field, "memo") || is_type(field, "phone") ||
                    is_type(field, "datetime");
    if (is_typed && given->kind == INPUT_TEXT && !given->text.length && text_is_null(to->value))
        to->value = TEXT("");
}

static bool fill(const struct answer_edits *edits, struct answer_edit *edit, const struct input *given,
                 struct text name, struct error *error) {
    char digits[24];
    const struct ticket_form_field *from = edit->from;
    struct input input = *given;
    if (!input_is_kept(given))
        return refuse(error, name, "has a NUL character or a number that no column holds");
    if (by_id(edits->work->help_desk, from, &input, digits, sizeof digits) > 1)
        return refuse(error, name, "is what several priorities are called: use an id");
    struct form_question question = {
        &edit->field, &input, &edits->tables,
        from->flags & (edits->by_client ? FIELD_FLAG_CLIENT_REQUIRED : FIELD_FLAG_AGENT_REQUIRED)};
    struct text complaints;
    if (!form_fill_field(&question, edits->work->arena, &edit->to, &complaints, error)) {
        if (error->code == ERROR_BAD_REQUEST)
            error->code = ERROR_UNPROCESSABLE; // a list where a text belongs
        return error_field(error, name);
    }
    if (complaints.length) {
        error_set(error, ERROR_UNPROCESSABLE, "%.*s", (int)text_cut(complaints, 1000).length,
                  complaints.data);
        return error_field(error, name);
    }
    keep_empty(from, &input, &edit->to);
    return is_value(from, &input, &edit->to) || refuse(error, name, "does not take this value");
}

static bool is_same(const struct ticket_form_field *from, const struct answer_value *to) {
    bool off = is_type(from, "bool") && text_is_null(from->value); // was never answered
    struct text before = off ? TEXT("0") : from->value;
    if (!text_equal(before.length ? before : TEXT(""), to->value.length ? to->value : TEXT(""))) return false;
    return !is_type(from, "priority") ||
           (from->has_value_id ? from->value_id : 0) == (to->has_value_id ? to->value_id : 0);
}

static struct answer_edit edit_of(const struct ticket_form_field *from) {
    return (struct answer_edit){.from = from,
                                .field = {.id = from->id,
                                          .flags = from->flags,
                                          .sort = from->sort,
                                          .type = from->type,
                                          .label = from->label,
                                          .name = from->name,
                                          .configuration = from->configuration}};
}

static bool append(struct answer_edits *edits, const struct answer_edit *edit, struct error *error) {
    struct answer_edit *slot = arena_append(edits->work->arena, &edits->items, &edits->count, sizeof *slot);
    if (!slot) return error_too_large(error);
    *slot = *edit;
    return true;
}

bool answer_edits_add(struct answer_edits *edits, struct text name, const struct input *given, bool *added,
                      struct error *error) {
    const struct ticket_form_field *from = find(edits, name, error);
    *added = false;
    if (!from || !check_field(edits, from, name, error)) return false;
    for (size_t i = 0; i < edits->count; i++)
        if (edits->items[i].from == from) return refuse(error, name, "is named twice");
    struct answer_edit edit = edit_of(from);
    if (!fill(edits, &edit, given, name, error)) return false;
    if (is_same(from, &edit.to)) return true;
    *added = append(edits, &edit, error);
    return *added;
}

static bool holds_an_answer(const struct ticket_form_field *field) {
    return !is_type(field, "thread") && !is_type(field, "break") && !is_type(field, "info") &&
           !(field->flags & FIELD_FLAG_EXTERNAL);
}

// By which a request names it.
static struct text name_of(const struct answer_edits *edits, const struct ticket_form_field *field) {
    char digits[24];
    if (field->name.length) return field->name;
    snprintf(digits, sizeof digits, "%" PRId64, field->id);
    return arena_copy(edits->work->arena, text_of(digits));
}

// A switch that is off counts as none, as in PHP.
static bool is_answered(const struct answer_edits *edits, const struct ticket_form_field *field) {
    for (size_t i = 0; i < edits->count; i++)
        if (edits->items[i].from == field) return true; // and was checked
    if (!field->value.length || text_equal(field->value, TEXT("[]")) || text_equal(field->value, TEXT("{}")))
        return false;
    return is_type(field, "text") || !text_equal(field->value, TEXT("0"));
}

static bool is_left_out(const struct answer_edits *edits, const struct ticket_form_field *field) {
    int64_t required = edits->by_client ? FIELD_FLAG_CLIENT_REQUIRED : FIELD_FLAG_AGENT_REQUIRED;
    bool is_shown = edits->by_client || field->flags & FIELD_FLAG_AGENT_VIEW;
    return field->flags & required && is_shown && is_editable(edits, field) && holds_an_answer(field) &&
           !is_type(field, "files") && form_type_is_known(field->type) && !is_answered(edits, field);
}

bool answer_edits_check_rest(const struct answer_edits *edits, struct error *error) {
    static const struct input nothing = {.kind = INPUT_NULL};
    for (size_t i = 0; i < edits->fields.count; i++) {
        const struct ticket_form_field *field = &edits->fields.items[i];
        struct answer_edit edit = edit_of(field);
        if (is_left_out(edits, field) && !fill(edits, &edit, &nothing, name_of(edits, field), error))
            return false;
    }
    return true;
}

bool answer_edits_check(const struct answer_edits *edits, const char *name, struct text given,
                        struct text *value, struct error *error) {
    const struct input input = {.kind = text_is_null(given) ? INPUT_NULL : INPUT_TEXT, .text = given};
    *value = given;
    for (size_t i = 0; i < edits->fields.count; i++) {
        const struct ticket_form_field *field = &edits->fields.items[i];
        if (!field->has_column || !text_equal_ignoring_case(field->name, text_of(name))) continue;
        struct answer_edit edit = edit_of(field);
        if (!is_editable(edits, field)) return refuse(error, text_of(name), "can not be edited");
        if (!fill(edits, &edit, &input, text_of(name), error)) return false;
        *value = edit.to.value;
        return true;
    }
    return true;
}

// What a map has for the field, by its name or id.
static const struct input *given_for(const struct input *given, const struct ticket_form_field *field) {
    char id[24];
    snprintf(id, sizeof id, "%" PRId64, field->id);
    for (size_t i = 0; i < given->count; i++) {
        struct text name = given->members[i].name;
        if (text_equal(name, text_of(id)) ||
            (field->name.length && text_equal_ignoring_case(field->name, name)))
            return &given->members[i];
    }
    return NULL;
}

bool answer_edits_fill(struct answer_edits *edits, const struct input *given, struct error *error) {
    static const struct input nothing = {.kind = INPUT_NULL};
    for (size_t i = 0; i < given->count; i++) {
        const struct ticket_form_field *from = find(edits, given->members[i].name, error);
        if (!from || !check_field(edits, from, given->members[i].name, error)) return false;
    }
    for (size_t i = 0; i < edits->fields.count; i++) {
        const struct ticket_form_field *field = &edits->fields.items[i];
        struct answer_edit edit = edit_of(field);
        const struct input *input = given_for(given, field);
        if (!holds_an_answer(field)) continue;
        if (input && input->kind == INPUT_TEXT && !input->text.length) input = &nothing;
        if ((!input && !form_type_is_known(field->type)) || is_type(field, "files")) continue;
        if (!fill(edits, &edit, input ? input : &nothing, field->name, error) || !append(edits, &edit, error))
            return false;
    }
    return true;
}

bool answer_edits_list(const struct answer_edits *edits, struct form_answer **list, size_t *count,
                       struct error *error) {
    struct arena *arena = edits->work->arena;
    for (size_t i = 0; i < edits->fields.count; i++) {
        const struct ticket_form_field *field = &edits->fields.items[i];
        struct form_answer *answer = arena_append(arena, list, count, sizeof *answer);
        if (!answer) return error_too_large(error);
        *answer = (struct form_answer){.field_id = field->id,
                                       .name = field->name,
                                       .type = field->type,
                                       .configuration = field->configuration,
                                       .value = field->value,
                                       .value_id = TEXT_NULL};
        for (size_t k = 0; k < edits->count; k++)
            if (edits->items[k].from == field) answer->value = edits->items[k].to.value;
    }
    return true;
}

// ---- what is told and written

bool answer_edits_tell(struct change *change, const struct answer_edits *edits, struct error *error) {
    struct ticket_surroundings *around = &change->around;
    for (size_t i = 0; i < edits->count; i++) {
        struct text data =
            edits->told_together ? TEXT_NULL : answer_event_data(&edits->items[i], &change->arena);
        if (!edits->told_together && text_is_null(data)) return error_too_large(error);
        if (!edits->told_together && !change_add_event(change, "edited", data, error)) return false;
        for (size_t k = 0; k < around->answer_count; k++)
            if (around->answers[k].field_id == edits->items[i].from->id)
                around->answers[k].value = edits->items[i].to.value;
    }
    return true;
}

static bool write_columns(const struct answer_edits *edits, struct error *error) {
    static const enum cdata_of tables[] = {[FORM_OF_TICKET] = CDATA_OF_TICKET,
                                           [FORM_OF_USER] = CDATA_OF_USER,
                                           [FORM_OF_ORGANIZATION] = CDATA_OF_ORGANIZATION};
    struct arena *arena = edits->work->arena;
    struct cdata_value *values = NULL;
    size_t count = 0;
    for (size_t i = 0; i < edits->count; i++) {
        const struct ticket_form_field *from = edits->items[i].from;
        struct text text = edits->items[i].to.cdata;
        struct cdata_column column;
        if (!from->has_column ||
            !cdata_column_of(&edits->fields.columns, false, from->id, from->name, arena, &column))
            continue;
        struct cdata_value *value = arena_append(arena, &values, &count, sizeof *value);
        if (!value) return error_too_large(error);
        *value = (struct cdata_value){column, text.data || edits->of == FORM_OF_TICKET ? text : TEXT("")};
    }
    return cdata_save(edits->work, tables[edits->of], edits->object_id, values, count, error);
}

bool answer_edits_write(const struct answer_edits *edits, struct error *error) {
    if (!edits->count) return true; // and there is no work to do it with
    struct ticket_form_answer *answers = arena_take(edits->work->arena, edits->count * sizeof *answers);
    if (!answers) return error_too_large(error);
    for (size_t i = 0; i < edits->count; i++) {
        const struct answer_edit *edit = &edits->items[i];
        answers[i] =
            (struct ticket_form_answer){edit->from, edit->to.value, edit->to.has_value_id, edit->to.value_id};
    }
    return ticket_form_answers_set(edits->work, answers, edits->count, error) && write_columns(edits, error);
}
