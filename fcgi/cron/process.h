// SPDX-License-Identifier: GPL-2.0-or-later
// The cron process: runs the jobs when they are asked for and when it is time. Part of osticket-fcgi-cron
// alone.
#ifndef FCGI_CRON_PROCESS_H
#define FCGI_CRON_PROCESS_H

#include "pool/role.h"

// Runs jobs until it is told to end: the step in hand is finished first.
int cron_process_run(const struct child_start *start);

#endif
