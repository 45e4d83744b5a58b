// SPDX-License-Identifier: GPL-2.0-or-later
// Two lanes of rows, merged into changes.
#include "store/changes/lanes.h"

#include "store/changes/seen_tickets.h"
#include "store/entry_flags.h"
#include "store/row.h"
#include "store/statements.h"
#include "store/ticket_view.h"

#include <stdio.h>

void change_name(const struct change *change, char name[CHANGE_ID_SIZE]) {
    snprintf(name, CHANGE_ID_SIZE, "%c%lld", change->lane == LANE_EVENTS ? 'e' : 'n', (long long)change->id);
}

static enum change_type type_of(enum lane lane, struct text kind, int64_t flags) {
    if (lane == LANE_EVENTS) return change_type_of_event(kind);
    return change_type_of_entry(kind, (flags & ENTRY_FLAG_EDITED) != 0);
}

// ---- a lane's rows

struct lane_reading {
    enum lane lane;
    struct lane_walk walk;
    struct change *changes; // those that may be given
    size_t count;
    size_t most, rows; // of rows, given or not
    bool sees_nothing;
};

// Whether there may be rows behind the last one that can be given.
static bool was_cut(const struct lane_reading *reading) {
    bool has_ended = reading->walk.any_is_blocked && reading->walk.at.classes == 1;
    return reading->rows == reading->most && !has_ended;
}

static void take_change(const struct row *row, void *into) {
    struct lane_reading *reading = into;
    int64_t id = row_integer(row, CHANGE_ID);
    bool settles;
    reading->rows++;
    if (!lane_walk_take(&reading->walk, id, row_integer(row, CHANGE_AGE), &settles)) return;
    struct change *change = arena_append(row->arena, &reading->changes, &reading->count, sizeof *change);
    if (!change) return;
    *change = (struct change){
        .lane = reading->lane,
        .id = id,
        .at = row_copy(row, CHANGE_AT),
        .settles = settles,
    };
    bool is_of_ticket = row_is_true(row, CHANGE_IS_OF_TICKET);
    struct text kind = row_text(row, CHANGE_KIND);
    change->type = is_of_ticket ? type_of(reading->lane, kind, row_integer(row, CHANGE_FLAGS)) : CHANGE_NONE;
    if (change->type == CHANGE_NONE) return;
    change->is_note = reading->lane == LANE_ENTRIES && text_equal(kind, TEXT("N"));
    change->is_seen = !reading->sees_nothing && row_is_true(row, CHANGE_IS_SEEN);
    change->thread_id = row_integer(row, CHANGE_THREAD);
    change->ticket_id = row_integer(row, CHANGE_TICKET);
    change->number = row_copy(row, CHANGE_NUMBER);
    change->ticket_is_gone = !change->ticket_id;
    change->department_id = row_integer(row, CHANGE_DEPARTMENT);
    change->actor_id = row_integer(row, CHANGE_ACTOR);
    change->actor_is_user = text_equal(row_text(row, CHANGE_ACTOR_KIND), TEXT("U"));
    change->actor_name = row_copy(row, CHANGE_ACTOR_NAME);
    change->data = row_copy(row, CHANGE_DATA);
}

// The values of LANE_IS_UNREAD_TAKES.
#define UNREAD_VALUES (3 + LANE_CLASSES_MAX)
static void set_unread(const struct lane_position *position, struct db_value values[UNREAD_VALUES]) {
    values[0] = db_integer(lane_position_lowest(position));
    values[1] = values[2] = db_integer(position->classes);
    for (unsigned i = 0; i < LANE_CLASSES_MAX; i++)
        values[3 + i] = db_integer(i < position->classes ? position->of[i] : 0);
}

static bool sees_nothing(const struct key_rules *rules) {
    return rules && (ticket_view_is_empty(rules) || ticket_view_is_client(rules));
}

