// SPDX-License-Identifier: GPL-2.0-or-later
// Where departments and help topics lie among their kind.
#include "ops/catalog/place.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define PLACE(number, above, called)                                                                         \
    {                                                                                                        \
        .place = {.id = (number), .parent = (above), .name = {called, sizeof(called) - 1} }                  \
    }

static const struct catalog_department desk[] = {
    PLACE(1, 0, "Hire desk"), PLACE(2, 0, "Workshop"), PLACE(3, 2, "Field service"), PLACE(4, 3, "Pumps"),
    PLACE(5, 6, "Left"),      PLACE(6, 5, "Right"),    PLACE(7, 7, "Itself"),        PLACE(8, 99, "Orphan"),
    PLACE(9, 1, "Pumps"),     PLACE(10, 0, "12"),
};
static const struct places places = PLACES_OF(desk, sizeof desk / sizeof *desk);

static void assert_path(int64_t id, const char *wanted) {
    struct buffer path = buffer_new(1000);
    place_path(&places, place_with(&places, id), &path);
    assert_string_equal(path.data, wanted);
    buffer_free(&path);
}

static void a_path_goes_from_the_top_down(void **state) {
    (void)state;
    assert_path(1, "Hire desk");
    assert_path(4, "Workshop / Field service / Pumps");
    assert_path(8, "Orphan");
}

static void a_loop_ends_where_it_closes(void **state) {
    (void)state;
    assert_path(5, "Right / Left");
    assert_path(7, "Itself");
}

static void a_path_has_an_end_however_deep_it_is(void **state) {
    static struct catalog_department deep[100];
    const struct places all = PLACES_OF(deep, 100);
    struct buffer path = buffer_new(1000);
    (void)state;
    for (int i = 0; i < 100; i++)
        deep[i].place = (struct catalog_place){.id = i + 1, .parent = i, .name = TEXT("x")};
    place_path(&all, place_with(&all, 100), &path);
    assert_int_equal(path.length, 32 + 31 * strlen(" / "));
    buffer_free(&path);
}

static void assert_found(const char *word, int count, int64_t id) {
    const struct catalog_place *found;
    assert_int_equal(place_find(&places, text_of(word), &found), count);
    if (count == 1) assert_int_equal(found->id, id);
}

static void a_place_is_found_by_its_id_or_its_path(void **state) {
    (void)state;
    assert_found("3", 1, 3);
    assert_found("workshop / FIELD service", 1, 3);
    assert_found("Hire desk", 1, 1);
    assert_found("Field service", 0, 0);
    assert_found("Hire desk / Pumps", 1, 9);
    assert_found("", 0, 0);
    assert_found("0", 0, 0);
    assert_found("-1", 0, 0);
    assert_found("12", 0, 0); // an id, whoever is called so
}

static void two_of_a_name_are_told_from_one(void **state) {
    static const struct catalog_department twins[] = {PLACE(1, 0, "Pier"), PLACE(2, 0, "PIER"),
                                                      PLACE(3, 0, "pier")};
    const struct places all = PLACES_OF(twins, 3);
    const struct catalog_place *found;
    (void)state;
    assert_int_equal(place_find(&all, TEXT("Pier"), &found), 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_path_goes_from_the_top_down),
        cmocka_unit_test(a_loop_ends_where_it_closes),
        cmocka_unit_test(a_path_has_an_end_however_deep_it_is),
        cmocka_unit_test(a_place_is_found_by_its_id_or_its_path),
        cmocka_unit_test(two_of_a_name_are_told_from_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
