// SPDX-License-Identifier: GPL-2.0-or-later
// Whether a ticket has changed: its version, and what else the reading of one begins with.
#ifndef STORE_READ_TICKET_VERSION_H
#define STORE_READ_TICKET_VERSION_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct db;
struct key_rules;
struct row;
struct ticket_object;
struct view; // store/read/ticket_object.h

#define TICKET_VERSION_SIZE (16 + 1)
#define NAMESAKES_MAX       1024

struct ticket_version {
    int64_t ticket_id;
    char version[TICKET_VERSION_SIZE]; // hexadecimal
    int64_t thread_id;                 // 0: none
    int64_t upper_thread_id;           // of the ticket that it was merged into or linked to; 0: none
    char namesakes[NAMESAKES_MAX];     // "17,18": all tickets of its number, with itself
};

// Reads it, with the namesakes where the ticket was found `by_number`. 1: there is such a ticket, 0: none,
// -1: failure. One round trip. spec: operations.md 1.6. It is made of what is shown by the rules, so that
// nothing else tells by it: no notes without `with_notes`, no tickets below it that are not seen, and to a
// client only what he is shown; where some tickets are seen only, namesakes are looked for by
// ticket_view_narrow().
int ticket_version_read(struct db *db, int64_t ticket_id, bool by_number, bool with_notes,
                        const struct key_rules *rules, struct ticket_version *version,
                        struct error *error) CHECKED;

// Those of several tickets that are there, VERSIONS_MAX at most, each in the place of its id; an id of 0 has
// none. ERROR_INTERNAL where one is gone. One round trip for who sees all tickets and notes, else one for
// each.
#define VERSIONS_MAX 20
bool ticket_versions_read(struct db *db, const int64_t *ids, size_t count, bool with_notes,
                          const struct key_rules *rules, struct ticket_version *versions,
                          struct error *error) CHECKED;

// The same out of columns as those of VERSION_COLUMNS, which other statements have, too. False where it
// cannot be made.
bool ticket_version_take(const struct row *row, struct ticket_version *version) CHECKED;

// A ticket with its version, what every change of one is answered with. 1: there is such a ticket, 0: none,
// -1: failure. Texts lie in the arena. One round trip for who sees all tickets and notes, two for others, to
// whom the version tells less. spec: operations.md 1.5, 1.6.
int versioned_ticket_read(struct db *db, int64_t ticket_id, struct view view, struct arena *arena,
                          struct ticket_object *object, struct ticket_version *version,
                          struct error *error) CHECKED;

#endif
