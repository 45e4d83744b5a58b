// SPDX-License-Identifier: GPL-2.0-or-later
// Tickets of a bulk that is not atomic, several in one transaction: what is read before an act takes the
// database the most of its time, and takes it little longer for twenty than for one. To the client each is as
// if it were alone. What is refused has written nothing, is told, and keeps nobody else from it. With
// anything else that fails the transaction is rolled back, and each of its tickets is acted on alone; but
// where nobody knows whether it was stored, that is told. No answer is told before the COMMIT. spec:
// operations.md 4.14.
#include "base/wake.h"
#include "ops/bulk/bulk.h"
#include "ops/change/unit_of_work.h"
#include "ops/json_field.h"
#include "store/transaction.h"

struct group {
    struct bulk *bulk;
    struct bulk_item *items;
    size_t count, reached; // acted on so many
    struct bulk_joint joint;
};

// ---- which tickets

static bool overlaps(const struct bulk_item *one, const struct bulk_item *other) {
    int64_t id = one->subject.id, other_id = other->subject.id;
    return id == other_id || id == other->parent_id || one->parent_id == other_id ||
           (one->parent_id && one->parent_id == other->parent_id);
}

// A ticket that comes again, or belongs to one that was there, sees what was done to that: it waits for its
// COMMIT.
static size_t length_of_group(const struct bulk_item *items, size_t count) {
    size_t length = 0;
    for (; length < count && items[length].is_plain; length++)
        for (size_t i = 0; i < length; i++)
            if (items[i].subject.id && items[length].subject.id && overlaps(&items[i], &items[length]))
                return length;
    return length;
}

// ---- acting

static bool begin(void *operation, struct error *error) {
    const struct group *group = operation;
    return bulk_joint_begin(group->bulk, &group->joint, error);
}

static bool is_refusal(const struct error *error) {
    switch (error->code) {
    case ERROR_BAD_REQUEST:
    case ERROR_SCOPE:
    case ERROR_DENIED:
    case ERROR_NOT_FOUND:
    case ERROR_CONFLICT:
    case ERROR_AMBIGUOUS:
    case ERROR_UNPROCESSABLE:
    case ERROR_NOT_NATIVE: return true;
    default: return false;
    }
}

static bool refuse(struct bulk *bulk, struct bulk_item *item, struct error *error) {
    item->refusal = arena_take(&bulk->arena, sizeof *item->refusal);
    if (!item->refusal) return error_too_large(error);
    *item->refusal = *error;
    error_clear(error);
    return true;
}

// What was refused after it had written something can only be undone with all else.
static bool act_on(struct group *group, struct bulk_item *item, struct error *error) {
    const struct db *db = group->bulk->context->db;
    uint64_t before = transaction_writes(db);
    if (bulk_item_do(group->bulk, &group->joint, item, error)) return true;
    item->is_done = false;
    return is_refusal(error) && transaction_writes(db) == before && refuse(group->bulk, item, error);
}

// Only what was done, as of a single call.
static bool remember(struct bulk *bulk, const struct bulk_item *item, struct error *error) {
    if (!item->is_done || text_is_null(item->key.name.key)) return true;
    struct text answer = bulk_remembered(bulk, item->answer, item->version);
    if (text_is_null(answer)) return error_too_large(error);
    return idempotency_part_remember(bulk->context, &item->key, item->created, answer, error);
}

static bool write(void *operation, struct outcome *outcome, struct error *error) {
    struct group *group = operation;
    while (group->reached < group->count)
        if (!act_on(group, &group->items[group->reached++], error)) return false;
    if (!bulk_items_version(group->bulk, group->items, group->count, error)) return false;
    for (size_t i = 0; i < group->count; i++)
        if (!remember(group->bulk, &group->items[i], error)) return false;
    outcome->mailed = group->joint.transaction.mailed;
    return true;
}

// ---- telling

// How many are told of: all, or, where it is unknown what became of them, those that were acted on, or none.
static size_t run(struct group *group, struct error *error) {
    struct operation_context context = *group->bulk->context; // whose own key remembers nothing
    const struct unit_of_work unit = {.begin = begin, .write = write, .operation = group, .is_many = true};
    struct outcome outcome;
    context.idempotency = NULL;
    if (unit_of_work_run(&context, &unit, &outcome, error)) {
        if (outcome.mailed) wake_send(context.settings->mail_wake);
        return group->count;
    }
    if (error->code != ERROR_UNKNOWN) return 0;
    for (size_t i = 0; i < group->reached; i++) {
        group->items[i].is_done = false;
        if (!group->items[i].refusal) group->items[i].refusal = error;
    }
    return group->reached;
}

static size_t run_group(struct bulk *bulk, struct bulk_item *items, size_t count, struct json_writer *json) {
    struct group group = {.bulk = bulk, .items = items, .count = count};
    struct error error = {0};
    bulk_joint_open(&group.joint, bulk, items, count);
    size_t told = run(&group, &error);
    bulk_joint_close(&group.joint);
    for (size_t i = 0; i < told; i++) bulk_item_tell(bulk, &items[i], json);
    return told;
}

static void run_all(struct bulk *bulk, struct bulk_item *items, size_t count, struct json_writer *json) {
    for (size_t at = 0; at < count;) {
        size_t length = length_of_group(items + at, count - at), end = at + (length ? length : 1);
        if (length > 1) at += run_group(bulk, items + at, length, json);
        for (; at < end; at++) bulk_do_one(bulk, items[at].place, json);
    }
}

// What is only rehearsed is rolled back each by itself.
static bool can_join(const struct bulk *bulk) {
    struct error ignored = {0};
    bool rehearses = true;
    return bulk->is_joinable &&
           json_field_switch(json_member(bulk->body, "body"), "dry_run", false, &rehearses, &ignored) &&
           !rehearses;
}

static bool make_keys(struct bulk *bulk, struct bulk_item *items, size_t count, struct text *keys,
                      struct error *error) {
    for (size_t i = 0; i < count; i++) {
        struct operation_context context = bulk_context(bulk, &items[i].subject);
        keys[i] = TEXT_NULL;
        context.idempotency_key = bulk_key(bulk, items[i].place);
        if (items[i].is_plain &&
            !idempotency_part_make(bulk->operation, &context, &bulk->arena, &items[i].key, error))
            return false;
        keys[i] = items[i].key.name.key;
    }
    return true;
}

// Those that were done before, or in another way, are left to idempotency_run().
static bool leave_known(struct bulk *bulk, struct bulk_item *items, size_t count, struct error *error) {
    const struct operation_context *context = bulk->context;
    struct text keys[TICKETS_LOCK_MAX];
    bool known[TICKETS_LOCK_MAX];
    if (text_is_null(context->idempotency_key)) return true;
    if (!make_keys(bulk, items, count, keys, error) ||
        !idempotency_known(context->db, context->principal->key_id, keys, count, known, error))
        return false;
    for (size_t i = 0; i < count; i++) items[i].is_plain = items[i].is_plain && !known[i];
    return true;
}

size_t bulk_run_some(struct bulk *bulk, size_t first, struct json_writer *json) {
    struct bulk_item items[TICKETS_LOCK_MAX];
    struct error ignored = {0};
    size_t count;
    if (can_join(bulk) && bulk_items_find(bulk, first, items, &count, &ignored) &&
        leave_known(bulk, items, count, &ignored)) {
        run_all(bulk, items, count, json);
        return count;
    }
    bulk_do_one(bulk, first, json);
    return 1;
}
