// SPDX-License-Identifier: GPL-2.0-or-later
// A body of several parts: JSON, and files beside it as they are, without base64. RFC 7578.
#ifndef OPS_ENTRY_FORM_BODY_H
#define OPS_ENTRY_FORM_BODY_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "ops/entry/incoming_file.h"
#include "ops/operation.h"

#include <stdbool.h>

struct form_body {
    struct arena arena;
    struct incoming_files files; // their bytes lie in the request's body
};

// Whether a body of this Content-Type is a form, and the operation takes one.
bool form_body_is(const struct operation *operation, struct text content_type);

// Takes the form in context->body apart: that is the JSON of the part which the row names from now on, and
// context->files are the parts with a file name, in their order. One that a browser sends for no file is
// left out. ERROR_BAD_REQUEST where the JSON is missing, there twice, or of another media type, for a part
// that is neither it nor a file, and for a file that has no usable name; else as form_data_read(). Freed with
// form_body_close(), also after a failure, when the request is answered.
bool form_body_open(struct form_body *form, const struct operation *operation, struct text content_type,
                    struct operation_context *context, struct error *error) CHECKED;

void form_body_close(struct form_body *form);

#endif
