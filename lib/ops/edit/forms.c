// SPDX-License-Identifier: GPL-2.0-or-later
// Parts of an edit that are answers to the ticket's forms: priority, subject, fields.
#include "ops/edit/edit.h"

#define FIELDS_MAX 200 // of one request

static bool open_answers(struct act *act, struct ticket_edit *edit, struct error *error) {
    if (!act_needs(act, "ticket.edit", error)) return false;
    if (edit->has_answers) return true;
    edit->has_answers = true;
    edit->answers.told_together = edit->is_page;
    edit->answers.only_answered = edit->strict;
    return answer_edits_open(&act->change.work, FORM_OF_TICKET, act->change.ticket.id, &edit->answers, error);
}

static bool edit_one(struct act *act, struct ticket_edit *edit, const char *part, struct text name,
                     const struct json_value *given, struct error *error) {
    struct input input;
    bool added;
    if (!input_of_json(given, &act->change.arena, &input, error) ||
        !answer_edits_add(&edit->answers, name, &input, &added, error))
        return false;
    if (!added) return true;
    if (!edit->is_page) {
        act->change.saves = true;
        act->change.ticket.state.last_update = act->change.help_desk.now;
    }
    edit_changes(edit, part, edit->answers.items[edit->answers.count - 1].from->label);
    return true;
}

bool edit_priority(struct act *act, struct ticket_edit *edit, const struct json_value *given,
                   struct error *error) {
    return open_answers(act, edit, error) && edit_one(act, edit, "priority", TEXT("priority"), given, error);
}

bool edit_subject(struct act *act, struct ticket_edit *edit, const struct json_value *given,
                  struct error *error) {
    return open_answers(act, edit, error) && edit_one(act, edit, "subject", TEXT("subject"), given, error);
}

bool edit_fields(struct act *act, struct ticket_edit *edit, const struct json_value *given,
                 struct error *error) {
    void *cursor = NULL;
    struct text name;
    const struct json_value *value;
    if (json_kind(given) != JSON_OBJECT || json_count(given) > FIELDS_MAX)
        return act_refuse(ERROR_UNPROCESSABLE, "fields", error,
                          "fields: has to be an object with at most %d members", FIELDS_MAX);
    if (!open_answers(act, edit, error)) return false;
    while (json_next_member(given, &cursor, &name, &value))
        if (!edit_one(act, edit, "fields", name, value, error)) return false;
    return true;
}

bool edit_check_forms(struct act *act, struct ticket_edit *edit, struct error *error) {
    return open_answers(act, edit, error) && answer_edits_check_rest(&edit->answers, error);
}
