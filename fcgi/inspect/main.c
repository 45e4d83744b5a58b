// SPDX-License-Identifier: GPL-2.0-or-later
// osticket-fcgi-inspect: run by "osticket-fcgi compare" and "osticket-fcgi probe".
#include "inspect/inspect.h"

#include <stdio.h>
#include <string.h>

int main(int count, char **words) {
    if (count == 2 && strcmp(words[1], "--version") == 0) {
        puts(INSPECT_PROGRAM_NAME " " OSTICKET_FCGI_VERSION);
        return 0;
    }
    // COMMAND -c FILE words…
    if (count >= 4 && strcmp(words[2], "-c") == 0) {
        const char *command = words[1], *config = words[3];
        words[3] = words[1];
        if (strcmp(command, "compare") == 0) return compare_run(config, count - 3, words + 3);
        if (strcmp(command, "probe") == 0) return probe_run(config, count - 3, words + 3);
    }
    fputs(INSPECT_PROGRAM_NAME ": is run by osticket-fcgi compare and osticket-fcgi probe\n", stderr);
    return INSPECT_CANNOT;
}
