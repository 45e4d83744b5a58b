// SPDX-License-Identifier: GPL-2.0-or-later
// osticket-fcgi token: a token of a client, for trying.
#ifndef FCGI_COMMAND_TOKEN_H
#define FCGI_COMMAND_TOKEN_H

int token_command(const char *config, int count, char **words);

#endif
