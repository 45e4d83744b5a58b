// SPDX-License-Identifier: GPL-2.0-or-later
// DELETE /tickets/{number}.json: a ticket goes for good. spec: operations.md 4.13; acting.md 4.5.
#include "base/words.h"
#include "markup/escape.h"
#include "ops/act/act.h"
#include "ops/operations.h"
#include "ops/parameters.h"
#include "ops/ticket/search_index.h"
#include "store/create/rows.h"
#include "store/ticket/deletion.h"

#define LOG_MAX (1 << 20)

struct deleting {
    struct deletion rows;
    struct text comments; // HTML, for the system log; null: none
};

// What others hold on to is not taken from them: a ticket that others were merged into has their entries, and
// tasks have an agent of their own.
static bool decide(struct act *act, void *operation, struct error *error) {
    struct deletion *deletion = &((struct deleting *)operation)->rows;
    struct change *change = &act->change;
    if (!deletion_look(change->work.db, change->ticket_id, &change->arena, deletion, error)) return false;
    if (deletion->merged_count)
        return error_set(error, ERROR_CONFLICT,
                         "Other tickets were merged into this one, and would lose their entries");
    if (deletion->task_count)
        return act_refuse(ERROR_CONFLICT, "tasks", error, "The ticket has %lld tasks",
                          (long long)deletion->task_count);
    return change_add_event(change, "deleted", TEXT_NULL, error);
}

// A ticket that is let go is saved, and with it the row that search finds it by.
static bool index_linked(struct act *act, int64_t ticket_id, struct error *error) {
    struct change *change = &act->change;
    struct ticket_surroundings around = {0};
    struct locked_ticket linked;
    struct search_row row;
    int found = ticket_lock(change->work.db, ticket_id, &around, &change->arena, &linked, error);
    if (found <= 0) return found == 0;
    return ticket_search_make(&change->work, around.answers, around.answer_count, ticket_id, linked.number,
                              &row, error) &&
           search_replace(&change->work, &row, 1, error);
}

static bool index_all_linked(struct act *act, const struct deletion *deletion, struct error *error) {
    struct text list = deletion->linked, element;
    int64_t id;
    while (list_next(&list, &element))
        if (text_to_int64(element, &id) && !index_linked(act, id, error)) return false;
    return true;
}

// What is left of it, where the help desk logs everything. spec: acting.md 4.5.
static bool log_deletion(struct act *act, const struct deleting *deleting, struct error *error) {
    struct change *change = &act->change;
    struct text number = text_cut(change->ticket.number, 60), name = text_cut(change->actor.name, 200);
    struct buffer title = buffer_new(LOG_MAX), text = buffer_new(LOG_MAX);
    if (help_desk_number(&change->help_desk, "log_level", 0) < SYSLOG_DEBUG) return true;
    buffer_add_format(&title, "Ticket #%.*s deleted", (int)number.length, number.data);
    buffer_add_text(&text, buffer_text(&title));
    buffer_add_string(&text, " by ");
    markup_escape(name, &text);
    if (deleting->comments.length) buffer_add_string(&text, "<hr>");
    buffer_add_text(&text, deleting->comments);
    bool done = (!text.failed || error_too_large(error)) &&
                syslog_insert(&change->work, "Debug", SYSLOG_DEBUG, buffer_text(&title), buffer_text(&text),
                              text_of(change->context->client_address), error);
    buffer_free(&title);
    buffer_free(&text);
    return done;
}

static bool write(struct act *act, void *operation, struct error *error) {
    const struct deleting *deleting = operation;
    const struct deletion *deletion = &deleting->rows;
    struct change *change = &act->change;
    return log_deletion(act, deleting, error) && index_all_linked(act, deletion, error) &&
           deletion_run(&change->work, &change->ticket, deletion, error) &&
           (!change->ticket.has_drafts || ticket_drafts_delete(change->work.db, change->ticket_id, error));
}

// A slip of a loop is not a confirmation.
static bool is_confirmed(const struct operation_context *context, struct error *error) {
    struct text asked = context->parameter(context, "number");
    if (text_equal(asked, context->parameter(context, "confirm"))) return true;
    return act_refuse(ERROR_UNPROCESSABLE, "confirm", error, "confirm has to repeat the ticket's number");
}

static void tell(struct act *act, void *operation, struct json_writer *json) {
    (void)operation;
    json_text_member(json, "deleted", act->change.ticket.number);
}

// They have no thread to go to: where the help desk logs everything, they go there, as in osTicket's panel.
static void take_comments(struct act *act, struct deleting *deleting) {
    if (!act->has_note) return;
    deleting->comments = act->note.body.body;
    act_drop_note(act);
}

bool ticket_delete(struct operation_context *context, struct answer *answer, struct error *error) {
    static const struct act_steps steps = {
        .right = "ticket.delete", .deletes = true, .decide = decide, .write = write, .tell = tell};
    struct deleting deleting = {.comments = TEXT_NULL};
    struct act act;
    bool done = act_open(&act, context, "", error) && is_confirmed(context, error);
    act.change.around.drafts = true;
    done = done && act_find(&act, error);
    if (done) take_comments(&act, &deleting);
    done = done && act_run(&act, &steps, &deleting, answer, error);
    act_close(&act);
    return done;
}
