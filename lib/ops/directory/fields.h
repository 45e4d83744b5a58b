// SPDX-License-Identifier: GPL-2.0-or-later
// What requests for users and organizations have alike: answers, an organization by name, the place in
// search.
#ifndef OPS_DIRECTORY_FIELDS_H
#define OPS_DIRECTORY_FIELDS_H

#include "base/error.h"
#include "base/text.h"
#include "ops/directory/change.h"
#include "ops/edit/answers.h"

#include <stdbool.h>

#define FIELDS_MAX 200 // of one request

// The member "fields" of the body, a map; without it an empty one. ERROR_UNPROCESSABLE for anything else, and
// for too many of them.
bool directory_fields_read(const struct act *act, struct input *fields, struct error *error) CHECKED;

// Reads the answers of what is changed, which has its own form afterwards, and adds what the map has as
// edits. Two round trips.
bool directory_fields_edit(struct directory_change *change, const struct input *fields,
                           struct answer_edits *edits, struct error *error) CHECKED;

// Which organization a member of the body names, and locks it: `*id` 0 for none, where that is null or not
// there. ERROR_UNPROCESSABLE naming the member. Two round trips, one by an id.
bool directory_organization(struct directory_change *change, struct reference reference, int64_t *id,
                            struct error *error) CHECKED;

#endif
