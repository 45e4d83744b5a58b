// SPDX-License-Identifier: GPL-2.0-or-later
// Answers of forms as they are seen once they are stored.
#include "forms/shown.h"

#include "calendar/moment.h"
#include "calendar/zone.h"
#include "contact/phone.h"
#include "markup/search.h"
#include "json/reader.h"

void shown_add_date(const struct shown_dates *dates, bool with_time, int64_t utc, struct buffer *out) {
    struct error ignored = {0};
    struct zone *zone = dates->zone_name.length ? zone_open(dates->zone_name, &ignored) : NULL;
    if (!zone) zone = zone_open(TEXT("UTC"), &ignored);
    size_t start = out->length;
    bool done = zone && format_instant(&dates->formats, with_time ? FORMAT_DATETIME : FORMAT_DATE, zone, utc,
                                       out, &ignored);
    if (!done && out->length > start) {
        out->length = start;
        out->data[start] = '\0';
    }
    if (zone) zone_close(&zone);
}

// An answer's text, appended. The field's type decides how it is shown.
typedef bool show_answer(const struct stored_answer *answer, const struct shown_dates *dates,
                         struct buffer *out, struct error *error);

static bool show_nothing(const struct stored_answer *answer, const struct shown_dates *dates,
                         struct buffer *out, struct error *error) {
    (void)answer, (void)dates, (void)out, (void)error;
    return true;
}

static bool show_text(const struct stored_answer *answer, const struct shown_dates *dates, struct buffer *out,
                      struct error *error) {
    (void)dates;
    return markup_searchable_text(answer->value, out, error);
}

static bool show_html(const struct stored_answer *answer, const struct shown_dates *dates, struct buffer *out,
                      struct error *error) {
    (void)dates;
    return markup_searchable_html(answer->value, out, error);
}

static bool show_switch(const struct stored_answer *answer, const struct shown_dates *dates,
                        struct buffer *out, struct error *error) {
    (void)dates, (void)error;
    bool on = answer->value.length && !text_equal(answer->value, TEXT("0"));
    buffer_add_string(out, on ? "Yes" : "No");
    return true;
}

// A member of the field's configuration as text; `fallback` where there is none.
static struct text setting(const struct json_value *configuration, const char *name, struct text fallback) {
    const struct json_value *value = json_member(configuration, name);
    return json_kind(value) == JSON_TEXT ? json_value_text(value) : fallback;
}

static struct json_value *read_json(struct text text) {
    struct error ignored = {0};
    return text.length ? json_parse(text, &ignored) : NULL;
}

static bool show_phone(const struct stored_answer *answer, const struct shown_dates *dates,
                       struct buffer *out, struct error *error) {
    (void)dates, (void)error;
    struct json_value *configuration = read_json(answer->configuration);
    phone_format(answer->value, setting(configuration, "format", TEXT("us")), out);
    json_free(&configuration);
    return true;
}

// {"a":"Alpha","b":"Beta"}: the names of what was chosen.
static bool add_labels(struct text value, struct buffer *out) {
    struct json_value *chosen = read_json(value);
    const struct json_value *label;
    struct text key;
    void *cursor = NULL;
    size_t start = out->length;
    bool done = json_kind(chosen) == JSON_OBJECT;
    while (json_next_member(chosen, &cursor, &key, &label)) {
        if (out->length > start) buffer_add_string(out, ", ");
        buffer_add_text(out, json_kind(label) == JSON_TEXT ? json_value_text(label) : key);
    }
    json_free(&chosen);
    return done;
}

// What is none of the choices is kept, but not seen.
static bool show_choices(const struct stored_answer *answer, const struct shown_dates *dates,
                         struct buffer *out, struct error *error) {
    (void)dates, (void)error;
    (void)add_labels(answer->value, out);
    return true;
}

static bool show_items(const struct stored_answer *answer, const struct shown_dates *dates,
                       struct buffer *out, struct error *error) {
    return add_labels(answer->value, out) || show_text(answer, dates, out, error);
}

static bool is_on(const struct json_value *value) {
    struct text text = json_value_text(value);
    return json_value_boolean(value) || json_value_integer(value) != 0 ||
           (text.length && !text_equal(text, TEXT("0")));
}

static bool show_date(const struct stored_answer *answer, const struct shown_dates *dates, struct buffer *out,
                      struct error *error) {
    (void)error;
    int64_t utc;
    if (!moment_parse(answer->value, dates->now, &utc)) return true;
    struct json_value *configuration = read_json(answer->configuration);
    shown_add_date(dates, is_on(json_member(configuration, "time")), utc, out);
    json_free(&configuration);
    return true;
}

static const struct {
    const char *type;
    show_answer *show;
} shown_types[] = {
    {"memo", show_html},        {"bool", show_switch},        {"phone", show_phone},
    {"choices", show_choices},  {"topic", show_nothing},      {"sla", show_nothing},
    {"priority", show_nothing}, {"department", show_nothing}, {"files", show_nothing},
    {"thread", show_nothing},   {"assignee", show_nothing},   {"state", show_nothing},
    {"status", show_nothing},   {"timezone", show_nothing},   {"break", show_nothing},
    {"info", show_nothing},     {"datetime", show_date},
};

static show_answer *shown_as(struct text type) {
    if (text_starts_with(type, TEXT("list-"))) return show_items;
    for (size_t i = 0; i < sizeof shown_types / sizeof *shown_types; i++)
        if (text_equal(type, text_of(shown_types[i].type))) return shown_types[i].show;
    return show_text;
}

bool shown_add_searchable(const struct stored_answer *answer, const struct shown_dates *dates,
                          struct buffer *out, struct error *error) {
    return shown_as(answer->type)(answer, dates, out, error);
}
