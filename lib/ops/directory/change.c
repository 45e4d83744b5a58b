// SPDX-License-Identifier: GPL-2.0-or-later
// The change of a user or an organization.
#include "ops/directory/change.h"

#include "ops/change/unit_of_work.h"
#include "ops/parameters.h"
#include "ops/read/ticket_read.h"
#include "ops/success.h"

#include <stdio.h>
#include <string.h>

// Of a ticket's actions alone.
static bool check_members(const struct act *act, struct error *error) {
    static const char *const others[] = {"comments", "format", "heed_lock"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (json_member(act->body, others[i]))
            return act_refuse(ERROR_UNPROCESSABLE, others[i], error, "%s is no member of this request",
                              others[i]);
    return true;
}

bool directory_change_open(struct directory_change *change, struct operation_context *context,
                           const struct directory_steps *steps, const char *members, struct error *error) {
    *change = (struct directory_change){.steps = steps, .id = parameter_integer(context, "id", 0)};
    return act_open(&change->act, context, members, error) && check_members(&change->act, error);
}

void directory_change_close(struct directory_change *change) {
    act_close(&change->act);
}

bool directory_change_find(struct directory_change *change, struct error *error) {
    struct act *act = &change->act;
    if (!act_find_actor(act, error)) return false;
    if (!act->agent || right_is_granted(act->agent->permissions, change->steps->right)) return true;
    struct text username = act->agent->staff.username;
    return act_refuse(ERROR_DENIED, NULL, error, "%.*s has no %s", (int)username.length, username.data,
                      change->steps->right);
}

// ---- in the transaction

static struct view view_of_change(const struct directory_change *change) {
    return view_of(change->act.change.context);
}

static bool is_as_wanted(const struct directory_change *change, struct error *error) {
    struct text wanted = change->act.change.context->wanted_versions;
    if (text_is_null(wanted) || act_version_is_wanted(wanted, change->item.version)) return true;
    error_set(error, ERROR_CHANGED, "The %s was changed by somebody else", item_word(change->steps->kind));
    snprintf(error->version, sizeof error->version, "%s", change->item.version);
    return false;
}

static bool read_item(struct directory_change *change, struct item *item, struct error *error) {
    struct work *work = &change->act.change.work;
    int found = item_read(work->db, change->steps->kind, change->id, view_of_change(change), work->arena,
                          item, error);
    if (found == 0) item_is_missing(change->steps->kind, error);
    return found > 0;
}

static bool lock(struct directory_change *change, struct error *error) {
    struct db *db = change->act.change.work.db;
    if (change->steps->creates) return true;
    int found = change->steps->kind == ITEM_USER ? user_lock(db, change->id, error)
                                                 : organization_lock(db, change->id, error);
    if (found == 0) item_is_missing(change->steps->kind, error);
    return found > 0 && read_item(change, &change->item, error) && is_as_wanted(change, error);
}

struct told {
    const struct directory_change *change;
    struct item item;
};

static void write(const void *with, bool in_short, struct json_writer *json) {
    const struct told *told = with;
    const struct directory_change *change = told->change;
    json_open_object(json);
    if (change->steps->deletes)
        json_integer_member(json, "deleted", change->id);
    else
        item_write(json, &told->item, !in_short, view_of_change(change));
    if (!change->steps->deletes) json_text_member(json, "version", text_of(told->item.version));
    if (change->act.is_rehearsal) {
        json_name(json, "dry_run");
        json_boolean(json, true);
    }
    success_write(json);
    json_close_object(json);
}

static bool answer_with(struct directory_change *change, struct outcome *outcome, struct error *error) {
    struct told told = {.change = change, .item = change->item};
    bool again = !change->steps->deletes && (change->changes || change->steps->creates);
    outcome->created = change->steps->creates;
    return (!again || read_item(change, &told.item, error)) &&
           outcome_write(outcome, change->act.change.context, write, &told, change->act.change.work.arena,
                         error);
}

static bool write_all(void *operation, struct outcome *outcome, struct error *error) {
    struct directory_change *change = operation;
    const struct directory_steps *steps = change->steps;
    return (!steps->begin || steps->begin(change, change->operation, error)) && lock(change, error) &&
           steps->write(change, change->operation, error) && answer_with(change, outcome, error);
}

bool directory_change_run(struct directory_change *change, void *operation, struct answer *answer,
                          struct error *error) {
    const struct operation_context *context = change->act.change.context;
    struct unit_of_work unit = {
        .write = write_all, .operation = change, .is_many = true, .is_rehearsal = change->act.is_rehearsal};
    struct outcome outcome;
    change->operation = operation;
    if (!unit_of_work_run(context, &unit, &outcome, error)) return false;
    outcome_tell(context, &outcome, answer);
    return true;
}
