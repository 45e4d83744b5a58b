// SPDX-License-Identifier: GPL-2.0-or-later
// The frame of every request about a webhook.
#include "ops/webhook/frame.h"

#include "base/buffer.h"
#include "ops/change/unit_of_work.h"
#include "ops/success.h"

#define ARENA_MAX  (8 << 20)
#define ANSWER_MAX (4 << 20)

struct webhook_frame webhook_frame_of(struct operation_context *context) {
    return (struct webhook_frame){.context = context, .arena = arena_new(ARENA_MAX)};
}

bool webhook_frame_end(struct webhook_frame *frame, bool done, struct error *error) {
    arena_free(&frame->arena);
    if (!done && error->code == ERROR_NOT_NATIVE) error->code = ERROR_UNAVAILABLE;
    return done;
}

bool webhook_frame_read(struct webhook_frame *frame, int64_t id, struct error *error) {
    const struct operation_context *context = frame->context;
    int found = id > 0 ? webhook_read(context->db, context->principal->key_id, id, &frame->arena,
                                      &frame->webhook, error)
                       : 0;
    return found > 0 || (found == 0 && error_set(error, ERROR_NOT_FOUND, "There is no such webhook"));
}

bool webhook_frame_find(struct webhook_frame *frame, struct error *error) {
    const struct operation_context *context = frame->context;
    int64_t id = 0;
    if (!text_to_int64(context->parameter(context, "id"), &id)) id = 0;
    return webhook_frame_read(frame, id, error);
}

static bool tell(struct webhook_frame *frame, const struct webhook_steps *steps, struct output *output,
                 struct error *error) {
    struct json_writer json;
    json_writer_init(&json, output);
    json_open_object(&json);
    if (!steps->tell(frame, &json, error)) return false;
    success_write(&json);
    json_close_object(&json);
    return true;
}

// What is written, and what is remembered of it.
struct writing {
    struct webhook_frame *frame;
    const struct webhook_steps *steps;
};

static bool write(void *operation, struct outcome *outcome, struct error *error) {
    struct writing *writing = operation;
    struct buffer text = buffer_new(ANSWER_MAX);
    struct output output;
    output_to_buffer(&output, &text);
    bool done = writing->steps->write(writing->frame, error) &&
                tell(writing->frame, writing->steps, &output, error) &&
                ((output_flush(&output) && !text.failed) || error_too_large(error));
    outcome->kind = ANSWER_JSON;
    outcome->created = writing->steps->created;
    outcome->text = arena_copy(&writing->frame->arena, buffer_text(&text));
    buffer_free(&text);
    return done;
}

bool webhook_frame_run(struct webhook_frame *frame, const struct webhook_steps *steps, struct answer *answer,
                       struct error *error) {
    struct writing writing = {frame, steps};
    const struct unit_of_work unit = {.write = write, .operation = &writing};
    struct outcome outcome;
    if (!steps->write) return tell(frame, steps, answer->output, error);
    if (!unit_of_work_run(frame->context, &unit, &outcome, error)) return false;
    outcome_tell(frame->context, &outcome, answer);
    return true;
}
