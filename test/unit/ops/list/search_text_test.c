// SPDX-License-Identifier: GPL-2.0-or-later
// What a text that is searched for is, and what the database is asked.
#include "ops/list/search_text.h"

#include "base/buffer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct ticket_search search;
static struct error error;
static struct arena arena;

static bool read(struct text q) {
    arena_free(&arena);
    arena = arena_new(1 << 20);
    search = (struct ticket_search){0};
    error_clear(&error);
    return search_text_read(q, &arena, &search, &error);
}

static void assert_is(enum ticket_search_by by, const char *q, const char *text) {
    if (!read(text_of(q))) fail_msg("%s: %s", q, error.message);
    if (search.by != by) fail_msg("%s is %d", q, (int)search.by);
    if (text) assert_string_equal(search.text.data, text);
}

// Of those that decide: their patterns, one behind the other.
static void assert_phrases(const char *patterns) {
    struct buffer out = buffer_new(1000);
    for (size_t i = 0; i < search.phrase_count; i++)
        buffer_add_format(&out, "%s%s%s", i ? " " : "", search.phrases[i].is_negated ? "NOT " : "",
                          search.phrases[i].close.data);
    assert_string_equal(out.data, patterns);
    buffer_free(&out);
}

static void assert_refused(struct text q, const char *message) {
    assert_false(read(q));
    assert_int_equal(error.code, ERROR_UNPROCESSABLE);
    assert_string_equal(error.message, message);
    assert_string_equal(error.field, "q");
}

static void words_are_words_without_what_stands_between(void **state) {
    (void)state;
    assert_is(TICKET_SEARCH_WORDS, "pump", "pump");
    assert_is(TICKET_SEARCH_WORDS, "  the   pump ", "the pump");
    assert_is(TICKET_SEARCH_WORDS, "pump, 'leaks'; v2.1!", "pump leaks v2 1");
    assert_is(TICKET_SEARCH_WORDS, "don't o'", "don't o");
    assert_is(TICKET_SEARCH_WORDS, "pumpe läuft über", "pumpe läuft über");
    assert_is(TICKET_SEARCH_WORDS, "山田 太郎", "山田 太郎");
    assert_is(TICKET_SEARCH_WORDS, "pump\xF0\x9F\x98\x80valve", "pump valve");
    assert_is(TICKET_SEARCH_WORDS, "mu\xCC\x88he", "m\xC3\xBChe"); // composed, as the index has it
}

static void operators_count_where_all_of_them_stand_in_valid_places(void **state) {
    (void)state;
    assert_is(TICKET_SEARCH_BOOLEAN, "+pump -valve", "+pump -valve");
    assert_is(TICKET_SEARCH_BOOLEAN, "pump -valve >seal <oil ~zinc", "pump -valve >seal <oil ~zinc");
    assert_is(TICKET_SEARCH_BOOLEAN, "pum*", "pum*");
    assert_is(TICKET_SEARCH_BOOLEAN, "+(pump \"old valve\")", "+(pump (+old +valve))");
    assert_is(TICKET_SEARCH_BOOLEAN, "(+pump -valve)", "(+pump -valve)");
    assert_is(TICKET_SEARCH_WORDS, "+pump -", "pump");
    assert_is(TICKET_SEARCH_WORDS, "pump + valve", "pump valve");
    assert_is(TICKET_SEARCH_WORDS, "++pump", "pump");
    assert_is(TICKET_SEARCH_WORDS, "+pump v2.1", "pump v2 1");
    assert_is(TICKET_SEARCH_WORDS, "+(pump", "pump");
    assert_is(TICKET_SEARCH_WORDS, "+pump)", "pump");
    assert_is(TICKET_SEARCH_WORDS, "((pump))", "pump");
    assert_is(TICKET_SEARCH_WORDS, "\"main pump", "main pump");
    assert_is(TICKET_SEARCH_WORDS, "pump\"valve\"", "pump valve");
    assert_is(TICKET_SEARCH_WORDS, "*pump", "pump");
    assert_is(TICKET_SEARCH_WORDS, "p*mp", "p mp");
}

// To the database the second half of such a word would be one that may not be there.
static void a_word_with_a_hyphen_is_a_phrase(void **state) {
    (void)state;
    assert_is(TICKET_SEARCH_BOOLEAN, "+e-mail pump", "+(e +mail) pump");
    assert_phrases("%e_mail%");
    assert_is(TICKET_SEARCH_BOOLEAN, "+x-ray* pump", "+(x +ray) pump");
    assert_is(TICKET_SEARCH_WORDS, "e-mail", "e mail");
    assert_phrases("");
}

static void phrases_are_their_words_and_patterns(void **state) {
    (void)state;
    assert_is(TICKET_SEARCH_BOOLEAN, "\"main pump\"", "(+main +pump)");
    assert_phrases("%main_pump%");
    assert_string_equal(search.phrases[0].wide.data, "%main__pump%");
    assert_is(TICKET_SEARCH_BOOLEAN, "+\"main  pump!\" -\"old valve\" seal", "+(+main +pump) seal");
    assert_phrases("%main_pump% NOT %old_valve%");
    assert_is(TICKET_SEARCH_BOOLEAN, "pump \"old valve\"", "pump (+old +valve)");
    assert_phrases("");
    assert_is(TICKET_SEARCH_BOOLEAN, "\"old valve\" -pump", "(+old +valve) -pump");
    assert_phrases("%old_valve%");
    assert_is(TICKET_SEARCH_BOOLEAN, "+pump ~\"old valve\"", "+pump");
    assert_phrases("");
    assert_is(TICKET_SEARCH_BOOLEAN, "\"pump\"", "pump");
    assert_phrases("");
    assert_is(TICKET_SEARCH_BOOLEAN, "+\"no_1 pump 100%\"", "+(+no_1 +pump +100)");
    assert_phrases("%no\\_1_pump_100%");
    assert_is(TICKET_SEARCH_NOTHING, "-\"old valve\"", NULL);
    assert_is(TICKET_SEARCH_WORDS, "\"a b\" \"a b\" \"a b\" \"a b\" \"a b\" \"a b\" \"a b\" \"a b\" \"a b\"",
              NULL);
}

