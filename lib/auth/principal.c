// SPDX-License-Identifier: GPL-2.0-or-later
// Key and address to principal.
#include "auth/principal.h"

#include "store/api_key.h"

bool principal_authenticate(struct db *db, struct text key, const char *address, unsigned needed,
                            struct subject *subject, struct principal *principal, struct error *error) {
    struct api_key row;
    *principal = (struct principal){0};
    if (!key.length || text_equal(key, TEXT("0")))
        return error_set(error, ERROR_UNAUTHORIZED, "Valid API key required");
    int found = api_key_find(db, key, address, subject, &row, error);
    if (found < 0) return false;
    if (found == 0) return error_set(error, ERROR_UNAUTHORIZED, "Valid API key required");
    if (!row.active)
        return error_set(error, ERROR_UNAUTHORIZED, "API key not found/active or source IP not authorized");
    unsigned permissions = (row.can_create_tickets ? PERMISSION_CREATE_TICKETS : PERMISSION_NONE) |
                           (row.can_exec_cron ? PERMISSION_EXEC_CRON : PERMISSION_NONE);
    if ((permissions & needed) != needed)
        return error_set(error, ERROR_UNAUTHORIZED, "API key not authorized");
    principal->key_id = row.id;
    principal->permissions = permissions;
    return true;
}
