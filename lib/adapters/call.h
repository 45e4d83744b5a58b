// SPDX-License-Identifier: GPL-2.0-or-later
// One call of an operation.
#ifndef ADAPTERS_CALL_H
#define ADAPTERS_CALL_H

#include "adapters/adapted.h"

#include <stdbool.h>
#include <stddef.h>

// Makes the call of this place, if it is wanted, and keeps its answer.
bool call_make(struct adapted_run *run, size_t place, struct error *error) CHECKED;

#endif
