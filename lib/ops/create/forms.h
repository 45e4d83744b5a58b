// SPDX-License-Identifier: GPL-2.0-or-later
// The forms of a new ticket: its own, those of its help topic, and the one of a new user.
#ifndef OPS_CREATE_FORMS_H
#define OPS_CREATE_FORMS_H

#include "base/error.h"
#include "ops/create/draft.h"

#include <stdbool.h>

// Makes forms of the desk's rows and fills them from the request: draft->user_answers (of a new user only),
// ticket_answers, topic_answers (of the topic that the request named), and the errors of each, which
// create_validate() tells. A request whose source, topic or due date cannot be is refused here, with what is
// wrong in the ticket form beside. ERROR_NOT_NATIVE for a field of unknown type, else ERROR_BAD_REQUEST and
// ERROR_TOO_LARGE as form_fill(). spec: creating.md B.1, B.2.
bool create_fill_forms(struct create_draft *draft, struct error *error) CHECKED;

// Fills the form of users alone, for somebody whom a mail names; what is wrong with it does not count.
bool create_fill_user_form(struct create_draft *draft, const struct input *fields,
                           struct form_answers *answers, struct error *error) CHECKED;

// Fills the form of a new user from draft->request (fields, email) as an agent does: draft->user_answers and
// user_errors. Nothing where the desk knows the address.
bool create_fill_new_user(struct create_draft *draft, struct error *error) CHECKED;

// ERROR_BAD_REQUEST "Unable to create new ticket :KEY\nTEXT\nKEY\nTEXT…" when anything is wrong with the
// user, the ticket form or the topic's forms, in this order. Keys are "user" and the fields' ids; once a
// topic's form has errors, the numbers from 0 on stand for all fields. Who is answered in the row's profile
// gets ERROR_UNPROCESSABLE with all fields by their names. spec: creating.md B.4, B.7.
bool create_validate(struct create_draft *draft, struct error *error) CHECKED;

#endif
