// SPDX-License-Identifier: GPL-2.0-or-later
// What -t asks of a database is there in the tables that this project itself delivers.
#include "store/check/schema_needs.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static char *read_schema(void) {
    FILE *file = fopen(SCHEMA_FOLDER "/osticket.sql", "r");
    assert_non_null(file);
    char *text = calloc(1, 1 << 20);
    assert_non_null(text);
    assert_true(fread(text, 1, (1 << 20) - 1, file) > 0);
    fclose(file);
    return text;
}

// The text from one table's CREATE TABLE to its closing line.
static char *table_text(const char *schema, const char *table) {
    char head[128];
    snprintf(head, sizeof head, "CREATE TABLE `ost_%s` (", table);
    const char *start = strstr(schema, head);
    if (!start) fail_msg("no table %s", table);
    const char *end = strstr(start, "\n)");
    assert_non_null(end);
    return strndup(start, (size_t)(end - start));
}

static void every_needed_column_is_in_the_delivered_tables(void **state) {
    (void)state;
    char *schema = read_schema();
    for (size_t i = 0; i < schema_table_count; i++) {
        char *text = table_text(schema, schema_tables[i].name), *columns = strdup(schema_tables[i].columns);
        for (char *rest = columns, *column; (column = strtok_r(rest, " ", &rest));) {
            char quoted[128];
            snprintf(quoted, sizeof quoted, "\n    `%s` ", column);
            if (!strstr(text, quoted)) fail_msg("no column %s.%s", schema_tables[i].name, column);
        }
        free(columns);
        free(text);
    }
    free(schema);
}

static void every_index_asked_for_is_on_a_needed_column(void **state) {
    (void)state;
    for (size_t i = 0; i < schema_index_count; i++) {
        bool found = false;
        for (size_t j = 0; j < schema_table_count; j++)
            if (strcmp(schema_tables[j].name, schema_indexes[i].table) == 0)
                found = strstr(schema_tables[j].columns, schema_indexes[i].column) != NULL;
        if (!found) fail_msg("%s.%s", schema_indexes[i].table, schema_indexes[i].column);
    }
}

static void signatures_are_md5_sums_and_the_two_releases_fit(void **state) {
    (void)state;
    size_t fitting = 0;
    for (size_t i = 0; i < schema_version_count; i++) {
        assert_int_equal(strlen(schema_versions[i].signature), 32);
        assert_int_equal(strspn(schema_versions[i].signature, "0123456789abcdef"), 32);
        fitting += schema_versions[i].fits;
    }
    assert_int_equal(fitting, 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_needed_column_is_in_the_delivered_tables),
        cmocka_unit_test(every_index_asked_for_is_on_a_needed_column),
        cmocka_unit_test(signatures_are_md5_sums_and_the_two_releases_fit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
