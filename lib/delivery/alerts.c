// SPDX-License-Identifier: GPL-2.0-or-later
// Who of the agents hears of a new ticket, an assignment, a transfer, a reply, an overdue ticket.
#include "delivery/alerts.h"

#include "contact/person_name.h"
#include "mail/header_text.h"
#include "mail/mail_kind.h"
#include "mail/message_id.h"
#include "mail/recipient_list.h"
#include "store/mail/content.h"
#include "store/transaction.h"

#define ALERTS_OFF 2 // group_membership of a department whose agents want no alerts

struct spreading {
    const struct compose_settings *settings;
    const struct mail_row *row;
    struct arena *arena;
    struct mailbox mailbox;
    struct mail_ticket ticket;
    struct mail_department department;
    struct mail_alert_agents agents;
    struct text *sent; // addresses that have one
    size_t sent_count;
    struct error *error;
};

static bool is_on(const struct spreading *s, const char *key) {
    return help_desk_switch(s->settings->help_desk, key, false);
}

// ---- who may get one: 1, nobody: 0, failure: -1

// The number of "s3"; 0 where it is none.
static int64_t assignee_number(struct text assignee) {
    int64_t id = 0;
    bool read =
        assignee.length > 1 && text_to_int64((struct text){assignee.data + 1, assignee.length - 1}, &id);
    return read ? id : 0;
}

static int load_activity(struct spreading *s) {
    struct db *db = s->settings->db;
    const struct mail_activity activity = {s->ticket.id, s->row->thread_id, s->row->entry_id,
                                           assignee_number(s->row->assignee)};
    int found = mail_department_alerts(db, s->ticket.dept_id, s->error);
    if (found <= 0) return found;
    return mail_alert_activity_load(db, &activity, s->arena, &s->agents, s->error) ? 1 : -1;
}

// The ticket's; one that is gone counts as the default one.
static int find_department(struct spreading *s) {
    struct db *db = s->settings->db;
    int64_t usual = help_desk_number(s->settings->help_desk, "default_dept_id", 0);
    int found = mail_department_load(db, s->ticket.dept_id, s->arena, &s->department, s->error);
    return found ? found : mail_department_load(db, usual, s->arena, &s->department, s->error);
}

static int load_new(struct spreading *s) {
    struct db *db = s->settings->db;
    int found = find_department(s);
    if (found <= 0) return found;
    if (s->department.group_membership == ALERTS_OFF) return 0;
    // Without one member at work no agent hears, not even the manager; the administrator does.
    found = mail_department_alerts(db, s->department.id, s->error);
    if (found <= 0) return found < 0 ? -1 : 1;
    return mail_alert_new_load(db, s->ticket.id, s->arena, &s->agents, s->error) ? 1 : -1;
}

static int load_assigned(struct spreading *s) {
    struct db *db = s->settings->db;
    int64_t id = assignee_number(s->row->assignee);
    int found = mail_department_alerts(db, s->ticket.dept_id, s->error);
    if (found <= 0) return found;
    if (!id) return 0;
    bool team = s->row->assignee.data[0] == 't';
    return mail_alert_assigned_load(db, team ? 0 : id, team ? id : 0, s->arena, &s->agents, s->error) ? 1
                                                                                                      : -1;
}

static int load_overdue(struct spreading *s) {
    struct db *db = s->settings->db;
    int found = find_department(s);
    if (found <= 0) return found;
    found = mail_department_alerts(db, s->department.id, s->error);
    if (found <= 0) return found;
    return mail_alert_overdue_load(db, s->ticket.id, s->arena, &s->agents, s->error) ? 1 : -1;
}

static int load_transfer(struct spreading *s) {
    struct db *db = s->settings->db;
    int found = mail_department_alerts(db, s->ticket.dept_id, s->error);
    if (found <= 0) return found;
    return mail_alert_transfer_load(db, s->ticket.id, s->arena, &s->agents, s->error) ? 1 : -1;
}

static int load_message(struct spreading *s) {
    return mail_alert_message_load(s->settings->db, s->ticket.id, s->arena, &s->agents, s->error) ? 1 : -1;
}

