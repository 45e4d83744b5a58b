// SPDX-License-Identifier: GPL-2.0-or-later
// What stands in the thread of a ticket: entries, events, files, collaborators, each as a stream of rows.
// spec: operations.md 3.3 to 3.6.
#ifndef STORE_READ_THREAD_PARTS_H
#define STORE_READ_THREAD_PARTS_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "db/db.h"
#include "store/read/ticket_object.h"
#include "store/read/ticket_version.h"

#include <stdbool.h>
#include <stdint.h>

// Which entries, of those that the view lets through.
struct entry_wish {
    const struct ticket_version *ticket;
    struct text types; // "M,R,N"
    struct view view;
};

// What THREAD_ENTRIES takes, see thread_part_statements.h.
struct entry_values {
    struct db_value of[7];
};
struct entry_values entry_values_of(const struct ticket_version *ticket, struct text types, struct view view);

// Each takes one row more; its texts are valid during the call. A ticket without a thread has no rows.
struct post;
struct event;
struct collaborator;
typedef void post_take(const struct post *post, void *context);
typedef void event_take(const struct event *event, void *context);
typedef void collaborator_take(const struct collaborator *collaborator, void *context);

// An entry. Texts are columns as stored, null for SQL NULL; times "YYYY-MM-DD HH:MM:SS".
struct post {
    int64_t id;
    struct text type; // "M", "R", "N"
    int64_t flags;
    struct text poster;
    struct agent staff;
    struct person user;
    struct text title, format;
    struct text body; // whole, also where it was too long for its column; "" where none was asked for
    struct text created, updated, source, ip_address;
    struct text recipients;       // JSON
    struct text embedded_domains; // the help desk's setting, see markup/html.h
};

// Out of a row of POST_COLUMNS; its texts are copied as row_copy() does.
struct row;
struct post post_of(const struct row *row);

// Which entries. Superseded texts are never among them; those of a ticket that was merged into another are.
struct post_wish {
    const struct ticket_version *ticket;
    struct view view;
    struct text types;     // "M,R,N"
    bool bodies;           // read bodies, too
    bool long_bodies;      // some of which lie in files, as shown_files_read() told
    int64_t after, before; // ids; 0: from the first, to the last
    struct text since;     // in UTC; null: no bound
    bool falling;          // the last first
    int64_t most;
};
// ERROR_RETRYABLE when there is a body in files that nobody told of: it came meanwhile.
bool posts_read(struct db *db, const struct post_wish *wish, post_take *take, void *context,
                struct error *error) CHECKED;

// Entries by ids, whoever's they are: `posts[i]` is that of `ids[i]`, with id 0 where there is none. Of each
// body so many characters at most. Texts lie in the arena. One round trip for each 16.
bool posts_of_ids(struct db *db, const int64_t *ids, size_t count, int64_t characters, struct arena *arena,
                  struct post *posts, struct error *error) CHECKED;

struct event {
    int64_t id;
    struct text name, at, username;
    int64_t actor_id; // 0: nobody's
    bool is_of_user;  // the actor is a user, not an agent
    int64_t staff_id, team_id, department_id;
    struct text data; // JSON, or null
    bool is_annulled;
};
struct event_wish {
    const struct ticket_version *ticket;
    struct view view;
    struct text names; // "closed,reopened"; "": all
    int64_t after;     // an id; 0: from the first
    int64_t most;
};
bool events_read(struct db *db, const struct event_wish *wish, event_take *take, void *context,
                 struct error *error) CHECKED;

// A file that is attached to an entry.
struct shown_file {
    int64_t id; // of the attachment
    int64_t entry_id;
    struct text name;
    int64_t size;
    struct text type;
    bool is_inline; // the text shows it, by its key
    struct text key, signature;
    bool is_body; // never of those that are given
};

// Those of all these entries, in the arena, in the entries' order of ids. `long_bodies`: there are entries
// whose bodies lie in files.
bool shown_files_read(struct db *db, const struct entry_wish *wish, struct arena *arena,
                      struct shown_file **files, size_t *count, bool *long_bodies,
                      struct error *error) CHECKED;

struct collaborator {
    struct person user;
    bool is_active, is_in_copy;
    struct text since;
};
bool collaborators_read(struct db *db, const struct ticket_version *ticket, struct view view,
                        collaborator_take *take, void *context, struct error *error) CHECKED;

#endif
