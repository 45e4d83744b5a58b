// SPDX-License-Identifier: GPL-2.0-or-later
// `osticket-fcgi queue`: look at the mail queue and put it right.
#ifndef COMMAND_QUEUE_H
#define COMMAND_QUEUE_H

// `arguments` is what follows the word "queue": nothing or "list", "show ID", "retry ID|all", "drop ID".
// Prints to stdout, complaints to stderr. Returns the exit status: 0 done, 1 failure (no database, no such
// mail), 2 wrong usage.
int queue_command(const char *config_path, int count, char **arguments);

#endif
