// SPDX-License-Identifier: GPL-2.0-or-later
// How a worker tells the mailer that mail waits, so that it leaves at once and the idle mailer need not ask
// the database all the time.
#ifndef MAIL_WAKE_H
#define MAIL_WAKE_H

#include <stdbool.h>

// A descriptor (eventfd: non-blocking, close-on-exec) that the master makes before it forks; -1 when there is
// none to be had. Readable when mail waits.
int mail_wake_open(void);

// After the commit that queued mail. Never blocks or fails; -1 is fine, the mailer then finds the mail by
// itself within a second.
void mail_wake_send(int descriptor);

// The mailer has seen it.
void mail_wake_clear(int descriptor);

#endif
