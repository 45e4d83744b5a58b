// SPDX-License-Identifier: GPL-2.0-or-later
// Holds the requests that wait for changes: one process and one database connection for all of them. Part of
// osticket-fcgi-feed alone.
#ifndef FCGI_FEED_FEED_H
#define FCGI_FEED_FEED_H

#include "pool/role.h"

// Holds them until it is told to stop: then each gets the answer that nothing has come.
int feed_run(const struct child_start *start);

#endif
