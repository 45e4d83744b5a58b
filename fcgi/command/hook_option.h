// SPDX-License-Identifier: GPL-2.0-or-later
// The options of "osticket-fcgi hook add" and "set": what a webhook is.
#ifndef COMMAND_HOOK_OPTION_H
#define COMMAND_HOOK_OPTION_H

#include "base/arena.h"
#include "base/error.h"
#include "store/webhook/webhooks.h"
#include "webhook/target.h"

#include <stdbool.h>
#include <stdio.h>

struct hook_options {
    struct arena *arena;
    struct target_rule rule;
};

// What is done to the webhook beside what it is.
struct hook_wish {
    bool on, off, new_secret;
};

// Puts what the words say into `webhook`. ERROR_BAD_REQUEST, ERROR_UNPROCESSABLE saying what is wrong.
bool hook_options_apply(const struct hook_options *options, int count, char **words, struct webhook *webhook,
                        struct hook_wish *wish, struct error *error) CHECKED;

void hook_options_print(FILE *out);

#endif
