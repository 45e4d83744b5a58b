// SPDX-License-Identifier: GPL-2.0-or-later
// The rows that a mail's variables stand for: tickets, people, departments, form answers. One reader a kind;
// each is one round trip, copies into the arena, and returns 1: found, 0: no such row, -1: failure.
#ifndef STORE_MAIL_CONTENT_H
#define STORE_MAIL_CONTENT_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;

// Moments are seconds since 1970 in UTC; 0 where the column is NULL.
struct mail_ticket {
    int64_t id;
    struct text number;
    int64_t user_id, status_id, dept_id, sla_id, topic_id, staff_id, team_id;
    struct text ip_address, source;
    struct text created_text; // as the column has it: part of the ticket link's token
    int64_t created, closed, due, last_update;
    struct text status, state; // "Open", "open"
    int64_t thread_id;
    int64_t collaborators; // active or not
};

struct mail_user {
    int64_t id;
    struct text name, address;
    int64_t organization_id; // 0: none
    struct text organization;
    struct text timezone; // null or empty: not chosen
};

struct mail_agent {
    int64_t id, dept_id;
    struct text username, first_name, last_name, email, phone, phone_extension, mobile;
    struct text signature; // HTML
    struct text timezone;
    bool available; // active and not on vacation
};

struct mail_department {
    int64_t id, parent_id;
    struct text name;
    struct text signature; // HTML
    bool is_public;
    int64_t manager_id, email_id, template_group, sla_id, group_membership;
};

struct mail_team {
    int64_t id;
    struct text name;
    int64_t lead_id;
};

struct mail_topic {
    int64_t id, parent_id;
    struct text name;
    int64_t dept_id, sla_id;
};

struct mail_sla {
    int64_t id;
    struct text name;
    int64_t grace_period; // hours
};

struct mail_entry {
    int64_t id, thread_id, staff_id, user_id;
    struct text type, poster, title, body, format, ip_address;
    int64_t created, updated;
    struct text created_text;
};

// One field of a form with what was filled in.
struct mail_answer {
    struct text name, type, value;
    struct text labels; // of a choice or list; null for other values
    struct text phone_format;
    struct text choices; // "key:Label" lines
    bool is_html, has_time, is_utc;
    struct text priority, priority_urgency, priority_color; // null when it is none
    int64_t place[4]; // among the answers: of its form, then of its field
};

struct mail_answers {
    struct mail_answer *items;
    size_t count;
};

// A file that goes with an entry or that a body refers to.
struct mail_file {
    int64_t id;
    struct text key, type, name;
    int64_t size;
    bool is_inline;
    bool in_database; // its content lies in file_chunk, not with a plugin
};

struct mail_files {
    struct mail_file *items;
    size_t count;
};

int mail_ticket_load(struct db *db, int64_t id, struct arena *arena, struct mail_ticket *ticket,
                     struct error *error) CHECKED;
int mail_user_load(struct db *db, int64_t id, struct arena *arena, struct mail_user *user,
                   struct error *error) CHECKED;
int mail_agent_load(struct db *db, int64_t id, struct arena *arena, struct mail_agent *agent,
                    struct error *error) CHECKED;
int mail_department_load(struct db *db, int64_t id, struct arena *arena, struct mail_department *department,
                         struct error *error) CHECKED;
int mail_team_load(struct db *db, int64_t id, struct arena *arena, struct mail_team *team,
                   struct error *error) CHECKED;
int mail_topic_load(struct db *db, int64_t id, struct arena *arena, struct mail_topic *topic,
                    struct error *error) CHECKED;
int mail_sla_load(struct db *db, int64_t id, struct arena *arena, struct mail_sla *sla,
                  struct error *error) CHECKED;
int mail_entry_load(struct db *db, int64_t id, struct arena *arena, struct mail_entry *entry,
                    struct error *error) CHECKED;

// The answers of an object's forms in their order; `object_type` 'T', 'U', 'O', or 'C' for the company (its
// id does not matter).
bool mail_answers_load(struct db *db, char object_type, int64_t object_id, struct arena *arena,
                       struct mail_answers *answers, struct error *error) CHECKED;

// The visible messages and responses of a thread, at most the newest 200, in their order.
struct mail_entries {
    struct mail_entry *items;
    size_t count;
};
bool mail_thread_load(struct db *db, int64_t thread_id, struct arena *arena, struct mail_entries *entries,
                      struct error *error) CHECKED;

// The mail that an entry came by, or the entry that it answers: its Message-ID and header. 1, 0, -1.
int mail_entry_email(struct db *db, int64_t entry_id, struct arena *arena, struct text *message_id,
                     struct text *headers, struct error *error) CHECKED;

// The newest message of the thread that came by mail: its id with angle brackets, its headers.
int mail_last_email(struct db *db, int64_t thread_id, struct arena *arena, struct text *message_id,
                    struct text *headers, struct error *error) CHECKED;

