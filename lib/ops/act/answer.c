// SPDX-License-Identifier: GPL-2.0-or-later
// What an action is answered with.
#include "ops/act/answer.h"

#include "ops/read/client_view.h"
#include "ops/read/ticket_fields.h"
#include "ops/read/ticket_read.h"
#include "ops/success.h"
#include "store/read/ticket_field_names.h"
#include "store/read/ticket_version.h"
#include "store/ticket_view.h"
#include "store/transaction.h"

// What is said in short.
#define FIELDS_SHORT (TICKET_FIELD_BIT(id) | TICKET_FIELD_BIT(number))

struct answering {
    struct act *act;
    struct ticket_object object;
    struct ticket_version version;
    struct view view;
};

// Nobody is shown the ticket.
static bool is_brief(const struct act *act) {
    const struct joint_transaction *joint = act->change.context->joint;
    return joint && joint->is_brief;
}

static bool read_ticket(struct answering *answering, struct error *error) {
    struct change *change = &answering->act->change;
    int found = versioned_ticket_read(change->work.db, change->ticket_id, answering->view, &change->arena,
                                      &answering->object, &answering->version, error);
    if (found == 0) return error_set(error, ERROR_INTERNAL, "the ticket is gone though it is locked");
    return found > 0;
}

static void write_entry_id(const struct act *act, struct json_writer *json) {
    const struct change *change = &act->change;
    json_name(json, "entry_id");
    if (change->entry_count)
        json_integer(json, change->entries[0]->id);
    else
        json_null(json);
}

// A client is told neither what agents see of it nor how many of them get mail.
static void write_events(const struct act *act, bool of_client, struct json_writer *json) {
    json_name(json, "events");
    json_open_array(json);
    for (size_t i = 0; !of_client && i < act->change.event_count; i++)
        json_string(json, act->change.events[i].name);
    json_close_array(json);
}

static void write_ticket(const struct answering *answering, uint64_t fields, struct json_writer *json) {
    json_name(json, "ticket");
    json_open_object(json);
    ticket_fields_write(json, &answering->object, client_view_fields(answering->view, fields),
                        answering->view);
    json_close_object(json);
}

static void write(const void *with, bool in_short, struct json_writer *json) {
    const struct answering *answering = with;
    const struct act *act = answering->act;
    bool stays = !act->steps->deletes, of_client = ticket_view_is_client(answering->view.rules);
    bool shows = stays && !is_brief(act);
    json_open_object(json);
    if (shows) write_ticket(answering, in_short ? FIELDS_SHORT : TICKET_FIELDS_ALL, json);
    if (stays) write_entry_id(act, json);
    write_events(act, of_client, json);
    json_integer_member(json, "mails", of_client ? 0 : (int64_t)act->mails);
    if (act->steps->tell) act->steps->tell(answering->act, act->operation, json);
    if (shows) json_text_member(json, "version", text_of(answering->version.version));
    if (act->is_rehearsal) {
        json_name(json, "dry_run");
        json_boolean(json, true);
    }
    success_write(json);
    json_close_object(json);
}

bool act_answer(struct act *act, struct outcome *outcome, struct error *error) {
    struct answering answering = {.act = act, .view = view_of(act->change.context)};
    struct joint_transaction *joint = act->change.context->joint;
    outcome->created = act->steps->created;
    if (joint) joint->ticket_id = act->steps->deletes ? 0 : act->change.ticket_id;
    // What is not read sends nothing that waits: an entry's id would be told too late, into an act that is
    // gone.
    if (is_brief(act) && !transaction_send(act->change.work.db, error)) return false;
    return (act->steps->deletes || is_brief(act) || read_ticket(&answering, error)) &&
           outcome_write(outcome, act->change.context, write, &answering, &act->change.arena, error);
}
