// SPDX-License-Identifier: GPL-2.0-or-later
// What the rules of ticket filters look at.
#include "ops/create/filter_data.h"

#include "base/buffer.h"
#include "forms/shown.h"
#include "ops/json_field.h"
#include "ops/ticket/form_dates.h"
#include "store/answers.h"

#include <inttypes.h>
#include <stdio.h>

#define SHOWN_MAX (1 << 20)

static bool has(const struct filter_data *data, struct text what) {
    for (size_t i = 0; i < data->count; i++)
        if (text_equal(data->items[i].what, what)) return true;
    return false;
}

struct text filter_datum(const struct filter_data *data, struct text what) {
    for (size_t i = 0; i < data->count; i++)
        if (text_equal(data->items[i].what, what)) return data->items[i].value;
    return TEXT("");
}

// Without room the arena tells.
static void add_untrimmed(struct create_draft *draft, struct filter_data *data, struct text what,
                          struct text value) {
    struct filter_datum *datum = arena_append(&draft->arena, &data->items, &data->count, sizeof *datum);
    if (datum) *datum = (struct filter_datum){what, value};
}

// The first to come stays.
static void add(struct create_draft *draft, struct filter_data *data, struct text what, struct text value) {
    if (!has(data, what)) add_untrimmed(draft, data, what, value.data ? text_trim(value) : TEXT(""));
}

static void add_field(struct create_draft *draft, struct filter_data *data, int64_t id, struct text value) {
    char what[32];
    snprintf(what, sizeof what, "field.%" PRId64, id);
    add(draft, data, arena_copy(&draft->arena, text_of(what)), value);
}

static void add_answers(struct create_draft *draft, struct filter_data *data,
                        const struct form_answers *answers) {
    for (size_t i = 0; i < answers->count; i++) {
        const struct answer_value *answer = &answers->values[i];
        if (answer->shown.length && !text_is_falsy(answer->shown))
            add_field(draft, data, answer->field->id, answer->shown);
    }
}

// Some types show more than what is stored. Of a switch that is stored PHP's filters see nothing but "No".
static bool show(struct create_draft *draft, const struct form_answer *answer, struct buffer *out,
                 struct error *error) {
    static const char *const types[] = {"phone", "choices", "datetime"};
    struct stored_answer stored = {answer->type, answer->configuration, answer->value};
    struct shown_dates dates = form_dates(&draft->help_desk);
    bool differs = text_starts_with(answer->type, TEXT("list-"));
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        differs = differs || text_equal(answer->type, text_of(types[i]));
    if (differs) return shown_add_searchable(&stored, &dates, out, error);
    buffer_add_text(out, text_equal(answer->type, TEXT("bool")) ? TEXT("No") : answer->value);
    return true;
}

static bool add_stored(struct create_draft *draft, struct filter_data *data, const struct form_answer *answer,
                       struct error *error) {
    struct buffer shown = buffer_new(SHOWN_MAX);
    bool done = text_is_null(answer->value) || show(draft, answer, &shown, error);
    if (done && shown.length && !text_is_falsy(buffer_text(&shown)))
        add_field(draft, data, answer->field_id, arena_copy(&draft->arena, buffer_text(&shown)));
    buffer_free(&shown);
    return done;
}

// Whether a filter asks for a field that nothing said here answers: it may be one of the user's or the
// organization's.
static bool asks_for_more(const struct create_draft *draft, const struct filter_data *data) {
    for (size_t i = 0; i < draft->desk.filter_count; i++) {
        const struct filter_row *filter = &draft->desk.filters[i];
        for (size_t j = 0; j < filter->rule_count; j++)
            if (text_starts_with(filter->rules[j].what, TEXT("field.")) && !has(data, filter->rules[j].what))
                return true;
    }
    return false;
}

static bool add_parties(struct create_draft *draft, struct filter_data *data, struct error *error) {
    const struct user_row *user = &draft->desk.user;
    struct form_answer *answers;
    size_t count;
    if ((!user->id && !user->organization_id) || !asks_for_more(draft, data)) return true;
    if (!party_answers(draft->context->db, user->id, user->organization_id, &draft->arena, &answers, &count,
                       error))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!add_stored(draft, data, &answers[i], error)) return false;
    return true;
}

