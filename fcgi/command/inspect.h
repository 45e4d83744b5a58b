// SPDX-License-Identifier: GPL-2.0-or-later
// osticket-fcgi compare, osticket-fcgi probe: run by a program of their own, osticket-fcgi-inspect.
#ifndef COMMAND_INSPECT_H
#define COMMAND_INSPECT_H

// Become that program; return only when there is none: 2.
int compare_command(const char *config_path, int count, char **words);
int probe_command(const char *config_path, int count, char **words);

#endif
