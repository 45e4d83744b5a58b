// SPDX-License-Identifier: GPL-2.0-or-later
// PATCH /tickets/{number}/collaborators.json: all who take part at once, as the panel's dialog does it: who
// goes (`remove`), and who of the others gets mails (`active`). spec: acting.md 8.
#include "ops/act/act.h"
#include "ops/change/client_message.h"
#include "ops/operations.h"
#include "store/edit/edit_parties.h"
#include "store/ticket/thread_party.h"

#define LIST_MAX 100 // members of a list

struct party_list {
    struct thread_party *items;
    size_t count;
    bool *goes, *is_active; // of each
};

static bool refuse_list(const char *name, struct error *error) {
    return act_refuse(ERROR_UNPROCESSABLE, name, error,
                      "%s: has to be a list of at most %d users, by id or address", name, LIST_MAX);
}

// A user by his id or address, as an element of a list.
static bool read_user(const struct json_value *value, struct reference *user) {
    struct text text = text_trim(json_value_text(value));
    *user = (struct reference){json_value_integer(value), TEXT_NULL};
    if (json_kind(value) == JSON_INTEGER) return user->id > 0;
    if (text_to_int64(text, &user->id)) return user->id > 0;
    *user = (struct reference){0, text};
    return text.length > 0;
}

static bool has_party(const struct party_list *list, struct reference user, size_t *place) {
    for (size_t i = 0; i < list->count; i++) {
        const struct thread_party *party = &list->items[i];
        *place = i;
        if (user.id ? party->user_id == user.id
                    : party->address.length && text_equal_ignoring_case(party->address, user.name))
            return true;
    }
    return false;
}

// His place in the list. 1, 0: he takes no part, -1: failure. By another of his addresses than the default
// one in one more round trip.
static int find_party(struct act *act, const struct party_list *list, struct reference user, size_t *place,
                      struct error *error) {
    const struct reference no_sla = {0, TEXT_NULL};
    struct edit_parties found;
    if (has_party(list, user, place)) return 1;
    if (user.id) return 0;
    if (!edit_parties_find(act->change.work.db, user, no_sla, &act->change.arena, &found, error)) return -1;
    user.id = found.user.id;
    return user.id && has_party(list, user, place);
}

// Marks whom the list names. False where one of them takes no part.
static bool mark(struct act *act, const struct party_list *list, const char *name, bool *marks,
                 struct error *error) {
    const struct json_value *given = json_member(act->body, name);
    if (json_kind(given) != JSON_ARRAY || json_count(given) > LIST_MAX) return refuse_list(name, error);
    for (size_t i = 0; i < json_count(given); i++) {
        struct reference user;
        size_t place;
        if (!read_user(json_element(given, i), &user)) return refuse_list(name, error);
        int found = find_party(act, list, user, &place, error);
        if (found < 0) return false;
        if (!found)
            return act_refuse(ERROR_UNPROCESSABLE, name, error, "%s: one of them is no collaborator", name);
        marks[place] = true;
    }
    return true;
}

static bool read_parties(struct act *act, struct party_list *list, struct error *error) {
    struct arena *arena = &act->change.arena;
    if (!thread_parties_load(act->change.work.db, act->change.ticket.thread_id, arena, &list->items,
                             &list->count, error))
        return false;
    list->goes = arena_take(arena, list->count + 1);
    list->is_active = arena_take(arena, list->count + 1);
    if (!list->goes || !list->is_active) return error_too_large(error);
    for (size_t i = 0; i < list->count; i++) {
        list->goes[i] = false;
        list->is_active[i] = !act_gives(act, "active") && list->items[i].is_active;
    }
    return true;
}

static bool tell_removals(struct act *act, const struct party_list *list, struct error *error) {
    for (size_t i = 0; i < list->count; i++) {
        const struct thread_party *party = &list->items[i];
        struct text data = collaborator_event_data(false, party->user_id, party->name, &act->change.arena);
        if (list->goes[i] && !change_add_event(&act->change, "collab", data, error)) return false;
    }
    return true;
}

static bool decide(struct act *act, void *operation, struct error *error) {
    struct party_list *list = operation;
    bool may = act->agent && right_has(&act->change.around.agent, "ticket.reply");
    return (may || act_needs(act, "ticket.edit", error)) && read_parties(act, list, error) &&
           (!act_gives(act, "remove") || mark(act, list, "remove", list->goes, error)) &&
           (!act_gives(act, "active") || mark(act, list, "active", list->is_active, error)) &&
           tell_removals(act, list, error);
}

// Each row that stays moves, as in the panel.
static bool write(struct act *act, void *operation, struct error *error) {
    const struct party_list *list = operation;
    struct db *db = act->change.work.db;
    for (size_t i = 0; i < list->count; i++) {
        const struct thread_party *party = &list->items[i];
        bool done = list->goes[i]
                        ? collaborator_delete(db, act->change.ticket.thread_id, party->user_id, NULL, error)
                        : thread_party_switch(db, party->id, list->is_active[i], error);
        if (!done) return false;
    }
    return true;
}

bool ticket_collaborators_set(struct operation_context *context, struct answer *answer, struct error *error) {
    static const struct act_steps steps = {.decide = decide, .write = write};
    struct party_list list = {0};
    struct act act;
    bool done = act_open(&act, context, "remove,active", error);
    if (done && !act_gives(&act, "remove") && !act_gives(&act, "active"))
        done = act_refuse(ERROR_UNPROCESSABLE, NULL, error, "There is nothing to change: remove, active");
    done = done && act_find(&act, error) && act_run(&act, &steps, &list, answer, error);
    act_close(&act);
    return done;
}
