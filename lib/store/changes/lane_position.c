// SPDX-License-Identifier: GPL-2.0-or-later
// Positions in lanes.
#include "store/changes/lane_position.h"

static const char lane_letters[LANES] = {[LANE_EVENTS] = 'e', [LANE_ENTRIES] = 'n'};

// The highest id of a class up to `id`; below 0 where there is none.
static int64_t of_class(int64_t id, unsigned class, unsigned classes) {
    int64_t past = (id - (int64_t) class) % (int64_t)classes;
    return id - (past < 0 ? past + (int64_t)classes : past);
}

static unsigned class_of(int64_t id, unsigned classes) {
    return (unsigned)(id % (int64_t)classes);
}

struct lane_position lane_position_at(int64_t id) {
    return (struct lane_position){.classes = 1, .of = {id}};
}

int64_t lane_position_lowest(const struct lane_position *position) {
    int64_t lowest = position->of[0];
    for (unsigned i = 1; i < position->classes; i++)
        if (position->of[i] < lowest) lowest = position->of[i];
    return lowest < 0 ? 0 : lowest;
}

int64_t lane_position_highest(const struct lane_position *position) {
    int64_t highest = position->of[0];
    for (unsigned i = 1; i < position->classes; i++)
        if (position->of[i] > highest) highest = position->of[i];
    return highest;
}

void lane_position_settle(struct lane_position *position, int64_t id) {
    for (unsigned i = 0; i < position->classes; i++) {
        int64_t last = of_class(id, i, position->classes);
        if (last > position->of[i]) position->of[i] = last;
    }
}

// Whether every class has come as far as the highest.
static bool is_even(const struct lane_position *position) {
    struct lane_position even = *position;
    lane_position_settle(&even, lane_position_highest(position));
    for (unsigned i = 0; i < position->classes; i++)
        if (even.of[i] != position->of[i]) return false;
    return true;
}

void lane_position_divide(struct lane_position *position, int64_t step) {
    unsigned classes = step < 1 ? 1 : step > LANE_CLASSES_MAX ? LANE_CLASSES_MAX : (unsigned)step;
    if (classes == position->classes || !is_even(position)) return;
    int64_t highest = lane_position_highest(position);
    *position = (struct lane_position){.classes = classes};
    for (unsigned i = 0; i < classes; i++) position->of[i] = of_class(highest, i, classes);
}

bool lanes_position_is_beyond(const struct lanes_position *position, const struct lanes_ends *ends) {
    for (int lane = 0; lane < LANES; lane++)
        if (lane_position_highest(&position->of[lane]) > ends->of[lane]) return true;
    return false;
}

void lanes_position_fall_back(struct lanes_position *position, const struct lanes_position *other) {
    for (int lane = 0; lane < LANES; lane++) {
        struct lane_position *of = &position->of[lane];
        const struct lane_position *with = &other->of[lane];
        if (of->classes != with->classes) {
            if (lane_position_lowest(with) < lane_position_lowest(of)) *of = *with;
            continue;
        }
        for (unsigned i = 0; i < of->classes; i++)
            if (with->of[i] < of->of[i]) of->of[i] = with->of[i];
    }
}

void lanes_position_print(const struct lanes_position *position, struct buffer *out) {
    for (int lane = 0; lane < LANES; lane++) {
        const struct lane_position *of = &position->of[lane];
        unsigned count = is_even(of) ? 1 : of->classes;
        buffer_add_format(out, "%s%c", lane ? "." : "", lane_letters[lane]);
        for (unsigned i = 0; i < count; i++) {
            int64_t id = count == 1 ? lane_position_highest(of) : of->of[i];
            buffer_add_format(out, "%s%lld", i ? "-" : "", (long long)(id < 0 ? 0 : id));
        }
    }
}

// An id of the list, which ends at a minus, at a dot or with the text.
static bool read_id(struct text text, size_t *at, int64_t *id) {
    size_t begin = *at;
    while (*at < text.length && text.data[*at] >= '0' && text.data[*at] <= '9') ++*at;
    return *at > begin && text_to_int64((struct text){text.data + begin, *at - begin}, id) &&
           *id < INT64_MAX / 2;
}

static bool read_lane(struct text text, size_t *at, struct lane_position *position) {
    *position = (struct lane_position){0};
    for (;;) {
        int64_t id = 0;
        if (position->classes == LANE_CLASSES_MAX || !read_id(text, at, &id)) return false;
        position->of[position->classes++] = id;
        if (*at == text.length || text.data[*at] != '-') return true;
        ++*at;
    }
}

// Class 3 of 8 is at 3, 11, 19 …; 0 stands for what lies before the first.
static bool is_sound(const struct lane_position *position) {
    for (unsigned i = 0; i < position->classes; i++)
        if (position->of[i] && class_of(position->of[i], position->classes) != i) return false;
    return true;
}

bool lanes_position_read(struct text text, struct lanes_position *position) {
    size_t at = 0;
    for (int lane = 0; lane < LANES; lane++) {
        if (at >= text.length || text.data[at++] != lane_letters[lane]) return false;
        if (!read_lane(text, &at, &position->of[lane]) || !is_sound(&position->of[lane])) return false;
        if (lane + 1 < LANES && (at >= text.length || text.data[at++] != '.')) return false;
    }
    return at == text.length;
}

struct lane_walk lane_walk_from(const struct lane_position *position, int64_t gap) {
    return (struct lane_walk){.at = *position, .gap = gap};
}

bool lane_walk_take(struct lane_walk *walk, int64_t id, int64_t age, bool *settles) {
    struct lane_position *at = &walk->at;
    unsigned class = class_of(id, at->classes);
    bool is_old = age > walk->gap, is_next = id <= at->of[class] + (int64_t)at->classes;
    *settles = false;
    if (walk->is_blocked[class]) return false;
    if (!is_next && !is_old) {
        walk->is_blocked[class] = walk->any_is_blocked = true;
        return false;
    }
    // An older row behind a younger one that waits does not hurry that one.
    *settles = is_old && !walk->any_is_blocked;
    lane_position_pass(at, id, *settles);
    return true;
}

void lane_position_pass(struct lane_position *position, int64_t id, bool settles) {
    unsigned class = class_of(id, position->classes);
    if (id > position->of[class]) position->of[class] = id;
    if (settles) lane_position_settle(position, id);
}
