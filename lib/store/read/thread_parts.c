// SPDX-License-Identifier: GPL-2.0-or-later
// Rows of a thread.
#include "store/read/thread_parts.h"

#include "store/row.h"
#include "store/statements.h"
#include "store/ticket_view.h"

#include <string.h>

#define COLLABORATOR_FLAG_ACTIVE 1
#define COLLABORATOR_FLAG_COPY   2

// What takes the rows: one of the kinds.
struct taking {
    post_take *post;
    bool long_bodies;  // are read
    bool lacks_a_body; // one was there that was not read
    event_take *event;
    collaborator_take *collaborator;
    void *context;
};

struct post post_of(const struct row *row) {
    const struct row staff = row_part(row, POST_STAFF), user = row_part(row, POST_USER);
    unsigned body = row_is_null(row, POST_LONG_BODY) ? POST_BODY : POST_LONG_BODY;
    return (struct post){
        .id = row_integer(row, POST_ID),
        .type = row_copy(row, POST_TYPE),
        .flags = row_integer(row, POST_FLAGS),
        .poster = row_copy(row, POST_POSTER),
        .staff = agent_of(&staff),
        .user = person_of(&user),
        .title = row_copy(row, POST_TITLE),
        .format = row_copy(row, POST_FORMAT),
        .body = row_copy(row, body),
        .created = row_copy(row, POST_CREATED),
        .updated = row_copy(row, POST_UPDATED),
        .source = row_copy(row, POST_SOURCE),
        .ip_address = row_copy(row, POST_IP_ADDRESS),
        .recipients = row_copy(row, POST_RECIPIENTS),
        .embedded_domains = row_copy(row, POST_EMBEDDED_DOMAINS),
    };
}

static void take_post(const struct row *row, void *into) {
    struct taking *taking = into;
    const struct post post = post_of(row);
    if (!taking->long_bodies && !row_is_null(row, POST_LONG_BODY)) taking->lacks_a_body = true;
    taking->post(&post, taking->context);
}

struct entry_values entry_values_of(const struct ticket_version *ticket, struct text types,
                                    struct view view) {
    const struct db_value thread = db_integer(ticket->thread_id);
    return (struct entry_values){{thread, db_integer(ticket->upper_thread_id), thread, thread, db_text(types),
                                  db_integer(!ticket_view_is_client(view.rules)),
                                  viewer_of(view.rules).user}};
}

bool posts_read(struct db *db, const struct post_wish *wish, post_take *take, void *context,
                struct error *error) {
    static const unsigned statements_of[][2][2] = {
        {{STATEMENT_POSTS_RISING, STATEMENT_POSTS_FALLING},
         {STATEMENT_LONG_POSTS_RISING, STATEMENT_LONG_POSTS_FALLING}},
        {{STATEMENT_SHOWN_POSTS_RISING, STATEMENT_SHOWN_POSTS_FALLING},
         {STATEMENT_LONG_SHOWN_POSTS_RISING, STATEMENT_LONG_SHOWN_POSTS_FALLING}}};
    struct taking taking = {.post = take, .long_bodies = wish->long_bodies, .context = context};
    const struct ticket_version *ticket = wish->ticket;
    bool of_client = ticket_view_is_client(wish->view.rules);
    const struct entry_values entries = entry_values_of(ticket, wish->types, wish->view);
    const struct db_value *of = entries.of;
    const struct db_value values[] = {viewer_of(wish->view.rules).user,
                                      db_integer(wish->view.utc),
                                      db_integer(wish->bodies),
                                      db_text(wish->since),
                                      of[0],
                                      of[1],
                                      of[2],
                                      of[3],
                                      of[4],
                                      of[5],
                                      of[6],
                                      db_integer(wish->after),
                                      db_integer(wish->before ? wish->before : INT64_MAX),
                                      db_integer(wish->most)};
    size_t first = !of_client; // the viewer
    struct query query = {statements_of[of_client][wish->long_bodies][wish->falling], values + first,
                          sizeof values / sizeof *values - first};
    if (!ticket->thread_id) return true;
    return row_each(db, query, NULL, take_post, &taking, error) &&
           (!taking.lacks_a_body ||
            error_set(error, ERROR_RETRYABLE, "a long entry was written while the ticket was read"));
}

static void take_event(const struct row *row, void *into) {
    struct taking *taking = into;
    const struct event event = {
        .id = row_integer(row, EVENT_ID),
        .name = row_text(row, EVENT_NAME),
        .at = row_text(row, EVENT_AT),
        .username = row_text(row, EVENT_USERNAME),
        .actor_id = row_integer(row, EVENT_ACTOR),
        .is_of_user = text_equal(row_text(row, EVENT_ACTOR_TYPE), TEXT("U")),
        .staff_id = row_integer(row, EVENT_STAFF),
        .team_id = row_integer(row, EVENT_TEAM),
        .department_id = row_integer(row, EVENT_DEPARTMENT),
        .data = row_text(row, EVENT_DATA),
        .is_annulled = row_is_true(row, EVENT_IS_ANNULLED),
    };
    taking->event(&event, taking->context);
}

