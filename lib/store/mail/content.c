// SPDX-License-Identifier: GPL-2.0-or-later
// Readers of single rows for mails.
#include "store/mail/content.h"

#include "store/mail/rows.h"
#include "store/row.h"
#include "store/statements.h"

// Runs a statement with an id and hands its first row to `take`.
static int one(struct db *db, unsigned statement, int64_t id, struct arena *arena, row_take *take, void *item,
               struct error *error) {
    int found = row_first(db, QUERY(statement, db_integer(id)), arena, take, item, error);
    if (found <= 0 || !arena || !arena->failed) return found;
    error_set(error, ERROR_INTERNAL, "a mail's content does not fit into memory");
    return -1;
}

static void take_ticket(const struct row *row, void *into) {
    struct mail_ticket *ticket = into;
    ticket->id = row_integer(row, MAIL_TICKET_ID);
    ticket->number = row_copy(row, MAIL_TICKET_NUMBER);
    ticket->user_id = row_integer(row, MAIL_TICKET_USER);
    ticket->status_id = row_integer(row, MAIL_TICKET_STATUS_ID);
    ticket->dept_id = row_integer(row, MAIL_TICKET_DEPARTMENT);
    ticket->sla_id = row_integer(row, MAIL_TICKET_SLA);
    ticket->topic_id = row_integer(row, MAIL_TICKET_TOPIC);
    ticket->staff_id = row_integer(row, MAIL_TICKET_STAFF);
    ticket->team_id = row_integer(row, MAIL_TICKET_TEAM);
    ticket->ip_address = row_copy(row, MAIL_TICKET_IP_ADDRESS);
    ticket->source = row_copy(row, MAIL_TICKET_SOURCE);
    ticket->created_text = row_copy(row, MAIL_TICKET_CREATED_TEXT);
    ticket->created = row_integer(row, MAIL_TICKET_CREATED);
    ticket->closed = row_integer(row, MAIL_TICKET_CLOSED);
    ticket->due = row_integer(row, MAIL_TICKET_DUE);
    ticket->last_update = row_integer(row, MAIL_TICKET_LAST_UPDATE);
    ticket->status = row_copy(row, MAIL_TICKET_STATUS);
    ticket->state = row_copy(row, MAIL_TICKET_STATE);
    ticket->thread_id = row_integer(row, MAIL_TICKET_THREAD);
    ticket->collaborators = row_integer(row, MAIL_TICKET_COLLABORATORS);
}

int mail_ticket_load(struct db *db, int64_t id, struct arena *arena, struct mail_ticket *ticket,
                     struct error *error) {
    return one(db, STATEMENT_MAIL_TICKET, id, arena, take_ticket, ticket, error);
}

static void take_user(const struct row *row, void *into) {
    struct mail_user *user = into;
    user->id = row_integer(row, MAIL_USER_ID);
    user->name = row_copy(row, MAIL_USER_NAME);
    user->address = row_copy(row, MAIL_USER_ADDRESS);
    user->organization_id = row_integer(row, MAIL_USER_ORGANIZATION_ID);
    user->organization = row_copy(row, MAIL_USER_ORGANIZATION);
    user->timezone = row_copy(row, MAIL_USER_TIMEZONE);
}

int mail_user_load(struct db *db, int64_t id, struct arena *arena, struct mail_user *user,
                   struct error *error) {
    return one(db, STATEMENT_MAIL_USER, id, arena, take_user, user, error);
}

int mail_agent_load(struct db *db, int64_t id, struct arena *arena, struct mail_agent *agent,
                    struct error *error) {
    return one(db, STATEMENT_MAIL_AGENT, id, arena, mail_agent_take, agent, error);
}

