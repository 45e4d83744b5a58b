// SPDX-License-Identifier: GPL-2.0-or-later
// Who changes a ticket.
#include "ops/change/actor.h"

#include "base/buffer.h"
#include "contact/person_name.h"
#include "store/entry_flags.h"

#define NAME_MAX_BYTES 1024
#define SYSTEM         TEXT("SYSTEM")

struct actor actor_system(void) {
    return (struct actor){ACTOR_SYSTEM, 0, SYSTEM, SYSTEM, SYSTEM};
}

struct actor actor_agent(const struct staff *staff, const struct help_desk *help_desk, struct arena *arena) {
    struct text format = help_desk_config(help_desk, "agent_name_format");
    struct buffer shown = buffer_new(NAME_MAX_BYTES);
    struct person_name name;
    person_name_of_agent(staff->first_name, staff->last_name, &name);
    person_name_format(&name, text_is_null(format) ? TEXT("full") : format, &shown);
    struct actor actor = {ACTOR_AGENT, staff->id, arena_copy(arena, buffer_text(&shown)), staff->username,
                          staff->username};
    buffer_free(&shown);
    return actor;
}

struct actor actor_user(int64_t user_id, struct text name, struct text username) {
    return (struct actor){ACTOR_USER, user_id, name, username, username};
}

struct actor actor_client(const struct client_row *client, const struct help_desk *help_desk,
                          struct arena *arena) {
    ptrdiff_t at = text_find(client->address, TEXT("@"), 0);
    struct text mailbox = {client->address.data, at > 0 ? (size_t)at : 0};
    struct buffer shown = buffer_new(NAME_MAX_BYTES);
    struct person_name name;
    person_name_split(client->name.length ? client->name : mailbox, &name);
    person_name_format(&name, help_desk_config(help_desk, "client_name_format"), &shown);
    struct text posted = arena_copy(arena, buffer_text(&shown));
    buffer_free(&shown);
    struct actor actor = actor_user(client->id, posted, client->has_account ? client->name : client->address);
    if (!client->has_account) actor.edits_as = posted;
    return actor;
}

void actor_sign(const struct actor *actor, struct new_entry *entry) {
    entry->staff_id = actor->kind == ACTOR_AGENT ? actor->id : 0;
    entry->user_id = actor->kind == ACTOR_USER ? actor->id : 0;
    entry->poster = actor->name;
    if (actor->kind == ACTOR_SYSTEM) entry->flags |= ENTRY_FLAG_SYSTEM;
}

void actor_sign_event(const struct actor *actor, struct new_event *event) {
    event->username = actor->username;
    event->uid = actor->id;
    event->by_user = actor->kind == ACTOR_USER;
}
