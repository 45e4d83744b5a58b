// SPDX-License-Identifier: GPL-2.0-or-later
// What the rules of ticket filters look at.
#ifndef OPS_CREATE_FILTER_DATA_H
#define OPS_CREATE_FILTER_DATA_H

#include "base/error.h"
#include "base/text.h"
#include "ops/create/draft.h"

#include <stdbool.h>
#include <stddef.h>

// Texts by what rules call them: "email", "name", "body", "field.20", "topicId", "reply-to", …
struct filter_data {
    struct filter_datum {
        struct text what, value;
    } * items;
    size_t count;
};

// Gathers everything about the draft as its answers are now: the ticket's forms, the user with his stored
// answers (a new one: those of the request) and his organization. Stored answers are read, in one round trip,
// only where a filter asks for one. Everything lies in the draft's arena. spec: creating.md B.5
bool filter_data_read(struct create_draft *draft, struct filter_data *data, struct error *error) CHECKED;

// The text; empty where there is none.
struct text filter_datum(const struct filter_data *data, struct text what);

// The requester's address as filters and limits know it: the default address of a known user.
struct text filter_requester(const struct create_draft *draft);

// A text that only [create] allow_internal_fields lets in ("reply-to"); empty without.
struct text filter_internal_text(const struct create_draft *draft, const char *name);

#endif
