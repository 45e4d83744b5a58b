// SPDX-License-Identifier: GPL-2.0-or-later
// The options of "osticket-fcgi key", which change what a key may do.
#ifndef FCGI_COMMAND_KEY_OPTION_H
#define FCGI_COMMAND_KEY_OPTION_H

#include "base/arena.h"
#include "base/error.h"
#include "store/key_rows.h"

#include <stdbool.h>
#include <stdio.h>

struct db;

struct key_options {
    struct db *db; // where names are looked up
    struct arena *arena;
    bool open_keys; // [api] open_keys
};

// Applies "--name value" pairs to the row. ERROR_BAD_REQUEST, with a sentence, for what cannot be meant.
bool key_options_apply(const struct key_options *options, int count, char **words, struct key_row *row,
                       struct error *error) CHECKED;

// One alone, as "--expires".
bool key_option_apply(const struct key_options *options, const char *name, const char *value,
                      struct key_row *row, struct error *error) CHECKED;

// A line each, for the usage.
void key_options_print(FILE *file);

#endif
