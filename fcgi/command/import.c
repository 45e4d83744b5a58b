// SPDX-License-Identifier: GPL-2.0-or-later
// osticket-fcgi --import
#include "command/import.h"

#include "config/ost_config.h"

#include <stdio.h>

int import_run(const char *path) {
    struct error error = {0};
    if (ost_config_import(path, stdout, &error)) return 0;
    fprintf(stderr, "osticket-fcgi: %s\n", error.message);
    return 1;
}
