// SPDX-License-Identifier: GPL-2.0-or-later
// Guards what each type of field takes, complains of and keeps.
#include "forms/form.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define REQUIRED (FIELD_FLAG_ENABLED | FIELD_FLAG_CLIENT_REQUIRED)
#define OPTIONAL FIELD_FLAG_ENABLED

static const struct form_priority priorities[] = {{1, {"Low", 3}}, {2, {"Normal", 6}}, {4, {"Emergency", 9}}};
static const struct list_item items[] = {
    {11, 3, {"Other list", 10}, {"OL", 2}},
    {12, 5, {"Blue", 4}, {"BL", 2}},
    {13, 5, {"Red / dark", 10}, {NULL, 0}},
    {14, 5, {"Gr\303\274n", 5}, {"GR", 2}},
};
static struct form_tables tables = {
    .priorities = priorities,
    .priority_count = 3,
    .list_items = items,
    .list_item_count = 4,
    .dates = {.zone_name = {"Europe/Berlin", 13},
              .now = 1715780730, // 2024-05-15 13:45:30
              .formats = {.locale = {"en_US", 5},
                          .date_formats = {"custom", 6},
                          .date_format = {"y/MM/dd", 7},
                          .datetime_format = {"y/MM/dd HH:mm", 13}}},
};

static struct arena arena;
static struct form_answers answers;
static struct form_errors errors;
static struct error error;

static int end_arena(void **state) {
    (void)state;
    arena_free(&arena);
    return 0;
}

static bool fill(const struct form *form, const char *json, enum form_audience audience) {
    struct input request;
    arena_free(&arena);
    arena = arena_new((size_t)64 << 20);
    memset(&errors, 0, sizeof errors);
    error_clear(&error);
    if (!input_read_json(text_of(json), &arena, &request, &error)) fail_msg("%s: %s", json, error.message);
    return form_fill(form, &request, &tables, audience, &arena, &answers, &errors, &error);
}

// One field "f" labelled "F" with the id 7. Texts that are NULL must be null or empty.
struct row {
    const char *type, *configuration, *given; // `given` is the member's JSON; NULL: absent
    const char *value, *cdata, *shown, *complaint;
    int64_t value_id;
    char form; // 0: 'G'
    bool optional;
};

static void assert_text(const struct row *row, const char *what, struct text text, const char *expected) {
    if (text_equal(text, text_of(expected ? expected : ""))) return;
    if (!expected && !text.length) return;
    fail_msg("%s %s %s: %s \"%.*s\" should be \"%s\"", row->type,
             row->configuration ? row->configuration : "", row->given ? row->given : "absent", what,
             (int)text.length, text.data ? text.data : "", expected ? expected : "");
}

static void check(const struct row *row) {
    char json[1000];
    struct form_field field = {.id = 7,
                               .flags = row->optional ? OPTIONAL : REQUIRED,
                               .type = text_of(row->type),
                               .label = TEXT("F"),
                               .name = TEXT("f"),
                               .configuration = text_of(row->configuration)};
    struct form form = {.id = 1, .type = row->form ? row->form : 'G', .fields = &field, .field_count = 1};
    snprintf(json, sizeof json, row->given ? "{\"f\":%s}" : "{\"x\":1}", row->given ? row->given : "");
    if (!fill(&form, json, FORM_FOR_API)) fail_msg("%s: %s", json, error.message);
    assert_int_equal(answers.count, 1);
    const struct answer_value *answer = &answers.values[0];
    assert_text(row, "value", answer->value, row->value);
    if (!row->value && answer->value.data) fail_msg("%s: an empty value is kept as NULL", row->type);
    assert_text(row, "cdata", answer->cdata, row->cdata);
    assert_text(row, "shown", answer->shown, row->shown);
    assert_non_null(answer->cdata.data);
    assert_non_null(answer->shown.data);
    assert_int_equal(answer->has_value_id, row->value_id != 0);
    if (row->value_id) assert_int_equal(answer->value_id, row->value_id);
    assert_text(row, "complaint", errors.count ? errors.items[0].text : TEXT_NULL, row->complaint);
    assert_int_equal(errors.count, row->complaint ? 1 : 0);
    if (row->complaint) assert_true(text_equal(errors.items[0].key, TEXT("7")));
    assert_true(form_field_is_known(&field));
}

#define CHECK(rows)                                                                                          \
    for (size_t i = 0; i < sizeof(rows) / sizeof *(rows); i++) check(&(rows)[i])
// value, cdata and shown alike
#define SAME(text) text, text, text
#define NOTHING    NULL, NULL, NULL
#define MISSING    "F is a required field"

