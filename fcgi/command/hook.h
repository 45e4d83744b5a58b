// SPDX-License-Identifier: GPL-2.0-or-later
// `osticket-fcgi hook`: look at webhooks and put them right.
#ifndef COMMAND_HOOK_H
#define COMMAND_HOOK_H

// `arguments` is what follows the word "hook". Prints to stdout, complaints to stderr. Returns the exit
// status: 0 done, 1 failure (no database, no such webhook, a test that did not arrive), 2 wrong usage.
int hook_command(const char *config_path, int count, char **arguments);

#endif
