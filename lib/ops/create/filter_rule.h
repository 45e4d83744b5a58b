// SPDX-License-Identifier: GPL-2.0-or-later
// One rule of a ticket filter against one text.
#ifndef OPS_CREATE_FILTER_RULE_H
#define OPS_CREATE_FILTER_RULE_H

#include "base/text.h"

#include <stdbool.h>

// Whether the operator is one of: equal, not_equal, contains, dn_contain, starts, ends, match, not_match.
bool filter_rule_is_known(struct text how);

// Whether `subject` fits. Case counts only in the regular expressions of match and not_match; as in PHP only
// ASCII letters have a case. What is no regular expression, or runs for too long, is one that does not match.
// spec: creating.md B.5
bool filter_rule_fits(struct text how, struct text value, struct text subject);

#endif
