// SPDX-License-Identifier: GPL-2.0-or-later
// Answers that are in the database already, as people see them.
#include "ops/stored_answer.h"

#include "base/phone.h"
#include "calendar/format.h"
#include "calendar/moment.h"
#include "json/reader.h"

static bool switched_on(const struct json_value *value) {
    return json_value_boolean(value) || json_value_integer(value) != 0 ||
           (json_value_text(value).length && !text_equal(json_value_text(value), TEXT("0")));
}

static void show_phone(const struct form_answer *answer, const struct json_value *configuration,
                       struct buffer *out) {
    const struct json_value *format = json_member(configuration, "format");
    phone_format(answer->value, json_kind(format) == JSON_TEXT ? json_value_text(format) : TEXT("us"), out);
}

// {"a":"Alpha","b":"Beta"}; a choice of older versions of osTicket is its bare key.
static void show_choices(const struct form_answer *answer, struct buffer *out) {
    struct error ignored = {0};
    struct json_value *chosen = json_parse(answer->value, &ignored);
    const struct json_value *value;
    struct text key;
    void *cursor = NULL;
    size_t start = out->length;
    if (json_kind(chosen) != JSON_OBJECT) buffer_add_text(out, answer->value);
    while (json_kind(chosen) == JSON_OBJECT && json_next_member(chosen, &cursor, &key, &value)) {
        if (out->length > start) buffer_add_string(out, ", ");
        buffer_add_text(out, json_kind(value) == JSON_TEXT ? json_value_text(value) : key);
    }
    json_free(&chosen);
}

static void show_date(const struct form_answer *answer, const struct json_value *configuration,
                      const struct help_desk *help_desk, struct buffer *out) {
    struct text locale = help_desk_config(help_desk, "default_locale");
    struct text zone_name = help_desk_config(help_desk, "default_timezone");
    struct format_settings formats = {
        .locale = locale.length ? locale : help_desk_config(help_desk, "system_language"),
        .date_formats = help_desk_config(help_desk, "date_formats"),
        .date_format = help_desk_config(help_desk, "date_format"),
        .time_format = help_desk_config(help_desk, "time_format"),
        .datetime_format = help_desk_config(help_desk, "datetime_format"),
        .daydatetime_format = help_desk_config(help_desk, "daydatetime_format"),
    };
    struct error ignored = {0};
    int64_t utc;
    if (!moment_parse(answer->value, &utc)) return;
    struct zone *zone = zone_open(zone_name.length ? zone_name : TEXT("UTC"), &ignored);
    if (!zone) zone = zone_open(TEXT("UTC"), &ignored);
    if (!zone) return;
    bool time = switched_on(json_member(configuration, "time"));
    // A format that ICU refuses shows nothing.
    if (!format_instant(&formats, time ? FORMAT_DATETIME : FORMAT_DATE, zone, utc, out, &ignored))
        error_clear(&ignored);
    zone_close(&zone);
}

void stored_answer_show(const struct form_answer *answer, const struct help_desk *help_desk,
                        struct buffer *out) {
    struct error ignored = {0};
    if (text_is_null(answer->value)) return;
    struct json_value *configuration =
        answer->configuration.length ? json_parse(answer->configuration, &ignored) : NULL;
    if (text_equal(answer->type, TEXT("bool")))
        buffer_add_string(out, answer->value.length && !text_equal(answer->value, TEXT("0")) ? "Yes" : "No");
    else if (text_equal(answer->type, TEXT("phone")))
        show_phone(answer, configuration, out);
    else if (text_equal(answer->type, TEXT("choices")) || text_starts_with(answer->type, TEXT("list-")))
        show_choices(answer, out);
    else if (text_equal(answer->type, TEXT("datetime")))
        show_date(answer, configuration, help_desk, out);
    else
        buffer_add_text(out, answer->value);
    json_free(&configuration);
}
