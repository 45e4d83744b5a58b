// SPDX-License-Identifier: GPL-2.0-or-later
// The mailer: takes mail from the queue and sends it. Part of osticket-fcgi-mailer alone.
#ifndef FCGI_MAILER_MAILER_H
#define FCGI_MAILER_MAILER_H

#include "pool/role.h"

// Works on the queue until it is told to stop: a delivery in hand is finished first, for at most ten seconds.
int mailer_run(const struct child_start *start);

#endif
