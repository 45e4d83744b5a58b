// SPDX-License-Identifier: GPL-2.0-or-later
// A user's name as it is kept.
#ifndef OPS_CREATE_USER_NAME_H
#define OPS_CREATE_USER_NAME_H

#include "base/arena.h"
#include "base/text.h"

// What a form's answer becomes: in one line, "Doe, Max" as "Max Doe". In the arena.
struct text user_name_clean(struct text answer, struct arena *arena);

#endif
