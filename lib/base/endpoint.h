// SPDX-License-Identifier: GPL-2.0-or-later
// A host and its port, as people write them.
#ifndef BASE_ENDPOINT_H
#define BASE_ENDPOINT_H

#include <stdbool.h>

#define ENDPOINT_HOST_MAX 256 // with a NUL

struct endpoint {
    char host[ENDPOINT_HOST_MAX]; // without brackets
    const char *port;             // behind the last colon, in the text that was split
};

// Splits "HOST:PORT" or "[IPv6]:PORT"; what host and port are is not looked at. False without a colon, and
// for a host that is empty or too long.
bool endpoint_split(const char *text, struct endpoint *endpoint);

#endif
