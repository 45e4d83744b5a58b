// SPDX-License-Identifier: GPL-2.0-or-later
// The frame of every catalogue: for whom it is, and whether the client has it already. spec: operations.md
// 3.7.
#ifndef OPS_CATALOG_CATALOG_H
#define OPS_CATALOG_CATALOG_H

#include "base/arena.h"
#include "base/error.h"
#include "ops/catalog/audience.h"
#include "ops/operation.h"
#include "json/writer.h"

#include <stdbool.h>

struct catalog {
    struct operation_context *context;
    struct arena arena; // of what is read
    struct audience audience;
    struct json_writer json;
};

// Writes members of the answer's object, or fails.
typedef bool catalog_write(struct catalog *catalog, struct error *error);

// Writes {…,"status_code":"0","status_msg":"success"} with what `write` puts in front; nothing where
// If-None-Match names this very answer. Good for a minute, by whoever asks with the same key. What is
// answered is held, up to 16 MiB; beyond is ERROR_TOO_LARGE. One round trip for a key that is bound to an
// agent, beside those of `write`.
bool catalog_run(struct operation_context *context, struct answer *answer, catalog_write *write,
                 struct error *error) CHECKED;

// The same of what clients are not shown: ERROR_SCOPE for a key with a client's view.
bool catalog_run_for_agents(struct operation_context *context, struct answer *answer, catalog_write *write,
                            struct error *error) CHECKED;

#endif
