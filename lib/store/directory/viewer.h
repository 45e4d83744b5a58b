// SPDX-License-Identifier: GPL-2.0-or-later
// Who looks at users and organizations, as the statements take it.
#ifndef STORE_DIRECTORY_VIEWER_H
#define STORE_DIRECTORY_VIEWER_H

#include "db/db.h"
#include "store/read/ticket_object.h"
#include "store/ticket_view.h"

#include <stdbool.h>

struct directory_viewer {
    bool is_staff; // a view of an agent's tickets: it has statements of its own
    struct db_value utc, everybody, who, departments;
};

// The values of DIRECTORY_VIEWER (user_statements.h), in its order.
#define DIRECTORY_VIEWER_VALUES(viewer) (viewer).utc, (viewer).everybody, (viewer).who, (viewer).departments

// False for a view that shows no users at all: a client's, and one that is of nothing.
static inline bool directory_viewer_of(struct view view, struct directory_viewer *viewer) {
    const struct key_rules *rules = view.rules;
    struct viewer of_rules = viewer_of(rules);
    *viewer = (struct directory_viewer){
        .is_staff = rules && rules->view == KEY_VIEW_STAFF,
        .utc = db_integer(view.utc),
        .everybody = db_integer(!rules),
        .who = of_rules.who,
        .departments = of_rules.departments,
    };
    return !rules || !(ticket_view_is_client(rules) || ticket_view_is_empty(rules));
}

#endif
