// SPDX-License-Identifier: GPL-2.0-or-later
// PATCH /tickets/{number}.json: topic, SLA plan, due date, priority, subject, source, fields, owner, marks.
// spec: operations.md 4.8; acting.md 7, 9.
#include "ops/edit/edit.h"
#include "ops/operations.h"
#include "ops/parameters.h"

#define MEMBERS "topic,sla,due,priority,subject,source,fields,owner,answered,overdue"

const struct edit_part edit_parts[] = {
    {"topic", edit_topic},       {"sla", edit_sla},         {"due", edit_due},
    {"priority", edit_priority}, {"subject", edit_subject}, {"source", edit_source},
    {"fields", edit_fields},     {"owner", edit_owner},     {"answered", edit_answered},
    {"overdue", edit_overdue},
};
const size_t edit_part_count = sizeof edit_parts / sizeof *edit_parts;

void edit_changes(struct ticket_edit *edit, const char *part, struct text label) {
    for (size_t i = 0; i < edit_part_count; i++)
        if (text_equal(text_of(part), text_of(edit_parts[i].name))) edit->changed |= 1U << i;
    if (text_is_null(edit->label)) edit->label = label;
}

// By the state that the part has now, for a note without any other label.
static const char *mark_title(const struct act *act) {
    return act->change.ticket.state.answered ? "Ticket Marked Answered" : "Ticket Marked Unanswered";
}

static bool is_changed(const struct ticket_edit *edit, const char *part) {
    for (size_t i = 0; i < edit_part_count; i++)
        if (text_equal(text_of(part), text_of(edit_parts[i].name))) return edit->changed & 1U << i;
    return false;
}

// The comments go with what they explain: where nothing changes, and where only what is overdue does, as in
// the panel, they are left out.
static void title_note(struct act *act, const struct ticket_edit *edit) {
    struct text label = text_cut(edit->label, 200);
    if (!text_is_null(edit->label))
        act_title(act, "%.*s updated", (int)label.length, label.data);
    else if (is_changed(edit, "answered"))
        act_title(act, "%s", mark_title(act));
    else
        act_drop_note(act);
}

static bool decide(struct act *act, void *operation, struct error *error) {
    struct ticket_edit *edit = operation;
    for (size_t i = 0; i < edit_part_count; i++) {
        const struct json_value *given = json_member(act->body, edit_parts[i].name);
        if (given && !edit_parts[i].apply(act, edit, given, error)) return false;
    }
    if (edit->strict && !edit->changed && !edit->mark_count)
        return act_refuse(ERROR_CONFLICT, NULL, error, "The ticket is so already");
    if (edit->is_page) return edit_check_forms(act, edit, error) && edit_decide_page(act, edit, error);
    title_note(act, edit);
    return answer_edits_tell(&act->change, &edit->answers, error);
}

static bool write(struct act *act, void *operation, struct error *error) {
    const struct ticket_edit *edit = operation;
    struct change *change = &act->change;
    const struct locked_ticket *ticket = &change->ticket;
    struct db *db = change->work.db;
    bool has_parties = edit->has_owner || !text_is_null(edit->source);
    return answer_edits_write(&edit->answers, error) &&
           (!has_parties || ticket_parties_set(db, ticket->id, edit->source, ticket->owner_id, error)) &&
           (!edit->has_owner || edit->is_page ||
            collaborator_delete(db, ticket->thread_id, ticket->owner_id, NULL, error)) &&
           (!edit->is_page || ticket_forms_place(db, ticket->id, error));
}

static bool queue_mail(struct act *act, void *operation, struct error *error) {
    const struct ticket_edit *edit = operation;
    struct ticket_mail mail = act_mail(act, 0);
    if (edit->is_page) return act_alert_note(act, 0, error);
    return !edit->alerts_overdue || ticket_mail_alert_overdue(act->change.work.db, &mail, 0, error);
}

static void tell(struct act *act, void *operation, struct json_writer *json) {
    const struct ticket_edit *edit = operation;
    (void)act;
    json_name(json, "changed");
    json_open_array(json);
    for (size_t i = 0; i < edit_part_count; i++)
        if (edit->changed & 1U << i) json_string(json, edit_parts[i].name);
    json_close_array(json);
}

// Marks are no fields of the page.
static bool check_page(const struct act *act, const struct ticket_edit *edit, struct error *error) {
    static const char *const marks[] = {"answered", "overdue"};
    for (size_t i = 0; edit->is_page && i < sizeof marks / sizeof *marks; i++)
        if (json_member(act->body, marks[i]))
            return act_refuse(ERROR_UNPROCESSABLE, marks[i], error, "%s: is not edited with page=1",
                              marks[i]);
    return true;
}

// Whose edit it is: the ticket's owner's, where the key is a client's or the request names one.
static bool is_of_client(const struct act *act) {
    return principal_sees_as_client(act->change.context->principal) || act_gives(act, "user");
}

static bool is_any_given(const struct act *act, struct error *error) {
    for (size_t i = 0; i < edit_part_count; i++)
        if (json_member(act->body, edit_parts[i].name)) return true;
    return act_refuse(ERROR_UNPROCESSABLE, NULL, error, "There is nothing to change: " MEMBERS);
}

static bool find_parties(struct act *act, struct ticket_edit *edit, struct error *error) {
    struct reference owner, sla;
    if (!act_reference(act, "owner", &owner, error) || !act_reference(act, "sla", &sla, error)) return false;
    if (!reference_is_given(owner) && !reference_is_given(sla)) return true;
    return edit_parties_find(act->change.work.db, owner, sla, &act->change.arena, &edit->parties, error);
}

bool ticket_edit(struct operation_context *context, struct answer *answer, struct error *error) {
    static const struct act_steps steps = {
        .decide = decide, .write = write, .mail = queue_mail, .tell = tell};
    struct ticket_edit edit = {.strict = parameter_is(context, "strict", "1"),
                               .is_page = parameter_is(context, "page", "1")};
    struct act act;
    bool done = act_open_for_client(&act, context, MEMBERS ",user", error);
    act.is_page = edit.is_page;
    if (done && is_of_client(&act))
        done = ticket_edit_by_client(&act, answer, error);
    else
        done = done && act_open_for_agent(&act, error) && is_any_given(&act, error) &&
               check_page(&act, &edit, error) && act_find(&act, error) && find_parties(&act, &edit, error) &&
               act_run(&act, &steps, &edit, answer, error);
    act_close(&act);
    return done;
}
