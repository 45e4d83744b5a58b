// SPDX-License-Identifier: GPL-2.0-or-later
// When a message that was not taken in is tried again, and when an account's trouble is told of.
#include "cron/fetch/pauses.h"

#include "store/fetch/accounts.h"

#define MINUTE 60
#define HOUR   (60 * MINUTE)
#define DAY    (24 * HOUR)

int64_t fetch_pause_failed(int64_t attempts) {
    static const int64_t first[] = {10 * MINUTE, HOUR, 6 * HOUR};
    int64_t count = sizeof first / sizeof *first;
    if (attempts < 1) attempts = 1;
    return attempts <= count ? first[attempts - 1] : DAY;
}

int64_t fetch_pause_begun(int64_t attempts) {
    return attempts < FETCH_BEGUN_MAX ? 0 : fetch_pause_failed(attempts - FETCH_BEGUN_MAX + 1);
}

bool fetch_trouble_begins(int64_t errors) {
    return errors + 1 == MAIL_ACCOUNT_ERRORS_MAX;
}

bool fetch_trouble_ends(int64_t errors) {
    return errors >= MAIL_ACCOUNT_ERRORS_MAX;
}
