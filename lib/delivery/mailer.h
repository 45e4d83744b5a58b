// SPDX-License-Identifier: GPL-2.0-or-later
// Works the queue off: takes what is due, sends it, books what became of it.
#ifndef DELIVERY_MAILER_H
#define DELIVERY_MAILER_H

#include "base/error.h"
#include "delivery/transport.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;
struct log;
struct mailer;

// `db` must outlive the mailer. NULL when memory is out.
struct mailer *mailer_new(const struct transport_settings *settings, struct db *db, struct log *log);
void mailer_free(struct mailer **mailer);

// At the start, and again after the database failed: mails that a mailer of this machine had in its hands
// when it died, or this one when the database went away, are due at once. What was sent meanwhile is booked
// first.
bool mailer_recover(struct mailer *mailer, struct error *error) CHECKED;

// Sends what is due, 50 mails at most; `*taken` says how many were taken (more may wait while it is not 0).
// Stops between two mails when told to. False when the database failed: whatever was in hand comes up again
// after mailer_recover().
bool mailer_round(struct mailer *mailer, size_t *taken, struct error *error) CHECKED;

// What became of the mails so far.
struct mailer_counts {
    uint64_t sent, failed, postponed; // failed: given up; postponed: tries that are made again
};
const struct mailer_counts *mailer_counts(const struct mailer *mailer);

// Forgets mails that were finished a week ago; to be called once an hour or so.
bool mailer_tidy(struct mailer *mailer, struct error *error) CHECKED;

#endif
