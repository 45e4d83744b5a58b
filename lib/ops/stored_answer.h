// SPDX-License-Identifier: GPL-2.0-or-later
// Answers that are in the database already, as people see them.
#ifndef OPS_STORED_ANSWER_H
#define OPS_STORED_ANSWER_H

#include "base/buffer.h"
#include "store/answers.h"
#include "store/help_desk.h"

// Appends the answer: Yes or No, a phone number in its format, the labels of what was chosen, a date in the
// help desk's format and zone, any other text as it stands. Nothing for an answer without a value.
void stored_answer_show(const struct form_answer *answer, const struct help_desk *help_desk,
                        struct buffer *out);

#endif
