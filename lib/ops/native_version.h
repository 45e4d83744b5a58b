// SPDX-License-Identifier: GPL-2.0-or-later
// Whether this server may write on the help desk at all.
#ifndef OPS_NATIVE_VERSION_H
#define OPS_NATIVE_VERSION_H

#include "base/error.h"
#include "base/text.h"
#include "store/help_desk.h"

#include <stdbool.h>

// By osTicket's schema_signature.
bool native_version_is_known(struct text signature);

// ERROR_NOT_NATIVE where the help desk's version is not known: another one keeps tickets in other tables, and
// one that nobody finished to upgrade in half of them. What is written is PHP's turn then; reads go on.
bool native_version_check(const struct help_desk *help_desk, struct error *error) CHECKED;

#endif
