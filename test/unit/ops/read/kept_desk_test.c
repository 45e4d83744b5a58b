// SPDX-License-Identifier: GPL-2.0-or-later
// Names are kept while the database tells of changes, are of the version, and have room.
#include "../desk.h"
#include "store/desk/kept_desk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define ROWS_MAX (DESK_ROWS + 2)

// A help desk with a version, and whether all triggers are there.
struct told {
    fake_row rows[ROWS_MAX];
    fake_row triggers[1];
    struct fake_answer answers[2];
    struct db db;
    struct kept_desk kept;
};

static void tell(struct told *told, const char *version, const char *whole) {
    memset(told, 0, sizeof *told);
    memcpy(told->rows, desk_rows, sizeof desk_rows);
    told->rows[DESK_ROWS][DESK_KIND] = "version";
    told->rows[DESK_ROWS][DESK_VERSION_NUMBER] = version;
    told->triggers[0][0] = whole;
    told->answers[0] = (struct fake_answer){STATEMENT_KEPT_DESK, told->rows, DESK_ROWS + 1};
    told->answers[1] = (struct fake_answer){STATEMENT_VERSION_TRIGGERS, told->triggers, 1};
    told->db.answers = told->answers;
    told->db.answer_count = 2;
}

static int load(struct told *told) {
    struct error error = {0};
    int loaded = kept_desk_load(&told->kept, &told->db, &error);
    assert_int_equal(loaded < 0, error.code != 0);
    return loaded;
}

static void names_are_read_once(void **state) {
    (void)state;
    struct told told;
    tell(&told, "17", "1");
    assert_int_equal(load(&told), 1);
    assert_int_equal(told.db.call_count, 2);
    assert_int_equal(load(&told), 1);
    assert_int_equal(told.db.call_count, 2);
    assert_true(kept_desk_is_of(&told.kept, 17));
    assert_non_null(help_desk_node(&told.kept.help_desk.departments, 4));
    assert_true(text_equal(told.kept.answer_fields, TEXT("20,22,3")));
    kept_desk_free(&told.kept);
}

static void another_version_has_them_read_again(void **state) {
    (void)state;
    struct told told;
    tell(&told, "17", "1");
    assert_int_equal(load(&told), 1);
    assert_false(kept_desk_is_of(&told.kept, 18));
    assert_null(help_desk_node(&told.kept.help_desk.departments, 4));
    told.rows[DESK_ROWS][DESK_VERSION_NUMBER] = "18";
    assert_int_equal(load(&told), 1);
    assert_int_equal(told.db.call_count, 3); // the triggers are looked for once a minute
    assert_true(kept_desk_is_of(&told.kept, 18));
    kept_desk_free(&told.kept);
}

static void after_a_minute_the_triggers_are_looked_for(void **state) {
    (void)state;
    struct told told;
    tell(&told, "17", "1");
    assert_int_equal(load(&told), 1);
    told.kept.until_ms = 0;
    told.triggers[0][0] = "0";
    assert_int_equal(load(&told), 0);
    assert_int_equal(told.db.call_count, 3);
    assert_int_equal(load(&told), 0);
    assert_int_equal(told.db.call_count, 3);
    told.kept.until_ms = 0;
    told.triggers[0][0] = "1";
    assert_int_equal(load(&told), 1); // with names that were read since
    assert_int_equal(told.db.call_count, 5);
    kept_desk_free(&told.kept);
}

static void names_without_room_are_not_kept(void **state) {
    (void)state;
    struct told told;
    char *large = malloc(KEPT_DESK_MAX + 1);
    memset(large, 'x', KEPT_DESK_MAX);
    large[KEPT_DESK_MAX] = 0;
    tell(&told, "17", "1");
    const fake_row setting = {DESK_ROW_OF_SETTING("embedded_domain_whitelist", large)};
    memcpy(told.rows[DESK_ROWS + 1], setting, sizeof setting);
    told.answers[0].count = DESK_ROWS + 2;
    assert_int_equal(load(&told), 0);
    assert_int_equal(told.db.call_count, 2);
    assert_int_equal(load(&told), 0); // and not read for each request
    assert_int_equal(told.db.call_count, 2);
    kept_desk_free(&told.kept);
    free(large);
}

static void a_failure_keeps_nothing(void **state) {
    (void)state;
    struct told told;
    for (size_t call = 1; call <= 2; call++) {
        tell(&told, "17", "1");
        told.db.fail_at = call;
        told.db.fail_code = ERROR_RETRYABLE;
        assert_int_equal(load(&told), -1);
        told.db.fail_at = 0;
        assert_int_equal(load(&told), 1);
        assert_non_null(help_desk_node(&told.kept.help_desk.departments, 4));
        kept_desk_free(&told.kept);
    }
}

static void a_view_gets_settings_of_its_own(void **state) {
    (void)state;
    struct told told;
    struct arena arena = arena_new(1 << 16);
    struct help_desk shown;
    tell(&told, "17", "1");
    assert_int_equal(load(&told), 1);
    size_t count = told.kept.help_desk.config_count;
    assert_true(kept_desk_show(&told.kept, &arena, &shown));
    struct config_row *more = arena_append(&arena, &shown.config, &shown.config_count, sizeof *more);
    *more = (struct config_row){TEXT("default_timezone"), TEXT("UTC")};
    assert_true(text_equal(help_desk_config(&shown, "default_timezone"), TEXT("UTC")));
    assert_int_equal(told.kept.help_desk.config_count, count);
    assert_null(help_desk_config(&told.kept.help_desk, "default_timezone").data);
    arena_free(&arena);
    kept_desk_free(&told.kept);
}

static void nothing_is_kept_without_a_place(void **state) {
    (void)state;
    struct db db = {0};
    struct error error = {0};
    assert_int_equal(kept_desk_load(NULL, &db, &error), 0);
    assert_int_equal(db.call_count, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_read_once),
        cmocka_unit_test(another_version_has_them_read_again),
        cmocka_unit_test(after_a_minute_the_triggers_are_looked_for),
        cmocka_unit_test(names_without_room_are_not_kept),
        cmocka_unit_test(a_failure_keeps_nothing),
        cmocka_unit_test(a_view_gets_settings_of_its_own),
        cmocka_unit_test(nothing_is_kept_without_a_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
