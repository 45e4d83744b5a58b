// SPDX-License-Identifier: GPL-2.0-or-later
// The forms of a new ticket, filled and checked.
#include "ops/create/forms.h"

#include "base/buffer.h"
#include "calendar/moment.h"
#include "contact/mail_address_syntax.h"
#include "forms/disabled.h"
#include "ops/ticket/form_dates.h"
#include "json/reader.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>

// NULL when the arena is full.
static struct form *make_form(struct arena *arena, const struct form_row *row) {
    struct error ignored = {0};
    struct form *form = arena_take(arena, sizeof *form);
    struct form_field *fields = arena_take(arena, row->field_count * sizeof *fields);
    if (!form || (!fields && row->field_count)) return NULL;
    struct json_value *extra = row->extra.length ? json_parse(row->extra, &ignored) : NULL;
    for (size_t i = 0; i < row->field_count; i++) {
        const struct field_row *field = &row->fields[i];
        fields[i] = (struct form_field){.id = field->id,
                                        .flags = field->flags,
                                        .sort = field->sort,
                                        .type = field->type,
                                        .label = field->label,
                                        .name = field->name,
                                        .configuration = field->configuration,
                                        .disabled = topic_disables_field(extra, field->id)};
    }
    *form = (struct form){.id = row->id,
                          .type = row->type.length ? row->type.data[0] : 'G',
                          .sort = row->sort,
                          .extra = row->extra,
                          .fields = fields,
                          .field_count = row->field_count};
    json_free(&extra);
    return form;
}

struct forms {
    struct create_draft *draft;
    struct form_tables tables;
    enum form_audience audience;
    struct error *error;
};

static bool load_tables(struct forms *forms) {
    struct create_draft *draft = forms->draft;
    const struct help_desk *desk = &draft->help_desk;
    struct form_priority *priorities = arena_take(&draft->arena, desk->priority_count * sizeof *priorities);
    struct list_item *items = arena_take(&draft->arena, draft->desk.list_item_count * sizeof *items);
    if (draft->arena.failed) return error_too_large(forms->error);
    for (size_t i = 0; i < desk->priority_count; i++)
        priorities[i] = (struct form_priority){desk->priorities[i].id, desk->priorities[i].description};
    for (size_t i = 0; i < draft->desk.list_item_count; i++) {
        const struct list_item_row *row = &draft->desk.list_items[i];
        items[i] = (struct list_item){row->id, row->list_id, row->value, row->abbreviation};
    }
    forms->tables =
        (struct form_tables){.priorities = priorities,
                             .priority_count = desk->priority_count,
                             .list_items = items,
                             .list_item_count = draft->desk.list_item_count,
                             .embedded_domains = help_desk_config(desk, "embedded_domain_whitelist"),
                             .dates = form_dates(desk)};
    return true;
}

static bool fill(struct forms *forms, const struct form_row *row, const struct input *request,
                 struct form_answers *answers, struct form_errors *errors) {
    struct arena *arena = &forms->draft->arena;
    const struct form *form = make_form(arena, row);
    if (!form) return error_too_large(forms->error);
    return form_fill(form, request, &forms->tables, forms->audience, arena, answers, errors, forms->error);
}

// Filters see the message as it was meant, not a data: URL.
static void show_message(struct create_draft *draft) {
    for (size_t i = 0; i < draft->ticket_answers.count; i++) {
        struct answer_value *answer = &draft->ticket_answers.values[i];
        if (text_equal(answer->field->type, TEXT("thread")) && draft->request.message.data)
            answer->shown = draft->request.message;
    }
}

// What PHP's ticket form finds of a request from the sources of browsers: nothing, or, when it is refused
// already, all but the message.
static bool hide_fields(struct forms *forms, bool refused, struct input *found) {
    const struct input *fields = &forms->draft->request.fields;
    *found = (struct input){.kind = INPUT_MAP};
    for (size_t i = 0; refused && i < fields->count; i++) {
        if (text_equal(fields->members[i].name, TEXT("message"))) continue;
        struct input *member =
            arena_append(&forms->draft->arena, &found->members, &found->count, sizeof *member);
        if (!member) return error_too_large(forms->error);
        *member = fields->members[i];
    }
    return true;
}

