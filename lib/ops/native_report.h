// SPDX-License-Identifier: GPL-2.0-or-later
// Which requests to this help desk are left to PHP, for whoever sets the server up.
#ifndef OPS_NATIVE_REPORT_H
#define OPS_NATIVE_REPORT_H

#include "base/error.h"

#include <stdbool.h>

struct db_settings;

// Takes one finding: which requests, and why.
typedef void native_reporter(void *context, const char *requests, const char *reason);

// Looks at the help desk as create_check_native() does for a request, on a connection of its own, and reports
// everything that would send a request to PHP. False when the database cannot be asked.
bool native_report(const struct db_settings *settings, native_reporter *report, void *context,
                   struct error *error) CHECKED;

#endif
