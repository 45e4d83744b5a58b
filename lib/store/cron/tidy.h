// SPDX-License-Identifier: GPL-2.0-or-later
// What cron takes away, in bites: each function deletes some rows at most and says how many, so that no
// statement holds others up; there is more while the number is CRON_BITE_ROWS. By the conditions of
// osTicket's own cron. spec: cron.md 5.
#ifndef STORE_CRON_TIDY_H
#define STORE_CRON_TIDY_H

#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;

#define CRON_BITE_ROWS 1000

bool cron_delete_locks(struct db *db, uint64_t *count, struct error *error) CHECKED;
bool cron_delete_sessions(struct db *db, uint64_t *count, struct error *error) CHECKED;
// Password-reset tokens older than `seconds`.
bool cron_delete_tokens(struct db *db, int64_t seconds, uint64_t *count, struct error *error) CHECKED;
// Rows of the system log that are `months` old.
bool cron_delete_logs(struct db *db, int64_t months, uint64_t *count, struct error *error) CHECKED;
// Drafts that were left alone for more than 14 calendar days before `today` (YYYY-MM-DD), with what makes
// files theirs: both or neither.
bool cron_delete_drafts(struct db *db, struct text today, uint64_t *count, struct error *error) CHECKED;

// Files of the database's own store that nothing refers to, with ids above `after`: at most CRON_BITE_ROWS.
bool cron_find_orphans(struct db *db, int64_t after, int64_t ids[CRON_BITE_ROWS], size_t *count,
                       struct error *error) CHECKED;
// Deletes one with its content, unless something refers to it by now: then `*gone` is false.
bool cron_delete_orphan(struct db *db, int64_t id, bool *gone, struct error *error) CHECKED;

#endif
