// SPDX-License-Identifier: GPL-2.0-or-later
// How far a reader may go: past no row that may still come.
#include "store/changes/lane_position.h"

#include "rounds.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define GAP   35
#define YOUNG 0
#define OLD   36

static bool takes(struct lane_walk *walk, int64_t id, int64_t age) {
    bool settles;
    return lane_walk_take(walk, id, age, &settles);
}

static void rows_without_a_gap_come_at_once(void **state) {
    (void)state;
    struct lane_position position = lane_position_at(7);
    struct lane_walk walk = lane_walk_from(&position, GAP);
    assert_true(takes(&walk, 8, YOUNG));
    assert_true(takes(&walk, 9, YOUNG));
}

static void a_lane_ends_before_a_missing_id(void **state) {
    (void)state;
    struct lane_position position = lane_position_at(7);
    struct lane_walk walk = lane_walk_from(&position, GAP);
    assert_true(takes(&walk, 8, YOUNG));
    assert_false(takes(&walk, 10, GAP));
    assert_false(takes(&walk, 11, YOUNG));
    assert_int_equal(8, lane_position_highest(&walk.at));
}

static void a_gap_is_passed_when_the_row_behind_it_is_old(void **state) {
    (void)state;
    struct lane_position position = lane_position_at(7);
    struct lane_walk walk = lane_walk_from(&position, GAP);
    assert_true(takes(&walk, 10, OLD));
    assert_true(takes(&walk, 11, YOUNG));
    assert_false(takes(&walk, 13, YOUNG));
}

static void an_old_row_behind_one_that_waits_does_not_hurry_it(void **state) {
    (void)state;
    struct lane_position position = lane_position_at(7);
    struct lane_walk walk = lane_walk_from(&position, GAP);
    assert_false(takes(&walk, 9, YOUNG));
    assert_false(takes(&walk, 10, OLD));
    assert_int_equal(7, lane_position_highest(&walk.at));
}

// Three servers, of which one writes: 1, 4, 7 …
static void a_class_in_which_nobody_writes_holds_nobody_up(void **state) {
    (void)state;
    struct lane_position position = lane_position_at(100);
    lane_position_divide(&position, 3);
    struct lane_walk walk = lane_walk_from(&position, GAP);
    assert_true(takes(&walk, 103, YOUNG));
    assert_true(takes(&walk, 106, YOUNG));
    assert_true(takes(&walk, 109, YOUNG));
}

// The second server's first row, with a lower id, is committed after the first server's.
static void a_row_of_another_class_that_comes_late_is_still_unread(void **state) {
    (void)state;
    struct lane_position position = lane_position_at(100);
    lane_position_divide(&position, 3);
    lane_position_pass(&position, 103, false);
    lane_position_pass(&position, 106, false);
    assert_int_equal(98, lane_position_lowest(&position));
    struct lane_walk walk = lane_walk_from(&position, GAP);
    assert_true(takes(&walk, 101, YOUNG));
    assert_true(takes(&walk, 104, YOUNG));
}

static void a_missing_id_ends_its_own_class_alone(void **state) {
    (void)state;
    struct lane_position position = lane_position_at(100);
    lane_position_divide(&position, 3);
    struct lane_walk walk = lane_walk_from(&position, GAP);
    assert_false(takes(&walk, 106, YOUNG)); // 103 is missing
    assert_true(takes(&walk, 101, YOUNG));
    assert_false(takes(&walk, 109, YOUNG));
    assert_true(takes(&walk, 104, YOUNG));
}

static void an_old_row_moves_all_classes_on_but_not_past_one_that_waits(void **state) {
    (void)state;
    struct lane_position position = lane_position_at(100);
    lane_position_divide(&position, 3);
    struct lane_walk walk = lane_walk_from(&position, GAP);
    bool settles;
    assert_true(lane_walk_take(&walk, 1003, OLD, &settles));
    assert_true(settles);
    assert_true(takes(&walk, 1004, YOUNG)); // no gap: 1001 is too old to come
    assert_false(takes(&walk, 1009, YOUNG));
    assert_true(lane_walk_take(&walk, 1010, OLD, &settles));
    assert_false(settles);
}

