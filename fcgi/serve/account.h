// SPDX-License-Identifier: GPL-2.0-or-later
// What became of a request: counted, and a line in the log.
#ifndef FCGI_SERVE_ACCOUNT_H
#define FCGI_SERVE_ACCOUNT_H

#include "serve/dispatch.h"

// Who asked, for the log: a part of the key. Before the request goes with its answer.
void account_of_key(const struct request *request, char shown[WHO_SIZE]);

// Who asked where a token says it: the key that signed, and the client's id.
void account_of_client(const struct principal *principal, char shown[WHO_SIZE]);

// Of a request that waits now elsewhere nothing is told before it is answered.
void account(const struct dispatcher *dispatcher, const struct exchange *exchange, const struct error *error,
             int64_t us, uint64_t round_trips);

#endif
