// SPDX-License-Identifier: GPL-2.0-or-later
// The mailer: a child of the master's that takes mail from the queue and sends it.
#ifndef FCGI_MAILER_H
#define FCGI_MAILER_H

#include "role.h"

// One where [mail] enabled says so, else none.
unsigned mailer_count(const struct settings *settings);

// Works on the queue until it is told to stop: a delivery in hand is finished first, for at most ten seconds.
int mailer_run(const struct child_start *start);

#endif
