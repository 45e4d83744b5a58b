// SPDX-License-Identifier: GPL-2.0-or-later
// When a message that was not taken in is tried again, and when an account's trouble is told of.
#ifndef CRON_FETCH_PAUSES_H
#define CRON_FETCH_PAUSES_H

#include <stdbool.h>
#include <stdint.h>

// A message that was begun so often and never ended is held to be what ends the process or the server: it is
// told of, and others go first.
#define FETCH_BEGUN_MAX 3

// Seconds until the next try of a message that was begun `attempts` times and never ended: none at first,
// since it may have been a restart.
int64_t fetch_pause_begun(int64_t attempts);

// The same of one that failed so often: ten minutes, an hour, six hours, then a day each time.
int64_t fetch_pause_failed(int64_t attempts);

// Of an account with so many errors in a row before this run: whether this further one is when it is told of,
// and whether success is worth telling.
bool fetch_trouble_begins(int64_t errors);
bool fetch_trouble_ends(int64_t errors);

#endif
