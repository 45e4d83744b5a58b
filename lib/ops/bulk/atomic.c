// SPDX-License-Identifier: GPL-2.0-or-later
// A bulk in one transaction: all tickets or none. spec: operations.md 4.14.
#include "ops/bulk/bulk.h"
#include "ops/change/unit_of_work.h"
#include "ops/json_field.h"
#include "ops/success.h"
#include "store/idempotency.h"
#include "store/ticket/tickets_lock.h"
#include "store/transaction.h"

#include <stdio.h>
#include <stdlib.h>

// What is answered: all that is known, or (for an Idempotency-Key, which keeps no long answers) of each
// ticket that it is done.
struct telling {
    struct buffer text;
    struct output output;
    struct json_writer json;
};

struct atomic {
    struct bulk *bulk;
    struct subject subjects[TICKETS_LOCK_MAX];
    int64_t ids[TICKETS_LOCK_MAX]; // of the tickets, rising: whoever takes several takes them in this order
    struct telling all, done;
};

static bool fail(const struct atomic *atomic, size_t place, struct error *error) {
    struct text number = text_cut(atomic->subjects[place].name, 60);
    char message[sizeof error->message];
    snprintf(message, sizeof message, "%s", error->message);
    snprintf(error->message, sizeof error->message, "%.*s: %.*s", (int)number.length, number.data,
             (int)(sizeof message - 80), message);
    return false;
}

static int compare(const void *left, const void *right) {
    int64_t one = *(const int64_t *)left, other = *(const int64_t *)right;
    return (one > other) - (one < other);
}

static bool find_all(struct atomic *atomic, struct error *error) {
    struct bulk *bulk = atomic->bulk;
    for (size_t i = 0; i < bulk->count; i++) {
        struct subject *subject = &atomic->subjects[i];
        *subject = (struct subject){.kind = SUBJECT_TICKET, .name = bulk_number(bulk, i)};
        if (!subject->name.length) return bulk_refuse(error, "tickets", "has to be a list of numbers");
        if (!bulk_find(bulk, subject, error)) return false;
        atomic->ids[i] = subject->id;
    }
    qsort(atomic->ids, bulk->count, sizeof *atomic->ids, compare);
    return true;
}

// Gone tickets are found out by the operation.
static bool begin(void *operation, struct error *error) {
    const struct atomic *atomic = operation;
    struct db *db = atomic->bulk->context->db;
    return transaction_begin(db, error) && tickets_lock(db, atomic->ids, atomic->bulk->count, error);
}

static bool do_one(struct atomic *atomic, size_t place, struct joint_transaction *joint,
                   struct error *error) {
    const struct bulk *bulk = atomic->bulk;
    struct operation_context context = bulk_context(bulk, &atomic->subjects[place]);
    struct buffer text = buffer_new(BULK_ANSWER_MAX);
    struct output output;
    struct answer answer = {.output = &output, .kind = bulk->operation->answers};
    context.joint = joint;
    output_to_buffer(&output, &text);
    bool done = bulk->operation->handle(&context, &answer, error) &&
                (output_flush(&output) || error_too_large(error));
    if (done) {
        bulk_tell(context.subject->name, &answer, buffer_text(&text), &atomic->all.json);
        bulk_tell(context.subject->name, &answer, TEXT("{}"), &atomic->done.json);
    }
    buffer_free(&text);
    return done || fail(atomic, place, error);
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

static bool do_all(struct atomic *atomic, struct outcome *outcome, struct error *error) {
    struct joint_transaction joint = {0};
    for (size_t i = 0; i < atomic->bulk->count; i++)
        if (!do_one(atomic, i, &joint, error)) return false;
    outcome->mailed = joint.mailed;
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
    if (!is_rehearsal(bulk, &unit.is_rehearsal, error) || !find_all(&atomic, error) ||
        !unit_of_work_run(bulk->context, &unit, &outcome, error))
        return false;
    outcome_tell(bulk->context, &outcome, answer);
    return true;
}
