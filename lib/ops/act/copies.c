// SPDX-License-Identifier: GPL-2.0-or-later
// Who gets an agent's reply in copy.
#include "ops/act/copies.h"

#include "ops/change/client_message.h"

#include <string.h>

#define COPIES_MAX 50

static bool refuse(struct error *error, const char *what, struct text name) {
    return act_refuse(ERROR_UNPROCESSABLE, "cc", error, "cc: %s %.*s", what, (int)text_cut(name, 60).length,
                      name.data ? name.data : "");
}

static bool read_one(const struct json_value *value, struct sought_party *sought, struct error *error) {
    *sought = (struct sought_party){.user_id = json_value_integer(value)};
    if (json_kind(value) == JSON_INTEGER && sought->user_id > 0) return true;
    struct text text = text_trim(json_value_text(value));
    if (!text.length || memchr(text.data, '\0', text.length))
        return refuse(error, "a list of ids and addresses of users is wanted", TEXT(""));
    if (text_to_int64(text, &sought->user_id) && sought->user_id > 0) return true;
    *sought = (struct sought_party){.address = text};
    return true;
}

bool copies_read(struct act *act, struct copies *copies, struct error *error) {
    const struct json_value *list = json_member(act->body, "cc");
    struct thread_look *look = &copies->look;
    copies->is_named = act_gives(act, "cc");
    if (!copies->is_named) return true;
    if (json_kind(list) != JSON_ARRAY)
        return refuse(error, "a list of ids and addresses of users is wanted", TEXT(""));
    if (json_count(list) > COPIES_MAX) return refuse(error, "too many users", TEXT(""));
    for (size_t i = 0; i < json_count(list); i++) {
        struct sought_party *sought =
            arena_append(&act->change.arena, &look->sought, &look->sought_count, sizeof *sought);
        if (!sought) return error_too_large(error);
        if (!read_one(json_element(list, i), sought, error)) return false;
    }
    return true;
}

bool copies_find(struct act *act, struct copies *copies, struct error *error) {
    struct change *change = &act->change;
    copies->look.thread_id = change->ticket.thread_id;
    copies->look.owner_id = change->ticket.owner_id;
    return thread_parties_look(change->work.db, &copies->look, &change->arena, error);
}

static bool takes_part(const struct thread_look *look, int64_t user_id) {
    for (size_t i = 0; i < look->count; i++)
        if (look->parties[i].user_id == user_id) return true;
    return false;
}

// Among the first `count` that are sought.
static bool is_sought(const struct thread_look *look, size_t count, int64_t user_id) {
    for (size_t i = 0; i < count; i++)
        if (look->sought[i].party.user_id == user_id) return true;
    return false;
}

static bool check_named(const struct copies *copies, struct error *error) {
    const struct thread_look *look = &copies->look;
    for (size_t i = 0; i < look->sought_count; i++) {
        const struct sought_party *sought = &look->sought[i];
        if (!sought->is_found) return refuse(error, "there is no such user", sought->address);
        if (sought->party.user_id == look->owner_id)
            return refuse(error, "the ticket's owner gets no copy", sought->address);
    }
    return true;
}

// Whoever comes in stands among the others by his name, as the database sorts: all are read anew then.
static bool bring_in(struct act *act, struct thread_look *look, struct error *error) {
    struct change *change = &act->change;
    struct db *db = change->work.db;
    bool came = false;
    for (size_t i = 0; i < look->sought_count; i++) {
        const struct thread_party *party = &look->sought[i].party;
        if (takes_part(look, party->user_id) || is_sought(look, i, party->user_id)) continue;
        struct text data = collaborator_event_data(true, party->user_id, party->name, &change->arena);
        if (!thread_party_insert(db, look->thread_id, party->user_id, error) ||
            !change_add_event(change, "collab", data, error))
            return false;
        came = true;
    }
    return !came ||
           thread_parties_load(db, look->thread_id, &change->arena, &look->parties, &look->count, error);
}

static bool is_in_copy(const struct copies *copies, const struct thread_party *party) {
    const struct thread_look *look = &copies->look;
    return copies->is_named ? is_sought(look, look->sought_count, party->user_id) : party->is_active;
}

static bool note_active(struct act *act, struct copies *copies, struct error *error) {
    for (size_t i = 0; i < copies->look.count; i++) {
        const struct thread_party *party = &copies->look.parties[i];
        if (!is_in_copy(copies, party)) continue;
        struct mail_collaborator *active =
            arena_append(&act->change.arena, &copies->active.items, &copies->active.count, sizeof *active);
        if (!active) return error_too_large(error);
        *active = (struct mail_collaborator){party->id, party->user_id, party->name, party->address};
    }
    return true;
}

bool copies_decide(struct act *act, struct copies *copies, struct error *error) {
    return (!copies->is_named || (check_named(copies, error) && bring_in(act, &copies->look, error))) &&
           note_active(act, copies, error);
}

bool copies_write(struct act *act, const struct copies *copies, struct error *error) {
    for (size_t i = 0; i < copies->look.count; i++) {
        const struct thread_party *party = &copies->look.parties[i];
        bool active = is_in_copy(copies, party);
        if (active != party->is_active && !thread_party_switch(act->change.work.db, party->id, active, error))
            return false;
    }
    return true;
}
