// SPDX-License-Identifier: GPL-2.0-or-later
// Values that many answers have: times, and things with an id and a name. spec: operations.md 1.4, 1.5.
#ifndef OPS_READ_VALUES_H
#define OPS_READ_VALUES_H

#include "base/text.h"
#include "store/read/ticket_object.h"
#include "json/writer.h"

// Each writes a member. A time is a column's text, in UTC as "2026-03-05T10:20:30Z"; null stays null, and so
// is a thing that is not there (id 0).
void value_time(struct json_writer *json, const char *name, struct text time, struct view view);
void value_named(struct json_writer *json, const char *name, struct named named);
void value_agent(struct json_writer *json, const char *name, struct agent agent);
void value_person(struct json_writer *json, const char *name, struct person person);
// Whose doing something is: nobody's (id 0) is the system's. spec: operations.md 3.4.
void value_actor(struct json_writer *json, const char *name, int64_t id, bool is_user, struct text actor);
void value_boolean(struct json_writer *json, const char *name, bool value);

// Writes the members of an agent who is there into an object that is open.
void value_agent_members(struct json_writer *json, struct agent agent);

// Writes {"key":…,"label":…}, a choice of a field; null texts are null.
void value_choice(struct json_writer *json, struct text key, struct text label);

// A text of a column that is "" for none: null then.
void value_text(struct json_writer *json, const char *name, struct text text);

#endif