static void texts_lose_their_tags_and_keep_everything_else(void **state) {
    static const struct row rows[] = {
        {"text", NULL, "\"plain\"", SAME("plain"), NULL, 0, 0, 0},
        {"text", "{\"length\":3}", "\"longer than three\"", SAME("longer than three"), NULL, 0, 0, 0},
        {"text", NULL, "\"  blanks \"", SAME("  blanks "), NULL, 0, 0, 0},
        {"text", NULL, "\"a <b>bold</b> &lt;i&gt;word&lt;/i&gt;\"", SAME("a <b>bold</b> <i>word</i>"), NULL,
         0, 0, 0},
        {"text", NULL, "\"x &amp; y &copy; z\"", SAME("x & y &copy; z"), NULL, 0, 0, 0},
        {"text", NULL, "\"if (a<b) stop <a@b.c>\"", SAME("if (a<b) stop <a@b.c>"), NULL, 0, 0, 0},
        {"text", NULL, "\"\\u00a9 \\u2708 \\ud83d\\ude80\"", SAME("\302\251 \342\234\210 \360\237\232\200"),
         NULL, 0, 0, 0},
        {"text", NULL, "\"line\\nline\"", SAME("line\nline"), NULL, 0, 0, 0},
        {"text", NULL, "5", SAME("5"), NULL, 0, 0, 0},
        {"text", NULL, "1.50", SAME("1.5"), NULL, 0, 0, 0},
        {"text", NULL, "\"0\"", SAME("0"), NULL, 0, 0, 0},
        {"text", NULL, "0", SAME("0"), NULL, 0, 0, 0},
        {"text", NULL, "\"\"", NOTHING, MISSING, 0, 0, 0},
        {"text", NULL, "\"<b></b>\"", SAME("<b></b>"), NULL, 0, 0, 0},
        {"text", NULL, "\"Button <a> and <b>OK</b>, if a<b>c\"", SAME("Button <a> and <b>OK</b>, if a<b>c"),
         NULL, 0, 0, 0},
        {"text", NULL, "null", NOTHING, MISSING, 0, 0, 0},
        {"text", NULL, "false", NOTHING, MISSING, 0, 0, 0},
        {"text", NULL, NULL, NOTHING, MISSING, 0, 0, 0},
        {"text", NULL, NULL, NOTHING, NULL, 0, 0, true},
        {"text", "{\"validator\":\"number\"}", NULL, NOTHING, NULL, 0, 0, true},
    };
    (void)state;
    CHECK(rows);
}

#define FORMULA "Content cannot start with the following characters: = - + @"

