// SPDX-License-Identifier: GPL-2.0-or-later
// The options of "osticket-fcgi key", which change what a key may do.
#ifndef FCGI_COMMAND_KEY_OPTION_H
#define FCGI_COMMAND_KEY_OPTION_H

#include "base/arena.h"
#include "base/error.h"
#include "store/key_rows.h"
#include "store/token/client_token.h"

#include <stdbool.h>
#include <stdio.h>

struct db;

struct key_options {
    struct db *db; // where names are looked up
    struct arena *arena;
    bool open_keys; // [api] open_keys
};

// A key as it is to be. What signs its tokens is written where it was touched.
struct key_draft {
    struct key_row row;
    struct signing signing;  // without a secret: it signs none
    bool signing_is_touched; // by an option
    bool secret_is_new;      // to be shown this once
};

// Applies "--name value" pairs to the key. ERROR_BAD_REQUEST, with a sentence, for what cannot be meant.
bool key_options_apply(const struct key_options *options, int count, char **words, struct key_draft *key,
                       struct error *error) CHECKED;

// A line each, for the usage.
void key_options_print(FILE *file);

#endif
