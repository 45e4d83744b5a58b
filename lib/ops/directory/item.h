// SPDX-License-Identifier: GPL-2.0-or-later
// A user or an organization with the answers to its forms, and how it is shown. spec: operations.md 5.1, 5.3.
#ifndef OPS_DIRECTORY_ITEM_H
#define OPS_DIRECTORY_ITEM_H

#include "base/arena.h"
#include "base/error.h"
#include "ops/operation.h"
#include "store/directory/organization_object.h"
#include "store/directory/user_object.h"
#include "store/read/form_answers.h"
#include "json/writer.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ITEM_VERSION_DIGITS 16

enum item_kind { ITEM_USER, ITEM_ORGANIZATION };

struct item {
    enum item_kind kind;
    struct user_object user;
    struct organization_object organization;
    struct answered_field *fields;
    size_t field_count;
    char version[ITEM_VERSION_DIGITS + 1]; // of all that can be changed of it
};

// Refuses with ERROR_SCOPE keys that see tickets as a client does, or none: users and organizations are not
// shown to them.
bool item_check_view(const struct operation_context *context, enum item_kind kind,
                     struct error *error) CHECKED;

// 1: it is there, 0: not, or not for this view, -1: failure. One round trip.
int item_read(struct db *db, enum item_kind kind, int64_t id, struct view view, struct arena *arena,
              struct item *item, struct error *error) CHECKED;

// ERROR_NOT_FOUND in the words of the kind. Returns false.
bool item_is_missing(enum item_kind kind, struct error *error);

// "user", "organization".
const char *item_word(enum item_kind kind);

// Each writes an object, without the answers.
void user_write(struct json_writer *json, const struct user_object *user, struct view view);
void organization_write(struct json_writer *json, const struct organization_object *organization,
                        struct view view);

// Writes the member "user" or "organization": of `item` all, or its id and name alone.
void item_write(struct json_writer *json, const struct item *item, bool whole, struct view view);

#endif
