// SPDX-License-Identifier: GPL-2.0-or-later
// Readers of lists of rows for mails.
#include "store/mail/rows.h"

#include "db/db.h"
#include "store/statements.h"

static struct text copied(struct db_rows *rows, struct arena *arena, unsigned column) {
    return arena_copy(arena, db_rows_text(rows, column));
}

// A setting that JSON has as true, 1 or "1".
static bool is_set(struct db_rows *rows, unsigned column) {
    struct text text = db_rows_text(rows, column);
    return text.length && !text_equal(text, TEXT("0")) && !text_equal(text, TEXT("false")) &&
           !text_equal(text, TEXT("null"));
}

void mail_agent_read(struct db_rows *rows, unsigned first, struct arena *arena, struct mail_agent *agent) {
    agent->id = db_rows_integer(rows, first);
    agent->dept_id = db_rows_integer(rows, first + 1);
    agent->username = copied(rows, arena, first + 2);
    agent->first_name = copied(rows, arena, first + 3);
    agent->last_name = copied(rows, arena, first + 4);
    agent->email = copied(rows, arena, first + 5);
    agent->phone = copied(rows, arena, first + 6);
    agent->phone_extension = copied(rows, arena, first + 7);
    agent->mobile = copied(rows, arena, first + 8);
    agent->signature = copied(rows, arena, first + 9);
    agent->timezone = copied(rows, arena, first + 10);
    agent->available = db_rows_integer(rows, first + 11) != 0;
}

void mail_entry_read(struct db_rows *rows, struct arena *arena, struct mail_entry *entry) {
    entry->id = db_rows_integer(rows, 0);
    entry->thread_id = db_rows_integer(rows, 1);
    entry->staff_id = db_rows_integer(rows, 2);
    entry->user_id = db_rows_integer(rows, 3);
    entry->type = copied(rows, arena, 4);
    entry->poster = copied(rows, arena, 5);
    entry->title = copied(rows, arena, 6);
    entry->body = copied(rows, arena, db_rows_is_null(rows, 8) ? 7 : 8);
    entry->format = copied(rows, arena, 9);
    entry->ip_address = copied(rows, arena, 10);
    entry->created = db_rows_integer(rows, 11);
    entry->updated = db_rows_integer(rows, 12);
    entry->created_text = copied(rows, arena, 13);
}

// A list to be filled: where its items, of `size` bytes, and their number go.
struct list {
    void *items;
    size_t *count;
    size_t size;
};
#define LIST(of) ((struct list){&(of)->items, &(of)->count, sizeof *(of)->items})

// Runs a statement and hands each of its rows, with a new item at the end of the list, to `take`.
static bool all(struct db *db, unsigned statement, const struct db_value *values, size_t count,
                struct arena *arena, void take(struct db_rows *rows, struct arena *arena, void *item),
                struct list list, struct error *error) {
    struct db_rows *rows;
    int more;
    *(void **)list.items = NULL;
    *list.count = 0;
    if (!db_query(db, statement, values, count, &rows, error)) return false;
    while ((more = db_rows_next(rows, error)) > 0) {
        void *item = arena_append(arena, list.items, list.count, list.size);
        if (item) take(rows, arena, item);
    }
    db_rows_close(&rows);
    if (more < 0) return false;
    return !arena->failed || error_set(error, ERROR_INTERNAL, "a mail's content does not fit into memory");
}

static void take_answer(struct db_rows *rows, struct arena *arena, void *item) {
    struct mail_answer *answer = item;
    answer->name = copied(rows, arena, 0);
    answer->type = copied(rows, arena, 1);
    answer->value = copied(rows, arena, 2);
    answer->labels = copied(rows, arena, 3);
    answer->phone_format = copied(rows, arena, 4);
    answer->is_html = is_set(rows, 5);
    answer->has_time = is_set(rows, 6);
    answer->is_utc = is_set(rows, 7);
    answer->priority = copied(rows, arena, 8);
    answer->priority_urgency = copied(rows, arena, 9);
    answer->priority_color = copied(rows, arena, 10);
    answer->choices = copied(rows, arena, 11);
}

bool mail_answers_load(struct db *db, char object_type, int64_t object_id, struct arena *arena,
                       struct mail_answers *answers, struct error *error) {
    const struct db_value values[] = {db_text((struct text){&object_type, 1}), db_integer(object_id)};
    bool company = object_type == 'C';
    return all(db, company ? STATEMENT_MAIL_COMPANY : STATEMENT_MAIL_ANSWERS, values, company ? 0 : 2, arena,
               take_answer, LIST(answers), error);
}

static void take_entry(struct db_rows *rows, struct arena *arena, void *item) {
    mail_entry_read(rows, arena, item);
}

bool mail_thread_load(struct db *db, int64_t thread_id, struct arena *arena, struct mail_entries *entries,
                      struct error *error) {
    struct db_value value = db_integer(thread_id);
    return all(db, STATEMENT_MAIL_THREAD, &value, 1, arena, take_entry, LIST(entries), error);
}

static void take_name(struct db_rows *rows, struct arena *arena, void *item) {
    struct text first = db_rows_text(rows, 0), last = db_rows_text(rows, 1);
    char *name = arena_take(arena, first.length + last.length + 2);
    if (!name) return;
    for (size_t i = 0; i < first.length; i++) name[i] = first.data[i];
    name[first.length] = ' ';
    for (size_t i = 0; i < last.length; i++) name[first.length + 1 + i] = last.data[i];
    *(struct text *)item = text_trim((struct text){name, first.length + last.length + 1});
}