static void texts_are_validated(void **state) {
    static const struct row rows[] = {
        {"text", NULL, "\"=1+1\"", SAME("=1+1"), FORMULA, 0, 0, 0},
        {"text", NULL, "\"-1\"", SAME("-1"), FORMULA, 0, 0, 0},
        {"text", NULL, "\"@x\"", SAME("@x"), FORMULA, 0, 0, 0},
        {"text", NULL, "\"+x\"", SAME("+x"), FORMULA, 0, 0, 0},
        {"text", NULL, "\"+\"", SAME("+"), FORMULA, 0, 0, 0},
        {"text", NULL, "\"+4930123\"", SAME("+4930123"), NULL, 0, 0, 0},
        {"text", NULL, "\" =1\"", SAME(" =1"), NULL, 0, 0, 0},
        {"text", "{\"validator\":\"\"}", "\"=1\"", SAME("=1"), FORMULA, 0, 0, 0},
        {"text", "{\"validator\":\"\",\"validator-error\":\"No!\"}", "\"=1\"", SAME("=1"), "No!", 0, 0, 0},
        {"text", "{\"validator\":\"noop\"}", "\"=1\"", SAME("=1"), NULL, 0, 0, 0},
        {"text", "{\"validator\":\"number\"}", "\"12.5\"", SAME("12.5"), NULL, 0, 0, 0},
        {"text", "{\"validator\":\"number\"}", "\"0\"", SAME("0"), NULL, 0, 0, 0},
        {"text", "{\"validator\":\"number\"}", "\"-3\"", SAME("-3"), NULL, 0, 0, 0},
        {"text", "{\"validator\":\"number\"}", "\"12a\"", SAME("12a"), "Enter a Number", 0, 0, 0},
        {"text", "{\"validator\":\"number\"}", "\"\"", NOTHING, MISSING, 0, 0, 0},
        {"text", "{\"validator\":\"email\"}", "\"o'brien@example.org\"", SAME("o'brien@example.org"), NULL, 0,
         0, 0},
        {"text", "{\"validator\":\"email\"}", "\"nonsense\"", SAME("nonsense"), "Enter a valid email address",
         0, 0, 0},
        {"text", "{\"validator\":\"email\"}", "\"A <a@b.c>\"", SAME("A <a@b.c>"),
         "Enter a valid email address", 0, 0, 0},
        {"text", "{\"validator\":\"phone\"}", "\"(030) 12-34.567\"", SAME("(030) 12-34.567"), NULL, 0, 0, 0},
        {"text", "{\"validator\":\"phone\"}", "\"+49 30 123456\"", SAME("+49 30 123456"), NULL, 0, 0, 0},
        {"text", "{\"validator\":\"phone\"}", "\"123456\"", SAME("123456"), "Enter a valid phone number", 0,
         0, 0},
        {"text", "{\"validator\":\"phone\"}", "\"12345678901234567\"", SAME("12345678901234567"),
         "Enter a valid phone number", 0, 0, 0},
        {"text", "{\"validator\":\"phone\"}", "\"1234567x8\"", SAME("1234567x8"),
         "Enter a valid phone number", 0, 0, 0},
        {"text", "{\"validator\":\"ip\"}", "\"192.0.2.7\"", SAME("192.0.2.7"), NULL, 0, 0, 0},
        {"text", "{\"validator\":\"ip\"}", "\" 2001:db8::1 \"", SAME(" 2001:db8::1 "), NULL, 0, 0, 0},
        {"text", "{\"validator\":\"ip\"}", "\"192.0.2.300\"", SAME("192.0.2.300"), "Enter a valid IP address",
         0, 0, 0},
        {"text", "{\"validator\":\"ip\"}", "\"192.0.2\"", SAME("192.0.2"), "Enter a valid IP address", 0, 0,
         0},
        {"text", "{\"validator\":\"regex\",\"regex\":\"/^[A-Z]{2}\\\\d+$/\"}", "\"AB12\"", SAME("AB12"), NULL,
         0, 0, 0},
        {"text", "{\"validator\":\"regex\",\"regex\":\"/^[A-Z]{2}\\\\d+$/\"}", "\"ab12\"", SAME("ab12"),
         "Value does not match required pattern", 0, 0, 0},
        {"text",
         "{\"validator\":\"regex\",\"regex\":\"/^[A-Z]{2}$/\",\"validator-error\":\"Two letters, please\"}",
         "\"ab12\"", SAME("ab12"), "Two letters, please", 0, 0, 0},
        {"text", "{\"validator\":\"regex\",\"regex\":\"/^a/iu\"}", "\"\\u00c4\"", SAME("\303\204"),
         "Value does not match required pattern", 0, 0, 0},
        {"text", "{\"validator\":\"regex\",\"regex\":\"no delimiters\"}", "\"x\"", SAME("x"),
         "Value does not match required pattern", 0, 0, 0},
        {"text", "{\"validator\":\"regex\"}", "\"x\"", SAME("x"), "Value does not match required pattern", 0,
         0, 0},
        // PHP checks the text with its special characters escaped.
        {"text", "{\"validator\":\"regex\",\"regex\":\"/^A&amp;B$/\"}", "\"A&B\"", SAME("A&B"), NULL, 0, 0,
         0},
    };
    (void)state;
    CHECK(rows);
}

static void memos_are_cleaned_html_unless_set_otherwise(void **state) {
    static const struct row rows[] = {
        {"memo", NULL, "\"plain text\"", SAME("plain text"), NULL, 0, 0, 0},
        {"memo", NULL, "\"<b>un<i>closed<script>x</script>\"", SAME("<b>un<i>closed</i></b>"), NULL, 0, 0, 0},
        {"memo", NULL, "\"if (a<b) stop\"", SAME("if (a&lt;b) stop"), NULL, 0, 0, 0},
        {"memo", NULL, "\"<br />\\n\"", NOTHING, MISSING, 0, 0, 0},
        {"memo", "{\"html\":false}", "\"a <b>x</b>\\n & y\"", SAME("a <b>x</b>\n & y"), NULL, 0, 0, 0},
        {"memo", "{\"html\":\"\"}", "\" \\n \"", NOTHING, MISSING, 0, 0, 0},
        {"memo", "{\"html\":false}", "\" \\n \"", NOTHING, MISSING, 0, 'T', 0},
        {"memo", "{\"html\":false}", "\"=1\"", SAME("=1"), FORMULA, 0, 0, 0},
        {"memo", "{\"html\":false}", "\"+123\"", SAME("+123"), NULL, 0, 0, 0},
        {"memo", "{\"html\":false}", "\"0\"", NOTHING, MISSING, 0, 0, 0},
        {"memo", NULL, NULL, NOTHING, MISSING, 0, 0, 0},
        {"memo", NULL, "\"\"", NOTHING, NULL, 0, 0, true},
    };
    (void)state;
    CHECK(rows);
}

static void check_boxes_are_what_php_takes_for_true(void **state) {
    static const struct row rows[] = {
        {"bool", NULL, "true", "1", "1", "Yes", NULL, 0, 0, 0},
        {"bool", NULL, "\"false\"", "1", "1", "Yes", NULL, 0, 0, 0},
        {"bool", NULL, "1", "1", "1", "Yes", NULL, 0, 0, 0},
        {"bool", NULL, "\"0\"", "0", "0", "No", NULL, 0, 0, true},
        {"bool", NULL, "false", "0", "0", "No", MISSING, 0, 0, 0},
        {"bool", NULL, NULL, "0", "0", "No", NULL, 0, 0, true},
        {"bool", NULL, NULL, "0", "0", "No", MISSING, 0, 0, 0},
    };
    (void)state;
    CHECK(rows);
}

