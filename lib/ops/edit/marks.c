// SPDX-License-Identifier: GPL-2.0-or-later
// Parts of an edit that mark the ticket: answered, overdue. A note of the system's tells of each.
#include "markup/escape.h"
#include "ops/edit/edit.h"
#include "ops/ticket/due_again.h"

#define NOTE_MAX 4096

static bool read_mark(struct act *act, const char *part, const struct json_value *given, bool *on,
                      struct error *error) {
    if (json_kind(given) == JSON_NULL)
        return act_refuse(ERROR_UNPROCESSABLE, part, error, "%s: has to be true or false", part);
    return act_switch(act, part, false, on, error);
}

// "Ticket flagged as answered by Basem Deiaa", titled "Ticket Marked Answered".
static bool add_note(struct act *act, struct ticket_edit *edit, const char *title, const char *word,
                     struct error *error) {
    struct change *change = &act->change;
    struct thread_entry *entry = &edit->marks[edit->mark_count++];
    const struct actor nobody = actor_system();
    struct buffer text = buffer_new(NOTE_MAX);
    buffer_add_format(&text, "Ticket flagged as %s by ", word);
    markup_escape(text_cut(change->actor.name, 200), &text);
    struct text note = arena_copy(&change->arena, buffer_text(&text));
    buffer_free(&text);
    entry->is_by_the_way = true;
    entry->row = (struct new_entry){.type = "N", .source = TEXT(""), .title = text_of(title)};
    return thread_entry_make(&change->work, note, ENTRY_HTML, entry, error) &&
           change_add_entry(change, &nobody, entry, error);
}

// The department's manager needs no permission.
static bool is_manager(const struct act *act) {
    return !act->agent || act->change.around.agent.manages_department;
}

bool edit_answered(struct act *act, struct ticket_edit *edit, const struct json_value *given,
                   struct error *error) {
    struct ticket_state *state = &act->change.ticket.state;
    bool on = false;
    if (!is_manager(act) && !act_needs(act, "ticket.markanswered", error)) return false;
    if (!read_mark(act, "answered", given, &on, error)) return false;
    if (state->answered == on) return true;
    state->answered = on;
    act->change.saves = true;
    edit_changes(edit, "answered", TEXT_NULL);
    return add_note(act, edit, on ? "Ticket Marked Answered" : "Ticket Marked Unanswered",
                    on ? "answered" : "unanswered", error);
}

// A note more where it is marked already, as in the panel.
static bool mark_overdue(struct act *act, struct ticket_edit *edit, struct error *error) {
    struct change *change = &act->change;
    struct ticket_state *state = &change->ticket.state;
    if (!ticket_status_is(help_desk_status(&change->help_desk, state->status_id), "open"))
        return act_refuse(ERROR_CONFLICT, "overdue", error, "Only an open ticket can be overdue");
    if (!state->overdue) {
        state->overdue = true;
        change->saves = true;
        edit->alerts_overdue = change->ticket.sla_alerts;
        edit_changes(edit, "overdue", TEXT_NULL);
        if (!change_add_event(change, "overdue", TEXT_NULL, error)) return false;
    }
    return add_note(act, edit, "Ticket Marked Overdue", "overdue", error);
}

bool edit_overdue(struct act *act, struct ticket_edit *edit, const struct json_value *given,
                  struct error *error) {
    struct change *change = &act->change;
    bool on = false;
    if (!is_manager(act))
        return act_refuse(ERROR_DENIED, "overdue", error,
                          "Only the manager of the ticket's department may say that it is overdue");
    if (!read_mark(act, "overdue", given, &on, error)) return false;
    if (on) return mark_overdue(act, edit, error);
    if (!change->ticket.state.overdue) return true;
    ticket_drop_past_due_dates(&change->ticket.state, change->help_desk.now);
    change->saves = true;
    edit_changes(edit, "overdue", TEXT_NULL);
    return true;
}
