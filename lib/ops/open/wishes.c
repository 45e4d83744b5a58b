// SPDX-License-Identifier: GPL-2.0-or-later
// What agents say of a new ticket beside its forms: read and looked up.
#include "ops/open/wishes.h"

#include "base/buffer.h"
#include "ops/act/assigning.h"
#include "ops/open/copies.h"
#include "ops/open/write.h"
#include "ops/ticket/source_name.h"

#define EXTENSION_MAX 10
#define PHONE_MAX     256

static bool has_field(const struct form_row *form, struct text name) {
    for (size_t i = 0; i < form->field_count; i++)
        if (text_equal(form->fields[i].name, name)) return true;
    return false;
}

static bool is_of_a_form(const struct create_draft *draft, struct text name) {
    const struct create_desk *desk = &draft->desk;
    for (size_t i = 0; i < desk->topic_form_count; i++)
        if (has_field(&desk->topic_forms[i], name)) return true;
    return has_field(&desk->ticket_form, name) || has_field(&desk->user_form, name);
}

static const struct input *member(const struct open_wishes *wishes, const char *name) {
    const struct input *value = input_member(&wishes->draft->request.fields, text_of(name));
    bool given = value && value->kind != INPUT_NULL && !is_of_a_form(wishes->draft, text_of(name));
    return given ? value : NULL;
}

// TEXT_NULL where it is not given. `what` is wanted.
static bool read_text(const struct open_wishes *wishes, const char *name, const char *what, struct text *text,
                      struct error *error) {
    const struct input *value = member(wishes, name);
    *text = TEXT_NULL;
    if (!value) return true;
    if (value->kind != INPUT_TEXT && value->kind != INPUT_NUMBER)
        return act_refuse(ERROR_UNPROCESSABLE, name, error, "%s has to be %s", name, what);
    *text = value->text.data ? value->text : TEXT("");
    return true;
}

static bool read_reference(struct open_wishes *wishes, const char *name, struct reference *reference,
                           struct error *error) {
    struct text text;
    *reference = (struct reference){0, TEXT_NULL};
    if (!read_text(wishes, name, "a name or an id", &text, error) ||
        !reference_read(text, name, reference, error))
        return false;
    wishes->any = wishes->any || reference_is_given(*reference);
    return true;
}

// ---- what is found in the desk
// -------------------------------------------------------------------------

// 0, with the error set: none or several bear the name.
static int64_t one_of(const char *name, const char *kind, size_t count, int64_t id, struct error *error) {
    if (count == 1) return id;
    act_refuse(ERROR_UNPROCESSABLE, name, error,
               count ? "%s: several %ss bear this name" : "%s: there is no such %s", name, kind);
    return 0;
}

static bool take_sla(struct open_wishes *wishes, struct error *error) {
    struct create_draft *draft = wishes->draft;
    const struct sla_row *found = NULL;
    struct reference wanted;
    size_t count = 0;
    if (!read_reference(wishes, "sla", &wanted, error)) return false;
    if (!reference_is_given(wanted)) return true;
    for (size_t i = 0; i < draft->desk.sla_count; i++) {
        const struct sla_row *row = &draft->desk.slas[i];
        if (wanted.id ? row->id != wanted.id : !text_equal_ignoring_case(row->name, wanted.name)) continue;
        found = row;
        count++;
    }
    if (!one_of("sla", "SLA plan", count, found ? found->id : 0, error)) return false;
    if (!(found->flags & SLA_FLAG_ACTIVE))
        return act_refuse(ERROR_UNPROCESSABLE, "sla", error, "sla: the SLA plan is not active");
    draft->wishes.sla_id = found->id;
    return true;
}

static bool is_called(const struct ticket_priority *priority, struct reference wanted) {
    if (wanted.id) return priority->id == wanted.id;
    return text_equal_ignoring_case(priority->description, wanted.name) ||
           text_equal_ignoring_case(priority->name, wanted.name);
}

// The field of the ticket form that is of this type, whatever it is called.
static bool asks_for_priority(const struct create_draft *draft) {
    const struct form_row *form = &draft->desk.ticket_form;
    for (size_t i = 0; i < form->field_count; i++)
        if (text_equal(form->fields[i].name, TEXT("priority")))
            return text_equal(form->fields[i].type, TEXT("priority"));
    return false;
}

