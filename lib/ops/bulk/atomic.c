// SPDX-License-Identifier: GPL-2.0-or-later
// A bulk in one transaction: all tickets or none. spec: operations.md 4.14.
#include "ops/bulk/bulk.h"
#include "ops/change/unit_of_work.h"
#include "ops/json_field.h"
#include "ops/success.h"
#include "store/idempotency.h"

#include <stdio.h>

// What is answered: all that is known, or (for an Idempotency-Key, which keeps no long answers) of each
// ticket that it is done.
struct telling {
    struct buffer text;
    struct output output;
    struct json_writer json;
};

struct atomic {
    struct bulk *bulk;
    struct bulk_item items[TICKETS_LOCK_MAX];
    struct bulk_joint joint;
    struct telling all, done;
};

static bool fail(const struct atomic *atomic, size_t place, struct error *error) {
    struct text number = text_cut(atomic->items[place].subject.name, 60);
    char message[sizeof error->message];
    snprintf(message, sizeof message, "%s", error->message);
    snprintf(error->message, sizeof error->message, "%.*s: %.*s", (int)number.length, number.data,
             (int)(sizeof message - 80), message);
    return false;
}

static bool begin(void *operation, struct error *error) {
    const struct atomic *atomic = operation;
    return bulk_joint_begin(atomic->bulk, &atomic->joint, error);
}

static void open_telling(struct telling *telling) {
    telling->text = buffer_new(BULK_ANSWER_MAX);
    output_to_buffer(&telling->output, &telling->text);
    json_writer_init(&telling->json, &telling->output);
    json_open_object(&telling->json);
    json_name(&telling->json, "results");
    json_open_array(&telling->json);
}

static bool end_telling(struct telling *telling, struct error *error) {
    json_close_array(&telling->json);
    success_write(&telling->json);
    json_close_object(&telling->json);
    return (output_flush(&telling->output) && !telling->text.failed) || error_too_large(error);
}

static void tell(struct atomic *atomic, const struct bulk_item *item) {
    bulk_item_tell(atomic->bulk, item, &atomic->all.json);
    bulk_tell(item->subject.name, item->created, TEXT("{}"), "", &atomic->done.json);
}

static bool do_all(struct atomic *atomic, struct outcome *outcome, struct error *error) {
    struct bulk *bulk = atomic->bulk;
    for (size_t i = 0; i < bulk->count; i++)
        if (!bulk_item_do(bulk, &atomic->joint, &atomic->items[i], error)) return fail(atomic, i, error);
    if (!bulk_items_version(bulk, atomic->items, bulk->count, error)) return false;
    for (size_t i = 0; i < bulk->count; i++) tell(atomic, &atomic->items[i]);
    outcome->mailed = atomic->joint.transaction.mailed;
    return end_telling(&atomic->all, error) && end_telling(&atomic->done, error);
}

static bool write(void *operation, struct outcome *outcome, struct error *error) {
    struct atomic *atomic = operation;
    struct bulk *bulk = atomic->bulk;
    open_telling(&atomic->all);
    open_telling(&atomic->done);
    bool done = do_all(atomic, outcome, error);
    bool is_long = bulk->context->idempotency && atomic->all.text.length > IDEMPOTENCY_ANSWER_MAX;
    outcome->kind = ANSWER_JSON;
    outcome->text =
        done ? arena_copy(&bulk->arena, buffer_text(is_long ? &atomic->done.text : &atomic->all.text))
             : TEXT_NULL;
    buffer_free(&atomic->all.text);
    buffer_free(&atomic->done.text);
    return done && (!bulk->arena.failed || error_too_large(error));
}

static bool is_rehearsal(const struct bulk *bulk, bool *is, struct error *error) {
    return json_field_switch(json_member(bulk->body, "body"), "dry_run", false, is, error) ||
           error_field(error, TEXT("dry_run"));
}

bool bulk_run_atomic(struct bulk *bulk, struct answer *answer, struct error *error) {
    struct atomic atomic = {.bulk = bulk};
    struct unit_of_work unit = {.begin = begin, .write = write, .operation = &atomic, .is_many = true};
    struct outcome outcome;
    size_t count;
    if (!is_rehearsal(bulk, &unit.is_rehearsal, error) ||
        !bulk_items_find(bulk, 0, atomic.items, &count, error))
        return false;
    bulk_joint_open(&atomic.joint, bulk, atomic.items, count);
    bool done = unit_of_work_run(bulk->context, &unit, &outcome, error);
    bulk_joint_close(&atomic.joint);
    if (done) outcome_tell(bulk->context, &outcome, answer);
    return done;
}