static void a_word_that_no_index_has_need_not_be_there(void **state) {
    (void)state;
    assert_is(TICKET_SEARCH_BOOLEAN, "+The +pump", "The +pump");
    assert_is(TICKET_SEARCH_BOOLEAN, "+ab +pump", "ab +pump");
    assert_is(TICKET_SEARCH_BOOLEAN, "+\xC3\xBC\xC3\xBC +pump", "\xC3\xBC\xC3\xBC +pump");
    assert_is(TICKET_SEARCH_BOOLEAN, "+the* +pump", "+the* +pump");
    assert_is(TICKET_SEARCH_BOOLEAN, "-the +pump", "-the +pump");
}

static void beginnings_of_words_are_not_too_short(void **state) {
    (void)state;
    assert_is(TICKET_SEARCH_BOOLEAN, "+pump pu*", "+pump pu");
    assert_is(TICKET_SEARCH_BOOLEAN, "pu* val*", "pu val*");
}

static void numbers_and_addresses(void **state) {
    (void)state;
    assert_is(TICKET_SEARCH_NUMBER, "310", "310");
    assert_string_equal(search.beginning.data, "310%");
    assert_string_equal(search.part.data, "%310%");
    assert_is(TICKET_SEARCH_ADDRESS, "anna@quay.example", "anna@quay.example");
    assert_is(TICKET_SEARCH_ADDRESS_PART, "anna@", "anna@");
    assert_is(TICKET_SEARCH_ADDRESS_PART, "@quay.ex", "@quay.ex");
    assert_is(TICKET_SEARCH_ADDRESS_PART, "50%_\\@", NULL);
    assert_string_equal(search.part.data, "%50\\%\\_\\\\@%");
    assert_is(TICKET_SEARCH_WORDS, "310 anna", "310 anna");
    assert_is(TICKET_SEARCH_WORDS, "310x", "310x");
    assert_is(TICKET_SEARCH_WORDS, "mail of anna@quay.example", "mail of anna quay example");
    assert_is(TICKET_SEARCH_WORDS, "a@b", "a b");
}

static void what_has_nothing_to_search_for_finds_nothing(void **state) {
    (void)state;
    const char *const texts[] = {"",
                                 " ",
                                 "ab",
                                 "12",
                                 "a@",
                                 "*",
                                 "***",
                                 "+-*",
                                 "+ - *",
                                 "\"\"\"",
                                 "\"!\"",
                                 "()(",
                                 "+(\"!\")",
                                 "'''",
                                 "....",
                                 "\xF0\x9F\x98\x80",
                                 "\xF0\x9F\x98\x80\xF0\x9F\x98\x80"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_is(TICKET_SEARCH_NOTHING, texts[i], NULL);
}

static void ceilings(void **state) {
    (void)state;
    char text[10001];
    memset(text, 'a', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    assert_true(read((struct text){text, 400}));
    assert_refused((struct text){text, 401}, "q is longer than 400 characters");
    assert_refused(text_of(text), "q is longer than 400 characters");
    for (size_t i = 1; i < 200; i += 2) text[i] = ' ';
    assert_true(read((struct text){text, 64}));
    assert_refused((struct text){text, 66}, "q has more than 32 words");
    for (size_t i = 0; i < 400; i++) text[i] = "+-<>~(\"*a "[i * 7 % 10];
    (void)read((struct text){text, 400}); // whatever it is: it ends
    memset(text, '(', 400);
    assert_true(read((struct text){text, 400}));
    assert_int_equal(search.by, TICKET_SEARCH_NOTHING);
}

// Cut, it would be another one: of what ends so.
static void a_pattern_is_whole(void **state) {
    (void)state;
    char text[5001], pattern[2 * (sizeof text - 1) + 3] = "%";
    arena_free(&arena);
    arena = arena_new(1 << 20);
    memset(text, '_', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    for (size_t i = 0; i < sizeof text - 1; i++) memcpy(pattern + 1 + 2 * i, "\\_", 2);
    strcpy(pattern + sizeof pattern - 2, "%");
    assert_string_equal(search_text_like(text_of(text), true, &arena).data, pattern);
    assert_string_equal(search_text_like(text_of(text), false, &arena).data, pattern + 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_words_without_what_stands_between),
        cmocka_unit_test(operators_count_where_all_of_them_stand_in_valid_places),
        cmocka_unit_test(a_word_with_a_hyphen_is_a_phrase),
        cmocka_unit_test(phrases_are_their_words_and_patterns),
        cmocka_unit_test(a_word_that_no_index_has_need_not_be_there),
        cmocka_unit_test(beginnings_of_words_are_not_too_short),
        cmocka_unit_test(numbers_and_addresses),
        cmocka_unit_test(what_has_nothing_to_search_for_finds_nothing),
        cmocka_unit_test(a_pattern_is_whole),
        cmocka_unit_test(ceilings),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(&arena);
    return failed;
}
