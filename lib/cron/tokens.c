// SPDX-License-Identifier: GPL-2.0-or-later
// Password-reset tokens older than pw_reset_window minutes.
#include "cron/jobs.h"
#include "store/cron/tidy.h"

#define USUAL_MINUTES 30
#define SECONDS_MAX   3e9 // a century

static bool read_window(const struct cron *cron, int64_t *seconds, struct error *error) {
    double minutes = USUAL_MINUTES;
    enum cron_number read = cron_number(cron, "pw_reset_window", &minutes);
    if (read == NUMBER_NONE)
        return error_set(error, ERROR_UNPROCESSABLE,
                         "they stay, as the help desk's pw_reset_window is no number");
    if (read == NUMBER_MISSING) minutes = USUAL_MINUTES;
    double all = minutes * 60;
    *seconds = (int64_t)(all > SECONDS_MAX ? SECONDS_MAX : all < -SECONDS_MAX ? -SECONDS_MAX : all);
    return true;
}

static bool bite(struct cron *cron, uint64_t *count, struct error *error) {
    int64_t seconds = 0;
    *count = 0;
    if (!read_window(cron, &seconds, error)) return false;
    return !seconds || cron_delete_tokens(cron->db, seconds, count, error); // 0: they never expire
}

bool cron_tokens(struct cron *cron, struct error *error) {
    return cron_take_bites(cron, bite, error);
}
