// SPDX-License-Identifier: GPL-2.0-or-later
// This server's own tables, which a help desk may have or not.
#ifndef STORE_OWN_TABLE_H
#define STORE_OWN_TABLE_H

#include "base/error.h"

#include <stdbool.h>

// Whether a statement failed since a table that it names is not there ("database: 1146 Table … doesn't
// exist", ER_NO_SUCH_TABLE).
bool own_table_is_missing(const struct error *error);

#endif
