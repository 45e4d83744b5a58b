// SPDX-License-Identifier: GPL-2.0-or-later
// osticket-fcgi setup
#ifndef COMMAND_SETUP_H
#define COMMAND_SETUP_H

// Sets this server up beside the help desk of this machine, step by step, or with --undo takes it away again.
// 0 done, 1 failure, 2 usage.
int setup_command(const char *config_path, int count, char **words);

#endif
