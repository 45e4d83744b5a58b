// SPDX-License-Identifier: GPL-2.0-or-later
// Names of users and organizations that are typed in.
#ifndef OPS_DIRECTORY_NAME_H
#define OPS_DIRECTORY_NAME_H

#include "base/arena.h"
#include "base/text.h"

// Without what osTicket's panel takes out of a name: tags, and the emoji among the characters above U+FFFF.
// In the arena; TEXT_NULL where that is full. spec: acting.md 9, creating.md 0.5.
struct text directory_name(struct text typed, struct arena *arena);

#endif
