// SPDX-License-Identifier: GPL-2.0-or-later
// What an agent may do.
#include "ops/act/right.h"

#include "json/reader.h"

#include <string.h>

bool right_is_granted(struct text permissions, const char *permission) {
    struct error ignored = {0};
    struct json_value *all = permissions.length ? json_parse(permissions, &ignored) : NULL;
    bool granted = json_is_true(json_member(all, permission));
    json_free(&all);
    return granted;
}

bool right_has_access(const struct agent_rights *rights) {
    return rights->sees_department || rights->is_assigned || rights->is_referred;
}

// Whether he has his own department's role on tickets that are assigned to him elsewhere: unless it is
// switched off.
static bool takes_role_along(struct text extra) {
    struct error ignored = {0};
    struct json_value *all = extra.length ? json_parse(extra, &ignored) : NULL;
    const struct json_value *switched = json_member(all, "def_assn_role");
    bool takes =
        json_kind(switched) == JSON_ABSENT || json_kind(switched) == JSON_NULL || json_is_true(switched);
    json_free(&all);
    return takes;
}

bool right_has(const struct agent_rights *rights, const char *permission) {
    if (rights->is_of_department) return right_is_granted(rights->role, permission);
    if (rights->is_assigned && takes_role_along(rights->extra))
        return right_is_granted(rights->primary_role, permission);
    return strcmp(permission, "ticket.create") == 0;
}
