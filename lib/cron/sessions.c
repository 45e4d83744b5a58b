// SPDX-License-Identifier: GPL-2.0-or-later
// Sessions of the panel and of the customers' pages that have expired, where osTicket keeps them in its
// database.
#include "cron/jobs.h"
#include "store/cron/tidy.h"

static bool bite(struct cron *cron, uint64_t *count, struct error *error) {
    return cron_delete_sessions(cron->db, count, error);
}

bool cron_sessions(struct cron *cron, struct error *error) {
    return cron_take_bites(cron, bite, error);
}
