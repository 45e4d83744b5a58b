// SPDX-License-Identifier: GPL-2.0-or-later
// Texts that go into headers of a mail.
#include "mail/header_text.h"

#include <stdint.h>
#include <string.h>

#define ADDRESS_MAX 254

bool mail_address_is_usable(struct text address) {
    size_t at = 0, ats = 0;
    if (!address.data || address.length < 3 || address.length > ADDRESS_MAX || !text_is_utf8(address))
        return false;
    if (address.data[0] == '-') return false; // would be an option to sendmail
    for (size_t i = 0; i < address.length; i++) {
        unsigned char c = (unsigned char)address.data[i];
        if (c <= ' ' || c == 0x7F || strchr("<>()[],;:\"\\", c)) return false;
        if (c == '@') at = i, ats++;
    }
    return ats == 1 && at > 0 && at + 1 < address.length;
}

// C0, DEL, C1, and the separators that some programs take for line ends.
static bool is_break(uint32_t c) {
    return c <= ' ' || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029;
}

void mail_one_line(struct text text, struct buffer *out) {
    bool blank = false, begun = false;
    for (size_t offset = 0; offset < text.length;) {
        uint32_t c = text_next_code_point(text, &offset);
        if (is_break(c)) {
            blank = true;
            continue;
        }
        if (blank && begun) buffer_add_char(out, ' ');
        buffer_add_code_point(out, c);
        blank = false;
        begun = true;
    }
}
