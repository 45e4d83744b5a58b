// SPDX-License-Identifier: GPL-2.0-or-later
// Each database server that the settings name: its role, version, and how far behind it is.
#ifndef STORE_CHECK_HOST_CHECK_H
#define STORE_CHECK_HOST_CHECK_H

#include "store/check/schema_check.h"

// How the settings call the servers. `replicas` and `hosts` are comma lists, "" for none.
struct host_question {
    const char *hosts;            // those that are tried in turn for the primary; "" where it is a socket
    const char *replicas;         // reads may go there
    unsigned lag_ms;              // that one of them may be behind
    struct db_settings primary;   // as the server itself connects
    struct db_settings a_replica; // the same, with one for `hosts`
};

// Asks each of them. Where there are several of neither nothing is said: schema_check() has told all then.
// None is wrong: the server does with what answers.
void host_check(const struct host_question *question, schema_report *report, void *context);

#endif
