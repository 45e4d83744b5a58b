// SPDX-License-Identifier: GPL-2.0-or-later
// Whether this server may write on the help desk at all.
#include "ops/native_version.h"

#include "store/check/schema_needs.h"

bool native_version_is_known(struct text signature) {
    const struct schema_version *version = schema_version_find(signature);
    return version && version->fits;
}

bool native_version_check(const struct help_desk *help_desk, struct error *error) {
    return native_version_is_known(help_desk_config(help_desk, "schema_signature")) ||
           error_set(error, ERROR_NOT_NATIVE,
                     "this help desk's version of osTicket is not one that this server writes to");
}
