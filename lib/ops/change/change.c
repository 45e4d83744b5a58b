// SPDX-License-Identifier: GPL-2.0-or-later
// The change of a ticket.
#include "ops/change/change.h"

#include "ops/ticket/search_index.h"
#include "store/ticket/tickets_together.h"

#define ARENA_MAX (128 << 20)

struct running {
    struct change *change;
    const struct change_steps *steps;
    void *operation;
};

void change_open(struct change *change, struct operation_context *context) {
    *change = (struct change){.context = context, .arena = arena_new(ARENA_MAX)};
    change->work = (struct work){
        .db = context->db, .arena = &change->arena, .help_desk = &change->help_desk, .trust = context->trust};
}

void change_close(struct change *change) {
    arena_free(&change->arena);
}

bool change_add_entry(struct change *change, const struct actor *actor, struct thread_entry *entry,
                      struct error *error) {
    struct thread_entry **slot =
        arena_append(&change->arena, &change->entries, &change->entry_count, sizeof *slot);
    if (!slot) return error_too_large(error);
    *slot = entry;
    actor_sign(actor, &entry->row);
    if (!entry->row.ip_address.length) entry->row.ip_address = text_of(change->context->client_address);
    return true;
}

bool change_add_event(struct change *change, const char *name, struct text data, struct error *error) {
    const struct ticket_state *state = &change->ticket.state;
    struct new_event *event =
        arena_append(&change->arena, &change->events, &change->event_count, sizeof *event);
    if (!event) return error_too_large(error);
    *event = (struct new_event){
        .name = name,
        .thread_id = change->ticket.thread_id,
        .assignee_id = state->staff_id ? state->staff_id
                       : change->acts  ? change->actor.id
                                       : 0,
        .team_id = state->team_id,
        .department_id = state->department_id,
        .topic_id = state->topic_id,
        .data = data,
    };
    actor_sign_event(&change->actor, event);
    return true;
}

bool change_write_events(struct change *change, size_t count, struct error *error) {
    size_t first = change->written_events;
    change->written_events = count;
    return count <= first ||
           thread_events_insert(change->work.db, change->events + first, count - first, error);
}

bool change_set_status(struct change *change, int64_t status_id, int64_t respondent_id, struct error *error) {
    const struct status_wish wish = {.status_id = status_id, .respondent_id = respondent_id};
    return change_set_status_by(change, &wish, error);
}

bool change_set_status_by(struct change *change, const struct status_wish *wish, struct error *error) {
    struct status_change *status = &change->status;
    if (!status_change_decide(&change->work, &change->ticket, wish, status, error)) return false;
    if (!status->event) return true;
    change->saves = true;
    return change_add_event(change, status->event, status->data, error);
}

static bool failure(const char *message, struct error *error) {
    error_set(error, ERROR_NOT_FOUND, "%s", message);
    return error_envelope(error, "tickets");
}

// A department or topic that is gone is forgotten, as PHP does with each save of a ticket.
static void forget_what_is_gone(struct change *change) {
    struct ticket_state *state = &change->ticket.state;
    bool department = help_desk_node(&change->help_desk.departments, state->department_id) != NULL;
    bool topic = help_desk_node(&change->help_desk.topics, state->topic_id) != NULL;
    state->had_gone_reference |= (state->department_id && !department) || (state->topic_id && !topic);
    if (!department) state->department_id = 0;
    if (!topic) state->topic_id = 0;
}

// The files that the first entry brings are looked for in the same round trip.
static struct attached_files *first_files(const struct change *change) {
    return change->entry_count ? &change->entries[0]->files : NULL;
}

static bool lock(struct change *change, struct error *error) {
    struct ticket_surroundings *around = &change->around;
    struct attached_files *files = first_files(change);
    if (files && !attached_files_seek(files, &change->arena, &around->search_count, error)) return false;
    if (files) around->searches = files->searches;
    const struct joint_transaction *joint = change->context->joint;
    int found = tickets_together_lock(joint ? joint->tickets : NULL, change->work.db, change->ticket_id,
                                      around, &change->arena, &change->ticket, error);
    if (found < 0) return false;
    if (found == 0) return error_set(error, ERROR_NOT_FOUND, "Ticket not found");
    if (!help_desk_status(&change->help_desk, change->ticket.state.status_id))
        return failure("the ticket has no valid status", error);
    if (!change->ticket.thread_id) return failure("the ticket has no thread", error);
    forget_what_is_gone(change);
    return true;
}

