// SPDX-License-Identifier: GPL-2.0-or-later
// Columns that several of the mail's statements share, read into their structs.
#ifndef STORE_MAIL_ROWS_H
#define STORE_MAIL_ROWS_H

#include "store/mail/content.h"

struct db_rows;

// The columns of MAIL_AGENT_COLUMNS, from `first` on.
void mail_agent_read(struct db_rows *rows, unsigned first, struct arena *arena, struct mail_agent *agent);

// Id, user id, name and address of a collaborator, from `first` on.
void mail_collaborator_read(struct db_rows *rows, unsigned first, struct arena *arena,
                            struct mail_collaborator *collaborator);

// Those of MAIL_ENTRY_COLUMNS.
void mail_entry_read(struct db_rows *rows, struct arena *arena, struct mail_entry *entry);

#endif
