// SPDX-License-Identifier: GPL-2.0-or-later
// The mailer: a process of the master's own that takes mail from the queue and sends it.
#ifndef FCGI_MAILER_H
#define FCGI_MAILER_H

#include <signal.h>

struct log;
struct settings;

struct mailer_arguments {
    const struct settings *settings;
    struct log *log;
    int wake; // readable when mail waits (mail/wake.h); -1: the queue is only looked at once a second
};

// Works on the queue until it is told to stop; to be called in a forked child, in which all signals are
// blocked. They are let through at its wait point only: SIGTERM and SIGQUIT end it (a delivery in hand is
// finished first, for at most 10 seconds), SIGUSR1 opens the log anew. Returns the process's exit status: 0
// when told to stop, else the log says why.
int mailer_main(const struct mailer_arguments *arguments);

#endif
