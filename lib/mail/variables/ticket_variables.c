// SPDX-License-Identifier: GPL-2.0-or-later
// %{…} in a canned response, filled in for a ticket.
#include "mail/variables/ticket_variables.h"

#include "mail/variables/text.h"
#include "mail/variables/variables.h"
#include "store/mail/settings.h"

static bool load(struct db *db, struct arena *arena, int64_t ticket_id, struct help_desk *help_desk,
                 struct mail_ticket *ticket, struct mail_user *owner, struct variable_roots *roots,
                 struct error *error) {
    if (!mail_settings_load(db, arena, help_desk, error)) return false;
    int found = mail_ticket_load(db, ticket_id, arena, ticket, error);
    if (found < 0) return false;
    if (!found) return error_set(error, ERROR_NOT_FOUND, "Ticket not found");
    roots->ticket = ticket;
    roots->link_with_token =
        ticket->collaborators == 0 && help_desk_switch(help_desk, "allow_auth_tokens", true);
    found = mail_user_load(db, ticket->user_id, arena, owner, error);
    if (found > 0) roots->owner = owner;
    return found >= 0;
}

bool ticket_variables_expand(struct db *db, struct arena *arena, struct log *log, int64_t ticket_id,
                             struct text secret_salt, struct text text, bool html, struct buffer *out,
                             struct error *error) {
    struct help_desk help_desk;
    struct mail_ticket ticket;
    struct mail_user owner;
    struct variable_roots roots = {0};
    struct unknown_variables unknown = {0};
    if (!variable_text_has_any(text)) {
        buffer_add_text(out, text);
        return true;
    }
    if (!load(db, arena, ticket_id, &help_desk, &ticket, &owner, &roots, error)) return false;
    struct variables *variables = variables_new(db, arena, log, &help_desk, secret_salt, &roots, &unknown);
    if (!variables) return error_set(error, ERROR_INTERNAL, "out of memory");
    bool done = variables_expand(variables, text, html, out, error);
    variables_free(&variables);
    return done;
}
