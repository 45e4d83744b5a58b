// SPDX-License-Identifier: GPL-2.0-or-later
// This server's own tables.
#include "store/own_table.h"

#include <string.h>

bool own_table_is_missing(const struct error *error) {
    return error->code == ERROR_INTERNAL && strstr(error->detail, " 1146 ") != NULL;
}
