// SPDX-License-Identifier: GPL-2.0-or-later
// osticket-fcgi key: API keys with networks, scopes, an agent, a view, a rate and an end.
#ifndef FCGI_COMMAND_KEY_H
#define FCGI_COMMAND_KEY_H

// As in command.h.
int key_command(const char *config, int count, char **words);

#endif
