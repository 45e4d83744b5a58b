// SPDX-License-Identifier: GPL-2.0-or-later
// Table names in SQL texts: {ticket} becomes `ost_ticket`.
#ifndef DB_SQL_TEXT_H
#define DB_SQL_TEXT_H

#include "base/buffer.h"

#include <stdbool.h>

// Whether `prefix` may stand in a table name between backticks: [A-Za-z0-9_$-]*, at most 32 bytes.
bool sql_prefix_is_valid(const char *prefix);

// Writes `sql` to `out`, each {name} replaced by `PREFIXname` and each {fcgi:name} by `fcgi_PREFIXname`, both
// in backticks. Braces that hold anything but [a-z_] stay as they are (JSON in a literal).
void sql_expand(const char *sql, const char *prefix, struct buffer *out);

#endif