// Full names of a department's or team's agents.
struct mail_names {
    struct text *items;
    size_t count;
};
bool mail_department_members(struct db *db, int64_t dept_id, struct arena *arena, struct mail_names *names,
                             struct error *error) CHECKED;
bool mail_team_members(struct db *db, int64_t team_id, struct arena *arena, struct mail_names *names,
                       struct error *error) CHECKED;

// Names of active collaborators with their addresses.
struct mail_collaborator {
    int64_t id, user_id;
    struct text name, address; // may be null
};
struct mail_collaborators {
    struct mail_collaborator *items;
    size_t count;
};
bool mail_collaborators_load(struct db *db, int64_t thread_id, struct arena *arena,
                             struct mail_collaborators *collaborators, struct error *error) CHECKED;

// The files of an entry; the file with a key.
bool mail_files_load(struct db *db, int64_t entry_id, struct arena *arena, struct mail_files *files,
                     struct error *error) CHECKED;
int mail_file_by_key(struct db *db, struct text key, struct arena *arena, struct mail_file *file,
                     struct error *error) CHECKED;

// Hands a file's content on piece by piece; `piece` returns false to stop, which makes this return false with
// `error` unset.
typedef bool mail_file_piece(void *context, struct text bytes);
bool mail_file_read(struct db *db, int64_t file_id, mail_file_piece *piece, void *context,
                    struct error *error) CHECKED;

// Agents who may hear of something, and why; the same agent may come more than once.
enum mail_alert_reason {
    MAIL_ALERT_RESPONDENT = 1, // of activity: who replied last before
    MAIL_ALERT_ASSIGNED,       // whose ticket it is
    MAIL_ALERT_TEAM,           // whose team's it is
    MAIL_ALERT_MANAGER,        // who manages the department
    MAIL_ALERT_NEW_MEMBER,     // of a new ticket that is nobody's: members of its department
    MAIL_ALERT_NEW_MANAGER,
    MAIL_ALERT_NEW_ACCOUNT_MANAGER, // of the owner's organization
    MAIL_ALERT_ASSIGNEE,            // of an assignment
    MAIL_ALERT_ASSIGNEE_MEMBER,     // of the team
    MAIL_ALERT_ASSIGNEE_LEAD,
    MAIL_ALERT_OVERDUE_ASSIGNED, // of an overdue ticket: whose it is
    MAIL_ALERT_OVERDUE_TEAM,     // whose team's it is
    MAIL_ALERT_OVERDUE_MEMBER,   // of its department, while it is nobody's
    MAIL_ALERT_OVERDUE_MANAGER,
    MAIL_ALERT_MESSAGE_RESPONDENT, // of a message: "last respondent" as osTicket finds one, the second who
                                   // did
    MAIL_ALERT_MESSAGE_ASSIGNED,
    MAIL_ALERT_MESSAGE_TEAM, // while it is no agent's
    MAIL_ALERT_MESSAGE_MANAGER,
    MAIL_ALERT_MESSAGE_ACCOUNT_MANAGER,
    MAIL_ALERT_TRANSFER_ASSIGNED, // of a transferred ticket, as of an overdue one
    MAIL_ALERT_TRANSFER_TEAM,
    MAIL_ALERT_TRANSFER_MEMBER,
    MAIL_ALERT_TRANSFER_MANAGER,
};
struct mail_alert_agent {
    enum mail_alert_reason reason;
    struct mail_agent agent;
    bool has_access; // to the ticket; asked for activity only
};
struct mail_alert_agents {
    struct mail_alert_agent *items;
    size_t count;
};
// What is told of: the entry of the ticket's thread; whose ticket it was then, 0: whose it is.
struct mail_activity {
    int64_t ticket_id, thread_id, entry_id, assignee_id;
};
bool mail_alert_activity_load(struct db *db, const struct mail_activity *activity, struct arena *arena,
                              struct mail_alert_agents *agents, struct error *error) CHECKED;
bool mail_alert_message_load(struct db *db, int64_t ticket_id, struct arena *arena,
                             struct mail_alert_agents *agents, struct error *error) CHECKED;
bool mail_alert_new_load(struct db *db, int64_t ticket_id, struct arena *arena,
                         struct mail_alert_agents *agents, struct error *error) CHECKED;
// Agent or team; 0 for the other.
bool mail_alert_assigned_load(struct db *db, int64_t staff_id, int64_t team_id, struct arena *arena,
                              struct mail_alert_agents *agents, struct error *error) CHECKED;

bool mail_alert_overdue_load(struct db *db, int64_t ticket_id, struct arena *arena,
                             struct mail_alert_agents *agents, struct error *error) CHECKED;
bool mail_alert_transfer_load(struct db *db, int64_t ticket_id, struct arena *arena,
                              struct mail_alert_agents *agents, struct error *error) CHECKED;

// Whether the department has anybody who gets alerts: without one nobody does.
int mail_department_alerts(struct db *db, int64_t dept_id, struct error *error) CHECKED;

#endif
