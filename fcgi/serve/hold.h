// SPDX-License-Identifier: GPL-2.0-or-later
// A request that waits for changes goes to the process that holds such requests, see pool/holding.h.
#ifndef FCGI_SERVE_HOLD_H
#define FCGI_SERVE_HOLD_H

#include "serve/exchange.h"

#include <stdbool.h>
#include <stdint.h>

// For the log line of who holds it.
struct hold_account {
    const char *key; // as the log may show it
    int64_t begun_us;
};

// Hands the request over, whose good answer says that nothing has come and that the client waits.
enum hold_outcome {
    HOLD_NOT,      // it does not wait, and is to be answered
    HOLD_HELD,     // it is somebody else's now
    HOLD_ANSWERED, // nobody could take it: it was answered at once
    HOLD_LOST,     // the same, and the client did not take the answer
};
enum hold_outcome hold_request(struct exchange *exchange, int holding, const struct hold_account *account);

// Of a request that has waited before: says in its answer that nothing was found, where that is so.
void hold_tell(struct exchange *exchange);

#endif
