// SPDX-License-Identifier: GPL-2.0-or-later
// When a ticket is due by its SLA: the help desk's rows put into the calendar's terms.
#ifndef OPS_TICKET_DUE_DATE_H
#define OPS_TICKET_DUE_DATE_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/text.h"
#include "store/help_desk.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct zone;

#define DUE_ZONES_MAX 16

// What is kept between the due dates of one request: the zones that were opened.
struct due_dates {
    const struct help_desk *help_desk;
    struct arena arena;
    struct zone *database; // opened with the first due date
    struct {
        struct text name;
        struct zone *zone;
    } zones[DUE_ZONES_MAX];
    size_t count;
};

struct due_dates due_dates_new(const struct help_desk *help_desk);
void due_dates_free(struct due_dates *due_dates);

// The database's zone, which columns of times are in; NULL where none can be made out. It stays theirs.
struct zone *due_dates_database_zone(struct due_dates *due_dates);

// What a due date depends on.
struct due_terms {
    bool sla_active;
    int64_t grace_hours;
    int64_t sla_schedule_id;
    int64_t department_schedule_id;
    struct text since; // created or reopened, "YYYY-MM-DD HH:MM:SS" in the database's zone
};

// Writes "YYYY-MM-DD HH:MM:SS" in the database's zone. False, and nothing written, when the ticket has no due
// date: no active SLA, or the dates cannot be reckoned with. spec: reading-and-replying.md C.4, creating.md
// C.4.
bool due_date_by_sla(struct due_dates *due_dates, const struct due_terms *terms, struct buffer *due);

#endif
