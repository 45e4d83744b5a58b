// SPDX-License-Identifier: GPL-2.0-or-later
// What a change can be. spec: operations.md 7.1.
#ifndef STORE_CHANGES_CHANGE_TYPES_H
#define STORE_CHANGES_CHANGE_TYPES_H

#include "base/text.h"

#include <stdbool.h>

// clang-format off
// TYPE(name, what clients call it, the event's name in osTicket's table). Events of other names are no change.
#define CHANGE_TYPES_OF_EVENTS(TYPE) \
    TYPE(CREATED, "ticket.created", "created") \
    TYPE(CLOSED, "ticket.closed", "closed") \
    TYPE(REOPENED, "ticket.reopened", "reopened") \
    TYPE(ASSIGNED, "ticket.assigned", "assigned") \
    TYPE(RELEASED, "ticket.released", "released") \
    TYPE(TRANSFERRED, "ticket.transferred", "transferred") \
    TYPE(REFERRED, "ticket.referred", "referred") \
    TYPE(OVERDUE, "ticket.overdue", "overdue") \
    TYPE(EDITED, "ticket.edited", "edited") \
    TYPE(COLLAB, "ticket.collab", "collab") \
    TYPE(MERGED, "ticket.merged", "merged") \
    TYPE(LINKED, "ticket.linked", "linked") \
    TYPE(UNLINKED, "ticket.unlinked", "unlinked") \
    TYPE(DELETED, "ticket.deleted", "deleted")

// TYPE(name, what clients call it, the entry's type in osTicket's table); of an entry that was edited the last.
#define CHANGE_TYPES_OF_ENTRIES(TYPE) \
    TYPE(MESSAGE, "entry.message", "M") \
    TYPE(REPLY, "entry.reply", "R") \
    TYPE(NOTE, "entry.note", "N") \
    TYPE(ENTRY_EDITED, "entry.edited", "")

#define CHANGE_TYPES(TYPE) CHANGE_TYPES_OF_EVENTS(TYPE) CHANGE_TYPES_OF_ENTRIES(TYPE)

// The same as a list of parameters' members, in the order of enum change_type.
#define CHANGE_TYPE_NAMES \
    "ticket.created,ticket.closed,ticket.reopened,ticket.assigned,ticket.released,ticket.transferred," \
    "ticket.referred,ticket.overdue,ticket.edited,ticket.collab,ticket.merged,ticket.linked,ticket.unlinked," \
    "ticket.deleted,entry.message,entry.reply,entry.note,entry.edited"
// clang-format on

#define CHANGE_TYPE_NUMBER(name, word, stored) CHANGE_##name,
enum change_type { CHANGE_TYPES(CHANGE_TYPE_NUMBER) CHANGE_TYPE_COUNT, CHANGE_NONE = CHANGE_TYPE_COUNT };

// "ticket.created"; NULL for CHANGE_NONE.
const char *change_type_name(enum change_type type);

// The type of an event by its name in osTicket's table, and of an entry by its type there; CHANGE_NONE for
// others.
enum change_type change_type_of_event(struct text name);
enum change_type change_type_of_entry(struct text type, bool is_edited);

// Whether the data of such an event name another ticket: that which it was merged into, linked to or unlinked
// from. Who sees some tickets only is not told.
bool change_type_names_another(enum change_type type);

#endif
