// SPDX-License-Identifier: GPL-2.0-or-later
// One ticket, locked.
#include "store/ticket/ticket_lock.h"

#include "db/db.h"
#include "store/mail/rows.h"
#include "store/row.h"
#include "store/statements.h"

#include <string.h>

// The columns of STATEMENT_TICKET_LOCK.
// clang-format off
enum column {
    ID, NUMBER, OWNER_ID, STATUS_ID, DEPARTMENT_ID, TOPIC_ID, STAFF_ID, TEAM_ID, ANSWERED,
    OVERDUE, DUE, ESTIMATED_DUE, CREATED, REOPENED, CLOSED, LAST_UPDATE,
    OWNER_NAME, OWNER_ADDRESS, SLA_FLAGS, SLA_GRACE, SLA_SCHEDULE, THREAD_ID, LAST_MESSAGE, MISSING_ANSWERS,
    OPEN_TASKS, FIRST_RESPONDENT, SECOND_RESPONDENT, ASSIGNEE, TEAM, SLA_ID, IS_REFERRED, IS_CLOSED, HAS_DRAFTS,
    KIND, ANSWER, COLLABORATOR = ANSWER + 6, SOUGHT_FILE = COLLABORATOR + 4,
};
// clang-format on

// The id in a column, or 0 when the row that it names is gone.
static int64_t take_reference(struct db_rows *rows, enum column id, enum column row, bool *gone) {
    int64_t value = db_rows_integer(rows, id);
    if (!value || !db_rows_is_null(rows, row)) return value;
    *gone = true;
    return 0;
}

static void take_state(struct db_rows *rows, struct arena *arena, struct ticket_state *state) {
    bool *gone = &state->had_gone_reference;
    state->status_id = db_rows_integer(rows, STATUS_ID);
    state->department_id = db_rows_integer(rows, DEPARTMENT_ID);
    state->topic_id = db_rows_integer(rows, TOPIC_ID);
    state->staff_id = take_reference(rows, STAFF_ID, ASSIGNEE, gone);
    state->team_id = take_reference(rows, TEAM_ID, TEAM, gone);
    state->sla_id = take_reference(rows, SLA_ID, SLA_FLAGS, gone);
    state->answered = db_rows_integer(rows, ANSWERED) != 0;
    state->overdue = db_rows_integer(rows, OVERDUE) != 0;
    state->due = arena_copy(arena, db_rows_text(rows, DUE));
    state->estimated_due = arena_copy(arena, db_rows_text(rows, ESTIMATED_DUE));
    state->reopened = arena_copy(arena, db_rows_text(rows, REOPENED));
    state->closed = arena_copy(arena, db_rows_text(rows, CLOSED));
    state->last_update = arena_copy(arena, db_rows_text(rows, LAST_UPDATE));
}

static void take_ticket(struct db_rows *rows, struct arena *arena, struct locked_ticket *ticket) {
    ticket->id = db_rows_integer(rows, ID);
    ticket->number = arena_copy(arena, db_rows_text(rows, NUMBER));
    ticket->owner_id = db_rows_integer(rows, OWNER_ID);
    ticket->owner_name = arena_copy(arena, db_rows_text(rows, OWNER_NAME));
    ticket->owner_address = arena_copy(arena, db_rows_text(rows, OWNER_ADDRESS));
    ticket->created = arena_copy(arena, db_rows_text(rows, CREATED));
    take_state(rows, arena, &ticket->state);
    ticket->sla_active = (db_rows_integer(rows, SLA_FLAGS) & 1) != 0;
    ticket->sla_grace_hours = db_rows_integer(rows, SLA_GRACE);
    ticket->sla_schedule_id = db_rows_integer(rows, SLA_SCHEDULE);
    ticket->thread_id = db_rows_integer(rows, THREAD_ID);
    ticket->last_message_id = db_rows_integer(rows, LAST_MESSAGE);
    ticket->missing_answers = db_rows_integer(rows, MISSING_ANSWERS);
    ticket->open_tasks = db_rows_integer(rows, OPEN_TASKS);
    ticket->first_respondent_id = db_rows_integer(rows, FIRST_RESPONDENT);
    ticket->second_respondent_id = db_rows_integer(rows, SECOND_RESPONDENT);
    ticket->referred_to_agent = db_rows_integer(rows, IS_REFERRED) != 0;
    ticket->has_closed_event = db_rows_integer(rows, IS_CLOSED) != 0;
    ticket->has_drafts = db_rows_integer(rows, HAS_DRAFTS) != 0;
}

