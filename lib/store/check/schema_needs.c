// SPDX-License-Identifier: GPL-2.0-or-later
// What this server needs to find in the database. Columns of osTicket 1.18, only those that an operation
// touches.
#include "store/check/schema_needs.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

const struct schema_table schema_tables[] = {
    {"_search", "object_type object_id title content", true},
    {"api_key", "id isactive ipaddr apikey can_create_tickets can_exec_cron", false},
    {"attachment", "id object_id type file_id name inline lang", true},
    {"canned_response", "canned_id dept_id isenabled title response lang", false},
    {"config", "id namespace key value updated", false},
    {"department",
     "id pid tpl_id sla_id schedule_id email_id autoresp_email_id manager_id flags name signature ispublic "
     "group_membership ticket_auto_response message_auto_response path",
     false},
    {"draft", "id staff_id namespace created updated", true},
    {"email", "email_id noautoresp priority_id dept_id topic_id email name", false},
    {"email_account",
     "id email_id type auth_bk auth_id active host port folder protocol encryption fetchfreq fetchmax "
     "postfetch "
     "archivefolder allow_spoofing num_errors last_error_msg last_error last_activity updated",
     true},
    {"email_template", "id tpl_id code_name subject body", false},
    {"email_template_group", "tpl_id isactive lang", false},
    {"event", "id name", false},
    {"faq", "faq_id question answer keywords", false},
    {"file", "id ft bk type size key signature name attrs created", true},
    {"file_chunk", "file_id chunk_id filedata", true},
    {"filter", "id execorder isactive flags status match_all_rules stop_onmatch target email_id name", false},
    {"filter_action", "id filter_id sort type configuration", false},
    {"filter_rule", "id filter_id what how val isactive", false},
    {"form", "id pid type flags title instructions", false},
    {"form_entry", "id form_id object_id object_type sort extra created updated", true},
    {"form_entry_values", "entry_id field_id value value_id", true},
    {"form_field", "id form_id flags type label name configuration sort hint", false},
    {"help_topic",
     "topic_id topic_pid ispublic noautoresp flags status_id priority_id dept_id staff_id team_id sla_id "
     "sequence_id "
     "topic number_format sort",
     false},
    {"help_topic_form", "id topic_id form_id sort extra", false},
    {"list", "id name name_plural sort_mode type configuration", false},
    {"list_items", "id list_id status value extra sort", false},
    {"lock", "lock_id staff_id expire", true},
    {"organization", "id name manager status domain created updated", false},
    {"plugin", "id name install_path isactive", false},
    {"plugin_instance", "id plugin_id flags", false},
    {"queue", "id parent_id sort_id flags staff_id sort title config root", false},
    {"queue_config", "queue_id staff_id setting", false},
    {"queue_sort", "id columns", false},
    {"role", "id permissions", false},
    {"schedule", "id flags name timezone", false},
    {"schedule_entry",
     "id schedule_id flags sort repeats starts_on starts_at ends_on ends_at stops_on day week month", false},
    {"sequence", "id name flags next increment padding updated", true},
    {"session", "session_id session_expire", true},
    {"sla", "id schedule_id flags grace_period name", false},
    {"staff",
     "staff_id dept_id role_id username firstname lastname email phone phone_ext mobile signature lang "
     "timezone isactive isadmin onvacation assigned_only extra permissions",
     false},
    {"staff_dept_access", "staff_id dept_id role_id flags", false},
    {"syslog", "log_id log_type title log logger ip_address created updated", true},
    {"task", "id object_id object_type number dept_id staff_id team_id flags duedate closed created updated",
     false},
    {"team", "team_id lead_id flags name", false},
    {"team_member", "team_id staff_id flags", false},
    {"thread", "id object_id object_type extra lastresponse lastmessage created", true},
    {"thread_collaborator", "id flags thread_id user_id role created updated", true},
    {"thread_entry",
     "id pid thread_id staff_id user_id type flags poster editor editor_type source title body format "
     "ip_address "
     "recipients created updated",
     true},
    {"thread_entry_email", "id thread_entry_id email_id mid headers", true},
    {"thread_entry_merge", "thread_entry_id data", false},
    {"thread_event",
     "id thread_id thread_type event_id staff_id team_id dept_id topic_id data username uid uid_type "
     "annulled "
     "timestamp",
     true},
    {"thread_referral", "id thread_id object_id object_type created", true},
    {"ticket",
     "ticket_id ticket_pid number user_id user_email_id status_id dept_id sla_id topic_id staff_id team_id "
     "email_id "
     "lock_id flags sort ip_address source source_extra isoverdue isanswered duedate est_duedate reopened "
     "closed lastupdate created "
     "updated",
     true},
    {"ticket_priority", "priority_id priority priority_desc priority_color priority_urgency ispublic", false},
    {"ticket_status", "id name state mode flags sort properties", false},
    {"translation", "id object_hash type lang text", false},
    {"user", "id org_id default_email_id status name created updated", true},
    {"user_account", "id user_id timezone", false},
    {"user_email", "id user_id flags address", true},
};
const size_t schema_table_count = COUNT(schema_tables);

