// SPDX-License-Identifier: GPL-2.0-or-later
// A change as JSON: in the feed, and for webhooks. spec: operations.md 7.1.
#ifndef OPS_CHANGES_CHANGE_WRITER_H
#define OPS_CHANGES_CHANGE_WRITER_H

#include "store/changes/lanes.h"
#include "store/read/ticket_object.h"
#include "json/writer.h"

// Writes the object. Its ticket is `object`, or, where that is NULL or id 0, the id and number that the
// change has.
void change_as_json(struct json_writer *json, const struct change *change, const struct ticket_object *object,
                    struct view view);

#endif
