// SPDX-License-Identifier: GPL-2.0-or-later
// Tickets out of rows that have a ticket's parts below each other.
#include "store/ticket_stream.h"

#include "db/db.h"
#include "store/help_desk.h"

#include <stdlib.h>
#include <string.h>

// The columns of reading_statements.h, in their order.
// clang-format off
enum column {
    KIND, TICKET_ID, NUMBER, STATUS_ID, DEPARTMENT_ID, TOPIC_ID, SOURCE, CREATED, CLOSED, DUE, ESTIMATED_DUE,
    REOPENED, OWNER_ID, OWNER_NAME, OWNER_ADDRESS, STAFF_ID, STAFF_FIRST, STAFF_LAST, TEAM_ID, TEAM_NAME,
    SLA_FLAGS, SLA_GRACE, SLA_SCHEDULE, THREAD_ID, LAST_MESSAGE, LAST_RESPONSE,
    ANSWER_NAME, FIELD_SORT, FIELD_ID, FORM_SORT, FORM_ID, VALUE, VALUE_ID, PHONE_FORMAT,
    ENTRY_ID, ENTRY_PARENT, ENTRY_THREAD, ENTRY_TYPE, ENTRY_POSTER, ENTRY_SOURCE, ENTRY_TITLE, ENTRY_BODY,
    ENTRY_FORMAT, ENTRY_FLAGS, ENTRY_CREATED, ENTRY_UPDATED, ENTRY_EDITOR_ID, ENTRY_STAFF_ID, ENTRY_STAFF_FIRST,
    ENTRY_STAFF_LAST, ENTRY_USER_ID, ENTRY_USER_NAME, ATTACHMENT_ID, ATTACHMENT_INLINE,
    // Only of lists:
    ENTRY_USER_ADDRESS = TICKET_STREAM_MORE, ENTRY_EDITOR, CHUNK_ID, CHUNK,
};
// clang-format on

enum { KIND_TICKET, KIND_ANSWER, KIND_OWNER_ANSWER, KIND_ENTRY };
enum { SUBJECT, PRIORITY, PHONE };

#define SLA_FLAG_ACTIVE 1
#define ARENA_MAX       (256 << 20) // a body that lies in files comes whole

// A part of a body that was too long for its column.
struct piece {
    int64_t attachment_id, chunk_id;
    struct text bytes;
};

void ticket_stream_begin(struct ticket_stream *stream, struct db_rows *rows, bool ordered,
                         struct arena *arena) {
    memset(stream, 0, sizeof *stream);
    stream->rows = rows;
    stream->ordered = ordered;
    for (size_t i = 0; i < 2; i++) stream->own[i] = arena_new(ARENA_MAX);
    stream->ticket_arena = arena ? arena : &stream->own[0];
    stream->entry_arena = arena ? arena : &stream->own[1];
}

void ticket_stream_end(struct ticket_stream *stream) {
    db_rows_close(&stream->rows);
    for (size_t i = 0; i < 2; i++) arena_free(&stream->own[i]);
}

static int64_t integer(const struct ticket_stream *stream, enum column column) {
    return db_rows_integer(stream->rows, column);
}

static struct text kept(struct ticket_stream *stream, struct arena *arena, enum column column) {
    return arena_copy(arena, db_rows_text(stream->rows, column));
}

// Makes the next row the one at hand.
static int advance(struct ticket_stream *stream, struct error *error) {
    int more = db_rows_next(stream->rows, error);
    stream->begun = true;
    stream->at_hand = more > 0;
    if (more > 0 && stream->look) stream->look(stream->context, stream->rows, integer(stream, KIND));
    return more;
}

static struct staff_columns take_staff(struct ticket_stream *stream, struct arena *arena, enum column id) {
    return (struct staff_columns){integer(stream, id), kept(stream, arena, id + 1),
                                  kept(stream, arena, id + 2)};
}

