// SPDX-License-Identifier: GPL-2.0-or-later
// Which requests to this help desk are left to PHP, for whoever sets the server up.
#ifndef OPS_NATIVE_REPORT_H
#define OPS_NATIVE_REPORT_H

#include "base/error.h"
#include "base/text.h"
#include "store/check/schema_check.h"

#include <stdbool.h>

// Takes one finding: which requests, and why.
typedef void native_reporter(void *context, const char *requests, const char *reason);

// What of the settings says whose turn it is.
struct native_settings {
    struct text ignored_plugins; // [create] ignore_plugins
    bool despite_audit;          // tickets are changed though the audit plugin does not hear of it
    bool cron;                   // tasks/cron is done here
    bool fallback, replies;      // PHP stands by; replies go there, too, where a plugin listens
};

// Looks at the help desk as create_check_native() does for a request, on a connection of its own, and reports
// everything that would send a request to PHP, and by `find` each active plugin with what follows. False when
// the database cannot be asked.
bool native_report(const struct db_settings *settings, const struct native_settings *native,
                   native_reporter *report, schema_report *find, void *context, struct error *error) CHECKED;

#endif
