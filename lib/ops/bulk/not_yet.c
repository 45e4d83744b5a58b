// SPDX-License-Identifier: GPL-2.0-or-later
// What is said of operations that are specified and not built: tasks. spec: operations.md 6.
#include "ops/operations.h"

bool ticket_task_add(struct operation_context *context, struct answer *answer, struct error *error) {
    (void)context, (void)answer;
    return error_set(error, ERROR_NOT_NATIVE, "Tasks are not made here yet: make them in osTicket's panel");
}