#define CHOICES "{\"choices\":\"a:Alpha\\r\\nb: Beta \\nGamma\\n1:One/\\u00fc\"}"
#define MANY    "{\"choices\":\"a:Alpha\\nb:Beta\",\"multiselect\":true,\"default\":\"a\"}"

static void choices_are_kept_as_key_and_label(void **state) {
    static const struct row rows[] = {
        {"choices", CHOICES, "\"a\"", "{\"a\":\"Alpha\"}", "a", "Alpha", NULL, 0, 0, 0},
        {"choices", CHOICES, "\"a\"", "{\"a\":\"Alpha\"}", "a", "Alpha", NULL, 0, 'T', 0},
        {"choices", CHOICES, "\"b\"", "{\"b\":\"Beta\"}", "b", "Beta", NULL, 0, 0, 0},
        {"choices", CHOICES, "\"Gamma\"", "{\"Gamma\":\"Gamma\"}", "Gamma", "Gamma", NULL, 0, 0, 0},
        {"choices", CHOICES, "1", "{\"1\":\"One\\/\\u00fc\"}", "1", "One/\303\274", NULL, 0, 0, 0},
        {"choices", CHOICES, "[\"a\"]", "{\"a\":\"Alpha\"}", "a", "Alpha", NULL, 0, 0, 0},
        {"choices", CHOICES, "{\"a\":\"Alpha\"}", "{\"a\":\"Alpha\"}", "a", "Alpha", NULL, 0, 0, 0},
        {"choices", CHOICES, "\"{\\\"a\\\":\\\"x\\\"}\"", "{\"a\":\"Alpha\"}", "a", "Alpha", NULL, 0, 0, 0},
        {"choices", MANY, "[\"b\",\"a\"]", "{\"b\":\"Beta\",\"a\":\"Alpha\"}", "b, a", "Beta, Alpha", NULL, 0,
         0, 0},
        {"choices", MANY, "\"a, b\"", "{\"a\":\"Alpha\",\"b\":\"Beta\"}", "a, b", "Alpha, Beta", NULL, 0, 0,
         0},
        {"choices", MANY, "[\"a\",\"zzz\"]", "{\"a\":\"Alpha\"}", "a", "Alpha", NULL, 0, 0, 0},
        {"choices", MANY, "[\"zz\",\"a\"]", "zz", NULL, NULL, NULL, 0, 0, 0},
        {"choices", CHOICES, "\"Alpha\"", "Alpha", NULL, NULL, NULL, 0, 0, 0},
        {"choices", CHOICES, "\"zzz\"", "zzz", NULL, NULL, NULL, 0, 0, 0},
        {"choices", CHOICES, "\"x, y\"", "x", NULL, NULL, NULL, 0, 0, 0},
        {"choices", MANY, NULL, NOTHING, MISSING, 0, 0, 0},
        {"choices", MANY, "\"0\"", NOTHING, MISSING, 0, 0, 0},
        {"choices", MANY, "[]", NOTHING, NULL, 0, 0, true},
        {"choices", NULL, "\"a\"", "a", NULL, NULL, NULL, 0, 0, 0},
    };
    (void)state;
    CHECK(rows);
}

static void items_of_lists_are_found_by_id_value_and_abbreviation(void **state) {
    static const struct row rows[] = {
        {"list-5", NULL, "12", "{\"12\":\"Blue\"}", "12", "Blue", NULL, 0, 0, 0},
        {"list-5", NULL, "\"12\"", "{\"12\":\"Blue\"}", "12", "Blue", NULL, 0, 'T', 0},
        {"list-5", NULL, "\"Blue\"", "{\"12\":\"Blue\"}", "12", "Blue", NULL, 0, 0, 0},
        {"list-5", NULL, "\"blue\"", "{\"12\":\"Blue\"}", "12", "Blue", NULL, 0, 0, 0},
        {"list-5", NULL, "\"gr\"", "{\"14\":\"Gr\\u00fcn\"}", "14", "Gr\303\274n", NULL, 0, 0, 0},
        {"list-5", NULL, "\"Red / dark\"", "{\"13\":\"Red \\/ dark\"}", "13", "Red / dark", NULL, 0, 0, 0},
        {"list-5", "{\"multiselect\":true}", "[\"Blue\",13]", "{\"12\":\"Blue\",\"13\":\"Red \\/ dark\"}",
         "12, 13", "Blue, Red / dark", NULL, 0, 0, 0},
        {"list-5", NULL, "{\"12\":\"Blue\"}", "{\"12\":\"Blue\"}", "12", "Blue", NULL, 0, 0, 0},
        {"list-5", NULL, "11", NOTHING, MISSING, 0, 0, 0},
        {"list-5", NULL, "\"Other list\"", NOTHING, NULL, 0, 0, true},
        {"list-9", NULL, "12", NOTHING, NULL, 0, 0, true},
        {"list-5", NULL, NULL, NOTHING, MISSING, 0, 0, 0},
    };
    (void)state;
    CHECK(rows);
}

