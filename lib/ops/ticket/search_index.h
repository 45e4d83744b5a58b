// SPDX-License-Identifier: GPL-2.0-or-later
// The rows that search finds tickets, users and organizations by.
#ifndef OPS_TICKET_SEARCH_INDEX_H
#define OPS_TICKET_SEARCH_INDEX_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/text.h"
#include "store/answers.h"
#include "store/ticket/thread.h"
#include "store/work.h"

#include <stdbool.h>
#include <stdint.h>

// Composes the ticket's row: "NUMBER SUBJECT" as title, the searchable answers of its forms as content. The
// texts of `row` lie in the arena. spec: creating.md C.6.
bool ticket_search_make(struct work *work, const struct form_answer *answers, size_t count, int64_t ticket_id,
                        struct text number, struct search_row *row, struct error *error) CHECKED;

// Appends the searchable answers to `content`, a line each. `once`: of several answers to fields of one name
// the last counts, in the place of the first. `but`, which may be null, names a field that is left out.
bool search_add_answers(const struct help_desk *help_desk, const struct form_answer *answers, size_t count,
                        bool once, struct text but, struct buffer *content, struct error *error) CHECKED;

// A new user's row: his name as title; the answers and his address, twice as PHP has it, as content.
bool user_search_make(struct work *work, const struct form_answer *answers, size_t count, int64_t user_id,
                      struct text name, struct text address, struct search_row *row,
                      struct error *error) CHECKED;

// The row of a user who is changed: as above, with all of his addresses, a line each, once. spec:
// acting.md 9.
bool user_search_renew(struct work *work, const struct form_answer *answers, size_t count, int64_t user_id,
                       struct text name, struct text addresses, struct search_row *row,
                       struct error *error) CHECKED;

// An organization's: its name as title, the answers as content.
bool organization_search_make(struct work *work, const struct form_answer *answers, size_t count, int64_t id,
                              struct text name, struct search_row *row, struct error *error) CHECKED;

#endif
