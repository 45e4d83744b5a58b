// SPDX-License-Identifier: GPL-2.0-or-later
// Who gets an agent's reply in copy.
#include "ops/act/copies.h"

#include "ops/change/client_message.h"
#include "store/ticket/thread_party.h"

#include <string.h>

#define COPIES_MAX 50

static bool refuse(struct error *error, const char *what, struct text name) {
    return act_refuse(ERROR_UNPROCESSABLE, "cc", error, "cc: %s %.*s", what, (int)text_cut(name, 60).length,
                      name.data ? name.data : "");
}

static bool read_one(const struct json_value *value, struct reference *reference, struct error *error) {
    *reference = (struct reference){json_value_integer(value), TEXT_NULL};
    if (json_kind(value) == JSON_INTEGER && reference->id > 0) return true;
    struct text text = text_trim(json_value_text(value));
    if (!text.length || memchr(text.data, '\0', text.length))
        return refuse(error, "a list of ids and addresses of users is wanted", TEXT(""));
    if (text_to_int64(text, &reference->id) && reference->id > 0) return true;
    *reference = (struct reference){0, text};
    return true;
}

bool copies_read(struct act *act, struct copies *copies, struct error *error) {
    const struct json_value *list = json_member(act->body, "cc");
    copies->is_named = act_gives(act, "cc");
    if (!copies->is_named) return true;
    if (json_kind(list) != JSON_ARRAY)
        return refuse(error, "a list of ids and addresses of users is wanted", TEXT(""));
    if (json_count(list) > COPIES_MAX) return refuse(error, "too many users", TEXT(""));
    for (size_t i = 0; i < json_count(list); i++) {
        struct reference *reference =
            arena_append(&act->change.arena, &copies->list, &copies->count, sizeof *reference);
        if (!reference) return error_too_large(error);
        if (!read_one(json_element(list, i), reference, error)) return false;
    }
    return true;
}

struct naming {
    struct thread_party *known; // who takes part
    size_t known_count;
    struct thread_party *come; // who is new
    size_t come_count;
    bool *named; // of the known
};

static bool add_named(struct act *act, struct naming *naming, const struct reference *reference,
                      struct error *error) {
    struct thread_party found = {0};
    struct change *change = &act->change;
    int state =
        thread_party_find(change->work.db, reference->id, reference->name, &change->arena, &found, error);
    if (state < 0) return false;
    if (!state) return refuse(error, "there is no such user", reference->name);
    if (found.user_id == change->ticket.owner_id)
        return refuse(error, "the ticket's owner gets no copy", reference->name);
    for (size_t i = 0; i < naming->known_count; i++)
        if (naming->known[i].user_id == found.user_id) return naming->named[i] = true;
    for (size_t i = 0; i < naming->come_count; i++)
        if (naming->come[i].user_id == found.user_id) return true;
    struct thread_party *party =
        arena_append(&change->arena, &naming->come, &naming->come_count, sizeof *party);
    if (party) *party = found;
    return party || error_too_large(error);
}

static bool switch_known(struct act *act, struct naming *naming, struct error *error) {
    for (size_t i = 0; i < naming->known_count; i++) {
        struct thread_party *party = &naming->known[i];
        if (party->is_active == naming->named[i]) continue;
        if (!thread_party_switch(act->change.work.db, party->id, naming->named[i], error)) return false;
        party->is_active = naming->named[i];
    }
    return true;
}

static bool bring_in(struct act *act, struct naming *naming, struct error *error) {
    struct change *change = &act->change;
    for (size_t i = 0; i < naming->come_count; i++) {
        struct thread_party *party = &naming->come[i];
        struct text data = collaborator_event_data(true, party->user_id, party->name, &change->arena);
        if (!thread_party_insert(change->work.db, change->ticket.thread_id, party, error) ||
            !change_add_event(change, "collab", data, error))
            return false;
    }
    return true;
}

static bool note_active(struct act *act, struct copies *copies, const struct thread_party *parties,
                        size_t count, struct error *error) {
    for (size_t i = 0; i < count; i++) {
        if (!parties[i].is_active) continue;
        struct mail_collaborator *active =
            arena_append(&act->change.arena, &copies->active.items, &copies->active.count, sizeof *active);
        if (!active) return error_too_large(error);
        *active = (struct mail_collaborator){parties[i].id, parties[i].user_id, parties[i].name,
                                             parties[i].address};
    }
    return true;
}

static bool load(struct act *act, struct naming *naming, struct error *error) {
    struct change *change = &act->change;
    return thread_parties_load(change->work.db, change->ticket.thread_id, &change->arena, &naming->known,
                               &naming->known_count, error);
}

// Whoever came in stands among the others by his name, as the database sorts.
static bool note_all(struct act *act, struct copies *copies, struct naming *naming, struct error *error) {
    bool sorted = !naming->come_count || naming->known_count + naming->come_count == 1;
    if (sorted)
        return note_active(act, copies, naming->known, naming->known_count, error) &&
               note_active(act, copies, naming->come, naming->come_count, error);
    return load(act, naming, error) && note_active(act, copies, naming->known, naming->known_count, error);
}

bool copies_write(struct act *act, struct copies *copies, struct error *error) {
    struct change *change = &act->change;
    struct naming naming = {0};
    if (!load(act, &naming, error)) return false;
    naming.named = arena_take(&change->arena, naming.known_count + 1);
    if (!naming.named) return error_too_large(error);
    memset(naming.named, 0, naming.known_count + 1);
    for (size_t i = 0; i < copies->count; i++)
        if (!add_named(act, &naming, &copies->list[i], error)) return false;
    if (copies->is_named && (!switch_known(act, &naming, error) || !bring_in(act, &naming, error)))
        return false;
    return note_all(act, copies, &naming, error);
}
