// SPDX-License-Identifier: GPL-2.0-or-later
// Media types as they are written: "image/png".
#ifndef BASE_MEDIA_TYPE_SYNTAX_H
#define BASE_MEDIA_TYPE_SYNTAX_H

#include "base/text.h"

#include <stdbool.h>

// A character of a token. RFC 9110, 5.6.2.
bool media_type_is_token_character(char c);

// Whether the whole text is a type and a subtype without parameters, as RFC 6838 (4.2) lets them be named: a
// type begins with a letter. "12/05" is a date.
bool media_type_is_well_formed(struct text type);

// What stands before the parameters, without blanks at its ends.
struct text media_type_without_parameters(struct text type);

// Whether `type`, whose parameters do not count, is in a list such as "application/json, text/csv". Case does
// not count.
bool media_type_is_one_of(struct text type, const char *list);

#endif
