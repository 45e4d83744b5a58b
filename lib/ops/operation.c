// SPDX-License-Identifier: GPL-2.0-or-later
// The operation table as an array.
#include "ops/operation.h"

#include "ops/operation_parameters.h"
#include "ops/operations.h"
#include "ops/read/parts.h"
#include "ops/read/ticket_fields.h"

#define OPERATION(handler, ...)    {.handle = (handler), __VA_ARGS__},
#define OPERATION_LEFT_TO_PHP(...) {__VA_ARGS__},
const struct operation operations[] = {
#include "ops/operation_table.h"
};
_Static_assert(sizeof operations / sizeof *operations <= OPERATIONS_MAX, "raise OPERATIONS_MAX");
const size_t operation_count = sizeof operations / sizeof *operations;
