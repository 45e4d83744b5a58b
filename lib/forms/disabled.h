// SPDX-License-Identifier: GPL-2.0-or-later
// Fields that a help topic hides.
#ifndef FORMS_DISABLED_H
#define FORMS_DISABLED_H

#include "json/reader.h"

#include <stdbool.h>
#include <stdint.h>

// Whether the topic's row of a form, {"disable":[20,21]}, names the field. NULL names none.
bool topic_disables_field(const struct json_value *extra, int64_t field_id);

#endif
