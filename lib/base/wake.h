// SPDX-License-Identifier: GPL-2.0-or-later
// How one process of the pool tells another that there is work, so that the idle one need not ask the
// database all the time: a worker the mailer, a worker the cron process.
#ifndef BASE_WAKE_H
#define BASE_WAKE_H

// A descriptor (eventfd: non-blocking, close-on-exec) that the master makes before it forks; -1 when there is
// none to be had. Readable when there is work.
int wake_open(void);

// After the commit of what there is to do. Never blocks or fails; -1 is fine, the other process then finds
// the work when it looks by itself.
void wake_send(int descriptor);

// The other process has seen it.
void wake_clear(int descriptor);

#endif