static void take_ticket(struct ticket_stream *stream) {
    struct ticket_columns *ticket = &stream->ticket;
    struct arena *arena = stream->ticket_arena;
    *ticket = (struct ticket_columns){
        .id = integer(stream, TICKET_ID),
        .number = kept(stream, arena, NUMBER),
        .status_id = integer(stream, STATUS_ID),
        .department_id = integer(stream, DEPARTMENT_ID),
        .topic_id = integer(stream, TOPIC_ID),
        .source = kept(stream, arena, SOURCE),
        .created = kept(stream, arena, CREATED),
        .closed = kept(stream, arena, CLOSED),
        .due = kept(stream, arena, DUE),
        .estimated_due = kept(stream, arena, ESTIMATED_DUE),
        .reopened = kept(stream, arena, REOPENED),
        .owner = {integer(stream, OWNER_ID), kept(stream, arena, OWNER_NAME),
                  kept(stream, arena, OWNER_ADDRESS)},
        .priority_id = -1,
        .assignee = take_staff(stream, arena, STAFF_ID),
        .team_id = integer(stream, TEAM_ID),
        .team_name = kept(stream, arena, TEAM_NAME),
        .sla_active = (integer(stream, SLA_FLAGS) & SLA_FLAG_ACTIVE) != 0,
        .sla_grace_hours = integer(stream, SLA_GRACE),
        .sla_schedule_id = integer(stream, SLA_SCHEDULE),
    };
    if (!stream->phone) return;
    ticket->phone = stream->phone->number;
    ticket->phone_format = stream->phone->format;
}

// The field of the answer at hand: of those that are known, or as the row has it. NULL: none, or no answer.
static const struct answer_field *field_at_hand(struct ticket_stream *stream, struct answer_field *room) {
    int64_t id = integer(stream, FIELD_ID);
    if (!stream->fields) {
        *room =
            (struct answer_field){id, integer(stream, FIELD_SORT), db_rows_text(stream->rows, ANSWER_NAME),
                                  db_rows_text(stream->rows, PHONE_FORMAT)};
        return id ? room : NULL;
    }
    for (size_t i = 0; i < stream->field_count; i++)
        if (stream->fields[i].id == id) return &stream->fields[i];
    return NULL;
}

// Whether the answer at hand counts more than the one chosen so far: of a ticket's the one whose field sorts
// last, of an owner's the first by form and field. What is chosen is noted.
static bool is_chosen(struct ticket_stream *stream, int which, const struct answer_field *field) {
    int64_t ranks[] = {field->sort, field->id, 0, 0};
    if (which == PHONE) {
        int64_t first[] = {-integer(stream, FORM_SORT), -integer(stream, FORM_ID), -ranks[0], -ranks[1]};
        memcpy(ranks, first, sizeof ranks);
    }
    int64_t *best = stream->answer_ranks[which];
    for (size_t i = 0; stream->answered[which]; i++) {
        if (i == 4 || ranks[i] < best[i]) return false;
        if (ranks[i] > best[i]) break;
    }
    stream->answered[which] = true;
    memcpy(best, ranks, sizeof ranks);
    return true;
}

static void take_priority(struct ticket_stream *stream) {
    struct ticket_columns *ticket = &stream->ticket;
    bool chosen = !db_rows_is_null(stream->rows, VALUE_ID);
    ticket->priority_id = chosen ? integer(stream, VALUE_ID) : -1;
    ticket->priority_text = chosen ? TEXT_NULL : kept(stream, stream->ticket_arena, VALUE);
}

static void take_phone(struct ticket_stream *stream, const struct answer_field *field) {
    struct ticket_columns *ticket = &stream->ticket;
    struct text number = kept(stream, stream->ticket_arena, VALUE);
    ticket->phone = number.data ? number : TEXT("");
    ticket->phone_format = arena_copy(stream->ticket_arena, field->phone_format);
}

