// SPDX-License-Identifier: GPL-2.0-or-later
// What a client's message does to a ticket, by whichever way it comes.
#ifndef OPS_CHANGE_CLIENT_MESSAGE_H
#define OPS_CHANGE_CLIENT_MESSAGE_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "ops/change/change.h"
#include "store/help_desk.h"

#include <stdbool.h>
#include <stdint.h>

// Whether clients may still write to a ticket of this status, department and topic: not where it stays
// closed. spec: acting.md 11; operations.md 1.13; piping.md 4.2.
bool client_message_is_taken(const struct help_desk *help_desk, int64_t status_id, int64_t department_id,
                             int64_t topic_id);

// Decides it for the locked ticket: it is unanswered and moves up, its thread notes the message, and a closed
// one is opened again where it may be and `reopens`. At most one round trip.
bool client_message_decide(struct change *change, bool reopens, struct error *error) CHECKED;

// Data of the event that tells who takes part from now on, or (not `joins`) no longer:
// {"add":{"7":{"name":"Jane"}}}. In the arena; null where it is full.
struct text collaborator_event_data(bool joins, int64_t user_id, struct text name, struct arena *arena);

// Makes the author a collaborator, with his event. One round trip.
bool client_message_join(struct change *change, int64_t user_id, struct text name,
                         struct error *error) CHECKED;

#endif
