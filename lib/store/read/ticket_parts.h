// SPDX-License-Identifier: GPL-2.0-or-later
// What hangs on a ticket beside its thread. spec: operations.md 3.2, 3.6.
#ifndef STORE_READ_TICKET_PARTS_H
#define STORE_READ_TICKET_PARTS_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "store/read/form_answers.h"
#include "store/read/ticket_object.h"
#include "store/read/ticket_version.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;

// Each reads into an array of the arena, one round trip. Texts are columns as stored; times "YYYY-MM-DD
// HH:MM:SS".
bool answered_fields_read(struct db *db, const struct ticket_version *ticket, struct view view,
                          struct arena *arena, struct answered_field **fields, size_t *count,
                          struct error *error) CHECKED;

#define TICKET_FLAGS_MERGED 3 // either way: into one thread, or each with its own
#define TICKET_FLAG_LINKED  8

struct relative {
    int64_t id;
    struct text number, subject, state;
    int64_t flags;
};
// The ticket above it, one at most, and those below it; none that the view does not show.
bool upper_ticket_read(struct db *db, const struct ticket_version *ticket, struct view view,
                       struct arena *arena, struct relative **tickets, size_t *count,
                       struct error *error) CHECKED;
bool lower_tickets_read(struct db *db, const struct ticket_version *ticket, struct view view,
                        struct arena *arena, struct relative **tickets, size_t *count,
                        struct error *error) CHECKED;

// To an agent, a team or a department: one of them is there, unless it is gone.
struct referral {
    int64_t id;
    struct text type; // "S", "E", "D"
    struct text since;
    struct agent staff;
    struct named team, department;
};
bool referrals_read(struct db *db, const struct ticket_version *ticket, struct view view, struct arena *arena,
                    struct referral **referrals, size_t *count, struct error *error) CHECKED;

#define TASK_FLAG_OPEN    1
#define TASK_FLAG_OVERDUE 2

struct task {
    int64_t id;
    struct text number, title;
    int64_t flags;
    struct named department;
    struct agent staff;
    struct named team;
    struct text due, created, closed;
};
bool tasks_read(struct db *db, const struct ticket_version *ticket, struct view view, struct arena *arena,
                struct task **tasks, size_t *count, struct error *error) CHECKED;

// One at most, each.
struct held_lock {
    struct agent staff;
    struct text expires;
};
bool held_lock_read(struct db *db, const struct ticket_version *ticket, struct view view, struct arena *arena,
                    struct held_lock **locks, size_t *count, struct error *error) CHECKED;

struct organization {
    int64_t id;
    struct text name, domain, created, updated;
};
bool organization_read(struct db *db, const struct ticket_version *ticket, struct view view,
                       struct arena *arena, struct organization **organizations, size_t *count,
                       struct error *error) CHECKED;

#endif
