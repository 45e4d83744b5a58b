// SPDX-License-Identifier: GPL-2.0-or-later
// An agent's rights on a ticket.
#include "store/ticket/agent_rights.h"

#include "store/agent_rights_statements.h"
#include "store/row.h"

void agent_rights_take(const struct row *part, struct agent_rights *rights) {
    *rights = (struct agent_rights){
        .staff_id = row_integer(part, RIGHTS_AGENT),
        .is_active = row_is_true(part, RIGHTS_IS_ACTIVE),
        .is_available = row_is_true(part, RIGHTS_IS_AVAILABLE),
        .is_of_department = row_is_true(part, RIGHTS_IS_OF_DEPARTMENT),
        .is_of_primary = row_is_true(part, RIGHTS_IS_OF_PRIMARY),
        .sees_department = row_is_true(part, RIGHTS_SEES_DEPARTMENT),
        .is_assigned = row_is_true(part, RIGHTS_IS_ASSIGNED),
        .is_referred = row_is_true(part, RIGHTS_IS_REFERRED),
        .manages_department = row_is_true(part, RIGHTS_MANAGES),
        .role = row_copy(part, RIGHTS_ROLE),
        .primary_role = row_copy(part, RIGHTS_PRIMARY_ROLE),
        .extra = row_copy(part, RIGHTS_EXTRA),
        .permissions = row_copy(part, RIGHTS_PERMISSIONS),
    };
}
