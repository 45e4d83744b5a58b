// SPDX-License-Identifier: GPL-2.0-or-later
// Variables of form fields, and of the company, whose form is all there is of it.
#include "calendar/civil.h"
#include "contact/phone.h"
#include "mail/variables/types.h"

#define ANSWER_MAX (64 * 1024)

const struct mail_answers *variable_answers(struct variables *variables, char type, int64_t id) {
    const struct mail_answers **slot = type == 'T'   ? &variables->ticket_answers
                                       : type == 'U' ? &variables->user_answers
                                       : type == 'O' ? &variables->organization_answers
                                                     : &variables->company_answers;
    if (*slot) return *slot;
    struct mail_answers *answers = arena_take(variables->arena, sizeof *answers);
    struct error error;
    if (!answers) return NULL;
    if (!mail_answers_load(variables->db, type, id, variables->arena, answers, &error)) {
        *answers = (struct mail_answers){0};
        variable_failed(variables, &error);
    }
    return *slot = answers;
}

// The label of a key, from "key:Label" lines; the key itself when it has none.
static struct text choice_label(struct text choices, struct text key) {
    while (choices.length) {
        ptrdiff_t end = text_find(choices, TEXT("\n"), 0);
        struct text line = {choices.data, end < 0 ? choices.length : (size_t)end};
        ptrdiff_t colon = text_find(line, TEXT(":"), 0);
        if (colon > 0 && text_equal(text_trim((struct text){line.data, (size_t)colon}), key))
            return text_trim((struct text){line.data + colon + 1, line.length - (size_t)colon - 1});
        size_t step = end < 0 ? choices.length : (size_t)end + 1;
        choices = (struct text){choices.data + step, choices.length - step};
    }
    return key;
}

static struct variable date_value(struct variables *variables, const struct mail_answer *answer) {
    struct moment *moment = arena_take(variables->arena, sizeof *moment);
    if (!moment || !answer->value.length) return variable_of_text(TEXT_NULL);
    // Older versions of osTicket stored seconds.
    if (!text_to_int64(answer->value, &moment->utc) && !civil_parse_stamp(answer->value, &moment->utc))
        return variable_of_text(answer->value);
    moment->date_only = !answer->has_time;
    // Without a zone of its own the field holds what the clock showed: it is written as it stands.
    moment->in_zone = !(answer->is_utc && answer->has_time);
    moment->zone_name = TEXT("UTC");
    return variable_of_object(&date_type, moment);
}

static struct variable phone_value(struct variables *variables, const struct mail_answer *answer) {
    struct buffer out = buffer_new(ANSWER_MAX);
    phone_format(answer->value, answer->phone_format.length ? answer->phone_format : TEXT("us"), &out);
    return variable_of_buffer(variables, &out, false);
}

static struct variable value_of(struct variables *variables, const struct mail_answer *answer) {
    if (answer->priority.data) return variable_of_object(&priority_type, answer);
    if (text_equal(answer->type, TEXT("datetime"))) return date_value(variables, answer);
    if (text_equal(answer->type, TEXT("phone"))) return phone_value(variables, answer);
    if (text_equal(answer->type, TEXT("bool")))
        return variable_of_text(text_equal(answer->value, TEXT("0")) ? TEXT_NULL : answer->value);
    if (answer->labels.data) return variable_of_text(answer->labels);
    if (text_equal(answer->type, TEXT("choices")))
        return variable_of_text(choice_label(answer->choices, answer->value));
    if (text_equal(answer->type, TEXT("memo")) && answer->is_html) return variable_of_html(answer->value);
    return variable_of_text(answer->value);
}

struct variable variable_of_answer(struct variables *variables, const struct mail_answers *answers,
                                   struct text name) {
    for (size_t i = answers ? answers->count : 0; i > 0; i--)
        if (text_equal_ignoring_case(answers->items[i - 1].name, name))
            return value_of(variables, &answers->items[i - 1]);
    return (struct variable){.kind = VARIABLE_UNKNOWN};
}

static struct variable priority_description(struct variables *variables, const void *object) {
    (void)variables;
    return variable_of_text(((const struct mail_answer *)object)->priority);
}

static struct variable priority_urgency(struct variables *variables, const void *object) {
    (void)variables;
    return variable_of_text(((const struct mail_answer *)object)->priority_urgency);
}

static struct variable priority_color(struct variables *variables, const void *object) {
    (void)variables;
    return variable_of_text(((const struct mail_answer *)object)->priority_color);
}

static const struct member priority_members[] = {
    {"desc", priority_description}, {"urgency", priority_urgency}, {"color", priority_color}, {NULL, NULL}};

const struct object_type priority_type = {priority_members, priority_description, NULL};

static struct variable company_answer(struct variables *variables, const void *object, struct text name) {
    (void)object;
    return variable_of_answer(variables, variable_answers(variables, 'C', 0), name);
}

static struct variable company_name(struct variables *variables, const void *object) {
    struct variable found = company_answer(variables, object, TEXT("name"));
    return found.kind == VARIABLE_UNKNOWN ? variable_of_text(TEXT_NULL) : found;
}

static const struct member company_members[] = {{"name", company_name}, {NULL, NULL}};

const struct object_type company_type = {company_members, company_name, company_answer};