static void take_department(const struct row *row, void *into) {
    struct mail_department *department = into;
    department->id = row_integer(row, MAIL_DEPARTMENT_ID);
    department->parent_id = row_integer(row, MAIL_DEPARTMENT_PARENT);
    department->name = row_copy(row, MAIL_DEPARTMENT_NAME);
    department->signature = row_copy(row, MAIL_DEPARTMENT_SIGNATURE);
    department->is_public = row_is_true(row, MAIL_DEPARTMENT_IS_PUBLIC);
    department->manager_id = row_integer(row, MAIL_DEPARTMENT_MANAGER);
    department->email_id = row_integer(row, MAIL_DEPARTMENT_MAILBOX);
    department->template_group = row_integer(row, MAIL_DEPARTMENT_TEMPLATES);
    department->sla_id = row_integer(row, MAIL_DEPARTMENT_SLA);
    department->group_membership = row_integer(row, MAIL_DEPARTMENT_GROUP_MEMBERSHIP);
}

int mail_department_load(struct db *db, int64_t id, struct arena *arena, struct mail_department *department,
                         struct error *error) {
    return one(db, STATEMENT_MAIL_DEPARTMENT, id, arena, take_department, department, error);
}

static void take_team(const struct row *row, void *into) {
    struct mail_team *team = into;
    team->id = row_integer(row, MAIL_TEAM_ID);
    team->name = row_copy(row, MAIL_TEAM_NAME);
    team->lead_id = row_integer(row, MAIL_TEAM_LEAD);
}

int mail_team_load(struct db *db, int64_t id, struct arena *arena, struct mail_team *team,
                   struct error *error) {
    return one(db, STATEMENT_MAIL_TEAM, id, arena, take_team, team, error);
}

static void take_topic(const struct row *row, void *into) {
    struct mail_topic *topic = into;
    topic->id = row_integer(row, MAIL_TOPIC_ID);
    topic->parent_id = row_integer(row, MAIL_TOPIC_PARENT);
    topic->name = row_copy(row, MAIL_TOPIC_NAME);
    topic->dept_id = row_integer(row, MAIL_TOPIC_DEPARTMENT);
    topic->sla_id = row_integer(row, MAIL_TOPIC_SLA);
}

int mail_topic_load(struct db *db, int64_t id, struct arena *arena, struct mail_topic *topic,
                    struct error *error) {
    return one(db, STATEMENT_MAIL_TOPIC, id, arena, take_topic, topic, error);
}

static void take_sla(const struct row *row, void *into) {
    struct mail_sla *sla = into;
    sla->id = row_integer(row, MAIL_SLA_ID);
    sla->name = row_copy(row, MAIL_SLA_NAME);
    sla->grace_period = row_integer(row, MAIL_SLA_GRACE);
}

int mail_sla_load(struct db *db, int64_t id, struct arena *arena, struct mail_sla *sla, struct error *error) {
    return one(db, STATEMENT_MAIL_SLA, id, arena, take_sla, sla, error);
}

int mail_entry_load(struct db *db, int64_t id, struct arena *arena, struct mail_entry *entry,
                    struct error *error) {
    int found = one(db, STATEMENT_MAIL_ENTRY, id, arena, mail_entry_take, entry, error);
    if (found <= 0 || entry->body.length) return found;
    return one(db, STATEMENT_MAIL_ENTRY_LONG, id, arena, mail_entry_take, entry, error);
}

struct email {
    struct text *message_id, *headers;
};

static void take_email(const struct row *row, void *into) {
    const struct email *email = into;
    *email->message_id = row_copy(row, MAIL_LAST_EMAIL_ID);
    *email->headers = row_copy(row, MAIL_LAST_EMAIL_HEADERS);
}

int mail_last_email(struct db *db, int64_t thread_id, struct arena *arena, struct text *message_id,
                    struct text *headers, struct error *error) {
    struct email email = {message_id, headers};
    return one(db, STATEMENT_MAIL_LAST_EMAIL, thread_id, arena, take_email, &email, error);
}

int mail_entry_email(struct db *db, int64_t entry_id, struct arena *arena, struct text *message_id,
                     struct text *headers, struct error *error) {
    struct email email = {message_id, headers};
    return one(db, STATEMENT_MAIL_ENTRY_EMAIL, entry_id, arena, take_email, &email, error);
}

int mail_department_alerts(struct db *db, int64_t dept_id, struct error *error) {
    return row_answer(db, QUERY(STATEMENT_MAIL_ALERT_MEMBERS, db_integer(dept_id)), error);
}
