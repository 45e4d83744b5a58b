// SPDX-License-Identifier: GPL-2.0-or-later
// What the work of a request is done with.
#ifndef STORE_WORK_H
#define STORE_WORK_H

#include "base/arena.h"
#include "store/help_desk.h"
#include "store/wide_columns.h"

#include <stdbool.h>

struct cdata_trust;
struct db;

struct work {
    struct db *db;
    struct arena *arena; // the request's texts lie in it
    const struct help_desk *help_desk;
    // Which columns hold every character: looked up once, for the first text that has one above U+FFFF.
    struct wide_columns wide;
    bool knows_wide;
    struct cdata_trust *trust; // see store/create/cdata_columns.h; NULL: there is none
};

#endif
