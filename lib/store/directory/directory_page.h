// SPDX-License-Identifier: GPL-2.0-or-later
// Pages of users and of organizations, by their ids. spec: operations.md 5.1, 5.3.
#ifndef STORE_DIRECTORY_PAGE_H
#define STORE_DIRECTORY_PAGE_H

#include "base/error.h"
#include "base/text.h"
#include "store/directory/organization_object.h"
#include "store/directory/user_object.h"
#include "store/read/ticket_object.h"

#include <stdbool.h>
#include <stdint.h>

struct db;

// What is wished for. Nothing of it is part of a statement's text.
struct directory_wish {
    struct view view;
    int64_t behind; // the id; 0: from the first on
    int64_t most;
    int64_t id;              // 0: any
    int64_t organization_id; // of users; 0: any
    struct text words;       // what full text search is asked for; null: none
    struct text part;        // of names and addresses, as LIKE has it; null: any. Goes with `words`.
};

typedef void user_take(const struct user_object *user, void *context);
typedef void organization_take(const struct organization_object *organization, void *context);

// Hands on one after the other; texts are valid until the next. One round trip, none for a view that shows no
// users.
bool user_page_read(struct db *db, const struct directory_wish *wish, user_take *take, void *context,
                    struct error *error) CHECKED;
bool organization_page_read(struct db *db, const struct directory_wish *wish, organization_take *take,
                            void *context, struct error *error) CHECKED;

#endif