static void take_answer(struct ticket_stream *stream, int64_t kind) {
    struct answer_field room;
    const struct answer_field *field = field_at_hand(stream, &room);
    if (!field) return;
    if (kind == KIND_OWNER_ANSWER) {
        if (text_equal_ignoring_case(field->name, TEXT("phone")) && is_chosen(stream, PHONE, field))
            take_phone(stream, field);
    } else if (text_equal_ignoring_case(field->name, TEXT("subject"))) {
        if (is_chosen(stream, SUBJECT, field))
            stream->ticket.subject = kept(stream, stream->ticket_arena, VALUE);
    } else if (text_equal_ignoring_case(field->name, TEXT("priority"))) {
        if (is_chosen(stream, PRIORITY, field)) take_priority(stream);
    }
}

static int out_of_order(struct error *error) {
    error_set(error, ERROR_INTERNAL,
              "the database gave the rows of a list in another order than was asked for");
    return -1;
}

// Takes the ticket whose first row is at hand, and its answers; the first row of its entries is at hand then.
static int open_ticket(struct ticket_stream *stream, struct error *error) {
    int64_t id = integer(stream, TICKET_ID), last = KIND_TICKET;
    if (integer(stream, KIND) != KIND_TICKET || (stream->ordered && id <= stream->ticket.id))
        return out_of_order(error);
    if (stream->ticket_arena == &stream->own[0]) arena_free(stream->ticket_arena);
    memset(stream->answered, 0, sizeof stream->answered);
    stream->shown = false;
    stream->thread_id = 0;
    stream->entry_id = 0;
    stream->entry_created[0] = '\0';
    take_ticket(stream);
    take_answer(stream, KIND_TICKET);
    for (int more; (more = advance(stream, error)) != 0;) {
        if (more < 0) return -1;
        int64_t kind = integer(stream, KIND);
        if (integer(stream, TICKET_ID) != id || kind < last) return out_of_order(error);
        if (kind == KIND_ENTRY) return 1;
        take_answer(stream, kind);
        last = kind;
    }
    return out_of_order(error); // each ticket has a row of the last kind
}

static void take_entry(struct ticket_stream *stream, struct entry_columns *entry) {
    struct arena *arena = stream->entry_arena;
    if (arena == &stream->own[1]) arena_free(arena);
    *entry = (struct entry_columns){
        .id = integer(stream, ENTRY_ID),
        .parent_id = integer(stream, ENTRY_PARENT),
        .thread_id = integer(stream, ENTRY_THREAD),
        .type = kept(stream, arena, ENTRY_TYPE),
        .poster = kept(stream, arena, ENTRY_POSTER),
        .source = kept(stream, arena, ENTRY_SOURCE),
        .title = kept(stream, arena, ENTRY_TITLE),
        .body = kept(stream, arena, ENTRY_BODY),
        .format = kept(stream, arena, ENTRY_FORMAT),
        .flags = integer(stream, ENTRY_FLAGS),
        .created = kept(stream, arena, ENTRY_CREATED),
        .updated = kept(stream, arena, ENTRY_UPDATED),
        .staff = take_staff(stream, arena, ENTRY_STAFF_ID),
        .user = {.id = integer(stream, ENTRY_USER_ID), .name = kept(stream, arena, ENTRY_USER_NAME)},
    };
    if (!stream->look) {
        entry->user.address = kept(stream, arena, ENTRY_USER_ADDRESS);
        entry->editor = kept(stream, arena, ENTRY_EDITOR);
    }
}

static int compare_pieces(const void *a, const void *b) {
    const struct piece *left = a, *right = b;
    if (left->attachment_id != right->attachment_id)
        return left->attachment_id < right->attachment_id ? -1 : 1;
    return left->chunk_id < right->chunk_id ? -1 : left->chunk_id > right->chunk_id;
}

static struct text join_pieces(struct arena *arena, struct piece *pieces, size_t count) {
    size_t length = 0;
    qsort(pieces, count, sizeof *pieces, compare_pieces);
    for (size_t i = 0; i < count; i++) length += pieces[i].bytes.length;
    char *whole = arena_take(arena, length + 1), *to = whole;
    for (size_t i = 0; whole && i < count; i++) {
        memcpy(to, pieces[i].bytes.data, pieces[i].bytes.length);
        to += pieces[i].bytes.length;
    }
    return whole ? (struct text){whole, length} : TEXT_NULL;
}

