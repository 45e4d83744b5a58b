// SPDX-License-Identifier: GPL-2.0-or-later
// Readers of single rows for mails.
#include "store/mail/content.h"

#include "db/db.h"
#include "store/mail/rows.h"
#include "store/statements.h"

// Runs a statement with an id and hands its first row to `take`.
static int one(struct db *db, unsigned statement, int64_t id, struct arena *arena,
               void take(struct db_rows *rows, struct arena *arena, void *item), void *item,
               struct error *error) {
    struct db_value value = db_integer(id);
    struct db_rows *rows;
    if (!db_query(db, statement, &value, 1, &rows, error)) return -1;
    int found = db_rows_next(rows, error);
    if (found > 0) take(rows, arena, item);
    db_rows_close(&rows);
    if (found > 0 && arena->failed) {
        error_set(error, ERROR_INTERNAL, "a mail's content does not fit into memory");
        return -1;
    }
    return found;
}

static struct text copied(struct db_rows *rows, struct arena *arena, unsigned column) {
    return arena_copy(arena, db_rows_text(rows, column));
}

static void take_ticket(struct db_rows *rows, struct arena *arena, void *item) {
    struct mail_ticket *ticket = item;
    ticket->id = db_rows_integer(rows, 0);
    ticket->number = copied(rows, arena, 1);
    ticket->user_id = db_rows_integer(rows, 2);
    ticket->status_id = db_rows_integer(rows, 3);
    ticket->dept_id = db_rows_integer(rows, 4);
    ticket->sla_id = db_rows_integer(rows, 5);
    ticket->topic_id = db_rows_integer(rows, 6);
    ticket->staff_id = db_rows_integer(rows, 7);
    ticket->team_id = db_rows_integer(rows, 8);
    ticket->ip_address = copied(rows, arena, 9);
    ticket->source = copied(rows, arena, 10);
    ticket->created_text = copied(rows, arena, 11);
    ticket->created = db_rows_integer(rows, 12);
    ticket->closed = db_rows_integer(rows, 13);
    ticket->due = db_rows_integer(rows, 14);
    ticket->last_update = db_rows_integer(rows, 15);
    ticket->status = copied(rows, arena, 16);
    ticket->state = copied(rows, arena, 17);
    ticket->thread_id = db_rows_integer(rows, 18);
    ticket->collaborators = db_rows_integer(rows, 19);
}

int mail_ticket_load(struct db *db, int64_t id, struct arena *arena, struct mail_ticket *ticket,
                     struct error *error) {
    return one(db, STATEMENT_MAIL_TICKET, id, arena, take_ticket, ticket, error);
}

static void take_user(struct db_rows *rows, struct arena *arena, void *item) {
    struct mail_user *user = item;
    user->id = db_rows_integer(rows, 0);
    user->name = copied(rows, arena, 1);
    user->address = copied(rows, arena, 2);
    user->organization_id = db_rows_integer(rows, 3);
    user->organization = copied(rows, arena, 4);
    user->timezone = copied(rows, arena, 5);
}

int mail_user_load(struct db *db, int64_t id, struct arena *arena, struct mail_user *user,
                   struct error *error) {
    return one(db, STATEMENT_MAIL_USER, id, arena, take_user, user, error);
}

static void take_agent(struct db_rows *rows, struct arena *arena, void *item) {
    mail_agent_read(rows, 0, arena, item);
}

int mail_agent_load(struct db *db, int64_t id, struct arena *arena, struct mail_agent *agent,
                    struct error *error) {
    return one(db, STATEMENT_MAIL_AGENT, id, arena, take_agent, agent, error);
}

static void take_department(struct db_rows *rows, struct arena *arena, void *item) {
    struct mail_department *department = item;
    department->id = db_rows_integer(rows, 0);
    department->parent_id = db_rows_integer(rows, 1);
    department->name = copied(rows, arena, 2);
    department->signature = copied(rows, arena, 3);
    department->is_public = db_rows_integer(rows, 4) != 0;
    department->manager_id = db_rows_integer(rows, 5);
    department->email_id = db_rows_integer(rows, 6);
    department->template_group = db_rows_integer(rows, 7);
    department->sla_id = db_rows_integer(rows, 8);
    department->group_membership = db_rows_integer(rows, 9);
}

int mail_department_load(struct db *db, int64_t id, struct arena *arena, struct mail_department *department,
                         struct error *error) {
    return one(db, STATEMENT_MAIL_DEPARTMENT, id, arena, take_department, department, error);
}

static void take_team(struct db_rows *rows, struct arena *arena, void *item) {
    struct mail_team *team = item;
    team->id = db_rows_integer(rows, 0);
    team->name = copied(rows, arena, 1);
    team->lead_id = db_rows_integer(rows, 2);
}

int mail_team_load(struct db *db, int64_t id, struct arena *arena, struct mail_team *team,
                   struct error *error) {
    return one(db, STATEMENT_MAIL_TEAM, id, arena, take_team, team, error);
}

static void take_topic(struct db_rows *rows, struct arena *arena, void *item) {
    struct mail_topic *topic = item;
    topic->id = db_rows_integer(rows, 0);
    topic->parent_id = db_rows_integer(rows, 1);
    topic->name = copied(rows, arena, 2);
    topic->dept_id = db_rows_integer(rows, 3);
    topic->sla_id = db_rows_integer(rows, 4);
}

int mail_topic_load(struct db *db, int64_t id, struct arena *arena, struct mail_topic *topic,
                    struct error *error) {
    return one(db, STATEMENT_MAIL_TOPIC, id, arena, take_topic, topic, error);
}

static void take_sla(struct db_rows *rows, struct arena *arena, void *item) {
    struct mail_sla *sla = item;
    sla->id = db_rows_integer(rows, 0);
    sla->name = copied(rows, arena, 1);
    sla->grace_period = db_rows_integer(rows, 2);
}

int mail_sla_load(struct db *db, int64_t id, struct arena *arena, struct mail_sla *sla, struct error *error) {
    return one(db, STATEMENT_MAIL_SLA, id, arena, take_sla, sla, error);
}

static void take_entry(struct db_rows *rows, struct arena *arena, void *item) {
    mail_entry_read(rows, arena, item);
}

int mail_entry_load(struct db *db, int64_t id, struct arena *arena, struct mail_entry *entry,
                    struct error *error) {
    return one(db, STATEMENT_MAIL_ENTRY, id, arena, take_entry, entry, error);
}

struct email {
    struct text *message_id, *headers;
};

static void take_email(struct db_rows *rows, struct arena *arena, void *item) {
    struct email *email = item;
    *email->message_id = copied(rows, arena, 0);
    *email->headers = copied(rows, arena, 1);
}

int mail_last_email(struct db *db, int64_t thread_id, struct arena *arena, struct text *message_id,
                    struct text *headers, struct error *error) {
    struct email email = {message_id, headers};
    return one(db, STATEMENT_MAIL_LAST_EMAIL, thread_id, arena, take_email, &email, error);
}

static void take_nothing(struct db_rows *rows, struct arena *arena, void *item) {
    (void)rows, (void)arena, (void)item;
}

int mail_department_alerts(struct db *db, int64_t dept_id, struct error *error) {
    struct arena none = {0};
    return one(db, STATEMENT_MAIL_ALERT_MEMBERS, dept_id, &none, take_nothing, NULL, error);
}
