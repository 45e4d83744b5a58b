// SPDX-License-Identifier: GPL-2.0-or-later
// The frame of every statistic: what was asked a moment ago is answered as before. spec: operations.md 3.8.
#ifndef OPS_STATS_STATISTIC_H
#define OPS_STATS_STATISTIC_H

#include "base/arena.h"
#include "base/error.h"
#include "ops/operation.h"
#include "store/stats/ticket_groups.h"
#include "json/writer.h"

#include <stdbool.h>

struct statistic {
    struct operation_context *context;
    struct arena arena; // of what is read
    struct json_writer json;
};

// Writes members of the answer's object, or fails.
typedef bool statistic_write(struct statistic *statistic, struct error *error);

// Writes {…,"status_code":"0","status_msg":"success"} with what `write` puts in front. The same request with
// the same key within ten seconds is answered as before by the same worker, without a round trip; the client,
// too, may keep it as long.
bool statistic_run(struct operation_context *context, struct answer *answer, statistic_write *write,
                   struct error *error) CHECKED;

// The same of what clients are not shown: ERROR_SCOPE for a key with a client's view.
bool statistic_run_for_agents(struct operation_context *context, struct answer *answer,
                              statistic_write *write, struct error *error) CHECKED;

// Reads the filters of lists that the statistic is asked for; see ops/read/ticket_filters.h. Where they have
// a text that is found in more places than are looked at: ERROR_UNPROCESSABLE; to know that takes a round
// trip.
bool statistic_filters_read(struct statistic *statistic, struct ticket_conditions *conditions,
                            struct error *error) CHECKED;

// Writes a side of a group as a member: {"id","name"}, an agent, a status, a word, or null for none.
void statistic_side(struct json_writer *json, const char *name, enum ticket_grouping by,
                    const struct group_side *side);

#endif
