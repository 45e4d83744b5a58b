// SPDX-License-Identifier: GPL-2.0-or-later
// The step that checks as -t does.
#include "setup/setup.h"

#include "check/check.h"

#include <stdio.h>

void setup_check_plan(struct setup *setup, char *line, size_t size) {
    snprintf(line, size, "check as \"osticket-fcgi -t -c %s\" does", setup->settings_path);
}

bool setup_check_run(struct setup *setup, char *line, size_t size, struct error *error) {
    char whole[PATH_MAX];
    struct check_options options = {.root = setup->wishes.root};
    setup_path(setup, setup->settings_path, whole);
    if (check_run(whole, &options, stdout) != 0)
        return error_set(
            error, ERROR_INTERNAL,
            "the check above found errors: mend them, then run setup again, or take it all back with "
            "setup --undo");
    snprintf(line, size, "checked");
    return true;
}
