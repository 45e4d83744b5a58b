// SPDX-License-Identifier: GPL-2.0-or-later
// What answer a client asks for. RFC 9110, 12.5.1; RFC 6906 (profiles).
#ifndef FCGI_SERVE_ACCEPT_H
#define FCGI_SERVE_ACCEPT_H

#include "base/text.h"

#include <stdbool.h>

// Whether a header Accept (may be null) names application/json with this profile: "application/json;
// profile=ticket", one of several or quoted, too, and not with q=0.
bool accept_asks_for(struct text accept, const char *profile);

#endif
