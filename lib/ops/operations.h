// SPDX-License-Identifier: GPL-2.0-or-later
// The handlers that the operation table names, one file each.
#ifndef OPS_OPERATIONS_H
#define OPS_OPERATIONS_H

#include "ops/operation.h"

#define OPERATION(handler, ...) operation_handler handler;
#define OPERATION_LEFT_TO_PHP(...)
#include "ops/operation_table.h"
#undef OPERATION_LEFT_TO_PHP
#undef OPERATION

#endif
