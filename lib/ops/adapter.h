// SPDX-License-Identifier: GPL-2.0-or-later
// The API of somebody else, spoken here: paths of its own, each made out of operations of ours. What it is
// for, and which there are: lib/adapters/README.md. spec: operations.md 10.
#ifndef OPS_ADAPTER_H
#define OPS_ADAPTER_H

#include "base/error.h"
#include "base/text.h"
#include "ops/operation.h"
#include "json/writer.h"

#include <stdbool.h>
#include <stddef.h>

// In the order of [adapters].
enum adapter_id { ADAPTER_MARKUS, ADAPTER_API_PLUS, ADAPTER_PR5019, ADAPTER_COUNT };

struct adapter {
    const char *name; // what its requests are counted by
    const struct operation *rows;
    size_t count;
    // Whether a request for a row's path is the peer's client's, by its query as sent: where ours have the
    // path, too. NULL: each is.
    bool (*takes)(const struct operation *row, struct text query);
    // As which failure the peer's client is to see one: whose status it gets.
    enum error_code (*code_of)(enum error_code code);
    // Writes the body of a failure, an object.
    void (*tell_failure)(struct json_writer *json, const char *message, const struct error *error);
};

extern const struct adapter adapters[ADAPTER_COUNT];

#endif
