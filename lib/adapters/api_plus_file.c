// SPDX-License-Identifier: GPL-2.0-or-later
// GET api-plus/…/attachments/{file}.json: a file of the ticket that the path names.
#include "adapters/api_plus.h"
#include "adapters/file.h"
#include "ops/parameters.h"

static void tell(const struct adapted_run *run, int64_t attachment_id, const struct answer_file *file,
                 struct json_writer *json) {
    json_integer_member(json, "file_id", attachment_id);
    json_name(json, "filename");
    json_string(json, file->name);
    json_name(json, "mime_type");
    json_string(json, file->type);
    json_integer_member(json, "size", file->size);
    json_text_member(json, "encoding", TEXT("base64"));
    json_integer_member(json, "ticket_id", run->subject.id);
}

bool api_plus_file(struct operation_context *context, struct answer *answer, struct error *error) {
    struct adapted_run run;
    bool done = adapted_open(&run, context, error) &&
                file_answer(&run, parameter_integer(context, "file", 0), tell, answer, error);
    adapted_close(&run);
    return done;
}
