// SPDX-License-Identifier: GPL-2.0-or-later
// What a client says a webhook shall be: the body of POST and PATCH. spec: operations.md 8.1.
#ifndef OPS_WEBHOOK_REQUEST_H
#define OPS_WEBHOOK_REQUEST_H

#include "base/arena.h"
#include "base/error.h"
#include "ops/operation.h"
#include "store/webhook/webhooks.h"

#include <stdbool.h>

#define WEBHOOK_PARTS "ticket,entry"

// What PATCH alone takes.
enum webhook_activity { WEBHOOK_AS_IT_WAS, WEBHOOK_ON, WEBHOOK_OFF };

// Puts what the body names into `webhook`; the rest stays. Texts lie in the arena. `is_new`: the url has to
// be there, and `active` may not. Also says what the key may not ask for (ERROR_SCOPE). One round trip where
// departments are named.
bool webhook_request_read(struct operation_context *context, bool is_new, struct arena *arena,
                          struct webhook *webhook, enum webhook_activity *activity,
                          struct error *error) CHECKED;

#endif
