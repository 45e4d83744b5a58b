// SPDX-License-Identifier: GPL-2.0-or-later
// Locks of tickets and tasks that have expired. What was locked keeps the number of a lock that is gone, as
// in osTicket.
#include "cron/jobs.h"
#include "store/cron/tidy.h"

static bool bite(struct cron *cron, uint64_t *count, struct error *error) {
    return cron_delete_locks(cron->db, count, error);
}

bool cron_locks(struct cron *cron, struct error *error) {
    return cron_take_bites(cron, bite, error);
}
