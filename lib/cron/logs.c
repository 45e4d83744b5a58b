// SPDX-License-Identifier: GPL-2.0-or-later
// Rows of the system log older than log_graceperiod months. osTicket leaves it to chance whether a run does
// this.
#include "cron/jobs.h"
#include "store/cron/tidy.h"
#include "store/help_desk.h"

#include <math.h>

#define MONTHS_MAX 100000

// 0, nothing and no number: the log is kept. The database rounds a fraction.
static bool read_months(const struct cron *cron, int64_t *months) {
    struct text text = help_desk_config(cron->help_desk, "log_graceperiod");
    double number = 0;
    if (!text_is_numeric(text) || cron_number(cron, "log_graceperiod", &number) != NUMBER_READ) return false;
    if (number == 0 || fabs(number) > MONTHS_MAX) return false;
    *months = (int64_t)llround(number);
    return true;
}

static bool bite(struct cron *cron, uint64_t *count, struct error *error) {
    int64_t months;
    *count = 0;
    return !read_months(cron, &months) || cron_delete_logs(cron->db, months, count, error);
}

bool cron_logs(struct cron *cron, struct error *error) {
    return cron_take_bites(cron, bite, error);
}