// The ticket form's own field takes an id: the name becomes one.
static bool take_priority(struct open_wishes *wishes, struct error *error) {
    struct create_draft *draft = wishes->draft;
    const struct help_desk *help_desk = &draft->help_desk;
    // The tree is this request's own.
    struct input *value = (struct input *)(uintptr_t)input_member(&draft->request.fields, TEXT("priority"));
    struct buffer digits = buffer_new(32);
    struct reference wanted;
    const struct ticket_priority *found = NULL;
    size_t count = 0;
    bool asked = value && (value->kind == INPUT_TEXT || value->kind == INPUT_NUMBER) && value->text.length;
    if (!asked || !asks_for_priority(draft)) return true;
    if (!reference_read(value->text, "priority", &wanted, error)) return false;
    for (size_t i = 0; i < help_desk->priority_count; i++) {
        if (!is_called(&help_desk->priorities[i], wanted)) continue;
        found = &help_desk->priorities[i];
        count++;
    }
    if (!one_of("priority", "priority", count, found ? found->id : 0, error)) return false;
    if (wanted.id) return true;
    wishes->any = true;
    buffer_add_format(&digits, "%lld", (long long)found->id);
    value->kind = INPUT_TEXT;
    value->text = arena_copy(&draft->arena, buffer_text(&digits));
    buffer_free(&digits);
    return true;
}

// ---- what is said of the request itself
// ----------------------------------------------------------------

// Of these PHP takes API alone from an API, and osTicket's panel all.
static bool take_source(struct open_wishes *wishes, struct error *error) {
    struct create_request *request = &wishes->draft->request;
    struct text given = input_text(input_member(&request->fields, TEXT("source")));
    const char *source = ticket_source_named(text_trim(given));
    if (!given.length || request->internal.email_id || text_equal_ignoring_case(given, TEXT("staff")))
        return true;
    if (!source)
        return act_refuse(ERROR_UNPROCESSABLE, "source", error,
                          "source: has to be Phone, Email, Web, API or Other");
    request->source = TEXT("API");
    request->shown_source = text_of(source);
    return true;
}

static bool is_extension(struct text text) {
    for (size_t i = 0; i < text.length; i++)
        if (text.data[i] < '0' || text.data[i] > '9') return false;
    return text.length && text.length <= EXTENSION_MAX;
}

// Behind the number, as osTicket keeps it: 5551234X7.
static bool take_extension(struct open_wishes *wishes, struct error *error) {
    struct create_draft *draft = wishes->draft;
    struct input *phone = (struct input *)(uintptr_t)input_member(&draft->request.fields, TEXT("phone"));
    struct buffer whole = buffer_new(PHONE_MAX);
    struct text extension;
    if (!read_text(wishes, "phone_ext", "digits", &extension, error)) return false;
    if (text_is_null(extension)) return true;
    extension = text_trim(extension);
    if (!is_extension(extension))
        return act_refuse(ERROR_UNPROCESSABLE, "phone_ext", error, "phone_ext has to be 1 to %d digits",
                          EXTENSION_MAX);
    if (!phone || !input_text(phone).length || text_find(input_text(phone), TEXT("X"), 0) >= 0)
        return act_refuse(ERROR_UNPROCESSABLE, "phone_ext", error,
                          "phone_ext goes with a phone that has no extension of its own");
    buffer_add_text(&whole, phone->text);
    buffer_add_char(&whole, 'X');
    buffer_add_text(&whole, extension);
    bool fits = !whole.failed;
    phone->kind = INPUT_TEXT;
    phone->text = arena_copy(&draft->arena, buffer_text(&whole));
    buffer_free(&whole);
    wishes->any = true;
    return fits || act_refuse(ERROR_UNPROCESSABLE, "phone", error, "phone is too long");
}

static bool take_note(struct open_wishes *wishes, struct error *error) {
    struct create_internal *internal = &wishes->draft->request.internal;
    // That of an internal assignment is PHP's.
    if (internal->assign.length) return true;
    if (!read_text(wishes, "note", "a text", &wishes->note, error)) return false;
    if (text_is_null(wishes->note)) return true;
    if (!text_is_utf8(wishes->note) || !text_trim(wishes->note).length)
        return act_refuse(ERROR_UNPROCESSABLE, "note", error, "note is empty");
    internal->note = TEXT_NULL;
    wishes->any = true;
    return true;
}

