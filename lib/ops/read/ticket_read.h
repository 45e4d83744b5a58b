// SPDX-License-Identifier: GPL-2.0-or-later
// The frame of every read of one ticket: whether it is there, whether the client has it already, how it is to
// be shown.
#ifndef OPS_READ_TICKET_READ_H
#define OPS_READ_TICKET_READ_H

#include "base/arena.h"
#include "base/error.h"
#include "ops/operation.h"
#include "store/read/ticket_object.h"
#include "store/read/ticket_version.h"
#include "json/writer.h"

#include <stdbool.h>

struct ticket_read {
    struct operation_context *context;
    struct answer *answer;
    struct arena arena; // of what is read
    struct view view;
    struct ticket_version ticket;
    struct json_writer json;
};

// Writes members of the answer's object, or does nothing but fail.
typedef bool ticket_read_write(struct ticket_read *read, struct error *error);

// Looks at the ticket that the request names, one round trip where its version did not come with the key, and
// writes {…,"status_code":"0",
// "status_msg":"success"} with what `write` puts in front; nothing where the client has this version.
// ERROR_NOT_FOUND; ERROR_AMBIGUOUS where several tickets have the number. spec: operations.md 1.2, 1.6.
bool ticket_read_run(struct operation_context *context, struct answer *answer, ticket_read_write *write,
                     struct error *error) CHECKED;

// The same for what is for agents alone: to a client no ticket has it, his own as little as another.
bool ticket_read_run_for_agents(struct operation_context *context, struct answer *answer,
                                ticket_read_write *write, struct error *error) CHECKED;

// Looks at the ticket alone: for what is no JSON.
bool ticket_read_look(struct ticket_read *read, struct error *error) CHECKED;

// Whether If-None-Match names the version (RFC 9110, 13.1.2); a weak tag, as nginx makes of one whose answer
// it compresses, is as good.
bool version_is_known(struct text known, const char *version);

// How tickets are shown to whoever asks.
struct view view_of(const struct operation_context *context);

// The types of entries that he may see, as a list; of notes a client his own.
struct text view_types(struct view view);

#endif
