// SPDX-License-Identifier: GPL-2.0-or-later
// Answers that are made whole before they leave, so that they have a version, and may be kept for a while.
#ifndef OPS_CATALOG_GATHERED_H
#define OPS_CATALOG_GATHERED_H

#include "base/buffer.h"
#include "base/error.h"
#include "ops/operation.h"
#include "json/writer.h"

#include <stdbool.h>

#define GATHERED_MAX (16 << 20)

// Writes members of the answer's object, or fails.
typedef bool gathered_write(void *context, struct error *error);

// Appends {…,"status_code":"0","status_msg":"success"} with what `write` puts in front by the writer, which
// is set up here. ERROR_TOO_LARGE beyond the buffer's ceiling.
bool gathered_make(struct json_writer *json, gathered_write *write, void *context, struct buffer *gathered,
                   struct error *error) CHECKED;

// Answers with it, to be kept for so many seconds by whoever asks with the same key; not where If-None-Match
// names this very text.
bool gathered_tell(const struct operation_context *context, struct text gathered, unsigned seconds,
                   struct answer *answer, struct error *error) CHECKED;

#endif
