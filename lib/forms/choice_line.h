// SPDX-License-Identifier: GPL-2.0-or-later
// Choices as an administrator typed them, a line each.
#ifndef FORMS_CHOICE_LINE_H
#define FORMS_CHOICE_LINE_H

#include "base/text.h"

#include <stdbool.h>

// "key: label", or "label", which is its own key.
struct choice_line {
    struct text key, label;
};

// Takes the next line off; false at the end. Both texts are parts of it.
bool choice_line_next(struct text *lines, struct choice_line *choice);

#endif
