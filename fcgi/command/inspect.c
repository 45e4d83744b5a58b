// SPDX-License-Identifier: GPL-2.0-or-later
// osticket-fcgi compare, osticket-fcgi probe.
#include "command/inspect.h"

#include "inspect/inspect.h"
#include "pool/own_program.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int become(const char *command, const char *config, int count, char **words) {
    struct error error = {0};
    int program = own_program_open(INSPECT_PROGRAM_NAME, &error);
    char **arguments = calloc((size_t)count + 5, sizeof *arguments);
    if (program < 0 || !arguments) {
        fprintf(stderr, "osticket-fcgi: %s\n", program < 0 ? error.message : strerror(errno));
        free(arguments);
        return 2;
    }
    const char *const first[] = {INSPECT_PROGRAM_NAME, command, "-c", config};
    memcpy(arguments, first, sizeof first);
    for (int i = 0; i < count; i++) arguments[4 + i] = words[i];
    fexecve(program, arguments, environ);
    fprintf(stderr, "osticket-fcgi: " INSPECT_PROGRAM_NAME ": %s\n", strerror(errno));
    free(arguments);
    return 2;
}

int compare_command(const char *config_path, int count, char **words) {
    return become("compare", config_path, count, words);
}

int probe_command(const char *config_path, int count, char **words) {
    return become("probe", config_path, count, words);
}
