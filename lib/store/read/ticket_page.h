// SPDX-License-Identifier: GPL-2.0-or-later
// Tickets by conditions, in an order, a page at a time. Each page begins behind the last ticket of the one
// before (a keyset), so that none comes twice and none is lost while others are inserted. spec:
// operations.md 3.1.
#ifndef STORE_READ_TICKET_PAGE_H
#define STORE_READ_TICKET_PAGE_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "db/db.h"
#include "store/read/ticket_object.h"
#include "store/view/ticket_scope.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum ticket_sort {
    TICKET_SORT_CREATED,
    TICKET_SORT_UPDATED,
    TICKET_SORT_LAST_UPDATE,
    TICKET_SORT_CLOSED,
    TICKET_SORT_DUE,
    TICKET_SORT_NUMBER,
    TICKET_SORT_PRIORITY, // by urgency
    TICKET_SORT_ID,
};

// What a ticket has to be. Those to TICKET_OF_COLLABORATOR take any number of values, one of which it has to
// have; the others one.
enum ticket_condition_kind {
    TICKET_OF_STATUS,
    TICKET_OF_DEPARTMENT,
    TICKET_OF_TOPIC,
    TICKET_OF_SHOWN_DEPARTMENT, // as clients are shown it
    TICKET_OF_SHOWN_TOPIC,
    TICKET_OF_STAFF,
    TICKET_OF_TEAM,
    TICKET_OF_SLA,
    TICKET_OF_USER,
    TICKET_OF_ORGANIZATION,
    TICKET_OF_PARENT,
    TICKET_OF_ID,
    TICKET_OF_NUMBER,   // a text
    TICKET_OF_SOURCE,   // a text
    TICKET_HAS_SUBJECT, // a part of it, as LIKE has it
    TICKET_OF_PRIORITY,
    TICKET_OF_COLLABORATOR, // a user
    TICKET_IS_OVERDUE,      // 1 or 0, as the next two
    TICKET_IS_ANSWERED,
    TICKET_IS_ASSIGNED,
    // Times in UTC: not before, and before.
    TICKET_CREATED_SINCE,
    TICKET_CREATED_BEFORE,
    TICKET_UPDATED_SINCE,
    TICKET_UPDATED_BEFORE,
    TICKET_CLOSED_SINCE,
    TICKET_CLOSED_BEFORE,
    TICKET_DUE_SINCE,
    TICKET_DUE_BEFORE,
    TICKET_LAST_MESSAGE_SINCE,
    TICKET_LAST_MESSAGE_BEFORE,
    TICKET_LAST_RESPONSE_SINCE,
    TICKET_LAST_RESPONSE_BEFORE,
    // Of criteria alone.
    TICKET_OF_STORED_PRIORITY, // as the ticket has it: none is none
    TICKET_HAS_CREATED,        // 1: the column is not NULL, 0: it is; as the other ones that have
    TICKET_HAS_CLOSED,
    TICKET_REOPENED_SINCE,
    TICKET_REOPENED_BEFORE,
    TICKET_HAS_REOPENED,
    TICKET_LAST_UPDATE_SINCE,
    TICKET_LAST_UPDATE_BEFORE,
    TICKET_HAS_LAST_UPDATE,
    TICKET_DUE_SET_SINCE, // by hand
    TICKET_DUE_SET_BEFORE,
    TICKET_HAS_DUE_SET,
    TICKET_DUE_BY_SLA_SINCE,
    TICKET_DUE_BY_SLA_BEFORE,
    TICKET_HAS_DUE_BY_SLA,
    TICKET_CONDITIONS,
};

#define TICKET_CONDITION_VALUES_MAX 50 // of one condition

// A condition beside others of its kind: one of the alternatives holds, or, negated, that is not so.
#define TICKET_ALTERNATIVES_MAX 2
struct ticket_criterion {
    bool is_negated;
    size_t count;
    struct ticket_alternative {
        enum ticket_condition_kind kind;
        struct db_value *values; // none: nothing fulfils it
        size_t count;
    } alternatives[TICKET_ALTERNATIVES_MAX];
};

// An answer to the ticket's form, as its column of ticket__cdata has it: one of the texts, or, of a choice,
// one of them among the keys.
struct ticket_answer_condition {
    struct text column; // as the database tells it, never as a client does
    bool is_choice;
    struct db_value *values; // none: nothing fulfils it
    size_t count;
};

