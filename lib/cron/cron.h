// SPDX-License-Identifier: GPL-2.0-or-later
// osTicket's cron jobs, one after the other, each for itself: one that fails is told of in the log and stops
// no other. Who may run them, and when, is store/cron/runs.h. spec: cron.md 2.
#ifndef CRON_CRON_H
#define CRON_CRON_H

#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

struct db;
struct log;
struct help_desk;

// How mailboxes are read.
struct cron_fetch_settings {
    bool verify;                 // the certificates of mail servers
    const char *tls_ca;          // file; "": the system's authorities
    size_t max_mail;             // bytes: a larger mail is left where it is
    const char *ignored_plugins; // as in struct operation_settings, and what follows
    unsigned email_as_php;
};

// What a run works with.
struct cron {
    struct db *db;
    struct log *log;
    struct text secret_salt;
    struct text caller; // the address of whoever asked for the run; "": nobody did
    bool mail_enabled;  // alerts are queued
    struct cron_fetch_settings fetch;
    // Asked between any two steps: false when the run is to be broken off, since the process ends or another
    // one has the jobs. What was begun is finished first.
    bool (*may_go_on)(void *context);
    void *context;
    // Filled by cron_run().
    const struct help_desk *help_desk; // its settings, all of them, and its clock
    bool mailed;                       // mail waits in the queue
};

// Runs all jobs. False when the run was broken off, or the help desk's settings cannot be read. A help desk
// of a version that this server does not know, or in the middle of an upgrade, is left alone: true, with a
// line in the log.
bool cron_run(struct cron *cron, struct error *error) CHECKED;

#endif
