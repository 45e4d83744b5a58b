// SPDX-License-Identifier: GPL-2.0-or-later
// The outcome of a unit of work.
#include "ops/change/outcome.h"

#include "base/buffer.h"
#include "base/wake.h"
#include "store/idempotency.h"

#define ANSWER_MAX (8 << 20)

static bool write_once(outcome_writer *write, const void *with, bool in_short, struct buffer *text,
                       struct error *error) {
    struct output output;
    struct json_writer json;
    buffer_clear(text);
    output_to_buffer(&output, text);
    json_writer_init(&json, &output);
    write(with, in_short, &json);
    return (output_flush(&output) && !text->failed) || error_too_large(error);
}

bool outcome_write(struct outcome *outcome, const struct operation_context *context, outcome_writer *write,
                   const void *with, struct arena *arena, struct error *error) {
    struct buffer text = buffer_new(ANSWER_MAX);
    bool done = write_once(write, with, false, &text, error);
    if (done && context->idempotency && text.length > IDEMPOTENCY_ANSWER_MAX)
        done = write_once(write, with, true, &text, error);
    outcome->kind = ANSWER_JSON;
    outcome->text = done ? arena_copy(arena, buffer_text(&text)) : TEXT_NULL;
    buffer_free(&text);
    return done && (!arena->failed || error_too_large(error));
}

void outcome_tell(const struct operation_context *context, const struct outcome *outcome,
                  struct answer *answer) {
    answer->kind = outcome->kind;
    answer->created = outcome->created;
    output_add_text(answer->output, outcome->text);
    if (outcome->mailed && !context->joint) wake_send(context->settings->mail_wake);
}
