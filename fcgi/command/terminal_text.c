// SPDX-License-Identifier: GPL-2.0-or-later
// Texts of others on a terminal.
#include "command/terminal_text.h"

#include <stdio.h>

void print_text(struct text text) {
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.data[i];
        putchar(c < ' ' || c == 0x7F ? ' ' : c);
    }
}
