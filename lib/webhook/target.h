// SPDX-License-Identifier: GPL-2.0-or-later
// The URL of a webhook, as far as its text tells: what its name leads to is asked when it is called.
#ifndef WEBHOOK_TARGET_H
#define WEBHOOK_TARGET_H

#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>

#define WEBHOOK_URL_MAX 2000

struct target_rule {
    bool http;         // without TLS, too
    struct text allow; // see address_rule.h
};

// An absolute URL of https (or http) with a host, without a user, a password or a fragment; a host that is an
// address may be called. ERROR_UNPROCESSABLE with the field "url" otherwise.
bool target_check(struct text url, const struct target_rule *rule, struct error *error) CHECKED;

#endif
