// SPDX-License-Identifier: GPL-2.0-or-later
// One ticket that becomes part of another one.
#include "markup/search.h"
#include "ops/change/client_message.h"
#include "ops/link/merge.h"
#include "store/create/rows.h"
#include "store/edit/merges.h"
#include "store/ticket/deletion.h"
#include "store/ticket/thread.h"

#include <inttypes.h>
#include <string.h>

#define TEXT_MAX (4 << 20)

struct child {
    const struct merging *merging;
    const struct relative_ticket *relative;
    const struct locked_ticket *parent;
    struct ticket_state state; // afterwards
};

static struct merge_of_threads threads_of(const struct locked_ticket *child,
                                          const struct locked_ticket *parent) {
    return (struct merge_of_threads){child->id,  child->thread_id,  child->owner_id,
                                     parent->id, parent->thread_id, parent->owner_id};
}

// ---- who takes part

// The parent's event of the merge, of which in others at that moment all but name and data is the same.
static const struct new_event *like_merged(const struct change *change) {
    size_t i = 0;
    while (i + 1 < change->event_count && (strcmp(change->events[i].name, "merged") != 0 ||
                                           change->events[i].thread_id != change->ticket.thread_id))
        i++;
    return &change->events[i];
}

static bool bring_in(struct act *act, const struct merging *merging, const struct locked_ticket *child,
                     struct error *error) {
    struct change *change = &act->change;
    const struct merge_of_threads threads = threads_of(child, &change->ticket);
    struct merge_participant *participants;
    size_t count;
    if (!merge_participants_read(change->work.db, &threads, merging->owners_only, &change->arena,
                                 &participants, &count, error))
        return false;
    struct new_collaborator *rows = arena_take(&change->arena, (count + 1) * sizeof *rows);
    struct new_event *events = arena_take(&change->arena, (count + 1) * sizeof *events);
    if (!rows || !events) return error_too_large(error);
    for (size_t i = 0; i < count; i++) {
        rows[i] =
            (struct new_collaborator){participants[i].user_id, COLLABORATOR_ACTIVE | COLLABORATOR_IN_COPY};
        events[i] = *like_merged(change);
        events[i].name = "collab";
        events[i].data =
            collaborator_event_data(true, participants[i].user_id, participants[i].name, &change->arena);
    }
    return !count || (collaborators_insert(change->work.db, change->ticket.thread_id, rows, count, error) &&
                      thread_events_insert(change->work.db, events, count, error));
}

// ---- the thread

static struct text searchable(struct text text, bool is_html, struct arena *arena) {
    struct error ignored = {0};
    struct buffer plain = buffer_new(TEXT_MAX);
    if (is_html ? markup_searchable_html(text, &plain, &ignored)
                : markup_searchable_text(text, &plain, &ignored))
        text = arena_copy(arena, buffer_text(&plain));
    buffer_free(&plain);
    return text;
}

// osTicket indexes each entry that it moves; here only those are left that search does not know yet.
static bool index_entries(struct act *act, int64_t thread_id, struct error *error) {
    struct arena *arena = &act->change.arena;
    struct unknown_entry *entries;
    size_t count;
    if (!merge_unknown_entries_read(act->change.work.db, thread_id, arena, &entries, &count, error))
        return false;
    struct search_row *rows = arena_take(arena, (count + 1) * sizeof *rows);
    if (!rows) return error_too_large(error);
    for (size_t i = 0; i < count; i++) {
        struct text title = text_is_null(entries[i].title) ? TEXT("") : entries[i].title;
        rows[i] = (struct search_row){"H", entries[i].id, title,
                                      searchable(entries[i].body, entries[i].is_html, arena)};
    }
    return !count || search_replace(&act->change.work, rows, count, error);
}

static bool move_thread(struct act *act, const struct locked_ticket *parent, struct error *error) {
    const struct locked_ticket *ticket = &act->change.ticket;
    const struct merge_of_threads threads = threads_of(ticket, parent);
    struct text extra = act_data(act, "{\"ticket_id\":%" PRId64 ",\"number\":%s}", parent->id,
                                 act_quoted(act, ticket->number));
    return index_entries(act, ticket->thread_id, error) &&
           merge_threads(act->change.work.db, &threads, extra, error);
}

// ---- the ticket

// It is closed whatever is open or missing, unless the agent may close none: then it stays as it is.
static bool decide(struct act *act, void *operation, struct error *error) {
    struct child *child = operation;
    struct change *change = &act->change;
    const struct status_wish wish = {.status_id = child->merging->child_status->id,
                                     .closer_id = act->agent ? act->agent->staff.id : 0,
                                     .forces = true};
    bool closes = !act->agent || right_has(&change->around.agent, "ticket.close");
    change->saves = true;
    if (closes && !change_set_status_by(change, &wish, error)) return false;
    child->state = change->ticket.state;
    return true;
}

static bool write(struct act *act, void *operation, struct error *error) {
    const struct child *child = operation;
    const struct merge_of_threads threads = threads_of(&act->change.ticket, child->parent);
    struct db *db = act->change.work.db;
    bool moves_tasks = child->merging->moves_tasks || child->merging->deletes;
    return ticket_link_set(db, act->change.ticket.id, &child->relative->to, error) &&
           move_thread(act, child->parent, error) && (!moves_tasks || merge_tasks(db, &threads, error));
}

// Its thread and history stay, as those of any merged ticket do. As in osTicket the ticket that several were
// merged into, and deleted, is called merged still.
static bool delete_ticket(struct act *act, const struct child *child, struct error *error) {
    struct change *change = &act->change;
    struct locked_ticket ticket = child->relative->ticket;
    struct deletion deletion = {0};
    size_t before = change->event_count;
    ticket.state = child->state;
    ticket.parent_id = child->relative->to.parent_id;
    ticket.flags = child->relative->to.flags;
    if (!deletion_look(change->work.db, ticket.id, &change->arena, &deletion, error)) return false;
    deletion.sibling_count += (int64_t)child->merging->relatives.count - 1;
    if (!deletion_run(&change->work, &ticket, &deletion, error) ||
        !ticket_drafts_delete(change->work.db, ticket.id, error) ||
        !relative_event(act, "deleted", &ticket, TEXT_NULL, error))
        return false;
    return thread_events_insert(change->work.db, &change->events[before], 1, error) &&
           (change->event_count = before, true);
}

bool merge_one(struct act *act, const struct merging *merging, size_t place, struct error *error) {
    static const struct act_steps steps = {.right = MERGE_RIGHT, .decide = decide, .write = write};
    const struct relative_ticket *relative = &merging->relatives.items[place];
    struct child child = {.merging = merging, .relative = relative, .parent = &act->change.ticket};
    return bring_in(act, merging, &relative->ticket, error) &&
           act_apply(act, relative->ticket.id, &steps, &child, error) &&
           (!merging->deletes || delete_ticket(act, &child, error));
}