static void dates_are_kept_in_the_zone_of_the_help_desk(void **state) {
    static const struct row rows[] = {
        {"datetime", NULL, "\"2024-05-01 10:00\"", "2024-05-01 12:00:00 CEST", "2024-05-01 12:00:00 CEST",
         "2024/05/01", NULL, 0, 0, 0},
        {"datetime", "{\"time\":true}", "\"2024-01-31T23:30:00Z\"", "2024-02-01 00:30:00 CET",
         "2024-02-01 00:30:00 CET", "2024/02/01 00:30", NULL, 0, 0, 0},
        {"datetime", "{\"timezone\":\"America\\/New_York\"}", "\"2024-05-01T10:00:00+02:00\"",
         "2024-05-01 04:00:00 EDT", "2024-05-01 04:00:00 EDT", "2024/05/01", NULL, 0, 0, 0},
        {"datetime", NULL, "1714557600", "2024-05-01 12:00:00 CEST", "2024-05-01 12:00:00 CEST", "2024/05/01",
         NULL, 0, 0, 0},
        {"datetime", NULL, "\" 2024-05-01 10:00 \"", "2024-05-01 12:00:00 CEST", "2024-05-01 12:00:00 CEST",
         "2024/05/01", NULL, 0, 'T', 0},
        {"datetime", NULL, "\"tomorrow 10:00\"", "2024-05-16 12:00:00 CEST", "2024-05-16 12:00:00 CEST",
         "2024/05/16", NULL, 0, 0, 0},
        {"datetime", "{\"max\":\"+1 week\"}", "\"+8 days\"", "2024-05-23 15:45:30 CEST",
         "2024-05-23 15:45:30 CEST", "2024/05/23", "Selected date is later than permitted (2024/05/22)", 0, 0,
         0},
        {"datetime", NULL, "\"whenever\"", "whenever", "0", NULL, NULL, 0, 0, 0},
        {"datetime", NULL, "\"\"", NULL, "0", NULL, MISSING, 0, 0, 0},
        {"datetime", NULL, NULL, NULL, "0", NULL, NULL, 0, 0, true},
        {"datetime", "{\"min\":\"2024-05-02\",\"max\":\"2024-06-01\"}", "\"2024-05-01\"",
         "2024-05-01 02:00:00 CEST", "2024-05-01 02:00:00 CEST", "2024/05/01",
         "Selected date is earlier than permitted (2024/05/02)", 0, 0, 0},
        {"datetime", "{\"min\":\"2024-05-02\",\"max\":\"2024-06-01\"}", "\"2024-06-02\"",
         "2024-06-02 02:00:00 CEST", "2024-06-02 02:00:00 CEST", "2024/06/02",
         "Selected date is later than permitted (2024/06/01)", 0, 0, 0},
    };
    (void)state;
    CHECK(rows);
}

// Of a script of three bytes a character.
static void a_date_is_shown_however_long_its_format_is(void **state) {
    static struct form_field field = {
        .id = 7, .flags = REQUIRED, .type = {"datetime", 8}, .label = {"F", 1}, .name = {"f", 1}};
    const struct form form = {.id = 1, .type = 'G', .fields = &field, .field_count = 1};
    const struct format_settings formats = tables.dates.formats;
    (void)state;
    tables.dates.formats.locale = TEXT("ta_IN");
    tables.dates.formats.date_format = TEXT("EEEE, d MMMM y GGGG, h:mm:ss a, zzzz");
    bool done = fill(&form, "{\"f\":\"2024-09-03 10:00\"}", FORM_FOR_API);
    tables.dates.formats = formats;
    assert_true(done);
    assert_true(text_find(answers.values[0].shown, TEXT(" 2024 "), 0) > 0);
}

