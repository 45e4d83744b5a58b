// SPDX-License-Identifier: GPL-2.0-or-later
// What two answers to the same request have in common, and what explains the rest.
#ifndef COMPARE_COMPARISON_H
#define COMPARE_COMPARISON_H

#include "base/text.h"
#include "compare/departure.h"

#include <stdbool.h>
#include <stddef.h>

#define COMPARISON_WHERE_MAX 160
#define COMPARISON_VALUE_MAX 100

struct compared_answer {
    int status;
    struct text type; // of the content, with its parameters
    struct text body;
};

struct comparison {
    bool met[DEPARTURE_COUNT];
    size_t unknown; // differences that nothing explains
    // The first of these: where ("status", "type", "bytes at 120", "tickets[310042].subject"), and what each
    // says there, shortened, in printable ASCII.
    char where[COMPARISON_WHERE_MAX], php[COMPARISON_VALUE_MAX], ours[COMPARISON_VALUE_MAX];
};

// Compares the answers to GET `path` ("/tickets/ticketInfo?ticketNumber=1"). JSON is compared member by
// member, in their order; tickets and entries that come as lists are paired by their number or id. Where
// nothing departs, the bytes have to be the same.
void comparison_make(struct text path, const struct compared_answer *php, const struct compared_answer *ours,
                     struct comparison *result);

// Whether any departure was met.
bool comparison_departs(const struct comparison *comparison);

#endif
