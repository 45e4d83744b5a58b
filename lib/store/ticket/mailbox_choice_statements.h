// SPDX-License-Identifier: GPL-2.0-or-later
// The statement of mailbox_choice.c.
#ifndef STORE_TICKET_MAILBOX_CHOICE_STATEMENTS_H
#define STORE_TICKET_MAILBOX_CHOICE_STATEMENTS_H

#include "store/columns.h"

// clang-format off
#define MAILBOX_OFFERED(FIRST, NEXT, PART) \
    FIRST(MAILBOX_IS_OFFERED, INTEGER, \
        "m.email_id=COALESCE((SELECT x.email_id FROM {department} d JOIN {email} x ON x.email_id=d.email_id WHERE d.id=?),?) " \
        "OR FIND_IN_SET(IF(m.dept_id,m.dept_id,?),?)>0")
COLUMN_NAMES(MAILBOX_OFFERED);

#define MAILBOX_CHOICE_STATEMENTS(STATEMENT) \
    STATEMENT(MAILBOX_OFFERED, \
        "INTEGER department,INTEGER default mailbox,INTEGER default department,TEXT departments,INTEGER mailbox,", MAILBOX_OFFERED, \
        "SELECT " COLUMNS(MAILBOX_OFFERED) " " \
        "FROM {email} m " \
        "WHERE m.email_id=?")
// clang-format on

#endif