static const struct spread_rule {
    const char *kind, *switched_by;
    int (*load)(struct spreading *s);
    const char *administrator; // the switch for admin_email; NULL: it hears nothing
} rules[] = {
    {MAIL_KIND_ACTIVITY, "note_alert_active", load_activity, NULL},
    {MAIL_KIND_NEW_TICKET, "ticket_alert_active", load_new, "ticket_alert_admin"},
    {MAIL_KIND_ASSIGNED, "assigned_alert_active", load_assigned, NULL},
    {MAIL_KIND_OVERDUE, "overdue_alert_active", load_overdue, NULL},
    {MAIL_KIND_TRANSFER, "transfer_alert_active", load_transfer, NULL},
    {MAIL_KIND_MESSAGE, "message_alert_active", load_message, NULL},
};

static const struct spread_rule *rule_of(struct text kind) {
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if (text_equal(text_of(rules[i].kind), kind)) return &rules[i];
    return NULL;
}

static int load(struct spreading *s, const struct spread_rule *rule) {
    struct db *db = s->settings->db;
    if (!rule || !is_on(s, rule->switched_by)) return 0;
    int found = mail_ticket_load(db, s->row->ticket_id, s->arena, &s->ticket, s->error);
    if (found <= 0) return found;
    if (!text_equal(s->ticket.created_text, s->row->ticket_created)) return 0;
    found = compose_mailbox(db, s->settings->help_desk, s->row->email_id, s->arena, &s->mailbox, s->error);
    return found <= 0 ? found : rule->load(s);
}

// ---- who gets one

static const char *const switches[] = {
    [MAIL_ALERT_RESPONDENT] = "note_alert_laststaff",
    [MAIL_ALERT_ASSIGNED] = "note_alert_assigned",
    [MAIL_ALERT_TEAM] = "note_alert_assigned",
    [MAIL_ALERT_MANAGER] = "note_alert_dept_manager",
    [MAIL_ALERT_NEW_MEMBER] = "ticket_alert_dept_members",
    [MAIL_ALERT_NEW_MANAGER] = "ticket_alert_dept_manager",
    [MAIL_ALERT_NEW_ACCOUNT_MANAGER] = "ticket_alert_acct_manager",
    [MAIL_ALERT_ASSIGNEE] = "assigned_alert_staff",
    [MAIL_ALERT_ASSIGNEE_MEMBER] = "assigned_alert_team_members",
    [MAIL_ALERT_ASSIGNEE_LEAD] = "assigned_alert_team_lead",
    [MAIL_ALERT_OVERDUE_ASSIGNED] = "overdue_alert_assigned",
    [MAIL_ALERT_OVERDUE_TEAM] = "overdue_alert_assigned",
    [MAIL_ALERT_OVERDUE_MEMBER] = "overdue_alert_dept_members",
    [MAIL_ALERT_OVERDUE_MANAGER] = "overdue_alert_dept_manager",
    [MAIL_ALERT_MESSAGE_RESPONDENT] = "message_alert_laststaff",
    [MAIL_ALERT_MESSAGE_ASSIGNED] = "message_alert_assigned",
    [MAIL_ALERT_MESSAGE_TEAM] = "message_alert_assigned",
    [MAIL_ALERT_MESSAGE_MANAGER] = "message_alert_dept_manager",
    [MAIL_ALERT_MESSAGE_ACCOUNT_MANAGER] = "message_alert_acct_manager",
    [MAIL_ALERT_TRANSFER_ASSIGNED] = "transfer_alert_assigned",
    [MAIL_ALERT_TRANSFER_TEAM] = "transfer_alert_assigned",
    [MAIL_ALERT_TRANSFER_MEMBER] = "transfer_alert_dept_members",
    [MAIL_ALERT_TRANSFER_MANAGER] = "transfer_alert_dept_manager",
};

static bool has_members(const struct spreading *s) {
    for (size_t i = 0; i < s->agents.count; i++)
        if (s->agents.items[i].reason == MAIL_ALERT_ASSIGNEE_MEMBER) return true;
    return false;
}