// ---- who and whom
// --------------------------------------------------------------------------------------

// Departments and people alone need nobody who acts; a note is somebody's.
static bool choose_actor(struct open_wishes *wishes, struct error *error) {
    struct act *act = &wishes->act;
    const struct operation_context *context = wishes->draft->context;
    struct text named;
    if (!read_text(wishes, "staffUserName", "a name or an id", &named, error)) return false;
    bool somebody = !text_is_null(named) || text_trim(context->acting_as).length ||
                    context->principal->rules.staff_id || wishes->note.length;
    return !somebody || act_choose_actor(act, named, error);
}

static bool look_up(struct open_wishes *wishes, struct reference department, struct error *error) {
    struct create_wishes *wished = &wishes->draft->wishes;
    struct act *act = &wishes->act;
    const struct node *node = NULL;
    if (!act_find_actor(act, error)) return false;
    if (reference_is_given(department)) {
        if (!act_department(act, "department", department, &node, error)) return false;
        if (!(node->flags & DEPARTMENT_FLAG_ACTIVE) || node->flags & DEPARTMENT_FLAG_ARCHIVED)
            return act_refuse(ERROR_UNPROCESSABLE, "department", error,
                              "department: it takes no tickets any more");
        wished->department_id = node->id;
    }
    if (reference_is_given(act->names.staff)) {
        if (!act_staff(act, "staff", &wishes->staff, error)) return false;
        wished->staff_id = wishes->staff->staff.id;
    }
    if (reference_is_given(act->names.team)) {
        if (!act_team(act, "team", &wishes->team, error) ||
            !assigning_check_team("team", wishes->team, error))
            return false;
        wished->team_id = wishes->team->id;
    }
    return true;
}

void open_wishes_begin(struct open_wishes *wishes, struct create_draft *draft) {
    const struct operation_context *context = draft->context;
    *wishes = (struct open_wishes){.draft = draft, .note = TEXT_NULL};
    change_open(&wishes->act.change, draft->context);
    wishes->is_heard =
        !principal_sees_as_client(context->principal) &&
        (context->principal->scopes & SCOPE_UPDATE || context->settings->allow_internal_fields);
}

void open_wishes_end(struct open_wishes *wishes) {
    change_close(&wishes->act.change);
}

bool open_wishes_are_ours(const struct open_wishes *wishes) {
    static const char *const members[] = {"department", "staff", "team", "sla", "note", "cc", "phone_ext"};
    const struct input *fields = &wishes->draft->request.fields;
    bool named = false;
    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        named = named || input_member(fields, text_of(members[i]));
    return wishes->any || (wishes->is_heard && !wishes->is_read && named);
}

bool open_wishes_read(struct open_wishes *wishes, struct error *error) {
    struct act *act = &wishes->act;
    struct reference department;
    wishes->is_read = true;
    if (!wishes->is_heard) return true;
    if (!read_reference(wishes, "department", &department, error) ||
        !read_reference(wishes, "staff", &act->names.staff, error) ||
        !read_reference(wishes, "team", &act->names.team, error) || !take_sla(wishes, error) ||
        !take_priority(wishes, error) || !take_source(wishes, error) || !take_extension(wishes, error) ||
        !take_note(wishes, error) || !open_copies_read(wishes, member(wishes, "cc"), error))
        return false;
    if (wishes->draft->arena.failed) return error_too_large(error);
    if (!wishes->any) return true;
    if (!choose_actor(wishes, error) || !look_up(wishes, department, error)) return false;
    open_write_beside(wishes);
    return true;
}

bool open_wishes_check(struct open_wishes *wishes, struct create_decision *decision, struct error *error) {
    bool is_his = wishes->staff && decision->staff_id == wishes->staff->staff.id;
    bool is_theirs = wishes->team && decision->team_id == wishes->team->id;
    // A filter may have given it to somebody else, or closed it; nobody but the
    // request chose one who is away.
    if (wishes->staff && wishes->draft->wishes.staff_id == wishes->staff->staff.id && !decision->closed) {
        wishes->act.change.ticket.state.department_id = decision->department_id;
        if (!assigning_check_staff(&wishes->act, "staff", wishes->staff, error)) return false;
    }
    decision->chosen_by_agent = decision->chosen_by_agent || is_his || is_theirs;
    return true;
}
