// SPDX-License-Identifier: GPL-2.0-or-later
// Drafts that nobody touched for more than fourteen days, whatever the hour, and what makes files theirs.
#include "cron/jobs.h"
#include "store/cron/tidy.h"
#include "store/help_desk.h"

static bool bite(struct cron *cron, uint64_t *count, struct error *error) {
    struct text now = cron->help_desk->now;
    struct text today = {now.data, now.length < 10 ? now.length : 10};
    return cron_delete_drafts(cron->db, today, count, error);
}

bool cron_drafts(struct cron *cron, struct error *error) {
    return cron_take_bites(cron, bite, error);
}