static bool read_lane(struct db *db, const struct lanes_wish *wish, const struct lane_position *position,
                      struct arena *arena, struct lane_reading *reading, struct error *error) {
    static const unsigned statements_of[LANES][2] = {
        [LANE_EVENTS] = {STATEMENT_EVENT_CHANGES_OF_ALL, STATEMENT_EVENT_CHANGES_OF_STAFF},
        [LANE_ENTRIES] = {STATEMENT_ENTRY_CHANGES_OF_ALL, STATEMENT_ENTRY_CHANGES_OF_STAFF}};
    const struct viewer viewer = viewer_of(wish->rules);
    bool of_staff = wish->rules && wish->rules->view == KEY_VIEW_STAFF;
    struct db_value values[3 + UNREAD_VALUES + 1] = {db_integer(wish->utc), viewer.who, viewer.departments};
    set_unread(position, values + 3);
    values[3 + UNREAD_VALUES] = db_integer((int64_t)reading->most);
    reading->walk = lane_walk_from(position, wish->gap);
    reading->sees_nothing = sees_nothing(wish->rules);
    return row_each(db, QUERY_OF(statements_of[reading->lane][of_staff], values), arena, take_change, reading,
                    error);
}

// ---- several servers that write

static void take_integer(const struct row *row, void *into) {
    *(int64_t *)into = row_integer(row, LANE_READ);
}

// What was read and is old moves all classes on.
static bool settle(struct db *db, enum lane lane, int64_t gap, struct lane_position *position,
                   struct error *error) {
    const struct db_value highest = db_integer(lane_position_highest(position));
    struct db_value values[3 + UNREAD_VALUES + 1] = {db_integer(gap),
                                                     db_integer(lane_position_lowest(position)), highest};
    unsigned statement = lane == LANE_EVENTS ? STATEMENT_EVENTS_READ : STATEMENT_ENTRIES_READ;
    int64_t settled = 0;
    set_unread(position, values + 3);
    values[3 + UNREAD_VALUES] = highest;
    if (row_first(db, QUERY_OF(statement, values), NULL, take_integer, &settled, error) < 0) return false;
    lane_position_settle(position, settled);
    return true;
}

static bool prepare(struct db *db, enum lane lane, int64_t gap, int64_t step, struct lane_position *position,
                    struct error *error) {
    if (position->classes > 1 && !settle(db, lane, gap, position, error)) return false;
    lane_position_divide(position, step);
    return true;
}

// ---- both

static void take_ends(const struct row *row, void *into) {
    *(struct lanes_ends *)into = (struct lanes_ends){
        .of = {[LANE_EVENTS] = row_integer(row, LANE_END_OF_EVENTS),
               [LANE_ENTRIES] = row_integer(row, LANE_END_OF_ENTRIES)},
        .step = row_integer(row, LANE_STEP),
    };
}

bool lanes_ends(struct db *db, struct lanes_ends *ends, struct error *error) {
    *ends = (struct lanes_ends){.step = 1};
    return row_first(db, QUERY_WITHOUT_VALUES(STATEMENT_LANE_ENDS), NULL, take_ends, ends, error) >= 0;
}

static bool has_moved(const struct lane_position *position, const struct lanes_ends *ends, enum lane lane) {
    return position->classes > 1 || ends->step > 1 || ends->of[lane] > position->of[0];
}

bool lanes_have_moved(const struct lanes_position *position, const struct lanes_ends *ends) {
    return has_moved(&position->of[LANE_EVENTS], ends, LANE_EVENTS) ||
           has_moved(&position->of[LANE_ENTRIES], ends, LANE_ENTRIES);
}

// By time, events before entries: a ticket is created before it is written in. Where one lane was cut, what
// the other has behind its last row has to wait.
static void merge(struct lane_reading lanes[LANES], struct arena *arena, struct changes_batch *batch) {
    struct lane_reading *events = &lanes[LANE_EVENTS], *entries = &lanes[LANE_ENTRIES];
    size_t at[LANES] = {0};
    batch->changes = arena_take(arena, (events->count + entries->count + 1) * sizeof *batch->changes);
    if (!batch->changes) return;
    for (;;) {
        bool no_event = at[LANE_EVENTS] == events->count, no_entry = at[LANE_ENTRIES] == entries->count;
        if ((no_event && (no_entry || was_cut(events))) || (no_entry && was_cut(entries))) break;
        enum lane next = no_event || (!no_entry && text_compare(entries->changes[at[LANE_ENTRIES]].at,
                                                                events->changes[at[LANE_EVENTS]].at) < 0)
                             ? LANE_ENTRIES
                             : LANE_EVENTS;
        batch->changes[batch->count++] = lanes[next].changes[at[next]++];
    }
    batch->has_more = batch->count && (was_cut(events) || was_cut(entries));
}

