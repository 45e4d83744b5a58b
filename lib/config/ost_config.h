// SPDX-License-Identifier: GPL-2.0-or-later
// Takes over what an existing osTicket's include/ost-config.php says.
#ifndef CONFIG_OST_CONFIG_H
#define CONFIG_OST_CONFIG_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

// Reads the PHP file at `path` (define() calls with literal strings and constants; comments skipped; nothing
// is executed) and writes a whole configuration file for this server to `file`. Knows DBHOST (comma list,
// ports, sockets, as PHP's mysqli takes them), DBUSER, DBPASS, DBNAME, TABLE_PREFIX, SECRET_SALT,
// TRUSTED_PROXIES, DBSSLCA. False with a clear message when the file cannot be read or a needed constant is
// missing or no literal.
bool ost_config_import(const char *path, FILE *file, struct error *error) CHECKED;

struct setting_override;

// The same, with further values that ost-config.php does not know, OST_CONFIG_MORE_MAX at most.
#define OST_CONFIG_MORE_MAX 16
bool ost_config_import_with(const char *path, const struct setting_override *more, size_t count, FILE *file,
                            struct error *error) CHECKED;

#endif
