// SPDX-License-Identifier: GPL-2.0-or-later
// Guards the splitting and the formats of names. The table is what osTicket 1.18.1's PersonsName makes of the
// names; 3,000 random names agreed as well.
#include "contact/person_name.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const char *const formats[] = {"first",  "last",  "full",        "legal",    "lastfirst",
                                      "formal", "short", "shortformal", "complete", "original"};

static const struct {
    const char *name;
    const char *parts[5]; // salutation, first, middle, last, suffix
    const char *formatted[10];
} cases[] = {
    {"Jane Doe",
     {"", "Jane", "", "Doe", ""},
     {"Jane", "Doe", "Jane Doe", "Jane Doe", "Doe, Jane", "Doe", "Jane D.", "J. Doe", "Jane Doe",
      "Jane Doe"}},
    {"Dr. Mar\303\255a Jos\303\251 O'Brien Jr.",
     {"Dr.", "Mar\303\255a", "Jos\303\251", "O'Brien", "Jr."},
     {"Mar\303\255a", "O'Brien", "Mar\303\255a O'Brien", "Mar\303\255a J. O'Brien",
      "O'Brien, Mar\303\255a, Jr.", "Dr. O'Brien", "Mar\303\255a O.", "M. O'Brien",
      "Dr. Mar\303\255a J. O'Brien Jr.", "Dr. Mar\303\255a Jos\303\251 O'Brien Jr."}},
    {"User 2 Test",
     {"", "User", "2", "Test", ""},
     {"User", "Test", "User Test", "User 2. Test", "Test, User", "Test", "User T.", "U. Test", "User 2. Test",
      "User 2 Test"}},
    {"madonna",
     {"", "madonna", "", NULL, ""},
     {"madonna", "", "madonna", "madonna", "madonna", "", "madonna ", "m. ", "madonna", "madonna"}},
    {"  Two  Spaces ",
     {"", "", " Two  Spaces", "", ""},
     {"", "", "", " .", "", "", " ", " ", " .", "  Two  Spaces "}},
    {"Prof. X",
     {"Prof.", "X", "", NULL, ""},
     {"X", "", "X", "X", "X", "Prof.", "X ", "X. ", "Prof. X", "Prof. X"}},
    {"J.Everybody",
     {"", "J", "", "Everybody", ""},
     {"J", "Everybody", "J Everybody", "J Everybody", "Everybody, J", "Everybody", "J E.", "J. Everybody",
      "J Everybody", "J.Everybody"}},
    {"J.R.R.Tolkien",
     {"", "J", "R R", "Tolkien", ""},
     {"J", "Tolkien", "J Tolkien", "J R. Tolkien", "Tolkien, J", "Tolkien", "J T.", "J. Tolkien",
      "J R. Tolkien", "J.R.R.Tolkien"}},
    {"", {"", "", "", NULL, ""}, {"", "", "", "", "", "", " ", " ", "", ""}},
    {"X.", {"", "X", "", "", ""}, {"X", "", "X", "X", "X", "", "X ", "X. ", "X", "X."}},
    {"0", {"", "0", "", NULL, ""}, {"0", "", "0", "", "0", "", "0 ", " ", "", "0"}},
    {"0 0", {"", "0", "", "0", ""}, {"0", "0", "0 0", "", "0, 0", "0", "0 ", " 0", "", "0 0"}},
    {"Dr. 0 Zero 0",
     {"Dr.", "0", "Zero", "0", ""},
     {"0", "0", "0 0", "Z.", "0, 0", "Dr. 0", "0 ", " 0", "Dr. Z.", "Dr. 0 Zero 0"}},
    {"Hans-Peter van der Berg Jr.",
     {"", "Hans-Peter", "van der", "Berg", "Jr."},
     {"Hans-Peter", "Berg", "Hans-Peter Berg", "Hans-Peter v. Berg", "Berg, Hans-Peter, Jr.", "Berg",
      "Hans-Peter B.", "H. Berg", "Hans-Peter v. Berg Jr.", "Hans-Peter van der Berg Jr."}},
    {"Dr.", {"", "Dr", "", "", ""}, {"Dr", "", "Dr", "Dr", "Dr", "", "Dr ", "D. ", "Dr", "Dr."}},
    {"a. b.",
     {"a.", "b.", "", NULL, "b."},
     {"b.", "", "b.", "b.", "b., b.", "a.", "b. ", "b. ", "a. b. b.", "a. b."}},
    {"a. b. c.",
     {"a.", "b.", "", NULL, "c."},
     {"b.", "", "b.", "b.", "b., c.", "a.", "b. ", "b. ", "a. b. c.", "a. b. c."}},
    {". .", {".", ".", "", NULL, "."}, {".", "", ".", ".", "., .", ".", ". ", ".. ", ". . .", ". ."}},
    {"\346\235\216 \345\260\217\351\276\215",
     {"", "\346\235\216", "", "\345\260\217\351\276\215", ""},
     {"\346\235\216", "\345\260\217\351\276\215", "\346\235\216 \345\260\217\351\276\215",
      "\346\235\216 \345\260\217\351\276\215", "\345\260\217\351\276\215, \346\235\216",
      "\345\260\217\351\276\215", "\346\235\216 \345\260\217.", "\346\235\216. \345\260\217\351\276\215",
      "\346\235\216 \345\260\217\351\276\215", "\346\235\216 \345\260\217\351\276\215"}},
    {"\303\251a \303\266b \303\274c",
     {"", "\303\251a", "\303\266b", "\303\274c", ""},
     {"\303\251a", "\303\274c", "\303\251a \303\274c", "\303\251a \303\266. \303\274c",
      "\303\274c, \303\251a", "\303\274c", "\303\251a \303\274.", "\303\251. \303\274c",
      "\303\251a \303\266. \303\274c", "\303\251a \303\266b \303\274c"}},
    {"A B. C",
     {"", "A", "B.", "C", ""},
     {"A", "C", "A C", "A B. C", "C, A", "C", "A C.", "A. C", "A B. C", "A B. C"}},
    {"Jr. Sr.",
     {"Jr.", "Sr.", "", NULL, "Sr."},
     {"Sr.", "", "Sr.", "Sr.", "Sr., Sr.", "Jr.", "Sr. ", "S. ", "Jr. Sr. Sr.", "Jr. Sr."}},
    {"a\011b",
     {"", "a\011b", "", NULL, ""},
     {"a\011b", "", "a\011b", "a\011b", "a\011b", "", "a\011b ", "a. ", "a\011b", "a\011b"}},
    {"Solo Jr.",
     {"", "Solo", "", NULL, "Jr."},
     {"Solo", "", "Solo", "Solo", "Solo, Jr.", "", "Solo ", "S. ", "Solo Jr.", "Solo Jr."}},
    {"Mr. Jr.",
     {"Mr.", "Jr.", "", NULL, "Jr."},
     {"Jr.", "", "Jr.", "Jr.", "Jr., Jr.", "Mr.", "Jr. ", "J. ", "Mr. Jr. Jr.", "Mr. Jr."}},
    {"a  b", {"", "a", "", "b", ""}, {"a", "b", "a b", "a b", "b, a", "b", "a b.", "a. b", "a b", "a  b"}},
    {"x ", {"", "x", "", "", ""}, {"x", "", "x", "x", "x", "", "x ", "x. ", "x", "x "}},
    {"...", {"", "", " ", "", ""}, {"", "", "", " .", "", "", " ", " ", " .", "..."}},
    {"a.b c", {"a.b", "c", "", NULL, ""}, {"c", "", "c", "c", "c", "a.b", "c ", "c. ", "a.b c", "a.b c"}},
    {"\303\237e \303\237o \357\254\201x \307\206z",
     {"", "\303\237e", "\303\237o \357\254\201x", "\307\206z", ""},
     {"\303\237e", "\307\206z", "\303\237e \307\206z", "\303\237e \303\237. \307\206z",
      "\307\206z, \303\237e", "\307\206z", "\303\237e \307\206.", "\303\237. \307\206z",
      "\303\237e \303\237. \307\206z", "\303\237e \303\237o \357\254\201x \307\206z"}},
};

