// SPDX-License-Identifier: GPL-2.0-or-later
// How far a reader of changes has come, and which row he may be given next. spec: operations.md 7.2.
//
// A lane is a table that only grows: the events, or the entries, in the order of their ids. An id is taken
// when a row is written and seen when it is committed, so a row with a lower id may come into sight later. A
// reader therefore never passes a missing id, unless a row behind it is older than [changes] gap: longer than
// a transaction can last. Then whoever had taken the id has rolled back.
//
// Several servers that write one table (Galera, two masters) each take every n-th id
// (auto_increment_increment), each from another one on: what one leaves out the other may be about to write,
// or never will, since it takes the next of its own that lies behind what it has seen of others. So the ids
// are divided into n classes, and each class is read as a lane of its own: rows of one class come in the
// order of their ids, and a class in which nobody writes holds nobody up. Where several servers write at once
// ids are left out all the time, and the rows behind them come [changes] gap seconds late. With n = 1, which
// is all others, there is one class.
#ifndef STORE_CHANGES_LANE_POSITION_H
#define STORE_CHANGES_LANE_POSITION_H

#include "base/buffer.h"
#include "base/text.h"
#include "store/lane_ends.h"

#include <stdbool.h>
#include <stdint.h>

// More servers than these write in classes of several: nothing is lost, but comes late.
#define LANE_CLASSES_MAX 8

// The last id that was passed in each class; class c has the ids c, c + classes, c + 2 classes …
struct lane_position {
    unsigned classes; // 1 to LANE_CLASSES_MAX
    int64_t of[LANE_CLASSES_MAX];
};

struct lanes_position {
    struct lane_position of[LANES];
};

// Behind the id: all up to it count as passed.
struct lane_position lane_position_at(int64_t id);

// The lowest and the highest id that was passed in any class.
int64_t lane_position_lowest(const struct lane_position *position);
int64_t lane_position_highest(const struct lane_position *position);

// Divides it into as many classes as servers write now. One that is divided otherwise already stays so until
// all of its classes are equally far.
void lane_position_divide(struct lane_position *position, int64_t step);

// Nothing is to come any more at or below the id, and nothing there is unread.
void lane_position_settle(struct lane_position *position, int64_t id);

// Whether it lies behind the last row of a lane: a reader brought it along from elsewhere, or rows are no
// more.
bool lanes_position_is_beyond(const struct lanes_position *position, const struct lanes_ends *ends);

// As far as the one that is less far, in each lane.
void lanes_position_fall_back(struct lanes_position *position, const struct lanes_position *other);

// "e8122.n991", with several classes "e8122-8120-8121.n991": what a reader keeps. False for a text that is
// none.
void lanes_position_print(const struct lanes_position *position, struct buffer *out);
bool lanes_position_read(struct text text, struct lanes_position *position);
#define LANES_POSITION_MAX 352 // bytes of it

// A walk over the rows of one lane, rising from a position.
struct lane_walk {
    struct lane_position at;
    int64_t gap; // seconds
    bool is_blocked[LANE_CLASSES_MAX], any_is_blocked;
};
struct lane_walk lane_walk_from(const struct lane_position *position, int64_t gap);

// Whether the row may be given to the reader now. `*settles`: nothing below it is missing any more.
bool lane_walk_take(struct lane_walk *walk, int64_t id, int64_t age, bool *settles);

// A reader has got the row (or does not want it).
void lane_position_pass(struct lane_position *position, int64_t id, bool settles);

#endif
