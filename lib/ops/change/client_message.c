// SPDX-License-Identifier: GPL-2.0-or-later
// What a client's message does to a ticket.
#include "ops/change/client_message.h"

#include "base/buffer.h"
#include "ops/ticket/reopening.h"
#include "store/create/rows.h"
#include "json/writer.h"

#include <inttypes.h>

#define DATA_MAX            1020 // bytes: of the column, without the end
#define NAME_MAX_CHARACTERS 64   // of a name that takes twelve bytes for each

bool client_message_is_taken(const struct help_desk *help_desk, int64_t status_id, int64_t department_id,
                             int64_t topic_id) {
    const struct ticket_status *status = help_desk_status(help_desk, status_id);
    if (ticket_status_is(status, "open")) return true;
    return ticket_status_is(status, "closed") &&
           ticket_is_reopenable(help_desk, status_id, department_id, topic_id);
}

static bool reopen(struct change *change, struct error *error) {
    const struct help_desk *help_desk = &change->help_desk;
    const struct ticket_state *state = &change->ticket.state;
    const struct ticket_status *status = help_desk_status(help_desk, state->status_id);
    if (!ticket_status_is(status, "closed") ||
        !ticket_is_reopenable(help_desk, state->status_id, state->department_id, state->topic_id))
        return true;
    const struct ticket_status *target = status_to_reopen(help_desk, status);
    return !target || change_set_status(change, target->id, 0, error);
}

bool client_message_decide(struct change *change, bool reopens, struct error *error) {
    change->saves = change->messaged = true;
    change->ticket.state.answered = false;
    change->ticket.state.last_update = change->help_desk.now;
    return !reopens || reopen(change, error);
}

struct text collaborator_event_data(bool joins, int64_t user_id, struct text name, struct arena *arena) {
    struct buffer data = buffer_new(DATA_MAX);
    struct text copy = TEXT_NULL;
    for (size_t most = SIZE_MAX; text_is_null(copy) && most;
         most = most == SIZE_MAX ? NAME_MAX_CHARACTERS : 0) {
        buffer_free(&data);
        data = buffer_new(DATA_MAX);
        buffer_add_format(&data, "{\"%s\":{\"%" PRId64 "\":{\"name\":", joins ? "add" : "del", user_id);
        json_quote(text_cut(name, most), &data);
        buffer_add_string(&data, "}}}");
        if (!data.failed) copy = arena_copy(arena, buffer_text(&data));
    }
    buffer_free(&data);
    return copy;
}

bool client_message_join(struct change *change, int64_t user_id, struct text name, struct error *error) {
    const struct new_collaborator row = {user_id, COLLABORATOR_ACTIVE | COLLABORATOR_IN_COPY};
    struct text data = collaborator_event_data(true, user_id, name, &change->arena);
    return collaborators_insert(change->work.db, change->ticket.thread_id, &row, 1, error) &&
           change_add_event(change, "collab", data, error);
}
