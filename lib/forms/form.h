// SPDX-License-Identifier: GPL-2.0-or-later
// The help desk's own forms: which fields there are, what may stand in them, and how it is kept.
#ifndef FORMS_FORM_H
#define FORMS_FORM_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/error.h"
#include "base/text.h"
#include "forms/input.h"
#include "forms/shown.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FIELD_FLAG_ENABLED         0x1
#define FIELD_FLAG_EXTERNAL        0x2 // kept elsewhere: no row of its own among the answers
#define FIELD_FLAG_CLIENT_REQUIRED 0x400

#define FIELD_FLAG_CLIENT_VIEW    0x100
#define FIELD_FLAG_CLIENT_EDIT    0x200
#define FIELD_FLAG_AGENT_VIEW     0x1000
#define FIELD_FLAG_AGENT_EDIT     0x2000
#define FIELD_FLAG_AGENT_REQUIRED 0x4000

// What pages may let people do with it.
#define FIELD_FLAG_CLOSE_REQUIRED 0x4
#define FIELD_FLAG_CLIENT_EDIT    0x200
#define FIELD_FLAG_AGENT_EDIT     0x2000
#define FIELD_FLAG_AGENT_REQUIRED 0x4000

// As the tables form_field and form have them.
struct form_field {
    int64_t id;
    int64_t flags;
    int64_t sort; // its place in its form
    struct text type;
    struct text label;
    struct text name;          // may be empty
    struct text configuration; // JSON, may be null or empty
    bool disabled;             // by the help topic: hidden from clients and agents
};

struct form {
    int64_t id;
    char type;                 // 'U' user, 'T' ticket, 'G' of a help topic, …
    int64_t sort;              // for its entry
    struct text extra;         // for its entry: {"disable":[ids]}; null where no help topic is in play
    struct form_field *fields; // in their order
    size_t field_count;
};

struct list_item {
    int64_t id, list_id;
    struct text value, abbreviation;
};

// What fields look up beside their own configuration. Borrowed.
struct form_tables {
    const struct form_priority {
        int64_t id;
        struct text description;
    } * priorities;
    size_t priority_count;
    const struct list_item *list_items; // of the lists that fields use, disabled items, too
    size_t list_item_count;
    struct text embedded_domains; // for memo fields with HTML
    struct shown_dates dates;     // for datetime fields
};

// What became of one field. Texts lie in the arena.
struct answer_value {
    const struct form_field *field;
    bool stored;       // gets a row in form_entry_values (a field that holds data and is not external)
    struct text value; // for the column value; null: NULL
    bool has_value_id;
    bool unknown;      // a priority was named that there is not
    int64_t value_id;  // for the column value_id
    struct text cdata; // for the column of the cdata table; empty where there is no value
    struct text shown; // as people see it, for filters; empty where there is nothing to see
};

struct form_answers {
    const struct form *form;
    struct answer_value *values; // one a field, in their order
    size_t count;
};

// What a request failed on: pairs "KEY\nTEXT", in the order in which they were found.
struct form_errors {
    struct form_error {
        struct text key; // field id, "user", "err", …
        struct text text;
    } * items;
    size_t count;
};

// False when the arena is full.
bool form_errors_add(struct form_errors *errors, struct arena *arena, struct text key, struct text text);

// Whose request it is, which decides whose mistakes count: those in all fields (osTicket's API checks what is
// switched off, too), in fields that clients or agents see, or none. The portal's own request fills nothing
// but what the portal shows.
enum form_audience { FORM_FOR_API, FORM_FOR_CLIENTS, FORM_FOR_PORTAL, FORM_FOR_AGENTS, FORM_FOR_MAIL };

// Whether the portal shows the field.
bool form_field_is_for_clients(int64_t flags, bool is_disabled);

// Reads each field's value from the request (by the field's name, else by its id), checks it, and makes what
// is kept of it. What is wrong is added to `errors` under the field's id; several texts of one field stand
// there with commas between. False, with ERROR_BAD_REQUEST naming the field, for a list or an object where a
// field wants one value, and with ERROR_TOO_LARGE for a value that no column could hold or when the arena is
// full. spec: creating.md B.2, B.3, B.7.
bool form_fill(const struct form *form, const struct input *request, const struct form_tables *tables,
               enum form_audience audience, struct arena *arena, struct form_answers *answers,
               struct form_errors *errors, struct error *error) CHECKED;

// The same of one field alone, whatever its flags.
struct form_question {
    const struct form_field *field;
    const struct input *given; // INPUT_NULL: nothing
    const struct form_tables *tables;
    bool required;
};

// Makes the answer, and in `complaints` what is wrong with it: texts with commas between, "" for nothing.
bool form_fill_field(const struct form_question *question, struct arena *arena, struct answer_value *answer,
                     struct text *complaints, struct error *error) CHECKED;

// The value of the first field with this name, or NULL.
const struct answer_value *form_answer_named(const struct form_answers *answers, const char *name);

// Whether a field of this type and configuration can be filled in here. False: only PHP knows it.
bool form_field_is_known(const struct form_field *field);

// Whether it is the type that is known.
bool form_type_is_known(struct text type);

#endif