static bool write_entries(struct change *change, struct error *error) {
    for (size_t i = 0; i < change->entry_count; i++)
        if (!thread_entry_write(&change->work, change->ticket.thread_id, change->entries[i], error))
            return false;
    return true;
}

static bool save_ticket(struct change *change, struct error *error) {
    struct db *db = change->work.db;
    struct ticket_saving saving = {change->status.annuls_closed, change->responded, change->messaged};
    if (change->saves) return ticket_save(db, &change->ticket, &saving, error);
    return !change->responded || thread_responded(db, change->ticket.thread_id, error);
}

static bool write_search(struct change *change, struct error *error) {
    struct search_row *rows = arena_take(&change->arena, (change->entry_count + 1) * sizeof *rows);
    size_t count = 0;
    if (!rows) return error_too_large(error);
    for (size_t i = 0; i < change->entry_count; i++)
        count += thread_entry_search(change->entries[i], &rows[count]);
    if ((change->saves || change->reindexes) &&
        !ticket_search_make(&change->work, change->around.answers, change->around.answer_count,
                            change->ticket.id, change->ticket.number, &rows[count++], error))
        return false;
    return search_replace(&change->work, rows, count, error);
}

static bool write_history(struct change *change, struct error *error) {
    struct db *db = change->work.db;
    int64_t thread_id = change->ticket.thread_id, refers_to = change->status.refers_to;
    const struct referral referral = {REFERRED_TO_STAFF, refers_to};
    return (!refers_to || thread_refer(db, thread_id, referral, error)) &&
           change_write_events(change, change->event_count, error) &&
           (!change->status.deletes_drafts || ticket_drafts_delete(db, change->ticket.id, error));
}

static bool sends_mail(const struct running *running) {
    return running->steps->mail && running->change->context->settings->mail_enabled;
}

static bool queue_mail(const struct running *running, struct error *error) {
    return !sends_mail(running) || running->steps->mail(running->change, running->operation, error);
}

static bool answer_with(const struct running *running, struct outcome *outcome, struct error *error) {
    if (!running->steps->answer(running->change, running->operation, outcome, error)) return false;
    outcome->mailed = sends_mail(running);
    return true;
}

static bool decide(const struct running *running, struct error *error) {
    const struct change_steps *steps = running->steps;
    return !steps->decide || steps->decide(running->change, running->operation, error);
}

static bool write_own(const struct running *running, struct error *error) {
    const struct change_steps *steps = running->steps;
    return !steps->write || steps->write(running->change, running->operation, error);
}

static bool write_all(void *operation, struct outcome *outcome, struct error *error) {
    const struct running *running = operation;
    struct change *change = running->change;
    return lock(change, error) && decide(running, error) && write_entries(change, error) &&
           save_ticket(change, error) && write_search(change, error) && write_own(running, error) &&
           write_history(change, error) && queue_mail(running, error) &&
           answer_with(running, outcome, error) && (!change->arena.failed || error_too_large(error));
}

bool change_apply(struct change *change, const struct change_steps *steps, void *operation,
                  struct outcome *outcome, struct error *error) {
    struct running running = {change, steps, operation};
    return write_all(&running, outcome, error);
}

bool change_write(struct change *change, const struct change_steps *steps, void *operation,
                  struct outcome *outcome, struct error *error) {
    struct running running = {change, steps, operation};
    struct unit_of_work unit = {
        .write = write_all, .operation = &running, .is_many = true, .is_rehearsal = change->is_rehearsal};
    return unit_of_work_run(change->context, &unit, outcome, error);
}

bool change_run(struct change *change, const struct change_steps *steps, void *operation,
                struct answer *answer, struct error *error) {
    struct outcome outcome;
    if (!change_write(change, steps, operation, &outcome, error)) return false;
    outcome_tell(change->context, &outcome, answer);
    return true;
}
