// SPDX-License-Identifier: GPL-2.0-or-later
// GET and POST /webhooks.json; GET, PATCH and DELETE /webhooks/{id}.json; POST …/secret.json. A key has its
// own webhooks and sees no others. spec: operations.md 8.1.
#include "ops/operations.h"
#include "ops/webhook/answer.h"
#include "ops/webhook/frame.h"
#include "ops/webhook/request.h"
#include "store/webhook/delivery_position.h"
#include "webhook/secret.h"

#define WEBHOOKS_MAX 100 // of one key

struct list {
    struct webhook *webhooks;
    size_t count;
};

static bool tell_list(struct webhook_frame *frame, struct json_writer *json, struct error *error) {
    const struct list *list = frame->with;
    (void)error;
    json_name(json, "webhooks");
    json_open_array(json);
    for (size_t i = 0; i < list->count; i++) webhook_write(json, &list->webhooks[i], TEXT_NULL);
    json_close_array(json);
    json_integer_member(json, "count", (int64_t)list->count);
    return true;
}

static bool read_list(struct webhook_frame *frame, struct list *list, struct error *error) {
    const struct operation_context *context = frame->context;
    return webhooks_list(context->db, context->principal->key_id, 0, &frame->arena, &list->webhooks,
                         &list->count, error);
}

bool webhook_list(struct operation_context *context, struct answer *answer, struct error *error) {
    static const struct webhook_steps steps = {.tell = tell_list};
    struct webhook_frame frame = webhook_frame_of(context);
    struct list list;
    frame.with = &list;
    bool done = read_list(&frame, &list, error) && webhook_frame_run(&frame, &steps, answer, error);
    return webhook_frame_end(&frame, done, error);
}

// ---- one

static bool read_again(struct webhook_frame *frame, struct error *error) {
    return webhook_frame_read(frame, frame->webhook.id, error);
}

// With its secret where it is new.
static bool tell_one(struct webhook_frame *frame, struct json_writer *json, struct error *error) {
    const char *secret = frame->with;
    (void)error;
    json_name(json, "webhook");
    webhook_write(json, &frame->webhook, text_of(secret));
    return true;
}

bool webhook_show(struct operation_context *context, struct answer *answer, struct error *error) {
    static const struct webhook_steps steps = {.tell = tell_one};
    struct webhook_frame frame = webhook_frame_of(context);
    bool done = webhook_frame_find(&frame, error) && webhook_frame_run(&frame, &steps, answer, error);
    return webhook_frame_end(&frame, done, error);
}

// ---- a new one

static bool write_new(struct webhook_frame *frame, struct error *error) {
    return webhook_insert(frame->context->db, &frame->webhook, error) && read_again(frame, error);
}

static bool prepare_new(struct webhook_frame *frame, char secret[WEBHOOK_SECRET_SIZE], struct error *error) {
    struct operation_context *context = frame->context;
    enum webhook_activity activity;
    struct list list;
    frame->webhook = (struct webhook){.key_id = context->principal->key_id,
                                      .types = TEXT(""),
                                      .departments = TEXT(""),
                                      .format = TEXT("json"),
                                      .parts = TEXT("")};
    if (!context->settings->webhooks_enabled)
        return error_set(error, ERROR_NOT_NATIVE, "Webhooks are switched off here: [webhooks] enabled");
    if (!webhook_request_read(context, true, &frame->arena, &frame->webhook, &activity, error) ||
        !read_list(frame, &list, error))
        return false;
    if (list.count >= WEBHOOKS_MAX)
        return error_set(error, ERROR_CONFLICT, "The API key has %d webhooks, which is the most",
                         WEBHOOKS_MAX);
    if (!webhook_secret_make(secret, error)) return false;
    frame->webhook.secret = text_of(secret);
    frame->with = secret;
    return delivery_position_begin(context->db, context->settings->changes_gap, error);
}

bool webhook_add(struct operation_context *context, struct answer *answer, struct error *error) {
    static const struct webhook_steps steps = {write_new, tell_one, true};
    struct webhook_frame frame = webhook_frame_of(context);
    char secret[WEBHOOK_SECRET_SIZE];
    bool done = prepare_new(&frame, secret, error) && webhook_frame_run(&frame, &steps, answer, error);
    return webhook_frame_end(&frame, done, error);
}

// ---- another secret

static bool write_secret(struct webhook_frame *frame, struct error *error) {
    return webhook_new_secret(frame->context->db, frame->webhook.id, frame->with, error) &&
           read_again(frame, error);
}

bool webhook_rotate(struct operation_context *context, struct answer *answer, struct error *error) {
    static const struct webhook_steps steps = {.write = write_secret, .tell = tell_one};
    struct webhook_frame frame = webhook_frame_of(context);
    char secret[WEBHOOK_SECRET_SIZE];
    frame.with = secret;
    bool done = webhook_frame_find(&frame, error) && webhook_secret_make(secret, error) &&
                webhook_frame_run(&frame, &steps, answer, error);
    return webhook_frame_end(&frame, done, error);
}

// ---- a change

static bool write_change(struct webhook_frame *frame, struct error *error) {
    const enum webhook_activity *activity = frame->with;
    struct db *db = frame->context->db;
    bool on = *activity == WEBHOOK_ON;
    bool done =
        webhook_update(db, &frame->webhook, error) &&
        (*activity == WEBHOOK_AS_IT_WAS ||
         webhook_switch(db, frame->webhook.id, on, on ? TEXT("") : TEXT("switched off by hand"), error)) &&
        read_again(frame, error);
    frame->with = NULL; // no secret is told
    return done;
}

bool webhook_change(struct operation_context *context, struct answer *answer, struct error *error) {
    static const struct webhook_steps steps = {.write = write_change, .tell = tell_one};
    struct webhook_frame frame = webhook_frame_of(context);
    enum webhook_activity activity = WEBHOOK_AS_IT_WAS;
    frame.with = &activity;
    bool done = webhook_frame_find(&frame, error) &&
                webhook_request_read(context, false, &frame.arena, &frame.webhook, &activity, error) &&
                webhook_frame_run(&frame, &steps, answer, error);
    return webhook_frame_end(&frame, done, error);
}

// ---- the end

static bool write_end(struct webhook_frame *frame, struct error *error) {
    return webhook_delete(frame->context->db, frame->webhook.id, error);
}

static bool tell_end(struct webhook_frame *frame, struct json_writer *json, struct error *error) {
    (void)error;
    json_integer_member(json, "deleted", frame->webhook.id);
    return true;
}

bool webhook_remove(struct operation_context *context, struct answer *answer, struct error *error) {
    static const struct webhook_steps steps = {.write = write_end, .tell = tell_end};
    struct webhook_frame frame = webhook_frame_of(context);
    bool done = webhook_frame_find(&frame, error) && webhook_frame_run(&frame, &steps, answer, error);
    return webhook_frame_end(&frame, done, error);
}
