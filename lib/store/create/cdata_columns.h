// SPDX-License-Identifier: GPL-2.0-or-later
// The columns of osTicket's tables ticket__cdata, user__cdata and organization__cdata, which have one for
// each field of their form. PHP drops these tables and makes them anew at its leisure.
#ifndef STORE_CREATE_CDATA_COLUMNS_H
#define STORE_CREATE_CDATA_COLUMNS_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;

struct cdata_column {
    bool of_user; // of user__cdata, where those of two tables are read
    struct text name;
    bool trusted; // nobody looked whether it is there, nor what it holds
    bool narrow;  // cannot hold characters above U+FFFF
    int64_t place;
};

// Whether the tables are taken to have a column for each field. To look (information_schema) takes the
// database a quarter of all that is read for a new ticket. Where one is missing after all, the statement that
// names it fails: nothing is written, the trust is lost, and the request is worked on once more, with a look.
// Of a worker, which keeps it from request to request; all zero at first.
struct cdata_trust {
    bool is_lost;
    bool is_used; // by the request at hand
};

// Takes them on trust for the request at hand, if there is any; NULL: there is none.
bool cdata_trust_use(struct cdata_trust *trust);

// After a failure, before anything else is asked of the database: ERROR_RETRYABLE where it was trust that
// failed, which is lost then. NULL: nothing happens.
void cdata_trust_explain(struct cdata_trust *trust, const struct db *db, struct error *error);

// Trust is lost for a name that no column can have. Always false, with ERROR_RETRYABLE.
bool cdata_trust_lose(struct cdata_trust *trust, struct error *error);

struct cdata_columns {
    bool trusted; // nobody looked: each field has one
    struct cdata_column *items;
    size_t count;
};

// The column that holds a field's answer, called as the field, "subject", else "field_17". False where there
// is none. A name that is made up lies in the arena.
bool cdata_column_of(const struct cdata_columns *columns, bool of_user, int64_t field_id,
                     struct text field_name, struct arena *arena, struct cdata_column *column);

#endif