static void classes_are_put_together_only_when_they_are_equally_far(void **state) {
    (void)state;
    struct lane_position position = lane_position_at(100);
    lane_position_divide(&position, 3);
    lane_position_pass(&position, 106, false);
    lane_position_divide(&position, 1);
    assert_int_equal(3, position.classes);
    lane_position_settle(&position, 106);
    lane_position_divide(&position, 1);
    assert_int_equal(1, position.classes);
    assert_int_equal(106, position.of[0]);
}

static void more_servers_than_classes_are_read_in_as_many_as_there_are(void **state) {
    (void)state;
    struct lane_position position = lane_position_at(100);
    lane_position_divide(&position, 65535);
    assert_int_equal(LANE_CLASSES_MAX, position.classes);
}

static void a_position_is_read_as_it_was_written(void **state) {
    (void)state;
    static const char *const texts[] = {"e8122.n991", "e0.n0", "e99-106-98.n991", "e4-3.n990-997"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct lanes_position position;
        struct buffer out = buffer_new(LANES_POSITION_MAX);
        assert_true(lanes_position_read(text_of(texts[i]), &position));
        lanes_position_print(&position, &out);
        // Classes that are equally far need no more than the last id.
        assert_string_equal(i == 3 ? "e4.n990-997" : texts[i], out.data);
        buffer_free(&out);
    }
}

static void classes_survive_being_written(void **state) {
    (void)state;
    struct lanes_position position = {.of = {lane_position_at(100), lane_position_at(2)}}, again;
    struct buffer out = buffer_new(LANES_POSITION_MAX);
    lane_position_divide(&position.of[LANE_EVENTS], 3);
    lane_position_divide(&position.of[LANE_ENTRIES], 8);
    lane_position_pass(&position.of[LANE_EVENTS], 106, false);
    lanes_position_print(&position, &out);
    assert_string_equal("e99-106-98.n2", out.data);
    assert_true(lanes_position_read(buffer_text(&out), &again));
    assert_int_equal(106, again.of[LANE_EVENTS].of[1]);
    assert_int_equal(98, again.of[LANE_EVENTS].of[2]);
    buffer_free(&out);
}

static void the_longest_position_has_room(void **state) {
    (void)state;
    struct lanes_position position;
    struct buffer out = buffer_new(LANES_POSITION_MAX);
    for (int lane = 0; lane < LANES; lane++) {
        position.of[lane] = lane_position_at(INT64_MAX / 4);
        lane_position_divide(&position.of[lane], LANE_CLASSES_MAX);
        lane_position_pass(&position.of[lane], INT64_MAX / 4 + LANE_CLASSES_MAX, false);
    }
    lanes_position_print(&position, &out);
    assert_false(out.failed);
    buffer_free(&out);
}

static void what_is_no_position_is_none(void **state) {
    (void)state;
    static const char *const texts[] = {
        "",        "e",
        "e1",      "e1.",
        "e1.n",    "n1.e1",
        "e1.n2x",  "e1.n2.",
        "e-1.n2",  "e1.n-2",
        "e1-.n2",  "e 1.n2",
        "e1n2",    "e1.n99999999999999999999",
        "e1.n2 ",  "e+1.n2",
        "e1-1.n2", "e1.n2-2",
        "x1.n2",   "e1-2-3-4-5-6-7-8-9.n1",
        "e1.2",    "e0x1.n1",
    };
    struct lanes_position position;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (lanes_position_read(text_of(texts[i]), &position)) fail_msg("%s was read", texts[i]);
}

// Writers of `step` servers with rows that come into sight late or never, and a reader who is at it
// meanwhile: each row that is committed comes once, each class in order.
#define ROWS 2000
struct written {
    int64_t seen_at, taken_at; // ticks; seen_at < 0: rolled back
    bool was_given;
};

