// SPDX-License-Identifier: GPL-2.0-or-later
// GET /tickets: number and times of every ticket.
#include "ops/operations.h"
#include "store/read/ticket_rows.h"
#include "json/writer.h"

static void write_pair(struct json_writer *json, const char *name, struct text value) {
    json_open_array(json);
    json_string(json, name);
    json_text(json, value);
    json_close_array(json);
}

static void write_href(struct json_writer *json, struct text number) {
    json_open_array(json);
    json_string(json, "href");
    json_open_string(json);
    json_string_part(json, TEXT("/api/tickets/"));
    json_string_part(json, number);
    json_close_string(json);
    json_close_array(json);
}

static void write_summary(struct json_writer *json, const struct ticket_summary *summary) {
    json_open_array(json);
    write_pair(json, "number", summary->number);
    write_pair(json, "created", summary->created);
    write_pair(json, "updated", summary->updated);
    write_pair(json, "closed", summary->closed);
    write_href(json, summary->number);
    json_close_array(json);
}

bool ticket_list(struct operation_context *context, struct answer *answer, struct error *error) {
    struct json_writer json;
    struct db_rows *rows;
    struct ticket_summary summary;
    int more;
    if (!ticket_summaries(context->db, &rows, error)) return false;
    json_writer_init(&json, answer->output);
    json_open_array(&json);
    while ((more = ticket_summaries_next(rows, &summary, error)) > 0 && !answer->output->failed)
        write_summary(&json, &summary);
    json_close_array(&json);
    ticket_summaries_close(&rows);
    if (answer->output->failed) return error_set(error, ERROR_ABORTED, "the client is gone");
    return more == 0;
}