// Counts the attachments of the entry at hand and gathers a long body, over all rows of the entry.
static int take_attachments(struct ticket_stream *stream, struct entry_columns *entry, struct error *error) {
    struct piece *pieces = NULL;
    size_t count = 0;
    int64_t last = 0, ticket_id = stream->ticket.id;
    int more = 1;
    for (; more > 0; more = advance(stream, error)) {
        if (integer(stream, TICKET_ID) != ticket_id || integer(stream, KIND) != KIND_ENTRY ||
            integer(stream, ENTRY_ID) != entry->id)
            break;
        int64_t id = integer(stream, ATTACHMENT_ID);
        entry->attachments += id && id != last && !integer(stream, ATTACHMENT_INLINE);
        last = id;
        if (stream->look || db_rows_is_null(stream->rows, CHUNK_ID)) continue;
        struct piece *piece = arena_append(stream->entry_arena, &pieces, &count, sizeof *piece);
        if (piece)
            *piece = (struct piece){id, integer(stream, CHUNK_ID), kept(stream, stream->entry_arena, CHUNK)};
    }
    if (count) entry->body = join_pieces(stream->entry_arena, pieces, count);
    return more;
}

// Whether the entry at hand comes behind the last one, which it then is.
static bool is_behind(struct ticket_stream *stream) {
    struct text created = db_rows_text(stream->rows, ENTRY_CREATED);
    int64_t id = integer(stream, ENTRY_ID);
    char stamp[sizeof stream->entry_created] = "";
    memcpy(stamp, created.data, created.length < sizeof stamp ? created.length : sizeof stamp - 1);
    int order = strcmp(stamp, stream->entry_created);
    if (order < 0 || (order == 0 && id <= stream->entry_id)) return false;
    memcpy(stream->entry_created, stamp, sizeof stamp);
    stream->entry_id = id;
    return true;
}

// Gives out the entry whose first row is at hand, or the ticket alone when it has none. 0: it was another
// thread's.
static int give(struct ticket_stream *stream, struct ticket_row *row, struct error *error) {
    int64_t thread_id = integer(stream, THREAD_ID);
    bool first = !stream->shown;
    if (first) {
        stream->thread_id = thread_id;
        stream->ticket.last_message = kept(stream, stream->ticket_arena, LAST_MESSAGE);
        stream->ticket.last_response = kept(stream, stream->ticket_arena, LAST_RESPONSE);
    }
    stream->shown = true;
    row->has_entry = !db_rows_is_null(stream->rows, ENTRY_ID) && thread_id == stream->thread_id;
    row->ticket = stream->ticket;
    if (!row->has_entry) return advance(stream, error) < 0 ? -1 : first;
    if (stream->ordered && !is_behind(stream)) return out_of_order(error);
    take_entry(stream, &row->entry);
    return take_attachments(stream, &row->entry, error) < 0 ? -1 : 1;
}

int ticket_stream_next(struct ticket_stream *stream, struct ticket_row *row, struct error *error) {
    for (int given = 0; given == 0;) {
        int more = stream->at_hand ? 1 : stream->begun ? 0 : advance(stream, error);
        if (more <= 0) return more;
        if ((!stream->ticket.id || integer(stream, TICKET_ID) != stream->ticket.id) &&
            open_ticket(stream, error) < 0)
            return -1;
        if (integer(stream, KIND) != KIND_ENTRY) return out_of_order(error);
        given = give(stream, row, error);
        if (given < 0) return -1;
        if (given > 0 && (stream->ticket_arena->failed || stream->entry_arena->failed)) {
            error_set(error, ERROR_INTERNAL, "a ticket is too large to be read");
            return -1;
        }
        if (given > 0) return 1;
    }
    return -1;
}
