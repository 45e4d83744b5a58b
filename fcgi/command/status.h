// SPDX-License-Identifier: GPL-2.0-or-later
// `osticket-fcgi status`: what the running server does.
#ifndef COMMAND_STATUS_H
#define COMMAND_STATUS_H

// `words` is nothing or "--json". Prints to stdout, complaints to stderr. 0: it runs; 1: it does not, or
// cannot be asked; 2: wrong usage.
int status_command(const char *config_path, int count, char **words);

#endif
