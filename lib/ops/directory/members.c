// SPDX-License-Identifier: GPL-2.0-or-later
// POST /organizations/{id}/users.json, DELETE …/users/{user}.json: who belongs to an organization. spec:
// operations.md 5.3.
#include "ops/directory/fields.h"
#include "ops/operations.h"
#include "ops/parameters.h"
#include "store/people.h"

struct membership {
    struct reference user; // whom a body names
    int64_t user_id;       // or a path
    bool joins;
};

static bool find_user(struct directory_change *change, struct membership *membership, struct error *error) {
    struct db *db = change->act.change.work.db;
    int found = 1;
    if (membership->user.id) membership->user_id = membership->user.id;
    if (!membership->user_id) found = user_by_address(db, membership->user.name, &membership->user_id, error);
    if (found > 0) found = user_lock(db, membership->user_id, error);
    if (found < 0) return false;
    if (found) return true;
    return membership->joins ? act_refuse(ERROR_UNPROCESSABLE, "user", error, "user: there is no such user")
                             : item_is_missing(ITEM_USER, error);
}

// A primary contact is one of this organization, not of the next.
static bool save(struct directory_change *change, const struct membership *membership,
                 const struct user_object *user, struct error *error) {
    const struct user_saving saving = {
        .name = user->name,
        .organization_id = membership->joins ? change->id : 0,
        .status = user->status & ~(int64_t)USER_FLAG_PRIMARY_CONTACT,
    };
    change->changes = true;
    return user_save(&change->act.change.work, user->id, &saving, error);
}

static bool write(struct directory_change *change, void *operation, struct error *error) {
    struct membership *membership = operation;
    struct work *work = &change->act.change.work;
    struct user_object user;
    if (!find_user(change, membership, error)) return false;
    int found = user_object_read(work->db, membership->user_id, (struct view){0}, work->arena, &user, error);
    if (found == 0) return item_is_missing(ITEM_USER, error);
    if (found < 0) return false;
    bool belongs = user.organization.id == change->id;
    if (membership->joins && belongs)
        return act_refuse(ERROR_CONFLICT, "user", error, "The user belongs to the organization already");
    if (!membership->joins && !belongs)
        return error_set(error, ERROR_NOT_FOUND, "The user does not belong to the organization");
    return save(change, membership, &user, error);
}

static bool read_user(const struct directory_change *change, struct membership *membership,
                      struct error *error) {
    return act_reference(&change->act, "user", &membership->user, error) &&
           (reference_is_given(membership->user) ||
            act_refuse(ERROR_UNPROCESSABLE, "user", error,
                       "user is missing: an id, or any of his addresses"));
}

static const struct directory_steps steps = {.kind = ITEM_ORGANIZATION, .right = "user.edit", .write = write};

bool organization_member_add(struct operation_context *context, struct answer *answer, struct error *error) {
    struct membership membership = {.joins = true};
    struct directory_change change;
    bool done = directory_change_open(&change, context, &steps, "user", error) &&
                read_user(&change, &membership, error) && directory_change_find(&change, error) &&
                directory_change_run(&change, &membership, answer, error);
    directory_change_close(&change);
    return done;
}

bool organization_member_remove(struct operation_context *context, struct answer *answer,
                                struct error *error) {
    struct membership membership = {.user_id = parameter_integer(context, "user", 0)};
    struct directory_change change;
    bool done = directory_change_open(&change, context, &steps, "", error) &&
                directory_change_find(&change, error) &&
                directory_change_run(&change, &membership, answer, error);
    directory_change_close(&change);
    return done;
}
