// SPDX-License-Identifier: GPL-2.0-or-later
// `osticket-fcgi pipe`: a mail on standard input becomes a ticket, by the running server. For aliases and
// transports of Postfix and Exim, procmail and the like.
#ifndef FCGI_COMMAND_PIPE_H
#define FCGI_COMMAND_PIPE_H

// Exit codes as mail servers understand them (sysexits.h): 0 taken, 65 it cannot be read or is too large, 66
// there is none, 75 the server or its database is away: try again, 77 refused. What is wrong stands on
// standard error, which mail servers put into their log or their answer.
int pipe_command(const char *config_path, int count, char **words);

#endif