static bool fill_ticket(struct forms *forms, bool refused) {
    struct create_draft *draft = forms->draft;
    struct input found = draft->request.fields;
    bool browser = forms->audience == FORM_FOR_CLIENTS || forms->audience == FORM_FOR_AGENTS;
    if (browser && !hide_fields(forms, refused, &found)) return false;
    if (!fill(forms, &draft->desk.ticket_form, &found, &draft->ticket_answers, &draft->ticket_errors))
        return false;
    show_message(draft);
    return true;
}

static bool fill_topic(struct forms *forms) {
    struct create_draft *draft = forms->draft;
    struct form_errors unheeded = {0};
    if (!draft->desk.topic_requested) return true;
    for (size_t i = 0; i < draft->desk.topic_form_count; i++) {
        struct form_answers *answers =
            arena_append(&draft->arena, &draft->topic_answers, &draft->topic_answer_count, sizeof *answers);
        if (!answers) return error_too_large(forms->error);
        // The forms of a topic that is not active are kept, but not checked.
        if (!fill(forms, &draft->desk.topic_forms[i], &draft->request.fields, answers,
                  draft->desk.topic.active ? &draft->topic_errors : &unheeded))
            return false;
    }
    return true;
}

static bool fill_user(struct forms *forms) {
    struct create_draft *draft = forms->draft;
    if (draft->desk.user.id) return true;
    if (!fill(forms, &draft->desk.user_form, &draft->request.fields, &draft->user_answers,
              &draft->user_errors))
        return false;
    if (mail_address_is_valid(draft->request.email)) return true;
    return form_errors_add(&draft->user_errors, &draft->arena, TEXT("email"),
                           TEXT("Enter a valid email address")) ||
           error_too_large(forms->error);
}

// One pair "KEY\nTEXT" more, unless there is no room: the rest is left out then.
static void tell(struct buffer *out, struct text key, struct text text) {
    struct buffer pair = buffer_new(ERROR_MESSAGE_MAX);
    if (out->length && out->data[out->length - 1] != ':') buffer_add_char(&pair, '\n');
    buffer_add_text(&pair, key);
    buffer_add_char(&pair, '\n');
    buffer_add_text(&pair, text);
    if (!pair.failed && out->length + pair.length < ERROR_MESSAGE_MAX)
        buffer_add_text(out, buffer_text(&pair));
    buffer_free(&pair);
}

static void tell_all(struct buffer *out, const struct form_errors *errors, bool numbered, size_t *number) {
    char digits[24];
    for (size_t i = 0; i < errors->count; i++) {
        snprintf(digits, sizeof digits, "%zu", (*number)++);
        tell(out, numbered ? text_of(digits) : errors->items[i].key, errors->items[i].text);
    }
}

static struct buffer open_message(void) {
    struct buffer out = buffer_new(ERROR_MESSAGE_MAX);
    buffer_add_string(&out, "Unable to create new ticket :");
    return out;
}

static bool refuse(struct buffer *out, struct error *error) {
    error_set(error, ERROR_BAD_REQUEST, "%s", out->data);
    buffer_free(out);
    return false;
}

// The name of a field, by the key of its error, which is its id; what has none keeps the key.
static struct text name_in(const struct form_row *form, struct text key) {
    int64_t id;
    for (size_t i = 0; text_to_int64(key, &id) && i < form->field_count; i++)
        if (form->fields[i].id == id && form->fields[i].name.length) return form->fields[i].name;
    return TEXT_NULL;
}

static void add_fields(const struct form_errors *errors, const struct form_row *forms, size_t form_count,
                       struct error *error) {
    for (size_t i = 0; i < errors->count; i++) {
        struct text name = TEXT_NULL;
        for (size_t k = 0; k < form_count && text_is_null(name); k++)
            name = name_in(&forms[k], errors->items[i].key);
        error_add_field(error, text_is_null(name) ? errors->items[i].key : name, errors->items[i].text);
    }
}

// For who is answered in JSON: each field by its name. PHP's text names them by ids, and no user's.
static bool refuse_by_name(const struct create_draft *draft, struct error *error) {
    const struct create_desk *desk = &draft->desk;
    error_set(error, ERROR_UNPROCESSABLE,
              "The ticket was not made: errors says what is wrong with its fields");
    add_fields(&draft->user_errors, &desk->user_form, 1, error);
    add_fields(&draft->ticket_errors, &desk->ticket_form, 1, error);
    add_fields(&draft->topic_errors, desk->topic_forms, desk->topic_form_count, error);
    return false;
}