static void telephone_numbers_keep_digits_and_extension(void **state) {
    static const struct row rows[] = {
        {"phone", NULL, "\"(555) 123-4567 X123\"", "5551234567X123", "5551234567X123", "(555) 123-4567 x123",
         NULL, 0, 0, 0},
        {"phone", NULL, "\"5551234X9\"", "5551234X9", "5551234X9", "555-1234 x9", NULL, 0, 0, 0},
        {"phone", "{\"format\":\"\"}", "\"5551234\"", SAME("5551234"), NULL, 0, 0, 0},
        {"phone", NULL, "5551234", "5551234", "5551234", "555-1234", NULL, 0, 0, 0},
        {"phone", NULL, "\"12\"", SAME("12"), "Enter a valid phone number", 0, 0, 0},
        {"phone", "{\"digits\":\"2\"}", "\"12\"", SAME("12"), NULL, 0, 0, 0},
        {"phone", NULL, "\"none\"", SAME("none"), "Enter a valid phone number", 0, 0, 0},
        {"phone", NULL, "\"5551234X1X2\"", "5551234X1X2", "5551234X1X2", "555-1234 x1X2",
         "Enter a valid phone extension", 0, 0, 0},
        {"phone", "{\"ext\":false}", "\"5551234X1X2\"", "5551234X1X2", "5551234X1X2", "555-1234 x1X2", NULL,
         0, 0, 0},
        {"phone", NULL, "\"X12\"", "X12", "X12", " x12", "Enter a phone number for the extension", 0, 0, 0},
        {"phone", NULL, "\"\"", NOTHING, MISSING, 0, 0, 0},
        {"phone", NULL, NULL, NOTHING, NULL, 0, 0, true},
    };
    (void)state;
    CHECK(rows);
}

static void priorities_are_known_ids(void **state) {
    static const struct row rows[] = {
        {"priority", NULL, "4", "Emergency", "4", "Emergency", NULL, 4, 0, 0},
        {"priority", NULL, "\"2\"", "Normal", "2", "Normal", NULL, 2, 'T', 0},
        {"priority", NULL, "\"Normal\"", NOTHING, NULL, 0, 0, true},
        {"priority", NULL, "\"+4\"", "Emergency", "4", "Emergency", NULL, 4, 0, 0},
        {"priority", NULL, "\"4.0\"", "Emergency", "4", "Emergency", NULL, 4, 0, 0},
        {"priority", NULL, "\"4e0\"", "Emergency", "4", "Emergency", NULL, 4, 0, 0},
        {"priority", NULL, "\"4x\"", NOTHING, NULL, 0, 0, true},
        {"priority", NULL, "\"4.10\"", NOTHING, NULL, 0, 0, true},
        {"priority", NULL, "1e30", NOTHING, NULL, 0, 0, true},
        {"priority", NULL, "99", NOTHING, MISSING, 0, 0, 0},
        {"priority", NULL, NULL, NOTHING, NULL, 0, 0, true},
    };
    (void)state;
    CHECK(rows);
}

static void a_message_must_be_there_and_may_be_empty(void **state) {
    static const struct row rows[] = {
        {"thread", NULL, "\"x\"", NULL, NULL, "x", NULL, 0, 'T', 0},
        {"thread", NULL, "\"\"", NOTHING, NULL, 0, 'T', 0},
        {"thread", NULL, "null", NOTHING, NULL, 0, 'T', 0},
        {"thread", NULL, NULL, NOTHING, MISSING, 0, 'T', 0},
        {"files", NULL, NULL, "false", "false", NULL, NULL, 0, 0, true},
        {"files", NULL, "[5]", "false", "false", NULL, MISSING, 0, 0, 0},
        {"break", NULL, "\"x\"", NOTHING, NULL, 0, 0, 0},
        {"info", NULL, NULL, NOTHING, NULL, 0, 0, 0},
    };
    (void)state;
    CHECK(rows);
}

static void a_list_for_a_single_value_ends_the_request(void **state) {
    static const char *const types[] = {"text", "memo", "bool", "datetime", "phone", "priority"};
    static const char *const wrong[] = {"{\"f\":[\"a\"]}", "{\"f\":{\"a\":1}}"};
    (void)state;
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        for (size_t k = 0; k < 2; k++) {
            struct form_field field = {
                .id = 7, .flags = OPTIONAL, .type = text_of(types[i]), .name = TEXT("f")};
            struct form form = {.type = 'G', .fields = &field, .field_count = 1};
            assert_false(fill(&form, wrong[k], FORM_FOR_API));
            assert_int_equal(error.code, ERROR_BAD_REQUEST);
            assert_string_equal(error.message, i == 2 ? "f must be true or false" : "f must be a string");
        }
}

