// SPDX-License-Identifier: GPL-2.0-or-later
// What an agent, or the system, does to a user or an organization: the frame that is the same for all of it,
// around a unit of work (ops/change/unit_of_work.h).
//
//     struct directory_change change;
//     bool done = directory_change_open(&change, context, &steps, "name,domain", error) &&
//                 the reading of the operation's own members, by change.act &&
//                 directory_change_find(&change, error) &&         who acts, with which right; one round trip
//                 directory_change_run(&change, &operation, answer, error);
//     directory_change_close(&change);
//
// In one transaction: `begin`; then, with the row locked: If-Match; `write` of the operation; the answer.
// spec: operations.md 1.2, 1.6, 1.7, 1.10, 5.
#ifndef OPS_DIRECTORY_CHANGE_H
#define OPS_DIRECTORY_CHANGE_H

#include "base/error.h"
#include "ops/act/act.h"
#include "ops/directory/item.h"

#include <stdbool.h>
#include <stdint.h>

struct directory_change {
    struct act act; // who acts, the body, the help desk, the arena: of no ticket
    const struct directory_steps *steps;
    int64_t id;       // of the path; of something new once it is written
    struct item item; // as it was; of something new all zero
    bool changes;     // anything was written
    void *operation;
};

struct directory_steps {
    enum item_kind kind;
    const char *right; // among the agent's permissions, "user.edit"; the system has all
    bool creates, deletes;
    bool (*begin)(struct directory_change *change, void *operation, struct error *error); // or NULL
    bool (*write)(struct directory_change *change, void *operation, struct error *error);
};

// Reads the body, which has members of `members`, staffUserName and dry_run, and no other; what is wrong with
// it as act_open().
bool directory_change_open(struct directory_change *change, struct operation_context *context,
                           const struct directory_steps *steps, const char *members,
                           struct error *error) CHECKED;
void directory_change_close(struct directory_change *change);

// Who acts. ERROR_DENIED naming the permission that the agent lacks. One round trip.
bool directory_change_find(struct directory_change *change, struct error *error) CHECKED;

// Does it and answers. ERROR_NOT_FOUND, ERROR_CHANGED. Beside what `write` does five round trips, three of
// something new.
bool directory_change_run(struct directory_change *change, void *operation, struct answer *answer,
                          struct error *error) CHECKED;

#endif
