// SPDX-License-Identifier: GPL-2.0-or-later
// What of this help desk only PHP can do.
#ifndef OPS_CREATE_NATIVE_H
#define OPS_CREATE_NATIVE_H

#include "base/error.h"
#include "ops/create/draft.h"

#include <stdbool.h>

// ERROR_NOT_NATIVE, with the reason, when this request must go to PHP: an active plugin, files that would
// have to be kept outside the database, a form field or filter that this server does not know. Called when
// the desk is loaded, before anything else; the schema's version was looked at before that. Asks the database
// only about a plugin that it does not know. spec: creating.md H
bool create_check_native(struct create_draft *draft, struct error *error) CHECKED;

#endif
