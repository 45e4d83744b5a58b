// SPDX-License-Identifier: GPL-2.0-or-later
// Tickets by conditions, in an order, a page at a time. Each page begins behind the last ticket of the one
// before (a keyset), so that none comes twice and none is lost while others are inserted. spec:
// operations.md 3.1.
#ifndef STORE_READ_TICKET_PAGE_H
#define STORE_READ_TICKET_PAGE_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "db/db.h"
#include "store/read/ticket_object.h"
#include "store/view/ticket_scope.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum ticket_sort {
    TICKET_SORT_CREATED,
    TICKET_SORT_UPDATED,
    TICKET_SORT_LAST_UPDATE,
    TICKET_SORT_CLOSED,
    TICKET_SORT_DUE,
    TICKET_SORT_NUMBER,
    TICKET_SORT_PRIORITY, // by urgency
    TICKET_SORT_ID,
};

// What a ticket has to be. Those to TICKET_OF_COLLABORATOR take any number of values, one of which it has to
// have; the others one.
enum ticket_condition_kind {
    TICKET_OF_STATUS,
    TICKET_OF_DEPARTMENT,
    TICKET_OF_TOPIC,
    TICKET_OF_STAFF,
    TICKET_OF_TEAM,
    TICKET_OF_SLA,
    TICKET_OF_USER,
    TICKET_OF_ORGANIZATION,
    TICKET_OF_PARENT,
    TICKET_OF_ID,
    TICKET_OF_NUMBER, // a text
    TICKET_OF_SOURCE, // a text
    TICKET_OF_PRIORITY,
    TICKET_OF_COLLABORATOR, // a user
    TICKET_IS_OVERDUE,      // 1 or 0, as the next two
    TICKET_IS_ANSWERED,
    TICKET_IS_ASSIGNED,
    // Times in UTC: not before, and before.
    TICKET_CREATED_SINCE,
    TICKET_CREATED_BEFORE,
    TICKET_UPDATED_SINCE,
    TICKET_UPDATED_BEFORE,
    TICKET_CLOSED_SINCE,
    TICKET_CLOSED_BEFORE,
    TICKET_DUE_SINCE,
    TICKET_DUE_BEFORE,
    TICKET_LAST_MESSAGE_SINCE,
    TICKET_LAST_MESSAGE_BEFORE,
    TICKET_LAST_RESPONSE_SINCE,
    TICKET_LAST_RESPONSE_BEFORE,
    TICKET_CONDITIONS,
};

// All conditions hold. A condition without values is none, or, where it was asked for, one that nothing
// fulfils.
struct ticket_conditions {
    struct {
        bool is_asked;
        struct db_value *values;
        size_t count;
    } of[TICKET_CONDITIONS];
    const struct ticket_scope *scope; // what is seen of all tickets; NULL: all
};

#define TICKET_CONDITION_VALUES_MAX 50 // of one condition

// The ticket that a page begins behind. `value` is the column that it sorts by, as the database has it.
struct ticket_place {
    bool is_set;
    bool is_null; // the value is
    struct text value;
    int64_t id;
};

struct ticket_page_wish {
    struct view view;
    uint64_t fields; // bits of TICKET_FIELDS: of those that are not wanted no column is read
    const struct ticket_conditions *conditions;
    enum ticket_sort sort;
    bool falling; // the greatest first; tickets without a value are last either way
    struct ticket_place behind;
    int64_t offset; // tickets to leave out; only where `behind` is not set
    int64_t most;
};

// Takes one ticket more, and its place; both are valid during the call.
typedef void ticket_page_take(const struct ticket_object *object, const struct ticket_place *place,
                              void *context);

// Whether the database finds the tickets without reading all that there are. ERROR_UNPROCESSABLE saying what
// would help.
bool ticket_page_is_cheap(const struct ticket_page_wish *wish, struct error *error) CHECKED;

// Reads `most` tickets of those that conditions and scope let through, fewer at the end. One round trip;
// more, at most two, where those with a value to sort by end within the page.
bool ticket_page_read(struct db *db, const struct ticket_page_wish *wish, ticket_page_take *take,
                      void *context, struct error *error) CHECKED;

// How many tickets fulfil the conditions, counted to `most`. One round trip.
bool ticket_page_count(struct db *db, const struct ticket_conditions *conditions, int64_t most,
                       int64_t *count, struct error *error) CHECKED;

// One ticket as it stands in a list of the view, whether or not the list has it: 1, 0, -1: failure. Texts lie
// in the arena. One round trip.
int ticket_page_one(struct db *db, int64_t ticket_id, struct view view, struct arena *arena,
                    struct ticket_object *object, struct error *error) CHECKED;

#endif
