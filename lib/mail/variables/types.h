// SPDX-License-Identifier: GPL-2.0-or-later
// The kinds of things that a variable can go through on its way: "ticket.dept.manager.name.first" goes from a
// ticket to a department to an agent to a name to a text. A kind is a table of members; nothing else knows
// them.
#ifndef MAIL_VARIABLES_TYPES_H
#define MAIL_VARIABLES_TYPES_H

#include "contact/person_name.h"
#include "mail/variables/variables.h"

struct zone;
struct object_type;

enum variable_kind { VARIABLE_UNKNOWN, VARIABLE_TEXT, VARIABLE_HTML, VARIABLE_OBJECT };

struct variable {
    enum variable_kind kind;
    struct text text;
    const struct object_type *type;
    const void *object;
};

typedef struct variable member_function(struct variables *variables, const void *object);

struct member {
    const char *name;
    member_function *get;
};

struct object_type {
    const struct member *members; // ends with a NULL name
    member_function *self;        // what it is without a member
    // For names that no table can list (form fields); NULL for none.
    struct variable (*other)(struct variables *variables, const void *object, struct text name);
};

struct variables {
    struct db *db;
    struct arena *arena;
    struct log *log;
    const struct help_desk *help_desk;
    struct text secret_salt;
    const struct variable_roots *roots;
    struct unknown_variables *unknown;
    struct zone *zone;  // the help desk's, once a date asked for it
    struct error error; // the first failure of the database
    const struct mail_answers *ticket_answers, *user_answers, *organization_answers, *company_answers;
};

// The types and what their objects are.
extern const struct object_type ticket_type;        // struct mail_ticket
extern const struct object_type user_type;          // struct mail_user
extern const struct object_type recipient_type;     // struct mail_user: the owner with a link to the ticket
extern const struct object_type collaborators_type; // the same, who stands for several
extern const struct object_type organization_type;  // struct mail_user, of which it is the organization
extern const struct object_type agent_type;         // struct mail_agent
extern const struct object_type name_type;          // struct person_name
extern const struct object_type agent_name_type;    // struct person_name
extern const struct object_type address_type;       // struct text
extern const struct object_type department_type;    // struct mail_department
extern const struct object_type team_type;          // struct mail_team
extern const struct object_type topic_type;         // struct mail_topic
extern const struct object_type sla_type;           // struct mail_sla
extern const struct object_type status_type;        // struct mail_ticket, of which it is the status
extern const struct object_type priority_type;      // struct mail_answer
extern const struct object_type date_type;          // struct moment
extern const struct object_type entry_type;         // struct mail_entry
extern const struct object_type thread_type;        // struct mail_ticket, of which it is the thread
extern const struct object_type company_type;       // no object

// A point in time and how it shows itself.
struct moment {
    int64_t utc;
    bool date_only; // without more said, the date
    bool in_zone;   // in `zone_name` instead of the help desk's zone
    struct text zone_name;
};

// Values. A null text is the empty one.
struct variable variable_of_text(struct text text);
struct variable variable_of_html(struct text html);
struct variable variable_of_object(const struct object_type *type, const void *object); // NULL: empty
struct variable variable_of_number(struct variables *variables, int64_t number);
struct variable variable_of_buffer(struct variables *variables, struct buffer *buffer, bool html); // frees it
struct variable variable_of_moment(struct variables *variables, int64_t utc);                      // 0: empty
struct variable variable_of_user_name(struct variables *variables, struct text name, struct text address);
struct variable variable_of_agent(struct variables *variables, int64_t staff_id); // 0: empty
struct variable variable_of_department(struct variables *variables, int64_t id);
struct variable variable_of_sla(struct variables *variables, int64_t id);
struct variable variable_of_address(struct variables *variables, struct text address);
struct variable variable_of_names(struct variables *variables, const struct mail_names *names);

// The answer to a form field by its name, in any case of letters: of several the last one, as osTicket does.
struct variable variable_of_answer(struct variables *variables, const struct mail_answers *answers,
                                   struct text name);
// The answers of a form's object, read once: type 'T', 'U', 'O' or 'C'.
const struct mail_answers *variable_answers(struct variables *variables, char type, int64_t id);

// helpdesk_url without slashes at its end.
struct text variable_base_url(const struct variables *variables);
// Keeps the failure and gives the empty value.
struct variable variable_failed(struct variables *variables, const struct error *error);
// The variable `path` behind `from`: "dept.name" behind a ticket. Behind a text, whatever follows is the text
// itself, as in osTicket: "recipient.name.first" of the administrator is "Admin".
struct variable variable_resolve(struct variables *variables, struct variable from, struct text path);

#endif