static void expect(const char *name, const char *what, struct text got, const char *expected) {
    if (text_equal(got, text_of(expected))) return;
    fail_msg("%s of \"%s\" is \"%.*s\", not \"%s\"", what, name, (int)got.length,
             got.data ? got.data : "null", expected ? expected : "null");
}

static void a_name_is_taken_apart_as_osticket_does(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct person_name name;
        person_name_split(text_of(cases[i].name), &name);
        expect(cases[i].name, "salutation", name.salutation, cases[i].parts[0]);
        expect(cases[i].name, "first", name.first, cases[i].parts[1]);
        expect(cases[i].name, "middle", name.middle, cases[i].parts[2]);
        expect(cases[i].name, "last", name.last, cases[i].parts[3]);
        expect(cases[i].name, "suffix", name.suffix, cases[i].parts[4]);
    }
}

static void a_name_is_formatted_as_osticket_does(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct person_name name;
        person_name_split(text_of(cases[i].name), &name);
        for (size_t f = 0; f < 10; f++) {
            struct buffer out = buffer_new(256);
            buffer_add_string(&out, ", "); // what was there before stays
            person_name_format(&name, text_of(formats[f]), &out);
            expect(cases[i].name, formats[f], (struct text){out.data + 2, out.length - 2},
                   cases[i].formatted[f]);
            buffer_free(&out);
        }
    }
}