static bool gets_one(const struct spreading *s, const struct mail_alert_agent *a) {
    size_t known = sizeof switches / sizeof *switches;
    bool activity = a->reason <= MAIL_ALERT_MANAGER;
    if ((size_t)a->reason >= known || !is_on(s, switches[a->reason]) || !a->agent.available) return false;
    // The lead stands in for a team whose members get none.
    if (a->reason == MAIL_ALERT_ASSIGNEE_LEAD && is_on(s, switches[MAIL_ALERT_ASSIGNEE_MEMBER]) &&
        has_members(s))
        return false;
    if (!activity) return true;
    bool closed = text_equal(s->ticket.state, TEXT("closed"));
    return a->agent.id != s->row->staff_id && (!closed || a->has_access);
}

// Whether this address has none yet and can have one.
static bool is_first(struct spreading *s, struct text address) {
    if (!mail_address_is_usable(address)) return false;
    for (size_t i = 0; i < s->sent_count; i++)
        if (text_equal_ignoring_case(s->sent[i], address)) return false;
    struct text *item = arena_append(s->arena, &s->sent, &s->sent_count, sizeof *item);
    if (item) *item = address;
    return item != NULL;
}

// ---- the rows

static bool add(struct spreading *s, const struct message_tag *tag, struct text addressee,
                const struct reply_mail_recipient *recipient) {
    struct buffer id = buffer_new(512), list = buffer_new(4096);
    recipient_list_add(recipient, &list);
    bool done = message_id_make(tag, s->settings->secret_salt, &id, s->error);
    buffer_add_text(&id, s->mailbox.address);
    struct mail_alert alert = {tag->person_id, addressee, buffer_text(&list), buffer_text(&id)};
    done = done && mail_queue_add_alert(s->settings->db, s->row->id, &alert, s->error);
    buffer_free(&id);
    buffer_free(&list);
    return done;
}

static bool add_agent(struct spreading *s, const struct mail_agent *agent) {
    struct message_tag tag = {'S', (uint32_t)agent->id, (uint32_t)s->row->tag_entry_id,
                              (uint32_t)s->row->tag_thread_id};
    struct buffer name = buffer_new(PERSON_NAME_MAX * 4);
    struct text format = help_desk_config(s->settings->help_desk, "agent_name_format");
    struct person_name parts;
    person_name_of_agent(agent->first_name, agent->last_name, &parts);
    person_name_format(&parts, format.length ? format : TEXT("full"), &name);
    struct reply_mail_recipient recipient = {
        .id = agent->id, .user_id = agent->id, .name = buffer_text(&name), .address = agent->email};
    bool done = add(s, &tag, TEXT_NULL, &recipient);
    buffer_free(&name);
    return done;
}

// Whoever reads admin_email may be no agent.
static bool add_administrator(struct spreading *s, const struct spread_rule *rule) {
    struct message_tag tag = {'M', 0, (uint32_t)s->row->tag_entry_id, (uint32_t)s->row->tag_thread_id};
    struct reply_mail_recipient recipient = {
        .address = text_trim(help_desk_config(s->settings->help_desk, "admin_email"))};
    if (!rule->administrator || !is_on(s, rule->administrator) || !is_first(s, recipient.address))
        return true;
    return add(s, &tag, TEXT("Admin"), &recipient);
}

static bool replace(struct spreading *s, const struct spread_rule *rule, const char *lease) {
    for (size_t i = 0; i < s->agents.count; i++) {
        const struct mail_alert_agent *agent = &s->agents.items[i];
        if (gets_one(s, agent) && is_first(s, agent->agent.email) && !add_agent(s, &agent->agent))
            return false;
    }
    if (rule && !add_administrator(s, rule)) return false;
    if (s->arena->failed) return error_set(s->error, ERROR_TOO_LARGE, "too many agents are to be alerted");
    return mail_queue_remove(s->settings->db, s->row->id, lease, s->error);
}

bool alerts_spread(const struct compose_settings *settings, const struct mail_row *row, const char *lease,
                   struct arena *arena, struct error *error) {
    struct spreading s = {.settings = settings, .row = row, .arena = arena, .error = error};
    const struct spread_rule *rule = rule_of(row->kind);
    int wanted = load(&s, rule);
    if (wanted < 0) return false;
    if (!wanted) s.agents.count = 0, rule = NULL;
    if (!transaction_begin(settings->db, error)) return false;
    if (replace(&s, rule, lease)) return transaction_commit(settings->db, error);
    transaction_rollback(settings->db);
    return false;
}