static void fields_are_found_by_name_then_by_id(void **state) {
    (void)state;
    struct form_field fields[] = {
        {.id = 70, .flags = REQUIRED, .type = TEXT("text"), .label = TEXT("By id"), .name = TEXT("")},
        {.id = 71, .flags = REQUIRED, .type = TEXT("text"), .label = TEXT("Both"), .name = TEXT("both")},
        {.id = 72, .flags = OPTIONAL, .type = TEXT("text"), .label = TEXT("External"), .name = TEXT("ext")},
    };
    fields[2].flags |= FIELD_FLAG_EXTERNAL;
    struct form form = {.type = 'G', .fields = fields, .field_count = 3};
    assert_true(fill(&form, "{\"70\":\"x\",\"71\":\"id\",\"both\":\"name\",\"ext\":\"y\"}", FORM_FOR_API));
    assert_int_equal(errors.count, 0);
    assert_true(text_equal(answers.values[0].value, TEXT("x")));
    assert_true(text_equal(answers.values[1].value, TEXT("name")));
    assert_true(answers.values[1].stored);
    assert_false(answers.values[2].stored);
    assert_ptr_equal(form_answer_named(&answers, "both"), &answers.values[1]);
    assert_null(form_answer_named(&answers, "none"));
    assert_true(fill(&form, "{\"71\":\"id\",\"Both\":\"case\"}", FORM_FOR_API));
    assert_true(text_equal(answers.values[1].value, TEXT("id")));
    assert_int_equal(errors.count, 1);
    assert_true(text_equal(errors.items[0].text, TEXT("By id is a required field")));
    form.type = 'T'; // of the ticket form names alone are heeded
    assert_true(fill(&form, "{\"70\":\"x\",\"both\":\"name\"}", FORM_FOR_API));
    assert_int_equal(errors.count, 1);
}

static void whose_mistakes_count_depends_on_the_audience(void **state) {
    (void)state;
    struct form_field fields[] = {
        {.id = 1, .flags = REQUIRED, .type = TEXT("text"), .label = TEXT("hidden")},
        {.id = 2, .flags = REQUIRED | FIELD_FLAG_CLIENT_VIEW, .type = TEXT("text"), .label = TEXT("client")},
        {.id = 3, .flags = REQUIRED | FIELD_FLAG_AGENT_VIEW, .type = TEXT("text"), .label = TEXT("agent")},
        {.id = 4, .flags = FIELD_FLAG_CLIENT_REQUIRED, .type = TEXT("text"), .label = TEXT("")},
        {.id = 5, .flags = REQUIRED, .type = TEXT("text"), .label = TEXT("disabled"), .disabled = true},
        {.id = 6, .flags = FIELD_FLAG_ENABLED | 0x4000, .type = TEXT("text"), .label = TEXT("agents must")},
    };
    struct form form = {.type = 'G', .fields = fields, .field_count = 6};
    assert_true(fill(&form, "{\"5\":\"kept\"}", FORM_FOR_API));
    assert_int_equal(errors.count, 4);
    assert_true(text_equal(errors.items[0].key, TEXT("1")));
    assert_true(text_equal(errors.items[3].text, TEXT("This is a required field")));
    assert_true(text_equal(answers.values[4].value, TEXT("kept")));
    assert_true(fill(&form, "{\"x\":1}", FORM_FOR_API));
    assert_int_equal(errors.count, 5);
    assert_true(fill(&form, "{\"x\":1}", FORM_FOR_CLIENTS));
    assert_int_equal(errors.count, 1);
    assert_true(text_equal(errors.items[0].text, TEXT("client is a required field")));
    assert_true(fill(&form, "{\"x\":1}", FORM_FOR_AGENTS));
    assert_int_equal(errors.count, 1);
    assert_true(text_equal(errors.items[0].text, TEXT("agent is a required field")));
    assert_true(fill(&form, "{\"x\":1}", FORM_FOR_MAIL));
    assert_int_equal(errors.count, 0);
}

static void fields_that_only_php_knows(void **state) {
    static const char *const types[] = {"timezone", "topic",  "sla",    "department", "assignee",
                                        "list-",    "list-x", "plugin", "",           "TEXT"};
    (void)state;
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        struct form_field field = {.id = 7, .flags = OPTIONAL, .type = text_of(types[i]), .name = TEXT("f")};
        struct form form = {.type = 'G', .fields = &field, .field_count = 1};
        assert_false(form_field_is_known(&field));
        assert_false(fill(&form, "{\"f\":\"x\"}", FORM_FOR_API));
        assert_int_equal(error.code, ERROR_NOT_NATIVE);
    }
    struct form_field field = {.type = TEXT("text"), .configuration = TEXT("null")};
    assert_true(form_field_is_known(&field));
    field.configuration = TEXT("{\"length\":3,\"length\":9}"); // PHP takes the last
    assert_false(form_field_is_known(&field));
}

// PHP takes such a field as if nothing had been set.
static void a_configuration_that_is_no_json_is_none(void **state) {
    static const char *const broken[] = {
        "{broken", "a:1:{s:3:\"foo\";i:1;}", "{'choices':'a'}", "{\"a\":1,}", "\xff", " "};
    static const char *const types[] = {"text",  "memo",     "choices", "bool",
                                        "phone", "datetime", "files",   "thread"};
    (void)state;
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        for (size_t j = 0; j < sizeof broken / sizeof *broken; j++) {
            struct form_field field = {.id = 7,
                                       .flags = OPTIONAL,
                                       .type = text_of(types[i]),
                                       .name = TEXT("f"),
                                       .label = TEXT("F"),
                                       .configuration = text_of(broken[j])};
            struct form form = {.type = 'G', .fields = &field, .field_count = 1};
            if (!form_field_is_known(&field)) fail_msg("%s %s", types[i], broken[j]);
            if (!fill(&form, "{\"x\":\"y\"}", FORM_FOR_API))
                fail_msg("%s %s: %s", types[i], broken[j], error.message);
            assert_int_equal(errors.count, 0);
        }
}

