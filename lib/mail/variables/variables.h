// SPDX-License-Identifier: GPL-2.0-or-later
// What the variables of mail templates stand for: ticket.*, recipient.*, response, signature, staff.*,
// company.*, …
#ifndef MAIL_VARIABLES_VARIABLES_H
#define MAIL_VARIABLES_VARIABLES_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/error.h"
#include "base/text.h"
#include "store/help_desk.h"
#include "store/mail/content.h"

#include <stdbool.h>
#include <stdint.h>

struct db;
struct log;
struct variables;

// Names that were complained about already, so that each is logged once; may be kept over many mails. All
// zero is empty; needs no freeing.
#define UNKNOWN_VARIABLES_MAX 64
struct unknown_variables {
    char names[UNKNOWN_VARIABLES_MAX][64];
    unsigned count;
};

// What a mail is about. Borrowed for the life of the variables; NULL or null text: there is no such root.
struct variable_roots {
    const struct mail_ticket *ticket;
    const struct mail_user *owner;     // ticket.user, and recipient unless one of the next four
    const struct mail_user *recipient; // a user; NULL: the owner
    bool to_collaborators;             // several, none of whom its name names
    bool link_with_token;              // recipient.ticket_link opens the ticket without a login
    const struct mail_agent *agent_recipient;
    struct text addressee;                   // recipient, when that is neither user nor agent
    const struct mail_agent *staff;          // staff, and poster unless one of the next two
    const struct mail_user *author;          // poster: the user who wrote
    struct text author_name;                 // poster, who wrote by his name alone
    const struct mail_entry *entry;          // response, message
    const struct mail_entry *note;           // note, and comments where those are null
    struct text comments;                    // HTML
    struct text signature;                   // HTML
    struct text activity;                    // what happened, for alerts
    const struct mail_agent *assignee_agent; // assignee; NULL both: the ticket's own
    const struct mail_team *assignee_team;
    struct text assigner; // null: `staff`
};

// `help_desk` holds the settings (store/mail/settings.h). Rows are read when a variable first asks for them
// and kept in the arena. NULL when memory is out.
struct variables *variables_new(struct db *db, struct arena *arena, struct log *log,
                                const struct help_desk *help_desk, struct text secret_salt,
                                const struct variable_roots *things, struct unknown_variables *unknown);
void variables_free(struct variables **variables);

// Appends `text` with its variables filled in (mail/variables/text.h). What is not known stays empty and is
// logged once. False when the database failed meanwhile.
bool variables_expand(struct variables *variables, struct text text, bool html, struct buffer *out,
                      struct error *error) CHECKED;

#endif
