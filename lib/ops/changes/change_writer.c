// SPDX-License-Identifier: GPL-2.0-or-later
// A change as JSON.
#include "ops/changes/change_writer.h"

#include "ops/read/ticket_fields.h"
#include "ops/read/values.h"
#include "json/copy.h"

static void write_ticket(struct json_writer *json, const struct change *change,
                         const struct ticket_object *object, struct view view) {
    json_name(json, "ticket");
    if (!change->ticket_id) {
        json_null(json);
        return;
    }
    json_open_object(json);
    if (object && object->id) {
        ticket_fields_write(json, object, TICKET_FIELDS_ALL, view);
    } else {
        json_integer_member(json, "id", change->ticket_id);
        json_text_member(json, "number", change->number);
    }
    json_close_object(json);
}

void change_as_json(struct json_writer *json, const struct change *change, const struct ticket_object *object,
                    struct view view) {
    char name[CHANGE_ID_SIZE];
    change_name(change, name);
    json_open_object(json);
    json_text_member(json, "id", text_of(name));
    json_text_member(json, "type", text_of(change_type_name(change->type)));
    value_time(json, "at", change->at, view);
    write_ticket(json, change, object, view);
    value_actor(json, "actor", change->actor_id, change->actor_is_user, change->actor_name);
    json_name(json, "entry_id");
    if (change->lane == LANE_ENTRIES)
        json_integer(json, change->id);
    else
        json_null(json);
    json_name(json, "data");
    json_copy(json, view.rules && change_type_names_another(change->type) ? TEXT_NULL : change->data);
    json_close_object(json);
}
