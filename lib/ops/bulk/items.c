// SPDX-License-Identifier: GPL-2.0-or-later
// Tickets of a bulk that share a transaction: found together, acted on one after the other, their versions
// read together.
#include "ops/bulk/bulk.h"
#include "ops/read/ticket_read.h"
#include "store/read/names.h"
#include "store/ticket/tickets_find.h"
#include "store/transaction.h"

#include <stdio.h>
#include <stdlib.h>

#define PARTIES_MAX (64 << 20)

// ---- finding

static bool name_all(struct bulk *bulk, size_t first, struct bulk_item *items, size_t count,
                     struct error *error) {
    for (size_t i = 0; i < count; i++) {
        struct subject *subject = &items[i].subject;
        items[i] = (struct bulk_item){.place = first + i};
        *subject = (struct subject){.kind = SUBJECT_TICKET, .name = bulk_number(bulk, first + i)};
        if (!subject->name.length && bulk->is_atomic)
            return bulk_refuse(error, "tickets", "has to be a list of numbers");
    }
    return true;
}

// Which tickets a key sees that sees some only is asked for each. Then they are known by their ids.
static bool narrow_all(struct bulk *bulk, struct bulk_item *items, size_t count, struct error *error) {
    if (!principal_is_narrowed(bulk->context->principal)) return true;
    for (size_t i = 0; i < count; i++)
        if (items[i].subject.name.length && !bulk_find(bulk, &items[i].subject, error)) return false;
    return true;
}

static struct sought_ticket to_seek(const struct bulk *bulk, const struct subject *subject) {
    struct sought_ticket ticket = {.id = subject->id, .number = TEXT_NULL};
    bool is_seen = principal_is_narrowed(bulk->context->principal);
    if (!is_seen && subject->name.length && !ticket_name_is_id(subject->name, &ticket.id))
        ticket.number = subject->name;
    return ticket;
}

static void take_found(struct bulk_item *item, const struct sought_ticket *ticket) {
    item->subject.id = ticket->id;
    item->parent_id = ticket->parent_id;
    item->is_plain = item->subject.name.length && !item->subject.is_ambiguous && ticket->count < 2 &&
                     !ticket_columns_are_merged(ticket->parent_id, ticket->flags);
}

bool bulk_items_find(struct bulk *bulk, size_t first, struct bulk_item *items, size_t *count,
                     struct error *error) {
    struct sought_ticket sought[TICKETS_LOCK_MAX];
    *count = bulk->count - first < TICKETS_LOCK_MAX ? bulk->count - first : TICKETS_LOCK_MAX;
    if (!name_all(bulk, first, items, *count, error) || !narrow_all(bulk, items, *count, error)) return false;
    for (size_t i = 0; i < *count; i++) sought[i] = to_seek(bulk, &items[i].subject);
    if (!tickets_find(bulk->context->db, sought, *count, error)) return false;
    for (size_t i = 0; i < *count; i++) take_found(&items[i], &sought[i]);
    return true;
}

// ---- acting

static int compare(const void *left, const void *right) {
    int64_t one = *(const int64_t *)left, other = *(const int64_t *)right;
    return (one > other) - (one < other);
}

static void take_ids(struct bulk_joint *joint, const struct bulk_item *items, size_t count) {
    int64_t *ids = joint->ids;
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (items[i].subject.id) ids[kept++] = items[i].subject.id;
    qsort(ids, kept, sizeof *ids, compare);
    for (size_t i = 0; i < kept; i++)
        if (!joint->count || ids[joint->count - 1] != ids[i]) ids[joint->count++] = ids[i];
}

void bulk_joint_open(struct bulk_joint *joint, const struct bulk *bulk, const struct bulk_item *items,
                     size_t count) {
    *joint = (struct bulk_joint){.parties = {.arena = arena_new(PARTIES_MAX)}};
    take_ids(joint, items, count);
    tickets_together_open(&joint->tickets, joint->ids, joint->count);
    if (!bulk->is_joinable) return;
    joint->transaction.tickets = &joint->tickets;
    joint->transaction.is_brief = true;
}

void bulk_joint_close(struct bulk_joint *joint) {
    tickets_together_close(&joint->tickets);
    arena_free(&joint->parties.arena);
}

// Gone tickets are found out by the operation.
bool bulk_joint_begin(const struct bulk *bulk, const struct bulk_joint *joint, struct error *error) {
    struct db *db = bulk->context->db;
    return transaction_begin(db, error) && tickets_lock(db, joint->ids, joint->count, error);
}

static bool take_answer(struct bulk *bulk, const struct bulk_joint *joint, struct bulk_item *item,
                        bool created, struct text text, struct error *error) {
    item->is_done = true;
    item->created = created;
    item->answer = arena_copy(&bulk->arena, text);
    item->told_id = joint->transaction.is_brief ? joint->transaction.ticket_id : 0;
    return !bulk->arena.failed || error_too_large(error);
}

bool bulk_item_do(struct bulk *bulk, struct bulk_joint *joint, struct bulk_item *item, struct error *error) {
    struct operation_context context = bulk_context(bulk, &item->subject);
    struct buffer text = buffer_new(BULK_ANSWER_MAX);
    struct output output;
    struct answer answer = {.output = &output, .kind = bulk->operation->answers};
    joint->transaction.parties = bulk->is_joinable && item->is_plain ? &joint->parties : NULL;
    joint->transaction.ticket_id = 0;
    context.joint = &joint->transaction;
    output_to_buffer(&output, &text);
    bool done = bulk->operation->handle(&context, &answer, error) &&
                (output_flush(&output) || error_too_large(error)) &&
                take_answer(bulk, joint, item, answer.created, buffer_text(&text), error);
    buffer_free(&text);
    return done;
}

bool bulk_items_version(const struct bulk *bulk, struct bulk_item *items, size_t count, struct error *error) {
    const struct view view = view_of(bulk->context);
    struct ticket_version versions[VERSIONS_MAX];
    int64_t ids[VERSIONS_MAX];
    bool any = false;
    for (size_t i = 0; i < count; i++) {
        ids[i] = items[i].is_done ? items[i].told_id : 0;
        any = any || ids[i];
    }
    if (!any) return true;
    if (!ticket_versions_read(bulk->context->db, ids, count, view.notes, view.rules, versions, error))
        return false;
    for (size_t i = 0; i < count; i++)
        if (ids[i]) snprintf(items[i].version, sizeof items[i].version, "%s", versions[i].version);
    return true;
}

void bulk_item_tell(const struct bulk *bulk, const struct bulk_item *item, struct json_writer *json) {
    if (item->is_done)
        bulk_tell(item->subject.name, item->created, item->answer, item->version, json);
    else
        bulk_tell_failure(bulk, item->subject.name, item->refusal, json);
}
