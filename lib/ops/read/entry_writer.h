// SPDX-License-Identifier: GPL-2.0-or-later
// An entry as members of an object: what was said, by whom, as a page shows it. spec: operations.md 3.3.
#ifndef OPS_READ_ENTRY_WRITER_H
#define OPS_READ_ENTRY_WRITER_H

#include "base/buffer.h"
#include "base/error.h"
#include "ops/operation.h"
#include "store/read/thread_parts.h"
#include "json/writer.h"

#include <stdbool.h>

// How bodies are shown: as they were written, as plain text, or not at all.
enum body_form { BODY_HTML, BODY_TEXT, BODY_NONE };

// What the request asks for by `body`.
enum body_form body_form_asked(const struct operation_context *context);

struct entry_writer {
    enum body_form body;
    struct view view;
    struct buffer scratch; // for the body at hand
};

struct entry_writer entry_writer_new(enum body_form body, struct view view);
void entry_writer_free(struct entry_writer *writer);

// Writes the members of the open object but the attachments.
bool entry_writer_write(struct entry_writer *writer, const struct post *post, struct json_writer *json,
                        struct error *error) CHECKED;

// Writes the member "entries_last" of a ticket in a list: the entry without its attachments, null where there
// is none.
bool entry_writer_write_last(struct entry_writer *writer, const struct post *post, struct json_writer *json,
                             struct error *error) CHECKED;

// Puts the body as plain text into `scratch`.
bool entry_writer_read_text(struct entry_writer *writer, const struct post *post,
                            struct error *error) CHECKED;

#endif
