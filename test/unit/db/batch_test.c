// SPDX-License-Identifier: GPL-2.0-or-later
// Writing statements that are sent together: no value stands in the text, each statement has its own, and
// the order is kept.
#include "db/batch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char *const texts[] = {
    "INSERT INTO {ticket}(number) VALUES(?)",
    "INSERT INTO {thread}(object_id,object_type) VALUES(?,?)",
    "SELECT RELEASE_LOCK(?)",
};

static void expect(const struct batch *batch, const bool *prepared, bool commits,
                   const struct batch_statement *last, const char *wanted) {
    struct arena arena = arena_new(1 << 20);
    struct batch_packets packets;
    assert_true(batch_make(batch, texts, "ost_", prepared, commits, last, &arena, &packets));
    buffer_add_char(&packets.sql, '\0');
    assert_string_equal(wanted, packets.sql.data);
    buffer_free(&packets.sql);
    arena_free(&arena);
}

static void add(struct batch *batch, unsigned statement, const struct db_value *values, size_t count,
                uint64_t *insert_id) {
    const struct batch_statement added = {statement, NULL, values, count, NULL, insert_id, false};
    assert_true(batch_add(batch, &added));
}

static void an_id_is_told_to_the_statement_that_takes_it(void **state) {
    (void)state;
    const bool prepared[] = {true, true, true};
    uint64_t ticket_id = 0;
    struct batch batch = batch_new();
    struct db_value ticket = db_string("310042"), thread[] = {db_inserted(&ticket_id), db_string("T")};
    add(&batch, 0, &ticket, 1, &ticket_id);
    add(&batch, 1, thread, 2, NULL);
    expect(&batch, prepared, false, NULL,
           "EXECUTE fcgi_0 USING @fcgi_text_0;SET @fcgi_id_0=LAST_INSERT_ID();"
           "EXECUTE fcgi_1 USING @fcgi_id_0,@fcgi_text_1");
    batch_clear(&batch);
}

static void a_statement_is_prepared_once_and_null_has_a_variable_of_its_own(void **state) {
    (void)state;
    const bool prepared[] = {false, true, true};
    struct batch batch = batch_new();
    struct db_value first = db_string("1'; DROP TABLE ost_ticket; --"), second = db_text(TEXT_NULL);
    add(&batch, 0, &first, 1, NULL);
    add(&batch, 0, &second, 1, NULL);
    expect(
        &batch, prepared, false, NULL,
        "PREPARE fcgi_0 FROM @fcgi_text_0;EXECUTE fcgi_0 USING @fcgi_text_1;EXECUTE fcgi_0 USING @fcgi_null");
    batch_clear(&batch);
}

static void the_commit_stands_behind_all_and_nothing_behind_it(void **state) {
    (void)state;
    const bool prepared[] = {true, true, false};
    struct batch batch = batch_new();
    struct db_value ticket = db_string("1"), lock = db_string("a lock");
    const struct batch_statement last = {2, NULL, &lock, 1, NULL, NULL, false};
    add(&batch, 0, &ticket, 1, NULL);
    expect(&batch, prepared, true, &last,
           "EXECUTE fcgi_0 USING @fcgi_text_0;PREPARE fcgi_2 FROM @fcgi_text_1;"
           "EXECUTE fcgi_2 USING @fcgi_text_2;COMMIT");
    batch_clear(&batch);
}

static void a_text_of_its_own_is_prepared_each_time(void **state) {
    (void)state;
    const bool prepared[] = {true, true, true};
    struct batch batch = batch_new();
    struct db_value value = db_integer(7);
    const struct batch_statement added = {0, "DELETE FROM {draft} WHERE id=?", &value, 1, NULL, NULL, false};
    assert_true(batch_add(&batch, &added));
    assert_true(batch_add(&batch, &added));
    expect(&batch, prepared, false, NULL,
           "PREPARE fcgi_text FROM @fcgi_text_0;EXECUTE fcgi_text USING @fcgi_integer_0;"
           "PREPARE fcgi_text FROM @fcgi_text_1;EXECUTE fcgi_text USING @fcgi_integer_1");
    batch_clear(&batch);
}

static void values_are_copied(void **state) {
    (void)state;
    char changed[] = "before";
    struct batch batch = batch_new();
    struct db_value value = db_string(changed);
    add(&batch, 0, &value, 1, NULL);
    changed[0] = 'B';
    assert_memory_equal("before", batch.items[0].values[0].text.data, 6);
    batch_clear(&batch);
}

static void what_does_not_fit_in_changes_nothing(void **state) {
    (void)state;
    struct batch batch = batch_new();
    struct db_value small = db_string("1");
    char *large = malloc(BATCH_BYTES);
    assert_non_null(large);
    struct db_value whole = db_text((struct text){large, BATCH_BYTES});
    const struct batch_statement too_large = {0, NULL, &whole, 1, NULL, NULL, false};
    memset(large, 'x', BATCH_BYTES);
    add(&batch, 0, &small, 1, NULL);
    assert_false(batch_add(&batch, &too_large));
    assert_int_equal(1, batch.count);
    for (size_t i = 1; i < BATCH_STATEMENTS; i++) add(&batch, 0, &small, 1, NULL);
    const struct batch_statement one_more = {0, NULL, &small, 1, NULL, NULL, false};
    assert_false(batch_add(&batch, &one_more));
    batch_clear(&batch);
    assert_true(batch_add(&batch, &one_more));
    batch_clear(&batch);
    free(large);
}

static void variables_are_set_by_values_that_are_bound(void **state) {
    (void)state;
    struct buffer sql = buffer_new(1024);
    batch_add_setter(2, 1, &sql);
    buffer_add_char(&sql, '\0');
    assert_string_equal("SET @fcgi_integer_0=?,@fcgi_integer_1=?,@fcgi_text_0=?", sql.data);
    buffer_free(&sql);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_id_is_told_to_the_statement_that_takes_it),
        cmocka_unit_test(a_statement_is_prepared_once_and_null_has_a_variable_of_its_own),
        cmocka_unit_test(the_commit_stands_behind_all_and_nothing_behind_it),
        cmocka_unit_test(a_text_of_its_own_is_prepared_each_time),
        cmocka_unit_test(values_are_copied),
        cmocka_unit_test(what_does_not_fit_in_changes_nothing),
        cmocka_unit_test(variables_are_set_by_values_that_are_bound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
