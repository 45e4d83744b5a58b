// SPDX-License-Identifier: GPL-2.0-or-later
// A user or an organization with the answers to its forms. spec: operations.md 5.1, 5.3.
#ifndef STORE_DIRECTORY_DIRECTORY_ITEM_H
#define STORE_DIRECTORY_DIRECTORY_ITEM_H

#include "store/directory/organization_object.h"
#include "store/directory/user_object.h"
#include "store/read/form_answers.h"

// What a forms' object is answered.
struct item_answers {
    struct answered_field *fields; // in the arena
    size_t count;
};

// As user_object_read() and organization_object_read(). One round trip.
int user_item_read(struct db *db, int64_t user_id, struct view view, struct arena *arena,
                   struct user_object *user, struct item_answers *answers, struct error *error) CHECKED;
int organization_item_read(struct db *db, int64_t id, struct view view, struct arena *arena,
                           struct organization_object *organization, struct item_answers *answers,
                           struct error *error) CHECKED;

#endif
