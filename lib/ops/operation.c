// SPDX-License-Identifier: GPL-2.0-or-later
// The operation table as an array.
#include "ops/operation.h"

#include "ops/operations.h"

#define OPERATION(handler, ...)    {.handle = (handler), __VA_ARGS__},
#define OPERATION_LEFT_TO_PHP(...) {__VA_ARGS__},
const struct operation operations[] = {
#include "ops/operation_table.h"
};
_Static_assert(sizeof operations / sizeof *operations <= OPERATIONS_MAX, "raise OPERATIONS_MAX");
const size_t operation_count = sizeof operations / sizeof *operations;
