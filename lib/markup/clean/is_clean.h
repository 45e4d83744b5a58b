// SPDX-License-Identifier: GPL-2.0-or-later
// Whether HTML is in the state in which cleaning leaves it.
#ifndef MARKUP_CLEAN_IS_CLEAN_H
#define MARKUP_CLEAN_IS_CLEAN_H

#include "base/text.h"

#include <stdbool.h>

// True only where markup_clean_html() would give the same bytes, whatever its options; most of what osTicket
// has stored is of that kind, and one walk over it is many times faster than cleaning. False says nothing:
// the HTML may be clean all the same. Held against the cleaner by test/unit/markup/is_clean_test.c.
bool markup_is_clean(struct text html);

#endif
