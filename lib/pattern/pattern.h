// SPDX-License-Identifier: GPL-2.0-or-later
// Regular expressions as administrators type them into osTicket: PHP's, with delimiters and flags.
#ifndef PATTERN_PATTERN_H
#define PATTERN_PATTERN_H

#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>

#define PATTERN_LENGTH_MAX 8192

// Whether `subject` has a part that fits `pattern`, such as "/^[A-Z]{2}\d+$/i". Delimiters and flags
// (i m s x A D S U X J u n) are PHP's. False, with ERROR_INTERNAL and a message for the log, where PHP's
// preg_match() gives false: a pattern that cannot be read, a subject that is no UTF-8 under the flag u, or a
// search that goes on for too long; PHP's callers take that for "does not match". The work is bounded by a
// count of steps over the whole subject, well under a second.
// https://www.php.net/manual/en/regexp.reference.delimiters.php,
// https://www.php.net/manual/en/reference.pcre.pattern.modifiers.php
bool pattern_match(struct text pattern, struct text subject, bool *matches, struct error *error) CHECKED;

// The same; `found` is the first part of the subject that fits, null where none does.
bool pattern_find(struct text pattern, struct text subject, struct text *found, struct error *error) CHECKED;

#endif
