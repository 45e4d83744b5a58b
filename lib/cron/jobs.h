// SPDX-License-Identifier: GPL-2.0-or-later
// The jobs that a run consists of, one file each. A job that is broken off has done whole steps only.
#ifndef CRON_JOBS_H
#define CRON_JOBS_H

#include "cron/cron.h"

#include <stdint.h>

typedef bool cron_job(struct cron *cron, struct error *error);

cron_job cron_fetch;    // takes mails in from the help desk's mailboxes
cron_job cron_overdue;  // marks tickets that are overdue, and alerts agents
cron_job cron_locks;    // expired locks
cron_job cron_logs;     // the system log's old rows
cron_job cron_sessions; // expired sessions
cron_job cron_tokens;   // password-reset tokens
cron_job cron_orphans;  // files that nothing refers to
cron_job cron_drafts;   // drafts that were left alone
cron_job cron_index;    // what search does not know yet

// Whether to begin another step.
bool cron_goes_on(const struct cron *cron);

// Takes bites until one is not whole, or the run is broken off.
bool cron_take_bites(struct cron *cron, bool bite(struct cron *cron, uint64_t *count, struct error *error),
                     struct error *error) CHECKED;

// A setting that PHP takes for a number.
enum cron_number { NUMBER_MISSING, NUMBER_NONE, NUMBER_READ };
enum cron_number cron_number(const struct cron *cron, const char *key, double *value);

#endif
