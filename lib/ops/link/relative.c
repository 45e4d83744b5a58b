// SPDX-License-Identifier: GPL-2.0-or-later
// Another ticket that an action touches.
#include "ops/link/relative.h"

#include "ops/json_field.h"
#include "ops/ticket/search_index.h"
#include "store/read/names.h"
#include "store/ticket/tickets_find.h"
#include "store/ticket_view.h"

#include <inttypes.h>

static bool refuse(struct error *error, const char *what, struct text name) {
    struct text shown = text_cut(name, 40);
    return act_refuse(ERROR_UNPROCESSABLE, "tickets", error, "tickets: %s %.*s", what, (int)shown.length,
                      shown.data ? shown.data : "");
}

// In the same words for one that is not there and one that is not to be seen, by number or id.
static bool no_ticket(struct error *error) {
    return act_refuse(ERROR_UNPROCESSABLE, "tickets", error, "tickets: there is no such ticket");
}

// How many tickets have the number, of those that the key sees, which sees some only.
static bool count_seen(struct act *act, struct sought_ticket *ticket, struct error *error) {
    const struct principal *principal = act->change.context->principal;
    struct subject subject = {.kind = SUBJECT_TICKET, .name = ticket->number};
    if (!ticket_view_narrow(act->change.work.db, &principal->rules, &subject, error)) return false;
    ticket->id = subject.id;
    ticket->count = subject.is_ambiguous ? 2 : subject.id != 0;
    return true;
}

static bool find_all(struct act *act, struct sought_ticket *tickets, size_t count, struct error *error) {
    struct db *db = act->change.work.db;
    if (principal_is_narrowed(act->change.context->principal)) {
        for (size_t i = 0; i < count; i++)
            if (!text_is_null(tickets[i].number) && !count_seen(act, &tickets[i], error)) return false;
        return true;
    }
    for (size_t i = 0; i < count; i += TICKETS_LOCK_MAX) {
        size_t some = count - i < TICKETS_LOCK_MAX ? count - i : TICKETS_LOCK_MAX;
        if (!tickets_find(db, &tickets[i], some, error)) return false;
    }
    return true;
}

static bool read_all(struct act *act, const struct json_value *list, struct sought_ticket *tickets,
                     struct error *error) {
    for (size_t i = 0; i < json_count(list); i++) {
        struct text number = json_element_text(json_element(list, i), &act->change.arena);
        bool by_id = ticket_name_is_id(number, &tickets[i].id);
        if (!number.length)
            return act_refuse(ERROR_UNPROCESSABLE, "tickets", error, "tickets: has to be a list of numbers");
        if (by_id && tickets[i].id <= 0) return no_ticket(error);
        tickets[i].number = by_id ? TEXT_NULL : number;
    }
    return true;
}

// One that is named by its id is looked for when it is locked.
static bool check_found(const struct sought_ticket *tickets, size_t i, struct text name,
                        struct error *error) {
    bool by_id = text_is_null(tickets[i].number);
    if (!by_id && tickets[i].count > 1) return refuse(error, "several tickets have the number", name);
    if (!by_id && !tickets[i].count) return no_ticket(error);
    for (size_t k = 0; k < i; k++)
        if (tickets[k].id == tickets[i].id) return refuse(error, "named twice is", name);
    return true;
}

bool relatives_named(struct act *act, int64_t **ids, size_t *count, struct error *error) {
    const struct json_value *list = json_member(act->body, "tickets");
    struct arena *arena = &act->change.arena;
    *ids = NULL;
    *count = 0;
    if (!list || json_kind(list) == JSON_NULL) return true;
    if (json_kind(list) != JSON_ARRAY || !json_count(list) || json_count(list) > RELATIVES_MAX)
        return act_refuse(ERROR_UNPROCESSABLE, "tickets", error,
                          "tickets: has to be a list of 1 to %d numbers", RELATIVES_MAX);
    struct sought_ticket *tickets = arena_take(arena, json_count(list) * sizeof *tickets);
    *ids = arena_take(arena, json_count(list) * sizeof **ids);
    if (!tickets || !*ids) return error_too_large(error);
    if (!read_all(act, list, tickets, error) || !find_all(act, tickets, json_count(list), error))
        return false;
    for (; *count < json_count(list); (*count)++) {
        struct text name = json_element_text(json_element(list, *count), arena);
        if (!check_found(tickets, *count, name, error)) return false;
        (*ids)[*count] = tickets[*count].id;
    }
    return true;
}

