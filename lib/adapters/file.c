// SPDX-License-Identifier: GPL-2.0-or-later
// Files as base64.
#include "adapters/file.h"

#include "adapters/values.h"
#include "base/base64.h"

#include <string.h>

#define GROUP 3 // bytes that become four characters

// Takes what the operation hands on. What fills no group waits for the next bytes.
struct encoding {
    const struct adapted_run *run;
    int64_t id;
    file_tell *tell;
    const struct answer *from;
    struct json_writer json;
    struct buffer text;
    bool has_begun;
    size_t waiting;
    char group[GROUP];
};

static void begin(struct encoding *encoding) {
    encoding->has_begun = true;
    json_open_object(&encoding->json);
    encoding->tell(encoding->run, encoding->id, &encoding->from->file, &encoding->json);
    json_name(&encoding->json, "content");
    json_open_string(&encoding->json);
}

static void encode(struct encoding *encoding, const char *bytes, size_t length) {
    buffer_clear(&encoding->text);
    base64_encode((struct text){bytes, length}, &encoding->text);
    output_add_text(encoding->json.output, buffer_text(&encoding->text));
}

static bool take(void *context, const char *bytes, size_t length) {
    struct encoding *encoding = context;
    if (!encoding->has_begun) begin(encoding);
    while (length && encoding->waiting && encoding->waiting < GROUP) {
        encoding->group[encoding->waiting++] = *bytes++;
        length--;
    }
    if (encoding->waiting == GROUP) {
        encode(encoding, encoding->group, GROUP);
        encoding->waiting = 0;
    }
    size_t left = encoding->waiting ? 0 : length % GROUP;
    if (length > left) encode(encoding, bytes, length - left);
    for (size_t i = 0; i < left; i++) encoding->group[encoding->waiting++] = bytes[length - left + i];
    return !encoding->json.output->failed && !encoding->text.failed;
}

static void end(struct encoding *encoding) {
    if (!encoding->has_begun) begin(encoding); // an empty file
    if (encoding->waiting) encode(encoding, encoding->group, encoding->waiting);
    json_close_string(&encoding->json);
    json_close_object(&encoding->json);
}

bool file_answer(struct adapted_run *run, int64_t attachment_id, file_tell *tell, struct answer *answer,
                 struct error *error) {
    struct text id;
    if (!value_take_number(run, attachment_id, &id, error)) return false;
    const struct adapted_call call = {.operation = "attachment", .query = QUERY(FIXED("id", id.data))};
    struct output output;
    struct answer from = {.output = &output};
    struct encoding encoding = {.run = run,
                                .id = attachment_id,
                                .tell = tell,
                                .from = &from,
                                .text = buffer_new(BASE64_LENGTH(OUTPUT_BLOCK) + 1)};
    json_writer_init(&encoding.json, answer->output);
    output_init(&output, take, &encoding);
    bool done = adapted_call(run, &call, &from, error);
    if (done && !output_flush(&output)) done = error_set(error, ERROR_ABORTED, "the client is gone");
    if (done) end(&encoding);
    buffer_free(&encoding.text);
    answer->kind = ANSWER_JSON;
    return done;
}
