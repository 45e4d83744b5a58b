// SPDX-License-Identifier: GPL-2.0-or-later
// One ticket, locked.
#include "store/ticket/ticket_lock.h"

#include "store/help_desk.h"
#include "store/mail/rows.h"
#include "store/row.h"
#include "store/statements.h"

#include <string.h>

// The id in a column, or 0 when the row that it names is gone.
static int64_t take_reference(const struct row *part, unsigned id, unsigned its_row, bool *gone) {
    int64_t value = row_integer(part, id);
    if (!value || !row_is_null(part, its_row)) return value;
    *gone = true;
    return 0;
}

static void take_state(const struct row *part, struct ticket_state *state) {
    bool *gone = &state->had_gone_reference;
    state->status_id = row_integer(part, LOCKED_STATUS);
    state->department_id = row_integer(part, LOCKED_DEPARTMENT);
    state->topic_id = row_integer(part, LOCKED_TOPIC);
    state->staff_id = take_reference(part, LOCKED_STAFF, LOCKED_STAFF_ROW, gone);
    state->team_id = take_reference(part, LOCKED_TEAM, LOCKED_TEAM_ROW, gone);
    state->sla_id = take_reference(part, LOCKED_SLA, LOCKED_SLA_FLAGS, gone);
    state->answered = row_is_true(part, LOCKED_IS_ANSWERED);
    state->overdue = row_is_true(part, LOCKED_IS_OVERDUE);
    state->due = row_copy(part, LOCKED_DUE);
    state->estimated_due = row_copy(part, LOCKED_ESTIMATED_DUE);
    state->reopened = row_copy(part, LOCKED_REOPENED);
    state->closed = row_copy(part, LOCKED_CLOSED);
    state->last_update = row_copy(part, LOCKED_LAST_UPDATE);
}

static void take_ticket(const struct row *row, void *into) {
    const struct row part = row_part(row, LOCK_TICKET);
    struct locked_ticket *ticket = ((struct locking *)into)->ticket;
    ticket->id = row_integer(&part, LOCKED_ID);
    ticket->number = row_copy(&part, LOCKED_NUMBER);
    ticket->owner_id = row_integer(&part, LOCKED_OWNER);
    ticket->owner_name = row_copy(&part, LOCKED_OWNER_NAME);
    ticket->owner_address = row_copy(&part, LOCKED_OWNER_ADDRESS);
    ticket->created = row_copy(&part, LOCKED_CREATED);
    take_state(&part, &ticket->state);
    ticket->staff_name = row_copy(&part, LOCKED_STAFF_NAME);
    ticket->sla_active = (row_integer(&part, LOCKED_SLA_FLAGS) & SLA_FLAG_ACTIVE) != 0;
    ticket->sla_alerts = (row_integer(&part, LOCKED_SLA_FLAGS) & SLA_FLAG_NO_ALERTS) == 0;
    ticket->sla_is_transient = (row_integer(&part, LOCKED_SLA_FLAGS) & SLA_FLAG_TRANSIENT) != 0;
    ticket->sla_grace_hours = row_integer(&part, LOCKED_SLA_GRACE);
    ticket->sla_schedule_id = row_integer(&part, LOCKED_SLA_SCHEDULE);
    ticket->thread_id = row_integer(&part, LOCKED_THREAD);
    ticket->last_message_id = row_integer(&part, LOCKED_LAST_MESSAGE);
    ticket->missing_answers = row_integer(&part, LOCKED_MISSING_ANSWERS);
    ticket->open_tasks = row_integer(&part, LOCKED_OPEN_TASKS);
    ticket->first_respondent_id = row_integer(&part, LOCKED_FIRST_RESPONDENT);
    ticket->second_respondent_id = row_integer(&part, LOCKED_SECOND_RESPONDENT);
    ticket->referred_to_agent = row_is_true(&part, LOCKED_IS_REFERRED);
    ticket->has_closed_event = row_is_true(&part, LOCKED_HAS_CLOSED_EVENT);
    ticket->has_drafts = row_is_true(&part, LOCKED_HAS_DRAFTS);
    ticket->source = row_copy(&part, LOCKED_SOURCE);
    ticket->parent_id = row_integer(&part, LOCKED_PARENT);
    ticket->flags = row_integer(&part, LOCKED_FLAGS);
    ticket->lock_id = row_integer(&part, LOCKED_LOCK);
    ticket->lock_holder_id = row_integer(&part, LOCKED_LOCK_HOLDER);
}

