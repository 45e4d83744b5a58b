// SPDX-License-Identifier: GPL-2.0-or-later
// What the processes beside the workers do alike in their loops: end when they are told to, open the log
// anew, say the same trouble once a minute.
#ifndef FCGI_POOL_HELPER_H
#define FCGI_POOL_HELPER_H

#include "base/error.h"

#include <stdbool.h>
#include <stdint.h>

#define HELPER_TROUBLE_MS 5000 // to wait after a failure of the database

struct log;

struct helper {
    struct log *log;
    const char *waits; // what a failure means: "mail waits, since the queue cannot be read"
    bool stopping;
    int64_t complained_ms; // 0: all is well
};

// Takes in the signals that came: whether to end now. Asked between two steps and in the midst of long ones.
bool helper_is_stopping(struct helper *helper);

// SIGUSR1. Between two steps.
void helper_mind_log(struct helper *helper);

// A failure, in the log once a minute; and that it is over.
void helper_complain(struct helper *helper, const struct error *error);
void helper_is_well(struct helper *helper);

#endif
