// SPDX-License-Identifier: GPL-2.0-or-later
// The rows that a queued mail is about: read, and put in the places of its variables.
#ifndef DELIVERY_COMPOSE_ROWS_H
#define DELIVERY_COMPOSE_ROWS_H

#include "delivery/compose.h"
#include "mail/mail_kind.h"

struct compose_rows {
    struct mail_ticket ticket;
    struct mail_entry entry;
    struct mail_user owner, author; // author: of the entry, where it is a user's
    struct mail_department department;
    struct mail_agent staff, recipient, assignee_agent;
    struct mail_team assignee_team;
    bool has_ticket, has_entry, has_owner, has_author, has_department, has_staff, has_recipient,
        has_assignee_agent, has_assignee_team;
};

// Reads what the row names. COMPOSE_GONE when one of it that the mail cannot be without is no more.
enum compose_result compose_rows_load(const struct compose_settings *settings, const struct mail_row *row,
                                      struct arena *arena, struct compose_rows *rows,
                                      struct error *error) CHECKED;

// What the variables stand for; points into `rows` and `row`.
struct variable_roots compose_rows_roots(const struct compose_rows *rows, const struct mail_row *row,
                                         bool link_with_token);

#endif
