// SPDX-License-Identifier: GPL-2.0-or-later
// The row that search finds a ticket by.
#include "ops/ticket_search.h"

#include "base/buffer.h"
#include "base/phone.h"
#include "calendar/normal.h"
#include "markup/search.h"
#include "store/answers.h"
#include "json/reader.h"

#include <strings.h>

#define TEXT_MAX (1 << 20)

static bool normalize(struct text text, struct buffer *out, struct error *error) {
    return normal_add_nfc(text, out) || error_set(error, ERROR_INTERNAL, "a text for search is too long");
}

// An answer's text, appended. The field's type decides how it is shown.
typedef bool show_answer(const struct form_answer *answer, struct buffer *out, struct error *error);

static bool show_nothing(const struct form_answer *answer, struct buffer *out, struct error *error) {
    (void)answer, (void)out, (void)error;
    return true;
}

static bool show_text(const struct form_answer *answer, struct buffer *out, struct error *error) {
    return markup_searchable_text(answer->value, out, error);
}

static bool show_html(const struct form_answer *answer, struct buffer *out, struct error *error) {
    return markup_searchable_html(answer->value, out, error);
}

static bool show_switch(const struct form_answer *answer, struct buffer *out, struct error *error) {
    (void)error;
    bool on = answer->value.length && !text_equal(answer->value, TEXT("0"));
    buffer_add_string(out, on ? "Yes" : "No");
    return true;
}

static bool show_phone(const struct form_answer *answer, struct buffer *out, struct error *error) {
    struct json_value *configuration =
        answer->configuration.length ? json_parse(answer->configuration, error) : NULL;
    const struct json_value *format = json_member(configuration, "format");
    phone_format(answer->value, json_kind(format) == JSON_TEXT ? json_value_text(format) : TEXT("us"), out);
    json_free(&configuration);
    error_clear(error);
    return true;
}

// {"a":"Alpha","b":"Beta"}: the names of what was chosen.
static bool show_choices(const struct form_answer *answer, struct buffer *out, struct error *error) {
    struct json_value *chosen = answer->value.length ? json_parse(answer->value, error) : NULL;
    const struct json_value *value;
    struct text key;
    void *cursor = NULL;
    if (json_kind(chosen) != JSON_OBJECT) {
        json_free(&chosen);
        error_clear(error);
        return show_text(answer, out, error);
    }
    size_t start = out->length;
    while (json_next_member(chosen, &cursor, &key, &value)) {
        if (out->length > start) buffer_add_string(out, ", ");
        buffer_add_text(out, json_kind(value) == JSON_TEXT ? json_value_text(value) : key);
    }
    json_free(&chosen);
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
    {"info", show_nothing},
};

static show_answer *shown_as(struct text type) {
    if (text_starts_with(type, TEXT("list-"))) return show_choices;
    for (size_t i = 0; i < sizeof shown_types / sizeof *shown_types; i++)
        if (text_equal(type, text_of(shown_types[i].type))) return shown_types[i].show;
    return show_text;
}

// Of several answers to fields of one name the last counts, in the place of the first.
static const struct form_answer *last_of_its_name(const struct form_answer *answers, size_t count,
                                                  size_t index) {
    struct text name = answers[index].name;
    const struct form_answer *last = &answers[index];
    if (!name.length) return last;
    for (size_t i = 0; i < index; i++)
        if (text_equal_ignoring_case(answers[i].name, name)) return NULL;
    for (size_t i = index + 1; i < count; i++)
        if (text_equal_ignoring_case(answers[i].name, name)) last = &answers[i];
    return last;
}

static bool add_answer(const struct form_answer *answer, struct buffer *content, struct buffer *scratch,
                       struct error *error) {
    buffer_clear(scratch);
    if (!answer || text_is_null(answer->value)) return true;
    if (!shown_as(answer->type)(answer, scratch, error)) return false;
    struct text shown = text_trim(buffer_text(scratch));
    if (!shown.length || text_equal(shown, TEXT("0"))) return true;
    if (content->length) buffer_add_char(content, '\n');
    return normalize(shown, content, error);
}

static bool make_title(const struct form_answer *answers, size_t count, struct text number,
                       struct buffer *title, struct buffer *scratch, struct error *error) {
    struct text subject = TEXT("");
    for (size_t i = 0; i < count; i++)
        if (text_equal_ignoring_case(answers[i].name, TEXT("subject")) && answers[i].value.data)
            subject = answers[i].value;
    buffer_clear(scratch);
    buffer_add_text(title, number);
    buffer_add_char(title, ' ');
    return markup_searchable_text(subject, scratch, error) && normalize(buffer_text(scratch), title, error);
}

static bool add_answers(const struct form_answer *answers, size_t count, struct buffer *content,
                        struct error *error) {
    struct buffer scratch = buffer_new(TEXT_MAX);
    bool done = true;
    for (size_t i = 0; done && i < count; i++)
        done = add_answer(last_of_its_name(answers, count, i), content, &scratch, error);
    buffer_free(&scratch);
    return done;
}

bool ticket_search_make(struct arena *arena, const struct form_answer *answers, size_t count,
                        int64_t ticket_id, struct text number, struct search_row *row, struct error *error) {
    struct buffer title = buffer_new(TEXT_MAX), content = buffer_new(TEXT_MAX),
                  scratch = buffer_new(TEXT_MAX);
    bool done = make_title(answers, count, number, &title, &scratch, error) &&
                add_answers(answers, count, &content, error);
    if (done)
        *row = (struct search_row){"T", ticket_id, arena_copy(arena, buffer_text(&title)),
                                   arena_copy(arena, buffer_text(&content))};
    buffer_free(&title);
    buffer_free(&content);
    buffer_free(&scratch);
    return done;
}

bool ticket_search_compose(struct db *db, struct arena *arena, int64_t ticket_id, struct text number,
                           struct search_row *row, struct error *error) {
    struct form_answer *answers;
    size_t count;
    return ticket_answers(db, ticket_id, arena, &answers, &count, error) &&
           ticket_search_make(arena, answers, count, ticket_id, number, row, error);
}

bool user_search_make(struct arena *arena, const struct form_answer *answers, size_t count, int64_t user_id,
                      struct text name, struct text address, struct search_row *row, struct error *error) {
    struct buffer title = buffer_new(TEXT_MAX), content = buffer_new(TEXT_MAX);
    bool done = normalize(name, &title, error) && add_answers(answers, count, &content, error);
    if (done) {
        if (content.length) buffer_add_char(&content, ' ');
        buffer_add_text(&content, address);
        buffer_add_char(&content, '\n');
        buffer_add_text(&content, address);
        *row = (struct search_row){"U", user_id, arena_copy(arena, buffer_text(&title)),
                                   arena_copy(arena, buffer_text(&content))};
    }
    buffer_free(&title);
    buffer_free(&content);
    return done;
}
