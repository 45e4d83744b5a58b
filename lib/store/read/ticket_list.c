// SPDX-License-Identifier: GPL-2.0-or-later
// A list's tickets out of one statement, their entries out of the next.
#include "store/read/ticket_list.h"

#include "base/buffer.h"
#include "store/desk/kept_desk.h"
#include "store/help_desk.h"
#include "store/read/answer_choice.h"
#include "store/read/body_pieces.h"
#include "store/row.h"
#include "store/statements.h"

#include <stdlib.h>
#include <string.h>

#define TICKETS_MAX ((size_t)64 << 20)  // half a kilobyte each
#define ENTRY_MAX   ((size_t)256 << 20) // a body that lies in files comes whole
#define ID_LIST_MAX 65536

struct listed {
    struct listed *next;
    struct ticket_columns ticket;
};

struct ticket_list {
    struct arena tickets; // all of them
    struct listed *left;  // by id; the first is the one at hand, once there is one
    struct db_rows *rows; // of the entries
    struct arena entry;   // the texts of the one given out last
    bool at_hand;         // there is a row that is not used up

    // The ticket at hand.
    int64_t ticket_id; // 0: none
    int64_t thread_id; // 0: none
    bool shown;        // it was given out
    int64_t entry_id;  // of the entry given out last, with its time
    char entry_created[32];
};

static int out_of_order(struct error *error) {
    error_set(error, ERROR_INTERNAL,
              "the database gave the rows of a list in another order than was asked for");
    return -1;
}

// What a list's tickets are taken by.
struct taking {
    const struct ticket_list_wish *wish;
    const struct ticket_list_query *query;
    struct ticket_list *list;
    struct answer_choice choice; // of the ticket met last
    struct listed *last, **end;
    bool is_outdated; // the kept names are of another version
};

static bool query_tickets(struct db *db, const struct taking *taking, struct db_rows **rows,
                          struct error *error) {
    const struct ticket_list_query *query = taking->query;
    const struct help_desk *help_desk = taking->wish->help_desk;
    struct buffer fields = buffer_new(ID_LIST_MAX), phones = buffer_new(ID_LIST_MAX);
    help_desk_list_fields(help_desk, ANSWERS_OF_TICKET, &fields);
    help_desk_list_fields(help_desk, ANSWERS_OF_OWNER, &phones);
    const struct db_value phone = db_text(buffer_text(&phones)), answers = db_text(buffer_text(&fields)),
                          id = db_integer(taking->wish->id);
    // What is known of the owner is not asked for.
    const struct query of_staff = QUERY(query->tickets, phone, answers, id),
                       of_user = QUERY(query->tickets, answers, id),
                       with_phone = QUERY(query->tickets, phone, id, answers, id);
    struct query wanted = !query->of_user ? of_staff : query->phone ? of_user : with_phone;
    bool done = fields.failed || phones.failed
                    ? error_set(error, ERROR_INTERNAL, "too many form fields have one name")
                    : db_query(db, wanted.statement, wanted.values, wanted.count, rows, error);
    buffer_free(&fields);
    buffer_free(&phones);
    return done;
}

// A ticket has a row for each of its answers.
static void take_answers(struct taking *taking, const struct row *row) {
    const struct row of_ticket = row_part(row, LISTED_ANSWER), of_owner = row_part(row, LISTED_OWNER_ANSWER);
    const struct help_desk *help_desk = taking->wish->help_desk;
    struct field_answer answer = field_answer_of(&of_ticket);
    const struct answer_field *field = help_desk_answer_field(help_desk, answer.field_id);
    if (field) answer_choice_of_ticket(&taking->choice, &answer, field);
    if (taking->query->of_user) return;
    answer = field_answer_of(&of_owner);
    field = help_desk_answer_field(help_desk, answer.field_id);
    if (field) answer_choice_of_owner(&taking->choice, &answer, field);
}

static struct owner_phone phone_of(const struct row *row, const struct ticket_list_query *query) {
    return query->phone ? *query->phone : owner_phone_of(row_copy(row, LISTED_OF_USER_PHONE));
}

static struct listed *take_ticket(const struct row *row, const struct ticket_list_query *query) {
    const struct row part = row_part(row, LISTED_TICKET), sla = row_part(row, LISTED_SLA);
    struct listed *listed = arena_take(row->arena, sizeof *listed);
    if (!listed) return NULL;
    ticket_columns_take(&part, &listed->ticket);
    sla_columns_take(&sla, &listed->ticket);
    if (query->of_user) {
        struct owner_phone phone = phone_of(row, query);
        listed->ticket.phone = phone.number;
        listed->ticket.phone_format = phone.format;
    }
    return listed;
}