static void play(int64_t step, unsigned seed) {
    static struct written rows[ROWS];
    struct lane_position position = lane_position_at(0);
    int64_t last_of[LANE_CLASSES_MAX] = {0};
    srand(seed);
    for (int64_t id = 1; id < ROWS; id++) {
        bool is_left_out = step > 1 && rand() % 3 == 0; // never taken by its server
        int64_t taken = id / 4;
        rows[id] = (struct written){
            .taken_at = taken, .seen_at = is_left_out || rand() % 7 == 0 ? -1 : taken + rand() % (GAP - 1)};
    }
    for (int64_t now = 0; now < ROWS / 4 + 3 * GAP; now++) {
        lane_position_divide(&position, step);
        struct lane_walk walk = lane_walk_from(&position, GAP);
        for (int64_t id = 1; id < ROWS; id++) {
            bool settles, is_read = id <= position.of[id % position.classes];
            if (rows[id].seen_at < 0 || rows[id].seen_at > now || (is_read && rows[id].was_given)) continue;
            if (is_read) fail_msg("row %lld was passed before it came", (long long)id);
            if (!lane_walk_take(&walk, id, now - rows[id].taken_at, &settles)) continue;
            assert_false(rows[id].was_given);
            rows[id].was_given = true;
            assert_true(id > last_of[id % position.classes]);
            last_of[id % position.classes] = id;
        }
        position = walk.at;
    }
    for (int64_t id = 1; id < ROWS; id++)
        if (rows[id].seen_at >= 0 && !rows[id].was_given) fail_msg("row %lld never came", (long long)id);
}

static void every_committed_row_comes_once(void **state) {
    (void)state;
    for (unsigned seed = 1; seed <= (unsigned)rounds(20); seed++) {
        play(1, seed);
        play(3, seed);
        play(5, seed);
    }
}

static struct lanes_position position_of(const char *text) {
    struct lanes_position position;
    assert_true(lanes_position_read(text_of(text), &position));
    return position;
}

static void beyond_is_what_lies_behind_the_last_row_of_either_lane(void **state) {
    (void)state;
    const struct lanes_ends ends = {.of = {9, 5}, .step = 1};
    static const struct {
        const char *position;
        bool is_beyond;
    } cases[] = {{"e9.n5", false}, {"e0.n0", false},     {"e10.n5", true},
                 {"e9.n6", true},  {"e6-10-8.n5", true}, {"e9-7-8.n5", false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct lanes_position position = position_of(cases[i].position);
        assert_int_equal(cases[i].is_beyond, lanes_position_is_beyond(&position, &ends));
    }
}

static void of_two_positions_the_one_that_is_less_far_counts_in_each_lane(void **state) {
    (void)state;
    static const char *const cases[][3] = {{"e9.n5", "e7.n8", "e7.n5"},
                                           {"e9.n5", "e9.n5", "e9.n5"},
                                           {"e6-10-11.n5", "e9-7-11.n5", "e6-7-11.n5"},
                                           {"e900.n5", "e9-7-11.n5", "e9-7-11.n5"},
                                           {"e9-7-11.n5", "e900.n4", "e9-7-11.n4"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct lanes_position position = position_of(cases[i][0]), other = position_of(cases[i][1]);
        struct buffer printed = buffer_new(LANES_POSITION_MAX + 1);
        lanes_position_fall_back(&position, &other);
        lanes_position_print(&position, &printed);
        assert_string_equal(cases[i][2], printed.data);
        buffer_free(&printed);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_without_a_gap_come_at_once),
        cmocka_unit_test(a_lane_ends_before_a_missing_id),
        cmocka_unit_test(a_gap_is_passed_when_the_row_behind_it_is_old),
        cmocka_unit_test(an_old_row_behind_one_that_waits_does_not_hurry_it),
        cmocka_unit_test(a_class_in_which_nobody_writes_holds_nobody_up),
        cmocka_unit_test(a_row_of_another_class_that_comes_late_is_still_unread),
        cmocka_unit_test(a_missing_id_ends_its_own_class_alone),
        cmocka_unit_test(an_old_row_moves_all_classes_on_but_not_past_one_that_waits),
        cmocka_unit_test(classes_are_put_together_only_when_they_are_equally_far),
        cmocka_unit_test(more_servers_than_classes_are_read_in_as_many_as_there_are),
        cmocka_unit_test(a_position_is_read_as_it_was_written),
        cmocka_unit_test(classes_survive_being_written),
        cmocka_unit_test(the_longest_position_has_room),
        cmocka_unit_test(what_is_no_position_is_none),
        cmocka_unit_test(every_committed_row_comes_once),
        cmocka_unit_test(beyond_is_what_lies_behind_the_last_row_of_either_lane),
        cmocka_unit_test(of_two_positions_the_one_that_is_less_far_counts_in_each_lane),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
