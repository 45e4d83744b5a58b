// SPDX-License-Identifier: GPL-2.0-or-later
// DELETE /tickets/{number}.json: a ticket goes for good. spec: operations.md 4.13; acting.md 4.5.
#include "ops/act/act.h"
#include "ops/operations.h"
#include "ops/parameters.h"
#include "ops/ticket/search_index.h"
#include "store/ticket/deletion.h"

// What others hold on to is not taken from them: a ticket that others were merged into has their entries, and
// tasks have an agent of their own.
static bool decide(struct act *act, void *operation, struct error *error) {
    struct deletion *deletion = operation;
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

static bool write(struct act *act, void *operation, struct error *error) {
    const struct deletion *deletion = operation;
    struct change *change = &act->change;
    return index_all_linked(act, deletion, error) &&
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

bool ticket_delete(struct operation_context *context, struct answer *answer, struct error *error) {
    static const struct act_steps steps = {
        .right = "ticket.delete", .deletes = true, .decide = decide, .write = write, .tell = tell};
    struct deletion deletion = {0};
    struct act act;
    bool done = act_open(&act, context, "", error) && is_confirmed(context, error);
    act.change.around.drafts = true;
    done = done && act_find(&act, error) && act_run(&act, &steps, &deletion, answer, error);
    act_close(&act);
    return done;
}
