// SPDX-License-Identifier: GPL-2.0-or-later
// Readers of lists of rows for mails.
#include "store/mail/rows.h"

#include "store/row.h"
#include "store/statements.h"

#include <stdlib.h>

void mail_agent_take(const struct row *part, void *into) {
    struct mail_agent *agent = into;
    agent->id = row_integer(part, MAIL_AGENT_ID);
    agent->dept_id = row_integer(part, MAIL_AGENT_DEPARTMENT);
    agent->username = row_copy(part, MAIL_AGENT_USERNAME);
    agent->first_name = row_copy(part, MAIL_AGENT_FIRST_NAME);
    agent->last_name = row_copy(part, MAIL_AGENT_LAST_NAME);
    agent->email = row_copy(part, MAIL_AGENT_EMAIL);
    agent->phone = row_copy(part, MAIL_AGENT_PHONE);
    agent->phone_extension = row_copy(part, MAIL_AGENT_PHONE_EXTENSION);
    agent->mobile = row_copy(part, MAIL_AGENT_MOBILE);
    agent->signature = row_copy(part, MAIL_AGENT_SIGNATURE);
    agent->timezone = row_copy(part, MAIL_AGENT_TIMEZONE);
    agent->available = row_is_true(part, MAIL_AGENT_IS_AVAILABLE);
}

void mail_entry_take(const struct row *row, void *into) {
    struct mail_entry *entry = into;
    bool is_long = !row_is_null(row, MAIL_ENTRY_LONG_BODY);
    entry->id = row_integer(row, MAIL_ENTRY_ID);
    entry->thread_id = row_integer(row, MAIL_ENTRY_THREAD);
    entry->staff_id = row_integer(row, MAIL_ENTRY_STAFF);
    entry->user_id = row_integer(row, MAIL_ENTRY_USER);
    entry->type = row_copy(row, MAIL_ENTRY_TYPE);
    entry->poster = row_copy(row, MAIL_ENTRY_POSTER);
    entry->title = row_copy(row, MAIL_ENTRY_TITLE);
    entry->body = row_copy(row, is_long ? MAIL_ENTRY_LONG_BODY : MAIL_ENTRY_BODY);
    entry->format = row_copy(row, MAIL_ENTRY_FORMAT);
    entry->ip_address = row_copy(row, MAIL_ENTRY_IP_ADDRESS);
    entry->created = row_integer(row, MAIL_ENTRY_CREATED);
    entry->updated = row_integer(row, MAIL_ENTRY_UPDATED);
    entry->created_text = row_copy(row, MAIL_ENTRY_CREATED_TEXT);
}

// A row_all() that fails when its rows do not fit into memory.
static bool all(struct db *db, struct query query, struct arena *arena, row_take *take, struct row_list list,
                struct error *error) {
    if (!row_all(db, query, arena, take, list, error)) return false;
    return !arena->failed || error_set(error, ERROR_INTERNAL, "a mail's content does not fit into memory");
}
#define LIST(of) ROW_LIST(&(of)->items, &(of)->count)

// A setting that JSON has as true, 1 or "1".
static bool is_set(const struct row *row, unsigned column) {
    struct text text = row_text(row, column);
    return text.length && !text_equal(text, TEXT("0")) && !text_equal(text, TEXT("false")) &&
           !text_equal(text, TEXT("null"));
}

static void take_answer_of_company(const struct row *row, void *into) {
    struct mail_answer *answer = into;
    answer->name = row_copy(row, MAIL_ANSWER_NAME);
    answer->type = row_copy(row, MAIL_ANSWER_TYPE);
    answer->value = row_copy(row, MAIL_ANSWER_VALUE);
    answer->labels = row_copy(row, MAIL_ANSWER_LABELS);
    answer->phone_format = row_copy(row, MAIL_ANSWER_PHONE_FORMAT);
    answer->is_html = is_set(row, MAIL_ANSWER_IS_HTML);
    answer->has_time = is_set(row, MAIL_ANSWER_HAS_TIME);
    answer->is_utc = is_set(row, MAIL_ANSWER_IS_UTC);
    answer->choices = row_copy(row, MAIL_ANSWER_CHOICES);
    for (unsigned i = 0; i < 4; i++) answer->place[i] = row_integer(row, MAIL_ANSWER_ENTRY_SORT + i);
}

static void take_answer(const struct row *row, void *into) {
    struct mail_answer *answer = into;
    take_answer_of_company(row, answer);
    answer->priority = row_copy(row, MAIL_ANSWER_PRIORITY);
    answer->priority_urgency = row_copy(row, MAIL_ANSWER_PRIORITY_URGENCY);
    answer->priority_color = row_copy(row, MAIL_ANSWER_PRIORITY_COLOR);
}

