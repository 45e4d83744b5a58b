// SPDX-License-Identifier: GPL-2.0-or-later
// DELETE /users/{id}.json, /organizations/{id}.json; and a user's account, which is not made here. spec:
// operations.md 5.2, 5.3.
#include "ops/directory/change.h"
#include "ops/operations.h"

static bool delete_user(struct directory_change *change, void *operation, struct error *error) {
    struct db *db = change->act.change.work.db;
    (void)operation;
    int has_tickets = user_has_tickets(db, change->id, error);
    if (has_tickets > 0)
        return act_refuse(ERROR_CONFLICT, "tickets", error,
                          "The user has tickets, and stays as long as these");
    return has_tickets == 0 && user_delete(db, change->id, error);
}

static bool delete_organization(struct directory_change *change, void *operation, struct error *error) {
    (void)operation;
    return organization_delete(change->act.change.work.db, change->id, error);
}

static bool run(struct operation_context *context, const struct directory_steps *steps, struct answer *answer,
                struct error *error) {
    struct directory_change change;
    bool done = directory_change_open(&change, context, steps, "", error) &&
                directory_change_find(&change, error) && directory_change_run(&change, NULL, answer, error);
    directory_change_close(&change);
    return done;
}

bool user_remove(struct operation_context *context, struct answer *answer, struct error *error) {
    static const struct directory_steps steps = {
        .kind = ITEM_USER, .right = "user.delete", .deletes = true, .write = delete_user};
    return run(context, &steps, answer, error);
}

bool organization_remove(struct operation_context *context, struct answer *answer, struct error *error) {
    static const struct directory_steps steps = {
        .kind = ITEM_ORGANIZATION, .right = "org.delete", .deletes = true, .write = delete_organization};
    return run(context, &steps, answer, error);
}

bool user_account(struct operation_context *context, struct answer *answer, struct error *error) {
    (void)context, (void)answer;
    return error_set(error, ERROR_NOT_NATIVE,
                     "Accounts are not made here yet: register the user in osTicket's panel");
}
