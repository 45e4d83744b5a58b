// SPDX-License-Identifier: GPL-2.0-or-later
// What commands say on a terminal.
#include "command/terminal_text.h"

#include <stdio.h>

void print_text(struct text text) {
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.data[i];
        putchar(c < ' ' || c == 0x7F ? ' ' : c);
    }
}

int print_failure(const struct error *error) {
    fprintf(stderr, "osticket-fcgi: %s%s%s\n", error->message, *error->detail ? ": " : "", error->detail);
    return error->code == ERROR_BAD_REQUEST || error->code == ERROR_UNPROCESSABLE ? 2 : 1;
}
