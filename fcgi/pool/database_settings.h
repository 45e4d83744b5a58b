// SPDX-License-Identifier: GPL-2.0-or-later
// The configuration's [database] as the room db takes it.
#ifndef FCGI_POOL_DATABASE_SETTINGS_H
#define FCGI_POOL_DATABASE_SETTINGS_H

#include "config/settings.h"
#include "db/db.h"

// Texts are borrowed from `settings`. A reading statement may take as long as an answer is waited for.
struct db_settings database_settings(const struct settings *settings);

// The same for the replica `host`, one of [database] read_hosts.
struct db_settings database_settings_of_replica(const struct settings *settings, const char *host);

#endif