bool events_read(struct db *db, const struct event_wish *wish, event_take *take, void *context,
                 struct error *error) {
    struct taking taking = {.event = take, .context = context};
    struct query query =
        QUERY(STATEMENT_EVENTS, db_integer(wish->view.utc), db_integer(wish->ticket->thread_id),
              db_integer(wish->after), db_text(wish->names), db_text(wish->names), db_integer(wish->most));
    return !wish->ticket->thread_id || row_each(db, query, NULL, take_event, &taking, error);
}

static void take_file(const struct row *row, void *into) {
    *(struct shown_file *)into = (struct shown_file){
        .id = row_integer(row, SHOWN_FILE_ID),
        .entry_id = row_integer(row, SHOWN_FILE_ENTRY),
        .name = row_copy(row, SHOWN_FILE_NAME),
        .size = row_integer(row, SHOWN_FILE_SIZE),
        .type = row_copy(row, SHOWN_FILE_TYPE),
        .is_inline = row_is_true(row, SHOWN_FILE_IS_INLINE),
        .key = row_copy(row, SHOWN_FILE_KEY),
        .signature = row_copy(row, SHOWN_FILE_SIGNATURE),
        .is_body = row_is_true(row, SHOWN_FILE_IS_BODY),
    };
}

// Without those that are bodies. Whether there are any.
static bool take_bodies_out(struct shown_file *files, size_t *count) {
    size_t kept = 0;
    for (size_t i = 0; i < *count; i++)
        if (!files[i].is_body) files[kept++] = files[i];
    bool any = kept < *count;
    *count = kept;
    return any;
}

bool shown_files_read(struct db *db, const struct entry_wish *wish, struct arena *arena,
                      struct shown_file **files, size_t *count, bool *long_bodies, struct error *error) {
    const struct ticket_version *ticket = wish->ticket;
    const struct entry_values entries = entry_values_of(ticket, wish->types, wish->view);
    struct query query = QUERY_OF(STATEMENT_SHOWN_FILES, entries.of);
    *count = 0;
    *long_bodies = false;
    if (!ticket->thread_id) return true;
    if (!row_all(db, query, arena, take_file, ROW_LIST(files, count), error)) return false;
    if (arena->failed) return error_too_large(error);
    *long_bodies = take_bodies_out(*files, count);
    return true;
}

static void take_collaborator(const struct row *row, void *into) {
    struct taking *taking = into;
    const struct row user = row_part(row, SHOWN_COLLABORATOR_USER);
    int64_t flags = row_integer(row, SHOWN_COLLABORATOR_FLAGS);
    const struct collaborator collaborator = {
        .user = person_of(&user),
        .is_active = (flags & COLLABORATOR_FLAG_ACTIVE) != 0,
        .is_in_copy = (flags & COLLABORATOR_FLAG_COPY) != 0,
        .since = row_text(row, SHOWN_COLLABORATOR_SINCE),
    };
    taking->collaborator(&collaborator, taking->context);
}

bool collaborators_read(struct db *db, const struct ticket_version *ticket, struct view view,
                        collaborator_take *take, void *context, struct error *error) {
    struct taking taking = {.collaborator = take, .context = context};
    const struct db_value utc = db_integer(view.utc), thread = db_integer(ticket->thread_id);
    struct query query =
        ticket_view_is_client(view.rules)
            ? QUERY(STATEMENT_COLLABORATORS_OF_CLIENT, viewer_of(view.rules).user, utc, thread)
            : QUERY(STATEMENT_SHOWN_COLLABORATORS, utc, thread);
    return !ticket->thread_id || row_each(db, query, NULL, take_collaborator, &taking, error);
}

// ---- by ids

#define IDS_AT_ONCE 16

struct wanted_posts {
    const int64_t *ids;
    size_t count;
    struct post *posts;
};

static void take_wanted(const struct row *row, void *into) {
    const struct wanted_posts *wanted = into;
    const struct post post = post_of(row);
    for (size_t i = 0; i < wanted->count; i++)
        if (wanted->ids[i] == post.id) wanted->posts[i] = post;
}

bool posts_of_ids(struct db *db, const int64_t *ids, size_t count, int64_t characters, struct arena *arena,
                  struct post *posts, struct error *error) {
    memset(posts, 0, count * sizeof *posts);
    for (size_t i = 0; i < count; i += IDS_AT_ONCE) {
        size_t some = count - i < IDS_AT_ONCE ? count - i : IDS_AT_ONCE;
        struct wanted_posts wanted = {ids + i, some, posts + i};
        struct db_value values[2 + IDS_AT_ONCE] = {db_integer(1), db_integer(characters)};
        for (size_t id = 0; id < IDS_AT_ONCE; id++)
            values[2 + id] = db_integer(ids[i + (id < some ? id : some - 1)]);
        if (!row_each(db, QUERY_OF(STATEMENT_POSTS_OF_IDS, values), arena, take_wanted, &wanted, error))
            return false;
    }
    return !arena->failed || error_too_large(error);
}
