// SPDX-License-Identifier: GPL-2.0-or-later
// What a help desk's database holds that was made with its SECRET_SALT.
#ifndef STORE_CHECK_SALT_ROWS_H
#define STORE_CHECK_SALT_ROWS_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

struct db_settings;

// Everything lies in the arena.
struct salt_rows {
    struct text
        *headers; // of mails that came in, the newest first: Message-IDs that were answered stand in them
    size_t header_count;
    struct salt_password {
        struct text namespace, username, stored; // of a mail account
    } * passwords;
    size_t password_count;
};

// Reads them in one statement on a connection of its own.
bool salt_rows_load(const struct db_settings *settings, struct arena *arena, struct salt_rows *rows,
                    struct error *error) CHECKED;

#endif
