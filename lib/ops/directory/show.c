// SPDX-License-Identifier: GPL-2.0-or-later
// GET /users/{id}.json, /organizations/{id}.json. spec: operations.md 5.1, 5.3.
#include "base/buffer.h"
#include "crypto/digest.h"
#include "ops/directory/item.h"
#include "ops/operations.h"
#include "ops/parameters.h"
#include "ops/read/ticket_read.h"
#include "ops/reading.h"
#include "ops/success.h"

#include <stdio.h>

#define ANSWER_MAX    (8 << 20)
#define ANSWER_DIGITS 8 // of the second half of an entity tag

static bool write_answer(const struct item *item, struct view view, struct buffer *text,
                         struct error *error) {
    struct output output;
    struct json_writer json;
    output_to_buffer(&output, text);
    json_writer_init(&json, &output);
    json_open_object(&json);
    item_write(&json, item, true, view);
    json_text_member(&json, "version", text_of(item->version));
    success_write(&json);
    json_close_object(&json);
    return (output_flush(&output) && !text->failed) || error_too_large(error);
}

// "9f3c21aa7be00451.77ab03d1": the version of what can be changed, and the digest of the answer, in which
// counts of tickets stand, too.
static bool set_tag(const struct item *item, struct text text, struct answer *answer, struct error *error) {
    unsigned char digest[DIGEST_SHA256_SIZE];
    char digits[DIGEST_HEX_SIZE(ANSWER_DIGITS / 2)];
    if (!digest_sha256(text, digest)) return error_set(error, ERROR_INTERNAL, "a version cannot be made");
    digest_hex(digest, ANSWER_DIGITS / 2, digits);
    snprintf(answer->version, sizeof answer->version, "%s.%s", item->version, digits);
    return true;
}

static bool show(struct operation_context *context, enum item_kind kind, struct answer *answer,
                 struct error *error) {
    const struct view view = view_of(context);
    struct arena arena = arena_new(REQUEST_ARENA_MAX);
    struct buffer text = buffer_new(ANSWER_MAX);
    struct item item;
    int found =
        item_check_view(context, kind, error)
            ? item_read(context->db, kind, parameter_integer(context, "id", 0), view, &arena, &item, error)
            : -1;
    if (found == 0) item_is_missing(kind, error);
    bool done = found > 0 && write_answer(&item, view, &text, error) &&
                set_tag(&item, buffer_text(&text), answer, error);
    answer->unchanged = done && version_is_known(context->known_versions, answer->version);
    if (done && !answer->unchanged) output_add_text(answer->output, buffer_text(&text));
    buffer_free(&text);
    arena_free(&arena);
    return done;
}

bool user_show(struct operation_context *context, struct answer *answer, struct error *error) {
    return show(context, ITEM_USER, answer, error);
}

bool organization_show(struct operation_context *context, struct answer *answer, struct error *error) {
    return show(context, ITEM_ORGANIZATION, answer, error);
}
