// SPDX-License-Identifier: GPL-2.0-or-later
// A host and its port, as people write them.
#include "base/endpoint.h"

#include <stdio.h>
#include <string.h>

bool endpoint_split(const char *text, struct endpoint *endpoint) {
    const char *colon = strrchr(text, ':');
    bool brackets = *text == '[' && colon && colon > text && colon[-1] == ']';
    int length = colon ? (int)(colon - text) - (brackets ? 2 : 0) : -1;
    if (length <= 0 || length >= ENDPOINT_HOST_MAX) return false;
    snprintf(endpoint->host, sizeof endpoint->host, "%.*s", length, text + (brackets ? 1 : 0));
    endpoint->port = colon + 1;
    return true;
}