static void take_answer(const struct row *row, void *into) {
    const struct row part = row_part(row, LOCK_ANSWER);
    struct ticket_surroundings *around = ((struct locking *)into)->around;
    struct form_answer *answer =
        arena_append(row->arena, &around->answers, &around->answer_count, sizeof *answer);
    if (answer) form_answer_take(&part, answer);
}

static void take_collaborator(const struct row *row, void *into) {
    const struct row part = row_part(row, LOCK_COLLABORATOR);
    struct mail_collaborators *list = &((struct locking *)into)->around->collaborators;
    struct mail_collaborator *collaborator =
        arena_append(row->arena, &list->items, &list->count, sizeof *collaborator);
    if (collaborator) mail_collaborator_take(&part, collaborator);
}

static void take_agent(const struct row *row, void *into) {
    const struct row part = row_part(row, LOCK_AGENT);
    agent_rights_take(&part, &((struct locking *)into)->around->agent);
}

static void take_referral(const struct row *row, void *into) {
    const struct row part = row_part(row, LOCK_REFERRAL);
    struct ticket_surroundings *around = ((struct locking *)into)->around;
    struct text type = row_text(&part, LOCK_REFERRAL_TYPE);
    struct referral *referral =
        arena_append(row->arena, &around->referrals, &around->referral_count, sizeof *referral);
    if (!referral) return;
    referral->type = (enum referral_type)(type.length ? *type.data : '\0');
    referral->id = row_integer(&part, LOCK_REFERRAL_OBJECT);
}

static void take_file(const struct row *row, void *into) {
    const struct row part = row_part(row, LOCK_FILE);
    const struct ticket_surroundings *around = ((struct locking *)into)->around;
    file_search_take(&part, around->searches, around->search_count);
}

void ticket_lock_take(const struct row *row, void *into) {
    static const struct row_kind kinds[] = {
        {"ticket", take_ticket}, {"answer", take_answer},     {"collaborator", take_collaborator},
        {"agent", take_agent},   {"referral", take_referral}, {"file", take_file}};
    row_take_kind(row, LOCK_KIND, kinds, sizeof kinds / sizeof *kinds, into);
}

int ticket_lock(struct db *db, int64_t ticket_id, struct ticket_surroundings *around, struct arena *arena,
                struct locked_ticket *ticket, struct error *error) {
    struct db_value values[LOCK_VALUES_COUNT + SEARCH_VALUES] = {
        [LOCK_VALUE_DRAFTS] = db_integer(around->drafts),
        [LOCK_VALUE_TICKET] = db_integer(ticket_id),
        [LOCK_VALUE_TICKET_OF_ANSWERS] = db_integer(ticket_id),
        [LOCK_VALUE_COLLABORATORS] = db_integer(around->with_collaborators),
        [LOCK_VALUE_TICKET_OF_COLLABORATORS] = db_integer(ticket_id),
        [LOCK_VALUE_AGENT] = db_integer(around->agent_id),
        [LOCK_VALUE_TICKET_OF_AGENT] = db_integer(ticket_id),
        [LOCK_VALUE_REFERRALS] = db_integer(around->with_referrals),
        [LOCK_VALUE_TICKET_OF_REFERRALS] = db_integer(ticket_id),
    };
    struct locking locking = {ticket, around};
    memset(ticket, 0, sizeof *ticket);
    struct query query = {STATEMENT_TICKET_LOCK, values, LOCK_VALUES_COUNT};
    if (around->search_count) {
        file_searches_bind(around->searches, around->search_count, values + LOCK_VALUES_COUNT);
        query = QUERY_OF(STATEMENT_TICKET_LOCK_WITH_FILES, values);
    }
    if (!row_each(db, query, arena, ticket_lock_take, &locking, error)) return -1;
    return ticket->id != 0;
}

