// SPDX-License-Identifier: GPL-2.0-or-later
// Where a ticket may have come from.
#include "ops/ticket/source_name.h"

#include <stddef.h>

static const char *const sources[] = {"Phone", "Email", "Web", "API", "Other"};

const char *ticket_source_named(struct text name) {
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++)
        if (text_equal_ignoring_case(name, text_of(sources[i]))) return sources[i];
    return NULL;
}
