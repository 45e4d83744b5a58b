// SPDX-License-Identifier: GPL-2.0-or-later
// How values of other APIs' clients become ours, where several of them mean the same.
#ifndef ADAPTERS_VALUES_H
#define ADAPTERS_VALUES_H

#include "adapters/adapted.h"

#include <stdbool.h>
#include <stdint.h>

// A number as PHP reads one out of a query: what begins with no digit is 0. Beyond `most` it is that.
int64_t value_number(struct text given, int64_t most);

// How many at most: 1 to 100, and `usual` where it is less.
int64_t value_limit(struct text given, int64_t usual);
// How many to leave out, not below 0.
int64_t value_offset(struct text given);
// The same as parameters.
bool value_turn_offset(struct adapted_run *run, struct text given, struct text *value,
                       struct error *error) CHECKED;
bool value_take_number(struct adapted_run *run, int64_t number, struct text *value,
                       struct error *error) CHECKED;

// Without blanks around it; nothing is left out.
bool value_turn_trimmed(struct adapted_run *run, struct text given, struct text *value,
                        struct error *error) CHECKED;

// The ticket's name in the path, whatever is given.
bool value_turn_confirmation(struct adapted_run *run, struct text given, struct text *value,
                             struct error *error) CHECKED;

#endif
