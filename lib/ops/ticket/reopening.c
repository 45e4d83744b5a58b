// SPDX-License-Identifier: GPL-2.0-or-later
// Whether and to what tickets come back.
#include "ops/ticket/reopening.h"

#include "json/reader.h"

static int64_t id_of(const struct json_value *value) {
    int64_t id = json_value_integer(value);
    if (json_kind(value) == JSON_TEXT && !text_to_int64(json_value_text(value), &id)) return 0;
    return id;
}

struct reopening reopening_of(const struct ticket_status *status) {
    struct error ignored = {0};
    struct json_value *properties =
        status && status->properties.length ? json_parse(status->properties, &ignored) : NULL;
    const struct json_value *target = json_member(properties, "reopenstatus");
    struct reopening reopening = {
        .allowed = json_is_true(json_member(properties, "allowreopen")),
        .names_status = json_kind(target) != JSON_ABSENT && json_kind(target) != JSON_NULL,
        .status_id = id_of(target),
    };
    json_free(&properties);
    return reopening;
}

bool reopening_is_allowed(struct reopening reopening) {
    return reopening.allowed && reopening.names_status;
}

bool ticket_is_reopenable(const struct help_desk *help_desk, int64_t status_id, int64_t department_id,
                          int64_t topic_id) {
    return reopening_is_allowed(reopening_of(help_desk_status(help_desk, status_id))) &&
           !help_desk_is_archived(help_desk, department_id, topic_id);
}
