// SPDX-License-Identifier: GPL-2.0-or-later
// What of a help desk's set-up may be beyond this server.
#ifndef STORE_CREATE_NATIVE_ROWS_H
#define STORE_CREATE_NATIVE_ROWS_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "store/create/desk.h"
#include "store/help_desk.h"

#include <stdbool.h>
#include <stddef.h>

struct db_settings;

// Everything lies in the arena.
struct native_rows {
    struct plugin_row
        *plugins; // those that are active, and have an instance that is switched on, or none at all
    size_t plugin_count;
    struct text storage;   // default_storage_bk; null where there is none
    struct text signature; // schema_signature
    struct native_field {
        struct field_row row;
        char form_type;    // 'U' users, 'T' tickets, else a form of `topic`
        struct text topic; // name of the help topic
    } * fields;
    size_t field_count;
    struct filter_row *filters; // active ones, with their rules and actions
    size_t filter_count;
};

// Reads them in one statement on a connection of its own.
bool native_rows_load(const struct db_settings *settings, struct arena *arena, struct native_rows *rows,
                      struct error *error) CHECKED;

#endif
