// SPDX-License-Identifier: GPL-2.0-or-later
// What a first word on the command line stands for.
#ifndef FCGI_COMMAND_H
#define FCGI_COMMAND_H

// `run` gets the words behind the command's own, without -c FILE. Its result is the exit status: 0 done,
// 1 failure, 2 wrong usage.
struct command {
    const char *word;
    int (*run)(const char *config, int count, char **words);
    const char *usage, *help;
};

#endif
