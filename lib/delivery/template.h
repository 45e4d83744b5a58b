// SPDX-License-Identifier: GPL-2.0-or-later
// The texts of mails: the help desk's own, or this server's where it has none.
#ifndef DELIVERY_TEMPLATE_H
#define DELIVERY_TEMPLATE_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "store/help_desk.h"

#include <stdbool.h>
#include <stdint.h>

struct db;

struct mail_template {
    struct text subject; // plain text with variables
    struct text body;    // HTML with variables
};

// The template `code` (mail_kind.h) of the group `group`, else of the help desk's default group,
// else a short one of this server's. ERROR_INTERNAL for a code that nobody knows.
bool mail_template_find(struct db *db, const struct help_desk *help_desk, int64_t group, struct text code,
                        struct arena *arena, struct mail_template *found, struct error *error) CHECKED;

#endif
