// SPDX-License-Identifier: GPL-2.0-or-later
// osticket-fcgi schema [--drop]
#ifndef COMMAND_SCHEMA_H
#define COMMAND_SCHEMA_H

// Prints the SQL of this server's tables and indexes and the GRANT of its database user, by the settings;
// with --drop what takes them away. The database is not asked. 0 done, 1 failure, 2 usage.
int schema_command(const char *config_path, int count, char **words);

#endif
