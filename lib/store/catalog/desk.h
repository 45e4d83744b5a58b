// SPDX-License-Identifier: GPL-2.0-or-later
// The small tables of a help desk, whole: departments, help topics, statuses, priorities, SLA plans.
// spec: operations.md 3.7.
#ifndef STORE_CATALOG_DESK_H
#define STORE_CATALOG_DESK_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "store/read/ticket_object.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;

// A department or a help topic among those of its kind.
struct catalog_place {
    int64_t id;
    int64_t parent; // 0: none
    struct text name;
    int64_t flags; // DEPARTMENT_FLAG_…, TOPIC_FLAG_…
    bool is_public;
};

// `place` stands first in both: see ops/catalog/place.h.
struct catalog_department {
    struct catalog_place place;
    struct agent manager;
    struct named sla;
};
struct catalog_topic {
    struct catalog_place place;
    struct named department, sla, priority, status; // id 0: the help desk's usual one
    struct named *forms;                            // by their titles, in their order
    size_t form_count;
};

struct catalog_status {
    int64_t id;
    struct text name, state;
    int64_t mode;
    struct text properties; // JSON
};

struct catalog_priority {
    int64_t id;
    struct text name, label, color; // "normal", "Normal", "#FFFFF0"
    int64_t urgency;                // 1 is the most urgent
    bool is_public;
};

#define SLA_FLAG_NO_ALERTS 4
#define SLA_FLAG_TRANSIENT 8

struct catalog_sla {
    int64_t id;
    struct text name;
    int64_t flags, grace_hours;
    struct named schedule;
};

// All rows, in the arena, in the order of their names, or in the help desk's where it has one. One round trip
// each. ERROR_TOO_LARGE where the arena is full.
bool catalog_departments_read(struct db *db, struct arena *arena, struct catalog_department **departments,
                              size_t *count, struct error *error) CHECKED;
bool catalog_topics_read(struct db *db, struct arena *arena, struct catalog_topic **topics, size_t *count,
                         struct error *error) CHECKED;
bool catalog_statuses_read(struct db *db, struct arena *arena, struct catalog_status **statuses,
                           size_t *count, struct error *error) CHECKED;
bool catalog_priorities_read(struct db *db, struct arena *arena, struct catalog_priority **priorities,
                             size_t *count, struct error *error) CHECKED;
bool catalog_slas_read(struct db *db, struct arena *arena, struct catalog_sla **slas, size_t *count,
                       struct error *error) CHECKED;

#endif
