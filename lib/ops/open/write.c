// SPDX-License-Identifier: GPL-2.0-or-later
// What wishes write with a new ticket.
#include "ops/open/write.h"

#include "base/buffer.h"
#include "ops/change/actor.h"
#include "ops/create/creation.h"
#include "ops/entry/thread_entry.h"
#include "ops/entry/title.h"
#include "ops/open/copies.h"
#include "store/ticket/ticket_lock.h"

#define TITLE_MAX 4096

static bool add_people(struct creation *creation, void *with, struct error *error) {
    return open_copies_add(creation, with, error);
}

static bool lacks(const struct agent_rights *rights, const char *right, struct error *error) {
    if (right_has(rights, right)) return false;
    act_refuse(ERROR_DENIED, NULL, error, "The agent's role in the ticket's department lacks %s", right);
    return true;
}

// As in osTicket's panel, by his role in the department that the ticket is in
// by now.
static bool may_open(struct creation *creation, const struct open_wishes *wishes, struct error *error) {
    struct ticket_surroundings around = {0};
    struct locked_ticket ticket;
    if (!wishes->act.agent) return true;
    around.agent_id = wishes->act.agent->staff.id;
    int found = ticket_lock(creation->db, creation->ticket_id, &around, creation->arena, &ticket, error);
    if (found == 0) return error_set(error, ERROR_INTERNAL, "the ticket is gone though it was just made");
    if (found < 0 || lacks(&around.agent, "ticket.create", error)) return false;
    return (!wishes->staff && !wishes->team) || !lacks(&around.agent, "ticket.assign", error);
}

static struct text title_of(const struct creation *creation) {
    const struct create_decision *decision = creation->decision;
    bool is_team = !decision->staff_id;
    const struct assignee *to =
        create_assignee(decision, is_team, is_team ? decision->team_id : decision->staff_id);
    struct buffer title = buffer_new(TITLE_MAX);
    if (decision->chosen_by_agent && to) {
        buffer_add_string(&title, "Ticket Assigned to ");
        buffer_add_text(&title, to->name);
    } else {
        buffer_add_string(&title, "New Ticket");
    }
    struct text made = entry_title_make(buffer_text(&title), creation->arena);
    buffer_free(&title);
    return made;
}

// Nobody is told of it by mail: the new ticket is news enough.
static bool write_note(struct creation *creation, const struct open_wishes *wishes, struct error *error) {
    struct thread_entry note = {0};
    struct search_row row;
    if (!wishes->note.length) return true;
    if (!thread_entry_make(creation->work, wishes->note, ENTRY_TEXT, &note, error)) return false;
    note.row = (struct new_entry){
        .type = "N",
        .source = TEXT(""),
        .title = title_of(creation),
        .ip_address = text_of(creation->draft->context->client_address),
    };
    actor_sign(&wishes->act.change.actor, &note.row);
    return thread_entry_write(creation->work, creation->thread_id, &note, error) &&
           (!thread_entry_search(&note, &row) || creation_add_search(creation, row, error));
}

static bool write(struct creation *creation, void *with, struct error *error) {
    const struct open_wishes *wishes = with;
    return may_open(creation, wishes, error) && write_note(creation, wishes, error);
}

void open_write_beside(struct open_wishes *wishes) {
    struct create_beside *beside = &wishes->draft->beside;
    beside->people = add_people;
    beside->write = write;
    beside->with = wishes;
    beside->assigner = &wishes->act.change.actor;
}
