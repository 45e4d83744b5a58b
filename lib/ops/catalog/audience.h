// SPDX-License-Identifier: GPL-2.0-or-later
// For whom a catalogue is: an agent, a client, or whoever has the key. spec: operations.md 3.7.
#ifndef OPS_CATALOG_AUDIENCE_H
#define OPS_CATALOG_AUDIENCE_H

#include "base/arena.h"
#include "base/error.h"
#include "ops/operation.h"
#include "store/catalog/agent_departments.h"
#include "store/catalog/people.h"

#include <stdbool.h>
#include <stdint.h>

struct audience {
    const struct key_rules *rules;
    bool is_client;
    int64_t agent_id; // 0: no agent in particular
    bool sees_all_departments, sees_all_agents;
    struct agent_departments departments; // the agent's own
};

// Finds out who it is: the agent that the key is bound to or that X-Act-As names, or a client; what lies in
// the arena lasts as long as that. One round trip for an agent, one more for his name, else none.
// ERROR_DENIED where the agent is gone or not active, or the key may not name one; ERROR_UNPROCESSABLE where
// nobody is called so; ERROR_SCOPE for a key that sees nothing.
bool audience_read(const struct operation_context *context, struct arena *arena, struct audience *audience,
                   struct error *error) CHECKED;

// Whether a department is his to see: any of the key's, and of an agent without visibility.departments his
// own alone.
bool audience_sees_department(const struct audience *audience, int64_t id);

// Whether it is one of the departments that he works for: of an agent his own, whatever else he may see.
bool audience_works_for(const struct audience *audience, int64_t department_id);

// The same of an agent, by his departments, for an agent without visibility.agents.
bool audience_sees_agent(const struct audience *audience, const struct catalog_agent *agent);

#endif
