// SPDX-License-Identifier: GPL-2.0-or-later
// GET /webhooks/{id}/deliveries.json, POST …/deliveries/{delivery}/replay.json, POST
// /webhooks/{id}/test.json. spec: operations.md 8.1.
#include "store/webhook/deliveries.h"
#include "crypto/random.h"
#include "ops/operations.h"
#include "ops/parameters.h"
#include "ops/read/values.h"
#include "ops/webhook/answer.h"
#include "ops/webhook/frame.h"
#include "webhook/test_body.h"

#define LIMIT_USUAL 50
#define TEST_ID     20 // characters

struct list {
    struct delivery *deliveries;
    size_t count;
    int64_t limit;
};

static bool tell_list(struct webhook_frame *frame, struct json_writer *json, struct error *error) {
    const struct list *list = frame->with;
    bool has_more = (int64_t)list->count > list->limit;
    size_t count = has_more ? (size_t)list->limit : list->count;
    (void)error;
    json_name(json, "deliveries");
    json_open_array(json);
    for (size_t i = 0; i < count; i++) delivery_write(json, &list->deliveries[i]);
    json_close_array(json);
    json_integer_member(json, "count", (int64_t)count);
    json_integer_member(json, "limit", list->limit);
    value_boolean(json, "has_more", has_more);
    json_name(json, "next");
    if (has_more)
        json_integer(json, list->deliveries[count - 1].seq);
    else
        json_null(json);
    return true;
}

bool webhook_deliveries(struct operation_context *context, struct answer *answer, struct error *error) {
    static const struct webhook_steps steps = {.tell = tell_list};
    struct webhook_frame frame = webhook_frame_of(context);
    struct list list = {.limit = parameter_integer(context, "limit", LIMIT_USUAL)};
    frame.with = &list;
    bool done = webhook_frame_find(&frame, error) &&
                deliveries_list(context->db, frame.webhook.id, parameter_integer(context, "before", 0),
                                list.limit + 1, &frame.arena, &list.deliveries, &list.count, error) &&
                webhook_frame_run(&frame, &steps, answer, error);
    return webhook_frame_end(&frame, done, error);
}

// ---- one

static bool tell_one(struct webhook_frame *frame, struct json_writer *json, struct error *error) {
    const struct delivery *delivery = frame->with;
    (void)error;
    json_name(json, "delivery");
    delivery_write(json, delivery);
    return true;
}

static bool find(struct webhook_frame *frame, int64_t id, struct delivery *delivery, struct error *error) {
    int found = delivery_read(frame->context->db, frame->webhook.id, id, &frame->arena, delivery, error);
    return found > 0 || (found == 0 && error_set(error, ERROR_NOT_FOUND, "There is no such delivery"));
}

static bool write_again(struct webhook_frame *frame, struct error *error) {
    struct delivery *delivery = frame->with;
    return delivery_retry(frame->context->db, delivery->id, NULL, error) &&
           find(frame, delivery->id, delivery, error);
}

bool webhook_replay(struct operation_context *context, struct answer *answer, struct error *error) {
    static const struct webhook_steps steps = {.write = write_again, .tell = tell_one};
    struct webhook_frame frame = webhook_frame_of(context);
    struct delivery delivery;
    int64_t id = 0;
    (void)text_to_int64(context->parameter(context, "delivery"), &id);
    frame.with = &delivery;
    bool done = webhook_frame_find(&frame, error) && find(&frame, id, &delivery, error) &&
                webhook_frame_run(&frame, &steps, answer, error);
    return webhook_frame_end(&frame, done, error);
}

// ---- a test

static bool write_test(struct webhook_frame *frame, struct error *error) {
    struct delivery *delivery = frame->with;
    delivery->webhook_id = frame->webhook.id;
    return delivery_add_one(frame->context->db, delivery, webhook_test_body, error) &&
           find(frame, delivery->id, delivery, error);
}

bool webhook_try(struct operation_context *context, struct answer *answer, struct error *error) {
    static const struct webhook_steps steps = {write_test, tell_one, true};
    struct webhook_frame frame = webhook_frame_of(context);
    char id[TEST_ID + 1] = "t";
    struct delivery delivery = {.change_id = text_of(id), .type = TEXT(WEBHOOK_TEST_TYPE)};
    frame.with = &delivery;
    bool done =
        webhook_frame_find(&frame, error) && random_text("0123456789abcdef", id + 1, TEST_ID - 1, error);
    delivery.change_id = text_of(id);
    if (done && !frame.webhook.is_on)
        done = error_set(error, ERROR_CONFLICT, "The webhook is switched off; PATCH active first");
    done = done && webhook_frame_run(&frame, &steps, answer, error);
    return webhook_frame_end(&frame, done, error);
}
