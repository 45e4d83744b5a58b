// SPDX-License-Identifier: GPL-2.0-or-later
// What the program makes is what the delivered SQL files say, under any prefix.
#include "store/check/schema_needs.h"
#include "store/own_schema.h"
#include "store/own_schema_texts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct own_schema read_all(const char *prefix, struct arena *arena) {
    struct own_schema schema;
    struct error error = {0};
    *arena = arena_new(1 << 20);
    if (!own_schema_read(prefix, arena, &schema, &error)) fail_msg("%s", error.message);
    return schema;
}

static size_t occurrences(const char *text, const char *word) {
    size_t count = 0;
    for (const char *at = text; (at = strstr(at, word)); at += strlen(word)) count++;
    return count;
}

static void every_create_of_every_file_is_taken(void **state) {
    (void)state;
    struct arena arena;
    struct own_schema schema = read_all("ost_", &arena);
    size_t tables = 0, indexes = 0, triggers = 0;
    for (size_t i = 0; i < own_schema_text_count; i++) {
        tables += occurrences(own_schema_texts[i].text, "CREATE TABLE ");
        indexes += occurrences(own_schema_texts[i].text, "'CREATE INDEX ");
        triggers += occurrences(own_schema_texts[i].text, "CREATE TRIGGER ");
    }
    assert_true(tables >= 2 && indexes >= 2);
    assert_int_equal(triggers, 21);
    assert_int_equal(schema.count, tables + indexes + triggers);
    arena_free(&arena);
}

static void every_table_that_is_checked_for_is_made(void **state) {
    (void)state;
    struct arena arena;
    struct own_schema schema = read_all("ost_", &arena);
    for (size_t i = 0; i < schema_own_table_count; i++) {
        char name[64];
        bool made = false;
        snprintf(name, sizeof name, "fcgi_ost_%s", schema_own_tables[i].name);
        for (size_t j = 0; j < schema.count; j++)
            made |= schema.items[j].kind == OWN_TABLE && text_equal(schema.items[j].name, text_of(name));
        if (!made) fail_msg("%s", name);
    }
    arena_free(&arena);
}

static char *printed(const char *prefix, const struct own_schema_user *user, bool drop) {
    struct arena arena;
    struct own_schema schema = read_all(prefix, &arena);
    char *text = NULL;
    size_t length;
    FILE *out = open_memstream(&text, &length);
    if (drop)
        own_schema_print_drop(&schema, user, out);
    else
        own_schema_print(&schema, user, true, out);
    fclose(out);
    arena_free(&arena);
    return text;
}

static void nothing_of_the_usual_prefix_is_left_under_another(void **state) {
    (void)state;
    const struct own_schema_user user = {"desk", "o'neil", "localhost"};
    static const char *const prefixes[] = {"os-t_", "", "x$1_", "ostost_"};
    for (size_t i = 0; i < 4; i++) {
        char *text = printed(prefixes[i], &user, false), *drop = printed(prefixes[i], &user, true), name[64];
        assert_null(strstr(text, "`ost_"));
        assert_null(strstr(text, "`fcgi_ost_"));
        assert_null(strstr(text, "'ost_"));
        snprintf(name, sizeof name, "`fcgi_%smail`", prefixes[i]);
        assert_non_null(strstr(text, name));
        assert_non_null(strstr(drop, name));
        snprintf(name, sizeof name, "ON `%sticket` ", prefixes[i]);
        assert_non_null(strstr(text, name));
        assert_int_equal(occurrences(text, "CREATE "),
                         occurrences(drop, "DROP ") + 1); // CREATE USER in a remark
        free(text);
        free(drop);
    }
}

static void triggers_come_where_they_are_asked_for_and_go_before_their_table(void **state) {
    (void)state;
    const struct own_schema_user user = {"desk", "osticket", "localhost"};
    struct arena arena;
    struct own_schema schema = read_all("ost_", &arena);
    char *text = NULL, *drop = printed("ost_", &user, true);
    size_t length;
    FILE *out = open_memstream(&text, &length);
    own_schema_print(&schema, &user, false, out);
    fclose(out);
    assert_null(strstr(text, "TRIGGER"));
    assert_null(strstr(text, "fcgi_ost_version"));
    const char *table = strstr(drop, "DROP TABLE IF EXISTS `fcgi_ost_version`");
    assert_non_null(table);
    assert_int_equal(occurrences(drop, "DROP TRIGGER IF EXISTS `fcgi_ost_"), 21);
    assert_null(strstr(table, "DROP TRIGGER"));
    free(text);
    free(drop);
    arena_free(&arena);
}

static void names_are_quoted(void **state) {
    (void)state;
    const struct own_schema_user user = {"my_d`sk", "o'nei\\l", "%"};
    char *text = printed("ost_", &user, false);
    assert_non_null(strstr(text, "USE `my_d``sk`;\n"));
    assert_non_null(strstr(text, "ON `my\\_d``sk`.* TO 'o''nei\\\\l'@'%';\n"));
    free(text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_create_of_every_file_is_taken),
        cmocka_unit_test(every_table_that_is_checked_for_is_made),
        cmocka_unit_test(nothing_of_the_usual_prefix_is_left_under_another),
        cmocka_unit_test(triggers_come_where_they_are_asked_for_and_go_before_their_table),
        cmocka_unit_test(names_are_quoted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
