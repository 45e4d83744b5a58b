// SPDX-License-Identifier: GPL-2.0-or-later
// Who asks, for what: the key, what the request names, and whether the one may see the other.
#ifndef FCGI_SERVE_ADMIT_H
#define FCGI_SERVE_ADMIT_H

#include "serve/dispatch.h"
#include "store/read/ticket_version.h"

struct admitted {
    struct principal principal;
    struct subject subject;
    bool has_subject;
    struct ticket_version version; // `subject.version` points here where the client has an older one
};

// Asks for the key and, in the same round trip, for what the request names. False: whoever asks may not, or
// the request cannot be read, which is told to good keys only. `admitted` stays where it is while it is used.
bool admit(struct dispatcher *dispatcher, struct exchange *exchange, struct admitted *admitted,
           struct error *error);

#endif