// Ends in a row without a name, so that it may be empty.
const struct schema_own_table schema_own_tables[] = {
    {"cron", "tasks/cron and [cron] every", "fcgi-cron.sql", true},
    {"delivery", "webhooks", "fcgi-webhook.sql", true},
    {"idempotency", "requests with an Idempotency-Key, and no number or mail twice on a cluster",
     "fcgi-idempotency.sql", true},
    {"key", "keys with networks, scopes, a rate or an end", "fcgi-key.sql", true},
    {"mail", "the mail queue", "fcgi-mail.sql", false},
    {"mailbox", "fetching mail", "fcgi-mailbox.sql", true},
    {"position", "webhooks", "fcgi-webhook.sql", true},
    {"seen", "numbers of deleted tickets in changes.json", "fcgi-seen.sql", true},
    {"token", "tokens of clients", "fcgi-token.sql", true},
    {"webhook", "webhooks", "fcgi-webhook.sql", true},
};
const size_t schema_own_table_count = COUNT(schema_own_tables);

const struct schema_index schema_indexes[] = {
    {"ticket", "number", "each ticketInfo, reply and new ticket", NULL, NULL}, // osTicket itself has none
    {"ticket", "updated", "lists of tickets by their changes", NULL, NULL},
    {"ticket", "lastupdate", "lists of tickets by their last activity", NULL, NULL},
    {"ticket", "created", "lists of tickets", NULL, NULL},
    {"ticket", "staff_id", "staffTickets", NULL, NULL},
    {"ticket", "staff_id", "lists of an agent's tickets", "fcgi_staff", "created"},
    {"ticket", "user_id", "clientTickets and new tickets", NULL, NULL},
    {"thread", "object_id", "each ticket shown", NULL, NULL},
    {"thread_entry", "thread_id", "each ticket shown", NULL, NULL},
    {"thread_entry", "thread_id", "each list", "fcgi_entries", "created"},
    {"attachment", "object_id", "each entry shown", NULL, NULL},
    {"form_entry", "object_type", "each ticket shown", NULL, NULL},
    {"form_entry_values", "entry_id", "each ticket shown", NULL, NULL},
    {"thread_event", "thread_id", "each ticket closed or reopened", NULL, NULL},
    {"thread_referral", "thread_id", "one ticket read", NULL, NULL},
    {"thread_collaborator", "thread_id", "one ticket read", NULL, NULL},
    {"ticket", "ticket_pid", "one ticket read", NULL, NULL},
    {"task", "object_id", "one ticket read", NULL, NULL},
    {"translation", "object_hash", "each ticket shown", NULL, NULL},
    {"api_key", "apikey", "each request", NULL, NULL},
    {"staff", "username", "staffTickets and replies", NULL, NULL},
    {"user_email", "address", "clientTickets and new tickets", NULL, NULL},
};
const size_t schema_index_count = COUNT(schema_indexes);

// Signatures as osTicket's releases carry them. From 1.17 to 1.18 only two columns of the plugin tables
// grew; 1.16 keeps SMTP accounts in the table of addresses.
const struct schema_version schema_versions[] = {
    {"5fb92bef17f3b603659e024c01cc7a59", "1.18", true},
    {"83a22ba22b1a6a624fcb1da03882ac1b", "1.17", true},
    {"c37e165651dc289240fee7d244990ac1", "1.16", false},
    {"add628927ee030469f5d3272ebda1e16", "1.15", false},
    {"4bd47d94b10bd8a6bab35c119dadf41f", "1.14", false},
    {"00c949a623b82848baaf3480b51307e3", "1.11 or 1.12", false},
    {"98ad7d550c26ac44340350912296e673", "1.10", false},
};
const size_t schema_version_count = COUNT(schema_versions);

const struct schema_version *schema_version_find(struct text signature) {
    for (size_t i = 0; i < COUNT(schema_versions); i++)
        if (text_equal(signature, text_of(schema_versions[i].signature))) return &schema_versions[i];
    return NULL;
}