static bool check_right(const struct act *act, const struct relative_ticket *relative, const char *right,
                        struct error *error) {
    const struct agent_rights *rights = &relative->around.agent;
    struct text number = relative->ticket.number;
    if (!act->agent) return true;
    if (!right_has_access(rights)) return no_ticket(error);
    return right_has(rights, right) ||
           act_refuse(ERROR_DENIED, "tickets", error, "The agent has no %s on %.*s", right,
                      (int)number.length, number.data);
}

bool relative_lock(struct act *act, struct relatives *relatives, int64_t ticket_id, const char *right,
                   struct error *error) {
    struct change *change = &act->change;
    bool seen;
    struct relative_ticket *relative =
        arena_append(&change->arena, &relatives->items, &relatives->count, sizeof *relative);
    if (!relative) return error_too_large(error);
    *relative = (struct relative_ticket){.around = {.agent_id = change->around.agent_id}};
    int found =
        ticket_lock(change->work.db, ticket_id, &relative->around, &change->arena, &relative->ticket, error);
    if (found < 0 || !act_key_sees(act, ticket_id, &seen, error)) return false;
    if (!found || !seen || !relative->ticket.thread_id) return no_ticket(error);
    return check_right(act, relative, right, error);
}

bool relative_event(struct act *act, const char *event, const struct locked_ticket *of, struct text data,
                    struct error *error) {
    struct change *change = &act->change;
    const struct ticket_state *state = &of->state;
    if (!change_add_event(change, event, data, error)) return false;
    struct new_event *row = &change->events[change->event_count - 1];
    row->thread_id = of->thread_id;
    row->assignee_id = state->staff_id ? state->staff_id : change->acts ? change->actor.id : 0;
    row->team_id = state->team_id;
    row->department_id = state->department_id;
    row->topic_id = state->topic_id;
    return true;
}

bool relative_refuse(const struct locked_ticket *ticket, const char *what, struct error *error) {
    return act_refuse(ERROR_CONFLICT, "tickets", error, "%.*s %s", (int)ticket->number.length,
                      ticket->number.data, what);
}

bool relative_tell(struct act *act, const char *event, const struct locked_ticket *of,
                   const struct locked_ticket *other, struct error *error) {
    struct text number = text_cut(other->number, 40);
    struct buffer title = buffer_new(256);
    buffer_add_format(&title, "Ticket #%.*s", (int)number.length, number.data);
    struct text data =
        act_data(act, "{\"ticket\":%s,\"id\":%" PRId64 "}", act_quoted(act, buffer_text(&title)), other->id);
    buffer_free(&title);
    return relative_event(act, event, of, data, error);
}

bool relatives_write(struct act *act, const struct relatives *relatives, struct error *error) {
    struct work *work = &act->change.work;
    for (size_t i = 0; i < relatives->count; i++) {
        const struct relative_ticket *relative = &relatives->items[i];
        const struct locked_ticket *ticket = &relative->ticket;
        struct search_row row;
        if (!relative->changed) continue;
        if (!ticket_link_set(work->db, ticket->id, &relative->to, error) ||
            !ticket_search_make(work, relative->around.answers, relative->around.answer_count, ticket->id,
                                ticket->number, &row, error) ||
            !search_replace(work, &row, 1, error))
            return false;
    }
    return true;
}
