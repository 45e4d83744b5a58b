// SPDX-License-Identifier: GPL-2.0-or-later
// The values of a list's filters: ids and names become values of a condition. spec: operations.md 1.4.
#ifndef OPS_LIST_FILTER_VALUES_H
#define OPS_LIST_FILTER_VALUES_H

#include "base/arena.h"
#include "base/error.h"
#include "ops/operation.h"
#include "store/read/names.h"
#include "store/read/ticket_page.h"

#include <stdbool.h>

struct filter_reading {
    const struct operation_context *context;
    struct arena *arena; // where values lie
    struct ticket_conditions *conditions;
    struct error *error;
};

// False, with ERROR_UNPROCESSABLE about the filter of that name: "`name`: `what` `word`".
bool filter_refuse(const struct filter_reading *reading, const char *name, const char *what,
                   struct text word);

// One more value of the condition that the filter stands for. ERROR_UNPROCESSABLE where it has too many.
bool filter_add(const struct filter_reading *reading, enum ticket_condition_kind kind, const char *name,
                struct db_value value) CHECKED;

// Values between commas, each an id or a name: one of a small table, read whole in one round trip where there
// is a name; or one that is looked up, in a round trip each. ERROR_UNPROCESSABLE where nobody or several are
// called so.
bool filter_add_by_table(const struct filter_reading *reading, enum ticket_condition_kind kind,
                         const char *name, enum names_of of, struct text list) CHECKED;
bool filter_add_by_name(const struct filter_reading *reading, enum ticket_condition_kind kind,
                        const char *name, enum named_kind of, struct text list) CHECKED;

#endif
