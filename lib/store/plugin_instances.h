// SPDX-License-Identifier: GPL-2.0-or-later
// Whether anything of a plugin is switched on.
#ifndef STORE_PLUGIN_INSTANCES_H
#define STORE_PLUGIN_INSTANCES_H

#include "base/error.h"

#include <stdbool.h>
#include <stdint.h>

struct db;

// Whether the plugin has instances and all are switched off: 1, 0, -1. One that has none at all is of the
// kind that has no instances, or its setting up was broken off; nobody can tell, and it counts as switched
// on. One round trip.
int plugin_is_switched_off(struct db *db, int64_t plugin_id, struct error *error) CHECKED;

#endif
