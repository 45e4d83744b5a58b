// SPDX-License-Identifier: GPL-2.0-or-later
// A ticket as JSON, field by field, in both shapes (lib/ops/README.md "Shapes"). spec:
// reading-and-replying.md C.2, C.6.
#ifndef OPS_TICKET_TICKET_WRITER_H
#define OPS_TICKET_TICKET_WRITER_H

#include "base/buffer.h"
#include "base/error.h"
#include "ops/operation.h"
#include "ops/ticket/due_date.h"
#include "store/help_desk.h"
#include "store/read/ticket_rows.h"
#include "json/writer.h"

#include <stdbool.h>

// What writing needs beside the rows; one for all tickets of an answer.
struct ticket_writer {
    struct json_writer json;
    enum shape shape;
    bool priority_object;
    bool listed; // a ticket of a list has one field more
    const struct help_desk *help_desk;
    struct due_dates due_dates;
    struct text agent_name_format;
    struct text client_name_format;
    struct text embedded_domains;
    struct buffer scratch; // reused for each composed text
};

// Starts an answer. `writer` is large: keep it in the operation's frame. Freed with ticket_writer_free().
void ticket_writer_init(struct ticket_writer *writer, struct output *output,
                        const struct operation_settings *settings, bool listed,
                        const struct help_desk *help_desk);
void ticket_writer_free(struct ticket_writer *writer);

// Writes a ticket up to and with the bracket of its thread_entries.
bool ticket_writer_open(struct ticket_writer *writer, const struct ticket_columns *ticket,
                        struct error *error) CHECKED;

// Writes one entry of the open ticket.
bool ticket_writer_entry(struct ticket_writer *writer, const struct entry_columns *entry,
                         struct error *error) CHECKED;

// Closes the open ticket.
void ticket_writer_close(struct ticket_writer *writer);

#endif
