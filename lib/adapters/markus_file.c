// SPDX-License-Identifier: GPL-2.0-or-later
// GET tickets-attachment-download.php/{file}.json: a file of a ticket's entry. Others' files, which hang on
// canned responses or nowhere, are not to be had.
#include "adapters/file.h"
#include "adapters/markus.h"
#include "adapters/values.h"
#include "ops/parameters.h"
#include "store/storage/file_content.h"

static void tell(const struct adapted_run *run, int64_t attachment_id, const struct answer_file *file,
                 struct json_writer *json) {
    (void)run;
    json_integer_member(json, "file_id", attachment_id);
    json_name(json, "filename");
    json_string(json, file->name);
    json_name(json, "mime_type");
    json_string(json, file->type);
    json_integer_member(json, "size", file->size);
}

static bool refuse(struct error *error) {
    return error_set(error, ERROR_DENIED, "Attachment not accessible");
}

// The ticket becomes the run's.
static bool find_ticket(struct adapted_run *run, int64_t attachment_id, struct error *error) {
    int64_t ticket_id;
    struct text id;
    int found = attachment_ticket(run->context->db, attachment_id, &ticket_id, error);
    if (found < 0) return false;
    if (found == 0) return refuse(error);
    return value_take_number(run, ticket_id, &id, error) &&
           adapted_find(run, id, TICKET_BY_ID, &run->subject, error) && (run->subject.id || refuse(error));
}

bool markus_file(struct operation_context *context, struct answer *answer, struct error *error) {
    struct adapted_run run;
    int64_t id = parameter_integer(context, "file", 0);
    bool done = adapted_open(&run, context, error) && find_ticket(&run, id, error) &&
                file_answer(&run, id, tell, answer, error);
    adapted_close(&run);
    return done;
}
