// SPDX-License-Identifier: GPL-2.0-or-later
// Guards what search finds stored answers by, as osTicket 1.18.1 wrote it into its index.
#include "forms/shown.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const struct shown_dates dates = {.zone_name = {"Europe/Berlin", 13},
                                         .formats = {.locale = {"en_US", 5},
                                                     .date_formats = {"custom", 6},
                                                     .date_format = {"M/d/yy", 6},
                                                     .datetime_format = {"M/d/yy HH:mm", 12}}};

static void answers_are_found_by_what_people_see(void **state) {
    static const struct {
        const char *type, *configuration, *value, *seen;
    } rows[] = {
        {"text", NULL, "  two  words ", "two words"},
        {"memo", NULL, "a b <b>x</b>", "a b x"},
        {"bool", NULL, "1", "Yes"},
        {"bool", NULL, "0", "No"},
        {"choices", NULL, "{\"a\":\"Alpha\",\"b\":\"Beta\"}", "Alpha, Beta"},
        {"choices", NULL, "zzz", ""},
        {"list-5", NULL, "{\"14\":\"Gr\\u00fcn\"}", "Gr\303\274n"},
        {"list-5", NULL, "Old text", "Old text"},
        {"datetime", NULL, "2024-05-01 12:00:00 CEST", "5/1/24"},
        {"datetime", "{\"time\":true}", "2024-02-01 00:30:00 CET", "2/1/24 00:30"},
        {"datetime", "{\"time\":\"1\"}", "2024-05-01 04:00:00 EDT", "5/1/24 10:00"},
        {"datetime", NULL, "whenever", ""},
        {"phone", NULL, "5551234X9", "555-1234 x9"},
        {"phone", "{\"format\":\"\"}", "5551234X9", "5551234 x9"},
        {"priority", NULL, "Normal", ""},
        {"files", NULL, "false", ""},
        {"thread", NULL, "x", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct stored_answer answer = {text_of(rows[i].type), text_of(rows[i].configuration),
                                       text_of(rows[i].value)};
        struct buffer out = buffer_new(1000);
        struct error error = {0};
        assert_true(shown_add_searchable(&answer, &dates, &out, &error));
        assert_string_equal(out.data, rows[i].seen);
        buffer_free(&out);
    }
}

static void formats_that_cannot_be_used_show_nothing(void **state) {
    (void)state;
    struct shown_dates bad = {.zone_name = TEXT("Nowhere"),
                              .formats = {.date_formats = TEXT("custom"), .date_format = TEXT("\xff")}};
    struct buffer out = buffer_new(1000);
    buffer_add_string(&out, "x");
    shown_add_date(&bad, false, 0, &out);
    assert_string_equal(out.data, "x");
    buffer_free(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_are_found_by_what_people_see),
        cmocka_unit_test(formats_that_cannot_be_used_show_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