static int compare_answers(const void *one, const void *other) {
    const int64_t *a = ((const struct mail_answer *)one)->place,
                  *b = ((const struct mail_answer *)other)->place;
    for (size_t i = 0; i < 4; i++)
        if (a[i] != b[i]) return a[i] < b[i] ? -1 : 1;
    return 0;
}

static bool has_choices(const struct mail_answers *answers) {
    for (size_t i = 0; i < answers->count; i++)
        if (text_starts_with(answers->items[i].value, TEXT("{"))) return true;
    return false;
}

static bool read_answers(struct db *db, char object_type, int64_t object_id, struct arena *arena,
                         struct mail_answers *answers, struct error *error) {
    if (object_type == 'C')
        return all(db, QUERY_WITHOUT_VALUES(STATEMENT_MAIL_COMPANY), arena, take_answer_of_company,
                   LIST(answers), error);
    struct query query =
        QUERY(STATEMENT_MAIL_ANSWERS, db_text((struct text){&object_type, 1}), db_integer(object_id));
    if (!all(db, query, arena, take_answer, LIST(answers), error)) return false;
    query.statement = STATEMENT_MAIL_ANSWERS_LABELLED;
    return !has_choices(answers) || all(db, query, arena, take_answer, LIST(answers), error);
}

bool mail_answers_load(struct db *db, char object_type, int64_t object_id, struct arena *arena,
                       struct mail_answers *answers, struct error *error) {
    if (!read_answers(db, object_type, object_id, arena, answers, error)) return false;
    if (answers->count) qsort(answers->items, answers->count, sizeof *answers->items, compare_answers);
    return true;
}

bool mail_thread_load(struct db *db, int64_t thread_id, struct arena *arena, struct mail_entries *entries,
                      struct error *error) {
    return all(db, QUERY(STATEMENT_MAIL_THREAD, db_integer(thread_id)), arena, mail_entry_take, LIST(entries),
               error);
}

static void take_name(const struct row *row, void *into) {
    struct text first = row_text(row, MAIL_NAME_FIRST), last = row_text(row, MAIL_NAME_LAST);
    char *name = arena_take(row->arena, first.length + last.length + 2);
    if (!name) return;
    for (size_t i = 0; i < first.length; i++) name[i] = first.data[i];
    name[first.length] = ' ';
    for (size_t i = 0; i < last.length; i++) name[first.length + 1 + i] = last.data[i];
    *(struct text *)into = text_trim((struct text){name, first.length + last.length + 1});
}

bool mail_department_members(struct db *db, int64_t dept_id, struct arena *arena, struct mail_names *names,
                             struct error *error) {
    struct query query = QUERY(STATEMENT_MAIL_DEPARTMENT_MEMBERS, db_integer(dept_id), db_integer(dept_id));
    return all(db, query, arena, take_name, LIST(names), error);
}

bool mail_team_members(struct db *db, int64_t team_id, struct arena *arena, struct mail_names *names,
                       struct error *error) {
    return all(db, QUERY(STATEMENT_MAIL_TEAM_MEMBERS, db_integer(team_id)), arena, take_name, LIST(names),
               error);
}

void mail_collaborator_take(const struct row *part, void *into) {
    struct mail_collaborator *collaborator = into;
    collaborator->id = row_integer(part, COLLABORATOR_ID);
    collaborator->user_id = row_integer(part, COLLABORATOR_USER);
    collaborator->name = row_copy(part, COLLABORATOR_NAME);
    collaborator->address = row_copy(part, COLLABORATOR_ADDRESS);
}

bool mail_collaborators_load(struct db *db, int64_t thread_id, struct arena *arena,
                             struct mail_collaborators *collaborators, struct error *error) {
    return all(db, QUERY(STATEMENT_MAIL_COLLABORATORS, db_integer(thread_id)), arena, mail_collaborator_take,
               LIST(collaborators), error);
}

static void take_file(const struct row *row, void *into) {
    struct mail_file *file = into;
    file->id = row_integer(row, MAIL_FILE_ID);
    file->key = row_copy(row, MAIL_FILE_KEY);
    file->type = row_copy(row, MAIL_FILE_TYPE);
    file->name = row_copy(row, MAIL_FILE_NAME);
    file->size = row_integer(row, MAIL_FILE_SIZE);
    file->is_inline = row_is_true(row, MAIL_FILE_IS_INLINE);
    file->in_database = text_equal(row_text(row, MAIL_FILE_STORAGE), TEXT("D"));
}

bool mail_files_load(struct db *db, int64_t entry_id, struct arena *arena, struct mail_files *files,
                     struct error *error) {
    return all(db, QUERY(STATEMENT_MAIL_FILES, db_integer(entry_id)), arena, take_file, LIST(files), error);
}

