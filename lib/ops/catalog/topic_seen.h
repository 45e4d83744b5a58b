// SPDX-License-Identifier: GPL-2.0-or-later
// Which help topics somebody may choose from.
#ifndef OPS_CATALOG_TOPIC_SEEN_H
#define OPS_CATALOG_TOPIC_SEEN_H

#include "ops/catalog/audience.h"
#include "ops/catalog/place.h"
#include "store/catalog/desk.h"

#include <stdbool.h>

// Clients those that are public and in use; agents without visibility.departments those that are public or of
// a department that they see or of none, below topics of which the same is true.
// spec: operations.md 3.7
bool topic_is_seen(const struct audience *audience, const struct places *topics,
                   const struct catalog_topic *topic);

#endif