// The ticket of the row at hand becomes the last one. False where it comes before that.
static bool take_next(struct taking *taking, const struct row *row) {
    int64_t id = row_integer(row, LISTED_ID);
    if (taking->last && id <= taking->last->ticket.id) return id == taking->last->ticket.id;
    *taking->end = taking->last = take_ticket(row, taking->query);
    if (taking->last) taking->end = &taking->last->next;
    taking->choice = (struct answer_choice){.arena = &taking->list->tickets};
    return true;
}

// Whether the names that the row was asked for with are still those of its version.
static bool is_current(const struct ticket_list_query *query, const struct row *row) {
    unsigned column = query->of_user ? LISTED_OF_USER_VERSION : LISTED_OF_STAFF_VERSION;
    return !query->kept || kept_desk_is_of(query->kept, row_integer(row, column));
}

static bool take_tickets(struct taking *taking, struct db_rows *rows, struct error *error) {
    struct ticket_list *list = taking->list;
    const struct row row = {.rows = rows, .arena = &list->tickets};
    int more;
    while ((more = db_rows_next(rows, error)) > 0 && !list->tickets.failed) {
        if (!taking->last && !is_current(taking->query, &row)) {
            taking->is_outdated = true;
            return true;
        }
        if (!take_next(taking, &row)) return out_of_order(error) == 0;
        if (!taking->last) break;
        take_answers(taking, &row);
        answer_choice_show(&taking->choice, &taking->last->ticket);
    }
    return more >= 0 &&
           (!list->tickets.failed || error_set(error, ERROR_INTERNAL, "a list is too long to be kept"));
}

static bool read_tickets(struct taking *taking, struct db *db, struct error *error) {
    struct db_rows *rows = NULL;
    taking->end = &taking->list->left;
    bool done = query_tickets(db, taking, &rows, error) && take_tickets(taking, rows, error);
    db_rows_close(&rows);
    return done;
}

// The row at hand of the entries; copies go into `arena`.
static struct row entry_row(const struct ticket_list *list, struct arena *arena) {
    return (struct row){.rows = list->rows, .arena = arena};
}

// Makes the next row the one at hand.
static int advance(struct ticket_list *list, struct error *error) {
    int more = db_rows_next(list->rows, error);
    list->at_hand = more > 0;
    return more;
}

// Whether a due date is reckoned by an SLA: that takes more of the help desk than most lists need.
static bool needs_times(const struct ticket_list *list) {
    for (const struct listed *listed = list->left; listed; listed = listed->next) {
        const struct ticket_columns *ticket = &listed->ticket;
        if (!ticket->due.data && !ticket->estimated_due.data && ticket->sla_active) return true;
    }
    return false;
}

int ticket_list_open(struct db *db, const struct ticket_list_wish *wish,
                     const struct ticket_list_query *query, struct ticket_list **opened,
                     struct error *error) {
    struct db_value values[SORTED_VALUES_COUNT] = {
        [SORTED_VALUE_NOTES] = db_string(wish->notes ? "N" : "M"),
        [SORTED_VALUE_KEY] = db_integer(wish->id),
    };
    struct ticket_list *list = calloc(1, sizeof *list);
    struct taking taking = {.wish = wish, .query = query, .list = list};
    *opened = list;
    if (!list) {
        error_set(error, ERROR_INTERNAL, "out of memory");
        return -1;
    }
    list->tickets = arena_new(TICKETS_MAX);
    list->entry = arena_new(ENTRY_MAX);
    if (read_tickets(&taking, db, error) && !taking.is_outdated &&
        (!needs_times(list) || help_desk_load_times(db, wish->arena, wish->help_desk, error)) &&
        db_query(db, query->entries, values, SORTED_VALUES_COUNT, &list->rows, error) &&
        advance(list, error) >= 0)
        return 1;
    ticket_list_close(opened);
    return taking.is_outdated ? 0 : -1;
}

void ticket_list_close(struct ticket_list **list) {
    if (!*list) return;
    db_rows_close(&(*list)->rows);
    arena_free(&(*list)->tickets);
    arena_free(&(*list)->entry);
    free(*list);
    *list = NULL;
}