int mail_file_by_key(struct db *db, struct text key, struct arena *arena, struct mail_file *file,
                     struct error *error) {
    struct mail_files found;
    if (!all(db, QUERY(STATEMENT_MAIL_FILE_BY_KEY, db_text(key)), arena, take_file, LIST(&found), error))
        return -1;
    if (found.count) *file = found.items[0];
    return found.count > 0;
}

bool mail_file_read(struct db *db, int64_t file_id, mail_file_piece *piece, void *context,
                    struct error *error) {
    struct db_value value = db_integer(file_id);
    struct row row = {0};
    int more;
    bool taken = true;
    if (!db_query(db, STATEMENT_MAIL_FILE_CHUNKS, &value, 1, &row.rows, error)) return false;
    while ((more = db_rows_next(row.rows, error)) > 0 && taken)
        taken = piece(context, row_text(&row, MAIL_CHUNK));
    db_rows_close(&row.rows);
    return more >= 0 && taken;
}

static void take_alert(const struct row *row, void *into) {
    struct mail_alert_agent *alert = into;
    const struct row agent = row_part(row, MAIL_ALERT_AGENT);
    alert->reason = (enum mail_alert_reason)row_integer(row, MAIL_ALERT_REASON);
    alert->has_access = row_is_true(row, MAIL_ALERT_HAS_ACCESS);
    mail_agent_take(&agent, &alert->agent);
}

static int compare_alerts(const void *one, const void *other) {
    const struct mail_alert_agent *a = one, *b = other;
    if (a->reason != b->reason) return a->reason < b->reason ? -1 : 1;
    return (a->agent.id > b->agent.id) - (a->agent.id < b->agent.id);
}

// By their reasons.
static bool alerts(struct db *db, struct query query, struct arena *arena, struct mail_alert_agents *agents,
                   struct error *error) {
    if (!all(db, query, arena, take_alert, LIST(agents), error)) return false;
    if (agents->count) qsort(agents->items, agents->count, sizeof *agents->items, compare_alerts);
    return true;
}

bool mail_alert_activity_load(struct db *db, const struct mail_activity *activity, struct arena *arena,
                              struct mail_alert_agents *agents, struct error *error) {
    const struct db_value ticket = db_integer(activity->ticket_id);
    const struct db_value assignee =
        activity->assignee_id ? db_integer(activity->assignee_id) : db_text(TEXT_NULL);
    return alerts(db,
                  QUERY(STATEMENT_MAIL_ALERT_ACTIVITY, db_integer(activity->thread_id),
                        db_integer(activity->entry_id), assignee, ticket, ticket, ticket,
                        db_integer(activity->entry_id), ticket),
                  arena, agents, error);
}

bool mail_alert_message_load(struct db *db, int64_t ticket_id, struct arena *arena,
                             struct mail_alert_agents *agents, struct error *error) {
    const struct db_value ticket = db_integer(ticket_id);
    return alerts(db, QUERY(STATEMENT_MAIL_ALERT_MESSAGE, ticket, ticket, ticket, ticket, ticket), arena,
                  agents, error);
}

bool mail_alert_new_load(struct db *db, int64_t ticket_id, struct arena *arena,
                         struct mail_alert_agents *agents, struct error *error) {
    const struct db_value ticket = db_integer(ticket_id);
    return alerts(db, QUERY(STATEMENT_MAIL_ALERT_NEW, ticket, ticket, ticket, ticket), arena, agents, error);
}

bool mail_alert_overdue_load(struct db *db, int64_t ticket_id, struct arena *arena,
                             struct mail_alert_agents *agents, struct error *error) {
    const struct db_value ticket = db_integer(ticket_id);
    return alerts(db, QUERY(STATEMENT_MAIL_ALERT_OVERDUE, ticket, ticket, ticket, ticket), arena, agents,
                  error);
}

bool mail_alert_transfer_load(struct db *db, int64_t ticket_id, struct arena *arena,
                              struct mail_alert_agents *agents, struct error *error) {
    const struct db_value ticket = db_integer(ticket_id);
    return alerts(db, QUERY(STATEMENT_MAIL_ALERT_TRANSFER, ticket, ticket, ticket, ticket), arena, agents,
                  error);
}

bool mail_alert_assigned_load(struct db *db, int64_t staff_id, int64_t team_id, struct arena *arena,
                              struct mail_alert_agents *agents, struct error *error) {
    struct query query =
        QUERY(STATEMENT_MAIL_ALERT_ASSIGNED, db_integer(staff_id), db_integer(team_id), db_integer(team_id));
    return alerts(db, query, arena, agents, error);
}
