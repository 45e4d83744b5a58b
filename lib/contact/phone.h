// SPDX-License-Identifier: GPL-2.0-or-later
// Telephone numbers as a form field of type phone shows them.
#ifndef CONTACT_PHONE_H
#define CONTACT_PHONE_H

#include "base/buffer.h"
#include "base/text.h"

// Appends `stored` (DIGITS, or DIGITS X EXTENSION) as it is shown. `format` is the field's configuration:
// "us" (also when the configuration has none) gives "555-1234" to 7 digits and "(318) 555-8634" to 10 and
// leaves others alone; any other format leaves the number as it is. An extension but "0" follows as " x123".
// spec: reading-and-replying.md C.2, user_phone.
void phone_format(struct text stored, struct text format, struct buffer *out);

#endif
