// SPDX-License-Identifier: GPL-2.0-or-later
// Fields that a help topic hides.
#include "forms/disabled.h"

bool topic_disables_field(const struct json_value *extra, int64_t field_id) {
    const struct json_value *ids = json_member(extra, "disable");
    for (size_t i = 0; i < json_count(ids); i++) {
        const struct json_value *item = json_element(ids, i);
        int64_t id = json_value_integer(item);
        if (json_kind(item) == JSON_TEXT && !text_to_int64(json_value_text(item), &id)) continue;
        if (id == field_id) return true;
    }
    return false;
}
