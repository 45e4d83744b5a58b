// SPDX-License-Identifier: GPL-2.0-or-later
// Plain text in a manual page.
#include "base/roff.h"

#include <stdbool.h>

void roff_print(FILE *file, const char *text) {
    bool begins = true;
    for (; *text; text++) {
        // A line that begins with one of these would be a request.
        if (begins && (*text == '.' || *text == '\'')) fputs("\\&", file);
        begins = *text == '\n';
        if (*text == '\\')
            fputs("\\e", file);
        else if (*text == '-')
            fputs("\\-", file);
        else
            fputc(*text, file);
    }
}