static void a_full_arena_ends_it(void **state) {
    (void)state;
    struct form_field field = {.id = 7, .flags = OPTIONAL, .type = TEXT("text"), .name = TEXT("f")};
    struct form form = {.type = 'G', .fields = &field, .field_count = 1};
    struct arena small = arena_new(20000), big = arena_new((size_t)1 << 20);
    struct buffer body = buffer_new(100000);
    struct input request;
    buffer_add_string(&body, "{\"f\":\"");
    for (int i = 0; i < 30000; i++) buffer_add_char(&body, 'x');
    buffer_add_string(&body, "\"}");
    error_clear(&error);
    assert_true(input_read_json(buffer_text(&body), &big, &request, &error));
    assert_false(form_fill(&form, &request, &tables, FORM_FOR_API, &small, &answers, &errors, &error));
    assert_int_equal(error.code, ERROR_TOO_LARGE);
    arena_free(&small);
    arena_free(&big);
    buffer_free(&body);
}

// Wherever memory ends while the items of a list are gathered, none is looked for behind the last one.
static void a_full_arena_ends_a_list(void **state) {
    enum { ITEMS = 600 };
    static struct list_item many[ITEMS];
    struct form_tables own = tables;
    struct form_field field = {.id = 7, .flags = OPTIONAL, .type = TEXT("list-5"), .name = TEXT("f")};
    struct form form = {.type = 'G', .fields = &field, .field_count = 1};
    struct input member = {.kind = INPUT_TEXT, .name = TEXT("f"), .text = TEXT("last")};
    struct input request = {.kind = INPUT_MAP, .members = &member, .count = 1};
    (void)state;
    for (size_t i = 0; i < ITEMS; i++) many[i] = (struct list_item){(int64_t)i + 1, 5, TEXT("x"), TEXT("")};
    many[ITEMS - 1].abbreviation = TEXT("last");
    own.list_items = many;
    own.list_item_count = ITEMS;
    size_t failures = 0;
    for (size_t ceiling = 8192; ceiling < 400000; ceiling += 4000) {
        struct arena small = arena_new(ceiling);
        error_clear(&error);
        if (!form_fill(&form, &request, &own, FORM_FOR_API, &small, &answers, &errors, &error)) {
            assert_int_equal(error.code, ERROR_TOO_LARGE);
            failures++;
        }
        arena_free(&small);
    }
    assert_true(failures >= 2 && failures <= 90);
}

// A value is refused by there being a complaint.
static void a_complaint_of_any_length_is_one(void **state) {
    static const char *const types[] = {"text", "memo"};
    char complaint[10001], configuration[sizeof complaint + 100];
    (void)state;
    memset(complaint, 'N', sizeof complaint - 1);
    complaint[sizeof complaint - 1] = '\0';
    snprintf(configuration, sizeof configuration, "{\"validator-error\":\"%s\"}", complaint);
    complaint[1000] = '\0';
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        const struct row row = {types[i], configuration, "\"=1\"", SAME("=1"), complaint, 0, 0, 0};
        check(&row);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_complaint_of_any_length_is_one),
        cmocka_unit_test(texts_lose_their_tags_and_keep_everything_else),
        cmocka_unit_test(texts_are_validated),
        cmocka_unit_test(memos_are_cleaned_html_unless_set_otherwise),
        cmocka_unit_test(check_boxes_are_what_php_takes_for_true),
        cmocka_unit_test(choices_are_kept_as_key_and_label),
        cmocka_unit_test(items_of_lists_are_found_by_id_value_and_abbreviation),
        cmocka_unit_test(dates_are_kept_in_the_zone_of_the_help_desk),
        cmocka_unit_test(a_date_is_shown_however_long_its_format_is),
        cmocka_unit_test(telephone_numbers_keep_digits_and_extension),
        cmocka_unit_test(priorities_are_known_ids),
        cmocka_unit_test(a_message_must_be_there_and_may_be_empty),
        cmocka_unit_test(a_list_for_a_single_value_ends_the_request),
        cmocka_unit_test(fields_are_found_by_name_then_by_id),
        cmocka_unit_test(whose_mistakes_count_depends_on_the_audience),
        cmocka_unit_test(fields_that_only_php_knows),
        cmocka_unit_test(a_configuration_that_is_no_json_is_none),
        cmocka_unit_test(a_full_arena_ends_it),
        cmocka_unit_test(a_full_arena_ends_a_list),
    };
    return cmocka_run_group_tests(tests, NULL, end_arena);
}
