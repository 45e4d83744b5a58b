// SPDX-License-Identifier: GPL-2.0-or-later
// What a list of tickets is asked for beside its filters.
#include "ops/read/ticket_wish.h"

#include "base/words.h"
#include "ops/parameters.h"
#include "ops/read/client_view.h"
#include "ops/read/ticket_read.h"
#include "store/read/ticket_field_names.h"

// The words of `sort`, in the order of enum ticket_sort.
static const char sorts[] = "created,updated,last_update,closed,due,number,priority,id";

void ticket_wish_read(const struct operation_context *context, const struct ticket_conditions *conditions,
                      struct ticket_page_wish *wish) {
    struct text sort = context->parameter(context, "sort");
    *wish = (struct ticket_page_wish){
        .view = view_of(context),
        .fields = client_view_fields(
            view_of(context), parameter_members(context, "fields", TICKET_FIELD_NAMES, TICKET_FIELDS_ALL)),
        .conditions = conditions,
        .sort = TICKET_SORT_CREATED,
        .falling = true,
        .last_entries = parameter_is(context, "include", "entries_last"),
        .bodies = !parameter_is(context, "body", "none"),
    };
    if (text_is_null(sort)) return;
    wish->falling = *sort.data == '-';
    if (wish->falling) sort = (struct text){sort.data + 1, sort.length - 1};
    wish->sort = (enum ticket_sort)list_place(sorts, sort);
}
