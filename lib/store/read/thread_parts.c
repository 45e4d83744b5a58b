// SPDX-License-Identifier: GPL-2.0-or-later
// Rows of a thread.
#include "store/read/thread_parts.h"

#include "store/row.h"
#include "store/statements.h"

#define COLLABORATOR_FLAG_ACTIVE 1
#define COLLABORATOR_FLAG_COPY   2

// What takes the rows: one of the kinds.
struct taking {
    post_take *post;
    event_take *event;
    collaborator_take *collaborator;
    void *context;
};

static void take_post(const struct row *row, void *into) {
    struct taking *taking = into;
    const struct row staff = row_part(row, POST_STAFF), user = row_part(row, POST_USER);
    struct text long_body = row_text(row, POST_LONG_BODY);
    const struct post post = {
        .id = row_integer(row, POST_ID),
        .type = row_text(row, POST_TYPE),
        .flags = row_integer(row, POST_FLAGS),
        .poster = row_text(row, POST_POSTER),
        .staff = agent_of(&staff),
        .user = person_of(&user),
        .title = row_text(row, POST_TITLE),
        .format = row_text(row, POST_FORMAT),
        .body = text_is_null(long_body) ? row_text(row, POST_BODY) : long_body,
        .created = row_text(row, POST_CREATED),
        .updated = row_text(row, POST_UPDATED),
        .source = row_text(row, POST_SOURCE),
        .ip_address = row_text(row, POST_IP_ADDRESS),
        .recipients = row_text(row, POST_RECIPIENTS),
        .embedded_domains = row_text(row, POST_EMBEDDED_DOMAINS),
    };
    taking->post(&post, taking->context);
}

bool posts_read(struct db *db, const struct post_wish *wish, post_take *take, void *context,
                struct error *error) {
    struct taking taking = {.post = take, .context = context};
    const struct ticket_version *ticket = wish->ticket;
    struct query query =
        QUERY(wish->falling ? STATEMENT_POSTS_FALLING : STATEMENT_POSTS_RISING, db_integer(wish->view.utc),
              db_integer(wish->bodies), db_text(wish->since), db_integer(ticket->thread_id),
              db_integer(ticket->upper_thread_id), db_integer(ticket->thread_id),
              db_integer(ticket->thread_id), db_text(wish->types), db_integer(wish->after),
              db_integer(wish->before ? wish->before : INT64_MAX), db_integer(wish->most));
    return !ticket->thread_id || row_each(db, query, NULL, take_post, &taking, error);
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
    };
}

bool shown_files_read(struct db *db, const struct ticket_version *ticket, struct text types,
                      struct arena *arena, struct shown_file **files, size_t *count, struct error *error) {
    struct query query =
        QUERY(STATEMENT_SHOWN_FILES, db_integer(ticket->thread_id), db_integer(ticket->upper_thread_id),
              db_integer(ticket->thread_id), db_integer(ticket->thread_id), db_text(types));
    *count = 0;
    if (!ticket->thread_id) return true;
    return row_all(db, query, arena, take_file, ROW_LIST(files, count), error) &&
           (!arena->failed || error_too_large(error));
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
    struct query query =
        QUERY(STATEMENT_SHOWN_COLLABORATORS, db_integer(view.utc), db_integer(ticket->thread_id));
    return !ticket->thread_id || row_each(db, query, NULL, take_collaborator, &taking, error);
}