// More places than that (rows of the index, tickets of an owner) are not looked at: the best ones are.
#define TICKET_SEARCH_PLACES_MAX 10000
// Of whoever sees some tickets only all places are looked at: that more are left out than he sees would tell
// of others' tickets, and his own among them would be missing.
#define TICKET_SEARCH_ALL_PLACES_MAX 1000000

// How a text is searched for, see ops/list/search_text.h, and for whom.
enum ticket_search_by {
    TICKET_SEARCH_NO,      // it is not
    TICKET_SEARCH_NOTHING, // finds nothing
    TICKET_SEARCH_WORDS,
    TICKET_SEARCH_BOOLEAN, // words with operators of MySQL's full text search
    TICKET_SEARCH_NUMBER,  // a part of it
    TICKET_SEARCH_ADDRESS,
    TICKET_SEARCH_ADDRESS_PART,
    TICKET_SEARCH_KINDS,
};
struct ticket_search {
    enum ticket_search_by by;
    struct text text;
    // The text as LIKE has its beginning and a part.
    struct text beginning, part;
    // What has to stand in a place as well, or may not, as LIKE has it: with one and with two signs between
    // words.
    struct ticket_phrase {
        struct text close, wide;
        bool is_negated;
    } * phrases;
    size_t phrase_count;
    bool with_notes, as_client;
    int64_t most_places; // TICKET_SEARCH_PLACES_MAX or TICKET_SEARCH_ALL_PLACES_MAX
};

// All conditions hold. A condition without values is none, or, where it was asked for, one that nothing
// fulfils.
struct ticket_conditions {
    struct {
        bool is_asked;
        struct db_value *values;
        size_t count;
    } of[TICKET_CONDITIONS];
    struct ticket_criterion *criteria;
    size_t criterion_count;
    struct ticket_answer_condition *answers;
    size_t answer_count;
    struct ticket_search search;
    const struct ticket_scope *scope; // what is seen of all tickets; NULL: all
};

// The ticket that a page begins behind. `value` is the column that it sorts by, as the database has it.
struct ticket_place {
    bool is_set;
    bool is_null; // the value is
    struct text value;
    int64_t id;
    bool is_cut; // of a search: there are more places than are looked at
};

struct ticket_page_wish {
    struct view view;
    uint64_t fields; // bits of TICKET_FIELDS: of those that are not wanted no column is read
    const struct ticket_conditions *conditions;
    enum ticket_sort sort;
    bool falling; // the greatest first; tickets without a value are last either way
    struct ticket_place behind;
    int64_t offset; // tickets to leave out; only where `behind` is not set
    int64_t most;
    bool last_entries;   // with the entry that was written last,
    bool bodies;         // and its body
    struct arena *arena; // texts of the tickets are copied into it; NULL: they are not
};

// Takes one ticket more, and its place; both are valid during the call. A ticket of id 0 is gone since it was
// found: only of functions that say so.
typedef void ticket_page_take(const struct ticket_object *object, const struct ticket_place *place,
                              void *context);

// Whether the database finds the tickets without reading all that there are. ERROR_UNPROCESSABLE saying what
// would help. A text that is searched for finds them, too.
bool ticket_page_is_cheap(const struct ticket_page_wish *wish, struct error *error) CHECKED;

// Reads `most` tickets of those that conditions and scope let through, fewer at the end, by the wish's order
// also where a text is searched for. One round trip; more, at most two, where those with a value to sort by
// end within the page. ERROR_UNPROCESSABLE where a search takes longer than the database may.
bool ticket_page_read(struct db *db, const struct ticket_page_wish *wish, ticket_page_take *take,
                      void *context, struct error *error) CHECKED;

// How many tickets fulfil the conditions, counted to `most`. One round trip.
bool ticket_page_count(struct db *db, const struct ticket_conditions *conditions, int64_t most,
                       int64_t *count, struct error *error) CHECKED;

// One ticket as it stands in a list of the view, whether or not the list has it: 1, 0, -1: failure. Texts lie
// in the arena. One round trip.
int ticket_page_one(struct db *db, int64_t ticket_id, struct view view, struct arena *arena,
                    struct ticket_object *object, struct error *error) CHECKED;

#endif