bool ticket_save(struct db *db, const struct locked_ticket *ticket, const struct ticket_saving *saving,
                 struct error *error) {
    bool annuls = saving->annuls_closed && ticket->has_closed_event;
    const struct ticket_state *state = &ticket->state;
    struct db_value values[SAVE_VALUES_COUNT] = {
        [SAVE_VALUE_THREAD] = db_integer(ticket->thread_id),
        [SAVE_VALUE_STATUS] = db_integer(state->status_id),
        [SAVE_VALUE_DEPARTMENT] = db_integer(state->department_id),
        [SAVE_VALUE_TOPIC] = db_integer(state->topic_id),
        [SAVE_VALUE_STAFF] = db_integer(state->staff_id),
        [SAVE_VALUE_TEAM] = db_integer(state->team_id),
        [SAVE_VALUE_SLA] = db_integer(state->sla_id),
        [SAVE_VALUE_IS_OVERDUE] = db_integer(state->overdue),
        [SAVE_VALUE_DUE] = db_text(state->due),
        [SAVE_VALUE_ESTIMATED_DUE] = db_text(state->estimated_due),
        [SAVE_VALUE_REOPENED] = db_text(state->reopened),
        [SAVE_VALUE_CLOSED] = db_text(state->closed),
        [SAVE_VALUE_LAST_UPDATE] = db_text(state->last_update),
        [SAVE_VALUE_IS_ANSWERED] = db_integer(state->answered),
        [SAVE_VALUE_RESPONDED] = db_integer(saving->responded),
        [SAVE_VALUE_MESSAGED] = db_integer(saving->messaged),
        [SAVE_VALUE_TICKET] = db_integer(ticket->id),
    };
    return db_execute(db, annuls ? STATEMENT_TICKET_SAVE_ANNULLING : STATEMENT_TICKET_SAVE, values,
                      SAVE_VALUES_COUNT, NULL, NULL, error);
}

bool ticket_columns_are_merged(int64_t parent_id, int64_t flags) {
    return parent_id && flags & (TICKET_FLAG_COMBINED | TICKET_FLAG_SEPARATE);
}

bool ticket_is_merged(const struct locked_ticket *ticket) {
    return ticket_columns_are_merged(ticket->parent_id, ticket->flags);
}

bool ticket_lock_release(struct db *db, int64_t ticket_id, int64_t lock_id, struct error *error) {
    const struct db_value ticket = db_integer(ticket_id), lock = db_integer(lock_id);
    return db_execute(db, STATEMENT_TICKET_UNLOCK, &ticket, 1, NULL, NULL, error) &&
           db_execute(db, STATEMENT_LOCK_DELETE, &lock, 1, NULL, NULL, error);
}

bool staff_may_take(struct db *db, int64_t staff_id, int64_t department_id, bool *may, struct error *error) {
    int answer = row_answer(
        db, QUERY(STATEMENT_STAFF_MAY_TAKE, db_integer(department_id), db_integer(staff_id)), error);
    *may = answer > 0;
    return answer >= 0;
}

bool staff_is_member(struct db *db, int64_t staff_id, int64_t department_id, bool *is, struct error *error) {
    const struct db_value department = db_integer(department_id);
    int answer = row_answer(
        db, QUERY(STATEMENT_STAFF_IS_MEMBER, department, department, department, db_integer(staff_id)),
        error);
    *is = answer > 0;
    return answer >= 0;
}
