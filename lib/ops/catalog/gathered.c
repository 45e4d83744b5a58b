// SPDX-License-Identifier: GPL-2.0-or-later
// An answer's bytes, and a version made of them.
#include "ops/catalog/gathered.h"

#include "base/output.h"
#include "crypto/digest.h"
#include "ops/read/ticket_read.h"
#include "ops/success.h"

#include <stdlib.h>

#define VERSION_BYTES 16 // of the digest

static bool write_all(struct json_writer *json, gathered_write *write, void *context, struct error *error) {
    json_open_object(json);
    if (!write(context, error)) return false;
    success_write(json);
    json_close_object(json);
    return output_flush(json->output) || error_too_large(error);
}

bool gathered_make(struct json_writer *json, gathered_write *write, void *context, struct buffer *gathered,
                   struct error *error) {
    struct output *output = malloc(sizeof *output);
    if (!output) return error_set(error, ERROR_INTERNAL, "out of memory");
    output_to_buffer(output, gathered);
    json_writer_init(json, output);
    bool done = write_all(json, write, context, error);
    free(output);
    return done;
}

bool gathered_tell(const struct operation_context *context, struct text gathered, unsigned seconds,
                   struct answer *answer, struct error *error) {
    unsigned char digest[DIGEST_SHA256_SIZE];
    _Static_assert(DIGEST_HEX_SIZE(VERSION_BYTES) <= sizeof answer->version, "a version has room");
    if (!digest_sha256(gathered, digest))
        return error_set(error, ERROR_INTERNAL, "the version of an answer cannot be made");
    digest_hex(digest, VERSION_BYTES, answer->version);
    answer->max_age = seconds;
    answer->unchanged = version_is_known(context->known_versions, answer->version);
    if (!answer->unchanged) output_add_text(answer->output, gathered);
    return true;
}