bool changes_read(struct db *db, const struct lanes_wish *wish, const struct lanes_ends *ends,
                  struct lanes_position *position, struct arena *arena, struct changes_batch *batch,
                  struct error *error) {
    struct lane_reading lanes[LANES] = {{.lane = LANE_EVENTS, .most = wish->most},
                                        {.lane = LANE_ENTRIES, .most = wish->most}};
    *batch = (struct changes_batch){0};
    for (int lane = 0; lane < LANES; lane++) {
        struct lane_position *of = &position->of[lane];
        if (!has_moved(of, ends, (enum lane)lane)) continue;
        if (!prepare(db, (enum lane)lane, wish->gap, ends->step, of, error) ||
            !read_lane(db, wish, of, arena, &lanes[lane], error))
            return false;
    }
    merge(lanes, arena, batch);
    if (!seen_tickets_find(db, arena, batch->changes, batch->count, error)) return false;
    return !arena->failed || error_too_large(error);
}

void lanes_pass(struct lanes_position *position, const struct change *change) {
    lane_position_pass(&position->of[change->lane], change->id, change->settles);
}

// ---- where to begin

#define BEGIN_ARENA (8 << 20)

static void take_settled(const struct row *row, void *into) {
    struct lanes_position *position = into;
    position->of[LANE_EVENTS] = lane_position_at(row_integer(row, LANE_SETTLED_EVENT));
    position->of[LANE_ENTRIES] = lane_position_at(row_integer(row, LANE_SETTLED_ENTRY));
}

// Past what may be given now.
static bool pass_all(struct db *db, const struct lanes_wish *wish, const struct lanes_ends *ends,
                     struct lanes_position *position, struct error *error) {
    struct changes_batch batch = {.has_more = true};
    bool done = true;
    while (done && batch.has_more) {
        struct arena arena = arena_new(BEGIN_ARENA);
        done = changes_read(db, wish, ends, position, &arena, &batch, error);
        for (size_t i = 0; done && i < batch.count; i++) lanes_pass(position, &batch.changes[i]);
        arena_free(&arena);
    }
    return done;
}

bool lanes_begin(struct db *db, int64_t gap, struct lanes_position *position, struct error *error) {
    const struct lanes_wish wish = {.gap = gap, .most = LANE_ROWS_MAX};
    struct lanes_ends ends;
    struct query settled = QUERY(STATEMENT_LANES_SETTLED, db_integer(gap));
    *position = (struct lanes_position){.of = {lane_position_at(0), lane_position_at(0)}};
    return row_first(db, settled, NULL, take_settled, position, error) >= 0 && lanes_ends(db, &ends, error) &&
           pass_all(db, &wish, &ends, position, error);
}

struct place_in_time {
    int64_t id;
    bool is_before;
};

static void take_place(const struct row *row, void *into) {
    *(struct place_in_time *)into =
        (struct place_in_time){row_integer(row, LANE_TIME_ID), row_is_true(row, LANE_TIME_IS_BEFORE)};
}

// The last id that lies before the time, found by halves: times rise with ids, all but those of edited texts.
static bool find(struct db *db, enum lane lane, struct text since, int64_t end, int64_t *before,
                 struct error *error) {
    unsigned statement = lane == LANE_EVENTS ? STATEMENT_EVENT_TIME : STATEMENT_ENTRY_TIME;
    int64_t behind = end + 1; // no row before the time from there on
    *before = 0;
    while (behind - *before > 1) {
        int64_t middle = *before + (behind - *before) / 2;
        struct place_in_time place = {0};
        int found = row_first(db, QUERY(statement, db_text(since), db_integer(middle)), NULL, take_place,
                              &place, error);
        if (found < 0) return false;
        if (found && place.is_before)
            *before = place.id < behind ? place.id : behind - 1;
        else
            behind = middle;
    }
    return true;
}

bool lanes_begin_at(struct db *db, struct text since, struct lanes_position *position, struct error *error) {
    struct lanes_ends ends;
    if (!lanes_ends(db, &ends, error)) return false;
    for (int lane = 0; lane < LANES; lane++) {
        int64_t before = 0;
        if (!find(db, (enum lane)lane, since, ends.of[lane], &before, error)) return false;
        position->of[lane] = lane_position_at(before);
    }
    return true;
}