bool mail_department_members(struct db *db, int64_t dept_id, struct arena *arena, struct mail_names *names,
                             struct error *error) {
    const struct db_value values[] = {db_integer(dept_id), db_integer(dept_id)};
    return all(db, STATEMENT_MAIL_DEPARTMENT_MEMBERS, values, 2, arena, take_name, LIST(names), error);
}

bool mail_team_members(struct db *db, int64_t team_id, struct arena *arena, struct mail_names *names,
                       struct error *error) {
    struct db_value value = db_integer(team_id);
    return all(db, STATEMENT_MAIL_TEAM_MEMBERS, &value, 1, arena, take_name, LIST(names), error);
}

void mail_collaborator_read(struct db_rows *rows, unsigned first, struct arena *arena,
                            struct mail_collaborator *collaborator) {
    collaborator->id = db_rows_integer(rows, first);
    collaborator->user_id = db_rows_integer(rows, first + 1);
    collaborator->name = copied(rows, arena, first + 2);
    collaborator->address = copied(rows, arena, first + 3);
}

static void take_collaborator(struct db_rows *rows, struct arena *arena, void *item) {
    mail_collaborator_read(rows, 0, arena, item);
}

bool mail_collaborators_load(struct db *db, int64_t thread_id, struct arena *arena,
                             struct mail_collaborators *collaborators, struct error *error) {
    struct db_value value = db_integer(thread_id);
    return all(db, STATEMENT_MAIL_COLLABORATORS, &value, 1, arena, take_collaborator, LIST(collaborators),
               error);
}

static void take_file(struct db_rows *rows, struct arena *arena, void *item) {
    struct mail_file *file = item;
    file->id = db_rows_integer(rows, 0);
    file->key = copied(rows, arena, 1);
    file->type = copied(rows, arena, 2);
    file->name = copied(rows, arena, 3);
    file->size = db_rows_integer(rows, 4);
    file->is_inline = db_rows_integer(rows, 5) != 0;
    file->in_database = text_equal(db_rows_text(rows, 6), TEXT("D"));
}

bool mail_files_load(struct db *db, int64_t entry_id, struct arena *arena, struct mail_files *files,
                     struct error *error) {
    struct db_value value = db_integer(entry_id);
    return all(db, STATEMENT_MAIL_FILES, &value, 1, arena, take_file, LIST(files), error);
}

int mail_file_by_key(struct db *db, struct text key, struct arena *arena, struct mail_file *file,
                     struct error *error) {
    struct db_value value = db_text(key);
    struct mail_files found;
    if (!all(db, STATEMENT_MAIL_FILE_BY_KEY, &value, 1, arena, take_file, LIST(&found), error)) return -1;
    if (found.count) *file = found.items[0];
    return found.count > 0;
}

bool mail_file_read(struct db *db, int64_t file_id, mail_file_piece *piece, void *context,
                    struct error *error) {
    struct db_value value = db_integer(file_id);
    struct db_rows *rows;
    int more;
    bool taken = true;
    if (!db_query(db, STATEMENT_MAIL_FILE_CHUNKS, &value, 1, &rows, error)) return false;
    while ((more = db_rows_next(rows, error)) > 0 && taken) taken = piece(context, db_rows_text(rows, 0));
    db_rows_close(&rows);
    return more >= 0 && taken;
}

static void take_alert_agent(struct db_rows *rows, struct arena *arena, void *item) {
    struct mail_alert_agent *agent = item;
    agent->reason = (enum mail_alert_reason)db_rows_integer(rows, 0);
    mail_agent_read(rows, 1, arena, &agent->agent);
    agent->has_access = db_rows_integer(rows, 13) != 0;
}

bool mail_alert_activity_load(struct db *db, int64_t ticket_id, int64_t thread_id, int64_t entry_id,
                              struct arena *arena, struct mail_alert_agents *agents, struct error *error) {
    const struct db_value values[] = {db_integer(thread_id), db_integer(entry_id),  db_integer(ticket_id),
                                      db_integer(ticket_id), db_integer(ticket_id), db_integer(ticket_id)};
    return all(db, STATEMENT_MAIL_ALERT_ACTIVITY, values, 6, arena, take_alert_agent, LIST(agents), error);
}

bool mail_alert_new_load(struct db *db, int64_t ticket_id, struct arena *arena,
                         struct mail_alert_agents *agents, struct error *error) {
    const struct db_value ticket = db_integer(ticket_id), values[] = {ticket, ticket, ticket, ticket};
    return all(db, STATEMENT_MAIL_ALERT_NEW, values, 4, arena, take_alert_agent, LIST(agents), error);
}

bool mail_alert_assigned_load(struct db *db, int64_t staff_id, int64_t team_id, struct arena *arena,
                              struct mail_alert_agents *agents, struct error *error) {
    const struct db_value values[] = {db_integer(staff_id), db_integer(team_id), db_integer(team_id)};
    return all(db, STATEMENT_MAIL_ALERT_ASSIGNED, values, 3, arena, take_alert_agent, LIST(agents), error);
}
