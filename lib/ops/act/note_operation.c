// SPDX-License-Identifier: GPL-2.0-or-later
// POST /tickets/{number}/note.json: an internal note. spec: operations.md 4.1; acting.md 3.1, 11.
#include "markup/search.h"
#include "ops/act/act.h"
#include "ops/act/locking.h"
#include "ops/operations.h"

#define TITLE_MAX (1 << 16)

struct note {
    struct text text, title;
    struct reference status;
    const struct ticket_status *to; // NULL: it stays
    bool alerts;
};

static bool read_request(struct act *act, struct note *note, struct error *error) {
    if (!act_text(act, "note", &note->text, error) || !act_text(act, "title", &note->title, error) ||
        !act_reference(act, "status", &note->status, error) ||
        !act_switch(act, "alert", true, &note->alerts, error))
        return false;
    if (act_gives(act, "comments"))
        return act_refuse(ERROR_UNPROCESSABLE, "comments", error, "A note has no comments: write a note");
    if (reference_is_given(note->status) && !(act->change.context->principal->scopes & SCOPE_STATUS))
        return error_set(error, ERROR_SCOPE, "The API key lacks the scope %s", scope_name(SCOPE_STATUS));
    return !act_text_is_empty(act, note->text) ||
           act_refuse(ERROR_UNPROCESSABLE, "note", error, "Note content is required");
}

// Of HTML what can be read of it.
static bool make_title(struct act *act, struct text title, struct error *error) {
    struct buffer plain = buffer_new(TITLE_MAX);
    if (!text_trim(title).length) return true;
    if (act->is_html && !markup_searchable_html(title, &plain, error)) return false;
    struct text shown = act->is_html ? buffer_text(&plain) : title;
    act_title(act, "%.*s", (int)shown.length, shown.data ? shown.data : "");
    buffer_free(&plain);
    return true;
}

// A merged ticket's note goes to where its entries are read, which is its parent's thread. spec:
// acting.md 11.
static bool follow_merge(struct act *act, const struct note *note, struct error *error) {
    if (!act->parties.merged_into) return true;
    act->change.ticket_id = act->parties.merged_into;
    return !reference_is_given(note->status) ||
           act_refuse(
               ERROR_UNPROCESSABLE, "status", error,
               "status: the ticket was merged, and its notes go to another one: set it without a note");
}

static bool prepare(struct act *act, struct note *note, struct error *error) {
    act->change.around.drafts = true;
    if (!act_find(act, error) || !follow_merge(act, note, error)) return false;
    act_heed_lock(act);
    return (!reference_is_given(note->status) || act_status(act, "status", note->status, &note->to, error)) &&
           act_take_files(act, error) && act_make_note(act, note->text, error) &&
           make_title(act, note->title, error);
}

static bool decide(struct act *act, void *operation, struct error *error) {
    const struct note *note = operation;
    if (ticket_is_merged(&act->change.ticket))
        return error_set(error, ERROR_CONFLICT, "The ticket has just been merged into another one");
    act_release_lock(act);
    return !note->to || act_set_status(act, "status", note->to, error);
}

static bool write(struct act *act, void *operation, struct error *error) {
    (void)operation;
    return act_forget_writing(act, "note", error);
}

static bool queue_mail(struct act *act, void *operation, struct error *error) {
    const struct note *note = operation;
    return !note->alerts || act_alert_note(act, act->former_staff_id, error);
}

bool ticket_note(struct operation_context *context, struct answer *answer, struct error *error) {
    static const struct act_steps steps = {
        .created = true, .decide = decide, .write = write, .mail = queue_mail};
    struct note note = {0};
    struct act act;
    bool done = act_open(&act, context, "note,title,attachments,alert,status", error) &&
                read_request(&act, &note, error) && prepare(&act, &note, error) &&
                act_run(&act, &steps, &note, answer, error);
    act_close(&act);
    return done;
}