// Counts the attachments of the entry at hand and gathers a long body, over all rows of the entry.
static int take_attachments(struct ticket_list *list, struct entry_columns *entry, struct error *error) {
    const struct row row = entry_row(list, NULL);
    struct body_pieces pieces = {.arena = &list->entry};
    int64_t last = 0;
    int more = 1;
    for (; more > 0; more = advance(list, error)) {
        if (row_integer(&row, LISTED_ENTRY_TICKET) != list->ticket_id ||
            row_integer(&row, LISTED_ENTRY + SHOWN_ENTRY_ID) != entry->id)
            break;
        int64_t id = row_integer(&row, LISTED_ENTRY_ATTACHMENT);
        entry->attachments += id && id != last && !row_integer(&row, LISTED_ENTRY_ATTACHMENT_INLINE);
        last = id;
        if (!row_is_null(&row, LISTED_ENTRY_CHUNK_ID))
            body_pieces_add(&pieces, id, row_integer(&row, LISTED_ENTRY_CHUNK_ID),
                            row_text(&row, LISTED_ENTRY_CHUNK));
    }
    if (pieces.count) entry->body = body_pieces_join(&pieces);
    return more;
}

// Whether the entry at hand comes behind the last one, which it then is.
static bool is_behind(struct ticket_list *list, const struct entry_columns *entry) {
    char stamp[sizeof list->entry_created] = "";
    size_t length = entry->created.length < sizeof stamp ? entry->created.length : sizeof stamp - 1;
    if (length) memcpy(stamp, entry->created.data, length);
    int order = strcmp(stamp, list->entry_created);
    if (order < 0 || (order == 0 && entry->id <= list->entry_id)) return false;
    memcpy(list->entry_created, stamp, sizeof stamp);
    list->entry_id = entry->id;
    return true;
}

static void take_entry(struct ticket_list *list, struct entry_columns *entry) {
    const struct row row = entry_row(list, &list->entry), part = row_part(&row, LISTED_ENTRY);
    arena_free(&list->entry);
    entry_columns_take(&part, entry);
    entry->user.address = row_copy(&row, LISTED_ENTRY_USER_ADDRESS);
    entry->editor = row_copy(&row, LISTED_ENTRY_EDITOR);
}

// Whether the row at hand is of a ticket of the list, which then is the ticket at hand.
static bool is_listed(struct ticket_list *list) {
    const struct row row = entry_row(list, &list->tickets);
    int64_t id = row_integer(&row, LISTED_ENTRY_TICKET);
    while (list->left && list->left->ticket.id < id) list->left = list->left->next;
    if (!list->left || list->left->ticket.id != id) return false;
    if (id == list->ticket_id) return true;
    list->ticket_id = id;
    list->thread_id = row_integer(&row, LISTED_ENTRY_THREAD);
    list->left->ticket.last_message = row_copy(&row, LISTED_ENTRY_LAST_MESSAGE);
    list->left->ticket.last_response = row_copy(&row, LISTED_ENTRY_LAST_RESPONSE);
    list->shown = false;
    list->entry_id = 0;
    list->entry_created[0] = '\0';
    return true;
}

// Gives out the entry at hand, or its ticket alone when that has none: 1. 0: there is nothing to show.
static int give(struct ticket_list *list, struct ticket_row *row, struct error *error) {
    const struct row at_hand = entry_row(list, NULL);
    if (row_integer(&at_hand, LISTED_ENTRY_TICKET) < list->ticket_id) return out_of_order(error);
    if (!is_listed(list)) return advance(list, error) < 0 ? -1 : 0;
    bool first = !list->shown;
    list->shown = true;
    row->has_entry = !row_is_null(&at_hand, LISTED_ENTRY + SHOWN_ENTRY_ID) &&
                     row_integer(&at_hand, LISTED_ENTRY_THREAD) == list->thread_id;
    row->ticket = list->left->ticket;
    if (!row->has_entry) return advance(list, error) < 0 ? -1 : first;
    take_entry(list, &row->entry);
    if (!is_behind(list, &row->entry)) return out_of_order(error);
    if (take_attachments(list, &row->entry, error) < 0) return -1;
    if (!list->entry.failed && !list->tickets.failed) return 1;
    error_set(error, ERROR_INTERNAL, "a ticket is too large to be read");
    return -1;
}

int ticket_list_next(struct ticket_list *list, struct ticket_row *row, struct error *error) {
    while (list->at_hand) {
        int given = give(list, row, error);
        if (given != 0) return given;
    }
    return 0;
}