static void expect_agent(struct text first, struct text last, const char *format, const char *expected) {
    struct person_name name;
    struct buffer out = buffer_new(256);
    person_name_of_agent(first, last, &name);
    person_name_format(&name, text_of(format), &out);
    assert_string_equal(out.data, expected);
    buffer_free(&out);
}

static void an_agent_is_named_by_first_and_last(void **state) {
    (void)state;
    expect_agent(TEXT("John"), TEXT("Smith"), "full", "John Smith");
    expect_agent(TEXT("John"), TEXT("Smith"), "lastfirst", "Smith, John");
    expect_agent(TEXT("John"), TEXT("Smith"), "shortformal", "J. Smith");
    expect_agent(TEXT("John Q."), TEXT("van Smith"), "legal", "John Q. van Smith");
    expect_agent(TEXT("John"), TEXT("Smith"), "original", "John Smith");
    expect_agent(TEXT("Cher"), TEXT_NULL, "original", "Cher ");
    expect_agent(TEXT("Cher"), TEXT_NULL, "full", "Cher");
    expect_agent(TEXT_NULL, TEXT_NULL, "full", "");
}

static void an_unknown_format_is_the_name_as_entered(void **state) {
    (void)state;
    struct person_name name;
    struct buffer out = buffer_new(256);
    person_name_split(TEXT("Dr. Jane Doe"), &name);
    person_name_format(&name, TEXT_NULL, &out);
    person_name_format(&name, TEXT("middle"), &out);
    assert_string_equal(out.data, "Dr. Jane DoeDr. Jane Doe");
    buffer_free(&out);
}

static void a_format_that_osticket_does_not_know_is_called_original(void **state) {
    (void)state;
    static const char *const unknown[] = {"", "x", "initials", "middle", "Full"};
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        assert_true(text_equal(person_name_known_format(text_of(formats[i])), text_of(formats[i])));
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++)
        assert_true(text_equal(person_name_known_format(text_of(unknown[i])), TEXT("original")));
}

static void a_mail_variable_ignores_case_and_refuses_the_unknown(void **state) {
    (void)state;
    struct person_name name;
    struct buffer out = buffer_new(256);
    person_name_split(TEXT("Jane Q Doe"), &name);
    assert_true(person_name_variable(&name, TEXT("lastFirst"), &out));
    assert_true(person_name_variable(&name, TEXT("middleinitial"), &out));
    assert_string_equal(out.data, "Doe, JaneQ.");
    assert_false(person_name_variable(&name, TEXT("parts"), &out));
    assert_int_equal(out.length, 11);
    buffer_free(&out);
}

static void a_null_name_is_an_empty_one(void **state) {
    (void)state;
    struct person_name name;
    struct buffer out = buffer_new(256);
    person_name_split(TEXT_NULL, &name);
    person_name_format(&name, TEXT("complete"), &out);
    assert_string_equal(out.data, "");
    assert_true(text_is_null(name.last));
    buffer_free(&out);
}

static void a_ceiling_in_the_middle_of_a_name_fails_cleanly(void **state) {
    (void)state;
    struct person_name name;
    person_name_split(TEXT("Prof. Jane Quentin Doe Jr."), &name);
    for (size_t ceiling = 0; ceiling < 12; ceiling++) {
        for (size_t f = 0; f < 10; f++) {
            struct buffer out = buffer_new(ceiling);
            person_name_format(&name, text_of(formats[f]), &out);
            assert_true(out.length <= ceiling);
            buffer_free(&out);
        }
    }
}

static void a_very_long_dotted_name_is_cut_not_overrun(void **state) {
    (void)state;
    char text[4000];
    for (size_t i = 0; i < sizeof text; i++) text[i] = i % 2 ? '.' : 'a';
    struct person_name name;
    person_name_split((struct text){text, sizeof text - 1}, &name);
    assert_true(name.middle.length > 0 && name.middle.length <= PERSON_NAME_MAX);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_is_taken_apart_as_osticket_does),
        cmocka_unit_test(a_name_is_formatted_as_osticket_does),
        cmocka_unit_test(an_agent_is_named_by_first_and_last),
        cmocka_unit_test(an_unknown_format_is_the_name_as_entered),
        cmocka_unit_test(a_format_that_osticket_does_not_know_is_called_original),
        cmocka_unit_test(a_mail_variable_ignores_case_and_refuses_the_unknown),
        cmocka_unit_test(a_null_name_is_an_empty_one),
        cmocka_unit_test(a_ceiling_in_the_middle_of_a_name_fails_cleanly),
        cmocka_unit_test(a_very_long_dotted_name_is_cut_not_overrun),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
