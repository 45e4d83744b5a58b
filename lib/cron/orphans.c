// SPDX-License-Identifier: GPL-2.0-or-later
// Files that nothing refers to, older than a day. Those that a plugin keeps outside the database are left to
// PHP, which alone can delete them there.
#include "cron/jobs.h"
#include "store/cron/tidy.h"

bool cron_orphans(struct cron *cron, struct error *error) {
    int64_t ids[CRON_BITE_ROWS], last = 0;
    size_t count = CRON_BITE_ROWS;
    while (count == CRON_BITE_ROWS && cron_goes_on(cron)) {
        if (!cron_find_orphans(cron->db, last, ids, &count, error)) return false;
        for (size_t i = 0; i < count && cron_goes_on(cron); i++) {
            bool gone;
            if (!cron_delete_orphan(cron->db, ids[i], &gone, error)) return false;
            last = ids[i];
        }
    }
    return true;
}