static void take_answer(struct db_rows *rows, struct arena *arena, struct ticket_surroundings *around) {
    struct form_answer *answer = arena_append(arena, &around->answers, &around->answer_count, sizeof *answer);
    const struct row part = {rows, ANSWER, arena};
    if (answer) form_answer_take(&part, answer);
}

static void take_collaborator(struct db_rows *rows, struct arena *arena, struct ticket_surroundings *around) {
    struct mail_collaborators *list = &around->collaborators;
    struct mail_collaborator *collaborator =
        arena_append(arena, &list->items, &list->count, sizeof *collaborator);
    if (collaborator) mail_collaborator_read(rows, COLLABORATOR, arena, collaborator);
}

static void take_around(struct db_rows *rows, struct arena *arena, struct ticket_surroundings *around) {
    struct text kind = db_rows_text(rows, KIND);
    if (text_equal(kind, TEXT("answer")))
        take_answer(rows, arena, around);
    else if (text_equal(kind, TEXT("collaborator")))
        take_collaborator(rows, arena, around);
    else if (text_equal(kind, TEXT("file")))
        file_search_take(rows, SOUGHT_FILE, arena, around->searches, around->search_count);
}

enum { LOCK_VALUES = 5 };

int ticket_lock(struct db *db, int64_t ticket_id, struct ticket_surroundings *around, struct arena *arena,
                struct locked_ticket *ticket, struct error *error) {
    struct db_value values[LOCK_VALUES + SEARCH_VALUES] = {
        db_integer(around->drafts), db_integer(ticket_id),
        db_integer(ticket_id),      db_integer(around->with_collaborators),
        db_integer(ticket_id),
    };
    struct db_rows *rows;
    int more;
    memset(ticket, 0, sizeof *ticket);
    file_searches_bind(around->searches, around->search_count, values + LOCK_VALUES);
    if (!db_query(db, STATEMENT_TICKET_LOCK, values, LOCK_VALUES + SEARCH_VALUES, &rows, error)) return -1;
    while ((more = db_rows_next(rows, error)) > 0) {
        if (text_equal(db_rows_text(rows, KIND), TEXT("ticket")))
            take_ticket(rows, arena, ticket);
        else
            take_around(rows, arena, around);
    }
    db_rows_close(&rows);
    return more < 0 ? -1 : ticket->id != 0;
}

bool ticket_save(struct db *db, const struct locked_ticket *ticket, const struct ticket_saving *saving,
                 struct error *error) {
    bool annuls = saving->annuls_closed && ticket->has_closed_event;
    const struct ticket_state *state = &ticket->state;
    struct db_value values[] = {
        db_integer(ticket->thread_id), db_integer(state->status_id), db_integer(state->department_id),
        db_integer(state->topic_id),   db_integer(state->staff_id),  db_integer(state->team_id),
        db_integer(state->sla_id),     db_integer(state->overdue),   db_text(state->due),
        db_text(state->estimated_due), db_text(state->reopened),     db_text(state->closed),
        db_text(state->last_update),   db_integer(state->answered),  db_integer(saving->responded),
        db_integer(saving->messaged),  db_integer(ticket->id),
    };
    return db_execute(db, annuls ? STATEMENT_TICKET_SAVE_ANNULLING : STATEMENT_TICKET_SAVE, values,
                      sizeof values / sizeof *values, NULL, NULL, error);
}

bool staff_may_take(struct db *db, int64_t staff_id, int64_t department_id, bool *may, struct error *error) {
    struct db_value values[] = {db_integer(department_id), db_integer(staff_id)};
    struct db_rows *rows;
    if (!db_query(db, STATEMENT_STAFF_MAY_TAKE, values, 2, &rows, error)) return false;
    int found = db_rows_next(rows, error);
    *may = found > 0 && db_rows_integer(rows, 0) != 0;
    db_rows_close(&rows);
    return found >= 0;
}
