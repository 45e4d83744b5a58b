// SPDX-License-Identifier: GPL-2.0-or-later
// Whether SECRET_SALT is the help desk's own.
#ifndef MAIL_SALT_CHECK_H
#define MAIL_SALT_CHECK_H

#include "base/text.h"
#include "store/check/schema_check.h"

#include <stdbool.h>

// Compares the salt with what the database holds that was made with the help desk's: signatures in
// Message-IDs that customers answered, passwords of mail accounts. Reports SCHEMA_WRONG when it is another's,
// SCHEMA_GOOD when it fits, and nothing when nothing tells. False when it is wrong.
bool salt_check(const struct db_settings *settings, struct text secret_salt, schema_report *report,
                void *context) CHECKED;

#endif