// What a source asks for before any form is looked at. Appends what is wrong.
static void check_source(const struct create_draft *draft, enum form_audience audience, bool known,
                         struct buffer *out) {
    struct text topic = input_text(input_member(&draft->request.fields, TEXT("topicId")));
    size_t before = out->length;
    if (!known) {
        tell(out, TEXT("origin"), TEXT("Invalid ticket origin given"));
        tell(out, TEXT("err"), TEXT("No fields set up"));
        return;
    }
    if (audience == FORM_FOR_CLIENTS && !text_is_numeric(topic))
        tell(out, TEXT("topicId"), TEXT("Select a Help Topic"));
    if (audience == FORM_FOR_AGENTS && !text_is_numeric(topic))
        tell(out, TEXT("topicId"), TEXT("Help topic selection is required"));
    if (audience == FORM_FOR_MAIL && !draft->request.internal.email_id)
        tell(out, TEXT("emailId"), TEXT("Unknown system email"));
    if (out->length > before)
        tell(out, TEXT("err"),
             TEXT("Missing or invalid data \342\200\224 Correct any errors below and try again"));
}

static void check_due_date(const struct create_draft *draft, struct buffer *out) {
    struct text due = draft->request.internal.due_date;
    int64_t now = time(NULL), utc;
    if (!due.length || text_equal(due, TEXT("0"))) return;
    if (!moment_parse(due, now, &utc))
        tell(out, TEXT("duedate"), TEXT("Invalid due date"));
    else if (utc <= now)
        tell(out, TEXT("duedate"), TEXT("Due date must be in the future"));
}

static bool read_audience(struct text source, enum form_audience *audience) {
    static const struct {
        const char *source;
        enum form_audience audience;
    } sources[] = {{"api", FORM_FOR_API},
                   {"web", FORM_FOR_CLIENTS},
                   {"staff", FORM_FOR_AGENTS},
                   {"email", FORM_FOR_MAIL}};
    *audience = FORM_FOR_API;
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++)
        if (text_equal_ignoring_case(source, text_of(sources[i].source))) {
            *audience = sources[i].audience;
            return true;
        }
    return false;
}

bool create_fill_forms(struct create_draft *draft, struct error *error) {
    struct forms forms = {.draft = draft, .error = error};
    bool known = read_audience(draft->request.source, &forms.audience);
    if (draft->request.by_client) forms.audience = FORM_FOR_PORTAL;
    struct buffer out = open_message();
    size_t start = out.length, number = 0;
    check_source(draft, forms.audience, known, &out);
    check_due_date(draft, &out);
    bool refused = out.length > start;
    bool done = load_tables(&forms) && fill_ticket(&forms, refused);
    if (done && refused) {
        tell_all(&out, &draft->ticket_errors, false, &number);
        return refuse(&out, error);
    }
    buffer_free(&out);
    return done && fill_topic(&forms) && fill_user(&forms);
}

bool create_fill_user_form(struct create_draft *draft, const struct input *fields,
                           struct form_answers *answers, struct error *error) {
    struct forms forms = {.draft = draft, .audience = FORM_FOR_MAIL, .error = error};
    struct form_errors unheeded = {0};
    return load_tables(&forms) && fill(&forms, &draft->desk.user_form, fields, answers, &unheeded);
}

bool create_fill_new_user(struct create_draft *draft, struct error *error) {
    struct forms forms = {.draft = draft, .audience = FORM_FOR_AGENTS, .error = error};
    return load_tables(&forms) && fill_user(&forms);
}

bool create_validate(struct create_draft *draft, struct error *error) {
    bool numbered = draft->topic_errors.count > 0;
    size_t number = 0;
    if (!draft->user_errors.count && !draft->ticket_errors.count && !numbered) return true;
    if (draft->context->in_profile) return refuse_by_name(draft, error);
    struct buffer out = open_message();
    if (draft->user_errors.count) tell(&out, TEXT("user"), TEXT("Incomplete client information"));
    tell_all(&out, &draft->ticket_errors, numbered, &number);
    tell_all(&out, &draft->topic_errors, numbered, &number);
    return refuse(&out, error);
}
