// SPDX-License-Identifier: GPL-2.0-or-later
#include "inspect/inspect.h"
int probe_run(const char *config, int count, char **words) {
    (void)config;
    (void)count;
    (void)words;
    return 2;
}
