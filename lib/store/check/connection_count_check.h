// SPDX-License-Identifier: GPL-2.0-or-later
// Whether the database server lets in as many connections as the workers hold.
#ifndef STORE_CHECK_CONNECTION_COUNT_CHECK_H
#define STORE_CHECK_CONNECTION_COUNT_CHECK_H

#include "store/check/schema_check.h"

// `workers`: each holds one; the mailer and a worker that takes another's place come on top.
void connection_count_check(const struct db_settings *settings, unsigned workers, schema_report *report,
                            void *context);

#endif
