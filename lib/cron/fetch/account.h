// SPDX-License-Identifier: GPL-2.0-or-later
// One mail account, from the claim to what its row says of the run.
#ifndef CRON_FETCH_ACCOUNT_H
#define CRON_FETCH_ACCOUNT_H

#include "base/error.h"
#include "cron/cron.h"

#include <stdbool.h>
#include <stdint.h>

// Fetches its mails, unless it is not due any more. What goes wrong with the account or its server is noted
// in its row, and told where it lasts: true. False where the database is away, or the run is broken off.
bool fetch_account(struct cron *cron, int64_t id, struct error *error) CHECKED;

#endif
