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
