// SPDX-License-Identifier: GPL-2.0-or-later
// Texts that go into headers of a mail: nothing in them may begin a line of its own.
#ifndef MAIL_HEADER_TEXT_H
#define MAIL_HEADER_TEXT_H

#include "base/buffer.h"
#include "base/text.h"

#include <stdbool.h>

// Whether this is one plain address (RFC 5321: something@something, at most 254 bytes) that can stand in a
// header and in an SMTP command: no control character, no blank, none of < > ( ) [ ] , ; : " \ and a single
// @. Characters outside ASCII pass.
bool mail_address_is_usable(struct text address);

// Appends `text` as a single line: control characters (CR, LF, NUL, …) and runs of blanks become one blank,
// and malformed UTF-8 becomes U+FFFD. Nothing stays at the ends.
void mail_one_line(struct text text, struct buffer *out);

#endif
