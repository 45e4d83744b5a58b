// SPDX-License-Identifier: GPL-2.0-or-later
// Whether the help desk is set up so that its mail finds a way out.
#ifndef STORE_CHECK_MAIL_CHECK_H
#define STORE_CHECK_MAIL_CHECK_H

#include "db/db.h"
#include "store/check/schema_check.h"

// Reports what the mailer would stumble over: no default mailbox, accounts that log in by OAuth2, neither an
// SMTP account nor (as `has_sendmail` says) a sendmail program. Says nothing about a database that cannot be
// asked: schema_check() has.
void mail_check(const struct db_settings *settings, bool has_sendmail, schema_report *report, void *context);

#endif