// Name and address are fields of the user's form, but kept elsewhere.
static void add_known_user(struct create_draft *draft, struct filter_data *data) {
    const struct form_row *form = &draft->desk.user_form;
    for (size_t i = 0; i < form->field_count; i++) {
        if (text_equal(form->fields[i].name, TEXT("name")))
            add_field(draft, data, form->fields[i].id, draft->desk.user.name);
        if (text_equal(form->fields[i].name, TEXT("email")))
            add_field(draft, data, form->fields[i].id, draft->desk.user.address);
    }
}

static struct text name_of(const struct create_draft *draft) {
    const struct answer_value *answer = form_answer_named(&draft->user_answers, "name");
    if (draft->desk.user.id) return draft->desk.user.name;
    return answer && answer->shown.data ? answer->shown : draft->request.name;
}

struct text filter_requester(const struct create_draft *draft) {
    struct text address = draft->desk.user.id ? draft->desk.user.address : draft->request.email;
    return address.data ? address : TEXT("");
}

// What PHP lets anybody say, and here only mails and trusted clients do.
static bool counts(const struct create_draft *draft) {
    return draft->request.by_mail || draft->context->settings->allow_internal_fields;
}

struct text filter_internal_text(const struct create_draft *draft, const char *name) {
    if (!counts(draft)) return TEXT("");
    struct text text = input_text(input_member(&draft->request.fields, text_of(name)));
    return text.data ? text : TEXT("");
}

static struct text part_of(const struct input *recipient, const char *name) {
    return input_text(input_member(recipient, text_of(name)));
}

// Names and addresses of all recipients in one line.
static void add_addressees(struct create_draft *draft, struct filter_data *data) {
    const struct input *recipients = input_member(&draft->request.fields, TEXT("recipients"));
    size_t room = 0; // an addressee that is left out would pass a filter
    if (!counts(draft) || !recipients) return;
    for (size_t i = 0; i < recipients->count; i++)
        room += part_of(&recipients->members[i], "name").length +
                part_of(&recipients->members[i], "email").length + 2;
    struct buffer line = buffer_new(room);
    for (size_t i = 0; i < recipients->count; i++) {
        if (i) buffer_add_char(&line, ' ');
        buffer_add_text(&line, part_of(&recipients->members[i], "name"));
        buffer_add_char(&line, ' ');
        buffer_add_text(&line, part_of(&recipients->members[i], "email"));
    }
    // PHP does not trim this one: a blank stands for a name that is not there.
    if (line.length)
        add_untrimmed(draft, data, TEXT("addressee"), arena_copy(&draft->arena, buffer_text(&line)));
    buffer_free(&line);
}

// The topic as the request names it, until a filter has chosen one.
static struct text topic_of(struct create_draft *draft) {
    return draft->wishes.topic_id ? arena_integer(&draft->arena, draft->wishes.topic_id)
                                  : input_text(input_member(&draft->request.fields, TEXT("topicId")));
}

static void add_plain(struct create_draft *draft, struct filter_data *data) {
    static const char *const internal[] = {"reply-to", "reply-to-name", "addressee"};
    add_untrimmed(draft, data, TEXT("body"), draft->request.message); // nor does PHP
    add(draft, data, TEXT("email"), filter_requester(draft));
    add(draft, data, TEXT("name"), name_of(draft));
    add(draft, data, TEXT("topicId"), topic_of(draft));
    add_addressees(draft, data);
    for (size_t i = 0; i < sizeof internal / sizeof *internal; i++)
        add(draft, data, text_of(internal[i]), filter_internal_text(draft, internal[i]));
    if (draft->request.internal.email_id)
        add(draft, data, TEXT("emailId"), arena_integer(&draft->arena, draft->request.internal.email_id));
}

bool filter_data_read(struct create_draft *draft, struct filter_data *data, struct error *error) {
    *data = (struct filter_data){0};
    add_plain(draft, data);
    add_answers(draft, data, &draft->ticket_answers);
    for (size_t i = 0; i < draft->topic_answer_count; i++) add_answers(draft, data, &draft->topic_answers[i]);
    if (draft->desk.user.id)
        add_known_user(draft, data);
    else
        add_answers(draft, data, &draft->user_answers);
    return add_parties(draft, data, error) && (!draft->arena.failed || error_too_large(error));
}
