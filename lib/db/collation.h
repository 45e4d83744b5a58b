// SPDX-License-Identifier: GPL-2.0-or-later
// The numbers by which a server names the character set of a column. Private to this room.
#ifndef DB_COLLATION_H
#define DB_COLLATION_H

#include <stdbool.h>

// Whether texts of the collation `number` (charsetnr of a column's metadata) are UTF-8 as they are stored:
// those of utf8mb3, utf8mb4, ascii and binary. False for a number that is not known.
bool collation_is_utf8(unsigned number);

#endif
