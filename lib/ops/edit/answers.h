// SPDX-License-Identifier: GPL-2.0-or-later
// Edits of the answers to the forms of a ticket, a user or an organization: what a field may become, the
// event that tells of it, and its rows.
//
//     answer_edits_open()    after the ticket, or whose forms they are, was locked
//     answer_edits_add()     for each field; refuses
//     answer_edits_tell()    of a ticket: events, and what search finds it by from now on
//     answer_edits_write()   in the same transaction
#ifndef OPS_EDIT_ANSWERS_H
#define OPS_EDIT_ANSWERS_H

#include "base/error.h"
#include "base/text.h"
#include "forms/form.h"
#include "forms/input.h"
#include "ops/change/change.h"
#include "store/edit/form_fields.h"

#include <stdbool.h>
#include <stddef.h>

struct answer_edit {
    const struct ticket_form_field *from;
    struct form_field field; // the same, for lib/forms
    struct answer_value to;
};

struct answer_edits {
    struct work *work;
    enum form_of of;
    int64_t object_id;
    struct ticket_form_fields fields;
    struct form_tables tables;
    bool by_client;     // only what the portal lets its owner edit; no rights of agents
    bool told_together; // by one event, which is the caller's
    bool only_answered; // a field of a ticket that has no row for its answer is refused
    struct answer_edit *items;
    size_t count;
};

// Reads the fields. One round trip.
bool answer_edits_open(struct work *work, enum form_of of, int64_t object_id, struct answer_edits *edits,
                       struct error *error) CHECKED;

// Checks a new value for the field with this name (in any case of letters) or id, as a new ticket's would be;
// a priority may be called by its name, INPUT_NULL takes the answer away. `added` says whether it is another
// than before: what is so already is left out. ERROR_UNPROCESSABLE naming the field: none of these forms',
// several of this name, not to be edited, without a row for its answer (`only_answered`), not a value for it.
// ERROR_NOT_NATIVE for files and types that plugins bring. No round trip. spec: acting.md 7.1, 11;
// operations.md 4.8.
bool answer_edits_add(struct answer_edits *edits, struct text name, const struct input *given, bool *added,
                      struct error *error) CHECKED;

// Checks that each field which the form shows, and which has to be answered, is so: as osTicket does where a
// whole form is saved. Those that were named are passed over. ERROR_UNPROCESSABLE naming the field. No round
// trip.
bool answer_edits_check_rest(const struct answer_edits *edits, struct error *error) CHECKED;

// Checks a value for a field that is kept elsewhere, as a user's name is, and gives what is to be kept of it.
// ERROR_UNPROCESSABLE naming `name`; a form without such a field takes the text as it is. No round trip.
bool answer_edits_check(const struct answer_edits *edits, const char *name, struct text given,
                        struct text *value, struct error *error) CHECKED;

// Fills all fields of something new out of a map: those that are not in it, or empty, are answered by
// nothing. Errors as of answer_edits_add(), also for a name that is no field's.
bool answer_edits_fill(struct answer_edits *edits, const struct input *given, struct error *error) CHECKED;

// Every answer as it is once they are written, in the order of the fields: for search. In the arena.
bool answer_edits_list(const struct answer_edits *edits, struct form_answer **list, size_t *count,
                       struct error *error) CHECKED;

// Adds an event for each, unless they are told together, and puts the new answers among those that the ticket
// is found by. Without edits nothing.
bool answer_edits_tell(struct change *change, const struct answer_edits *edits, struct error *error) CHECKED;

// Writes the rows: a round trip for each, and one for the cdata table.
bool answer_edits_write(const struct answer_edits *edits, struct error *error) CHECKED;

#endif
