// SPDX-License-Identifier: GPL-2.0-or-later
// Columns that several of the mail's statements share, read into their structs.
#ifndef STORE_MAIL_ROWS_H
#define STORE_MAIL_ROWS_H

#include "store/mail/content.h"

struct row;

// A struct mail_agent out of a MAIL_AGENT_PART, see content_statements.h.
void mail_agent_take(const struct row *part, void *into);

// A struct mail_collaborator out of a COLLABORATOR_PART.
void mail_collaborator_take(const struct row *part, void *into);

// A struct mail_entry out of MAIL_ENTRY_COLUMNS.
void mail_entry_take(const struct row *row, void *into);

#endif
