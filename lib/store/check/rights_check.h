// SPDX-License-Identifier: GPL-2.0-or-later
// Whether the database's user may do all that this server does.
#ifndef STORE_CHECK_RIGHTS_CHECK_H
#define STORE_CHECK_RIGHTS_CHECK_H

#include "store/check/schema_check.h"

#include <stdbool.h>

// Has the server look at every statement, on a connection of its own; none is run. The first that is denied
// is reported as SCHEMA_WRONG, with its table, and false is given. Anything else that is wrong is
// schema_check()'s to tell.
bool rights_check(const struct db_settings *settings, schema_report *report, void *context) CHECKED;

#endif
