// SPDX-License-Identifier: GPL-2.0-or-later
// One option of "osticket-fcgi key" and its value.
#ifndef FCGI_COMMAND_KEY_SETTING_H
#define FCGI_COMMAND_KEY_SETTING_H

#include "base/buffer.h"
#include "command/key_option.h"

#define KEY_SETTING_LIST_MAX 8192

struct key_setting {
    const struct key_options *options;
    struct text value;
    struct key_row *row;
    struct key_draft *key; // whose row it is
    struct error *error;
};

// False, with ERROR_BAD_REQUEST: "`value` `what`".
bool key_setting_wrong(const struct key_setting *setting, const char *what);

// Whether the value is this word, in any case.
bool key_setting_is(const struct key_setting *setting, const char *word);

// A number from 1 on; 0 for the word `none`.
bool key_setting_number(const struct key_setting *setting, const char *none, int64_t *place) CHECKED;

// A list with blanks between; it is kept in the arena, false when that is full.
void key_setting_add_word(struct buffer *list, struct text word);
bool key_setting_keep(const struct key_setting *setting, const struct buffer *list,
                      struct text *place) CHECKED;

// What signs a key's tokens of clients: --tokens, --origins, --user-rate.
bool key_set_tokens(const struct key_setting *setting) CHECKED;
bool key_set_origins(const struct key_setting *setting) CHECKED;
bool key_set_user_rate(const struct key_setting *setting) CHECKED;

#endif
