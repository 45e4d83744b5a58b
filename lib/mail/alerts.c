// SPDX-License-Identifier: GPL-2.0-or-later
// Who of the agents hears of a reply.
#include "mail/alerts.h"

#include "mail/mail_address.h"
#include "mail/message_id.h"
#include "mail/recipient_list.h"
#include "store/mail_content.h"
#include "store/person_name.h"
#include "store/transaction.h"

struct spreading {
    const struct compose_settings *settings;
    const struct mail_row *row;
    struct arena *arena;
    struct mailbox mailbox;
    struct mail_ticket ticket;
    struct mail_alert_agents agents;
    struct error *error;
};

static bool is_on(const struct spreading *s, const char *key) {
    return help_desk_switch(s->settings->help_desk, key, false);
}

// Whether anybody is to be alerted at all; -1 on failure.
static int is_wanted(struct spreading *s) {
    struct db *db = s->settings->db;
    if (!is_on(s, "note_alert_active")) return 0;
    int found = mail_ticket_load(db, s->row->ticket_id, s->arena, &s->ticket, s->error);
    if (found <= 0) return found;
    found = mail_department_alerts(db, s->ticket.dept_id, s->error);
    if (found <= 0) return found;
    int64_t mailbox = help_desk_number(s->settings->help_desk, "alert_email_id", 0);
    found = compose_mailbox(db, s->settings->help_desk, mailbox, s->arena, &s->mailbox, s->error);
    if (found <= 0) return found;
    return mail_alert_agents_load(db, s->row->ticket_id, s->row->thread_id, s->row->entry_id, s->arena,
                                  &s->agents, s->error)
               ? 1
               : -1;
}

static bool kind_is_on(const struct spreading *s, enum mail_alert_kind kind) {
    switch (kind) {
    case MAIL_ALERT_RESPONDENT: return is_on(s, "note_alert_laststaff");
    case MAIL_ALERT_ASSIGNED:
    case MAIL_ALERT_TEAM: return is_on(s, "note_alert_assigned");
    case MAIL_ALERT_MANAGER: return is_on(s, "note_alert_dept_manager");
    }
    return false;
}

static bool gets_one(const struct spreading *s, size_t number) {
    const struct mail_alert_agent *a = &s->agents.items[number];
    bool closed = text_equal(s->ticket.state, TEXT("closed"));
    if (!kind_is_on(s, a->kind) || !a->agent.available || a->agent.id == s->row->staff_id) return false;
    if ((closed && !a->has_access) || !mail_address_is_usable(a->agent.email)) return false;
    for (size_t i = 0; i < number; i++)
        if (gets_one(s, i) && text_equal_ignoring_case(s->agents.items[i].agent.email, a->agent.email))
            return false;
    return true;
}

static bool add_alert(struct spreading *s, const struct mail_agent *agent) {
    struct message_tag tag = {'S', (uint32_t)agent->id, (uint32_t)s->row->entry_id,
                              (uint32_t)s->row->thread_id};
    struct buffer id = buffer_new(512), list = buffer_new(4096), name = buffer_new(PERSON_NAME_MAX * 4);
    struct text format = help_desk_config(s->settings->help_desk, "agent_name_format");
    struct person_name parts;
    person_name_of_agent(agent->first_name, agent->last_name, &parts);
    person_name_format(&parts, format.length ? format : TEXT("full"), &name);
    struct reply_mail_recipient recipient = {false,        agent->id, agent->id, buffer_text(&name),
                                             agent->email, TEXT_NULL};
    recipient_list_add(&recipient, &list);
    bool done = message_id_make(&tag, s->settings->secret_salt, &id, s->error);
    buffer_add_text(&id, s->mailbox.address);
    done = done && mail_queue_add_alert(s->settings->db, s->row->id, agent->id, buffer_text(&list),
                                        buffer_text(&id), s->mailbox.email_id, s->error);
    buffer_free(&id);
    buffer_free(&list);
    buffer_free(&name);
    return done;
}

static bool replace(struct spreading *s, const char *lease) {
    for (size_t i = 0; i < s->agents.count; i++)
        if (gets_one(s, i) && !add_alert(s, &s->agents.items[i].agent)) return false;
    return mail_queue_remove(s->settings->db, s->row->id, lease, s->error);
}

bool alerts_spread(const struct compose_settings *settings, const struct mail_row *row, const char *lease,
                   struct arena *arena, struct error *error) {
    struct spreading s = {.settings = settings, .row = row, .arena = arena, .error = error};
    int wanted = is_wanted(&s);
    if (wanted < 0) return false;
    if (!wanted) s.agents.count = 0;
    if (!transaction_begin(settings->db, error)) return false;
    if (replace(&s, lease)) return transaction_commit(settings->db, error);
    transaction_rollback(settings->db);
    return false;
}
