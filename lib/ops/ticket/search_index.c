// SPDX-License-Identifier: GPL-2.0-or-later
// The row that search finds a ticket by.
#include "ops/ticket/search_index.h"

#include "base/buffer.h"
#include "calendar/normal.h"
#include "forms/shown.h"
#include "markup/search.h"
#include "ops/ticket/form_dates.h"
#include "store/answers.h"

#include <strings.h>

#define TEXT_MAX (1 << 20)

static bool normalize(struct text text, struct buffer *out, struct error *error) {
    return normal_add_nfc(text, out) || error_set(error, ERROR_INTERNAL, "a text for search is too long");
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

static bool add_answer(const struct form_answer *answer, const struct shown_dates *dates,
                       struct buffer *content, struct buffer *scratch, struct error *error) {
    buffer_clear(scratch);
    // A switch that nobody touched is off, and shown so.
    if (!answer || (text_is_null(answer->value) && !text_equal(answer->type, TEXT("bool")))) return true;
    struct stored_answer stored = {answer->type, answer->configuration, answer->value};
    if (!shown_add_searchable(&stored, dates, scratch, error)) return false;
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

bool search_add_answers(const struct help_desk *help_desk, const struct form_answer *answers, size_t count,
                        bool once, struct text but, struct buffer *content, struct error *error) {
    struct shown_dates dates = form_dates(help_desk);
    struct buffer scratch = buffer_new(TEXT_MAX);
    bool done = true;
    for (size_t i = 0; done && i < count; i++) {
        const struct form_answer *answer = once ? last_of_its_name(answers, count, i) : &answers[i];
        if (answer && but.length && text_equal_ignoring_case(answer->name, but)) continue;
        done = add_answer(answer, &dates, content, &scratch, error);
    }
    buffer_free(&scratch);
    return done;
}

bool ticket_search_make(struct work *work, const struct form_answer *answers, size_t count, int64_t ticket_id,
                        struct text number, struct search_row *row, struct error *error) {
    struct buffer title = buffer_new(TEXT_MAX), content = buffer_new(TEXT_MAX),
                  scratch = buffer_new(TEXT_MAX);
    bool done = make_title(answers, count, number, &title, &scratch, error) &&
                search_add_answers(work->help_desk, answers, count, true, TEXT_NULL, &content, error);
    if (done)
        *row = (struct search_row){"T", ticket_id, arena_copy(work->arena, buffer_text(&title)),
                                   arena_copy(work->arena, buffer_text(&content))};
    buffer_free(&title);
    buffer_free(&content);
    buffer_free(&scratch);
    return done;
}

// A row of a user or an organization; `behind` follows the answers, and may be null.
static bool make_party(struct work *work, const struct form_answer *answers, size_t count,
                       struct search_row *row, struct text name, struct text behind, struct error *error) {
    struct buffer title = buffer_new(TEXT_MAX), content = buffer_new(TEXT_MAX),
                  scratch = buffer_new(TEXT_MAX);
    bool done = markup_searchable_text(name, &scratch, error) &&
                normalize(buffer_text(&scratch), &title, error) &&
                search_add_answers(work->help_desk, answers, count, true, TEXT_NULL, &content, error);
    if (done) {
        if (behind.data) buffer_add_char(&content, ' '); // also where there is no answer before it, as PHP
        buffer_add_text(&content, behind);
        row->title = arena_copy(work->arena, buffer_text(&title));
        row->content = arena_copy(work->arena, buffer_text(&content));
    }
    buffer_free(&title);
    buffer_free(&content);
    buffer_free(&scratch);
    return done;
}

bool user_search_make(struct work *work, const struct form_answer *answers, size_t count, int64_t user_id,
                      struct text name, struct text address, struct search_row *row, struct error *error) {
    struct buffer twice = buffer_new(TEXT_MAX);
    buffer_add_text(&twice, address);
    buffer_add_char(&twice, '\n');
    buffer_add_text(&twice, address);
    *row = (struct search_row){.object_type = "U", .object_id = user_id};
    bool done = make_party(work, answers, count, row, name, buffer_text(&twice), error);
    buffer_free(&twice);
    return done;
}

bool user_search_renew(struct work *work, const struct form_answer *answers, size_t count, int64_t user_id,
                       struct text name, struct text addresses, struct search_row *row, struct error *error) {
    *row = (struct search_row){.object_type = "U", .object_id = user_id};
    return make_party(work, answers, count, row, name, addresses.data ? addresses : TEXT(""), error);
}

bool organization_search_make(struct work *work, const struct form_answer *answers, size_t count, int64_t id,
                              struct text name, struct search_row *row, struct error *error) {
    *row = (struct search_row){.object_type = "O", .object_id = id};
    return make_party(work, answers, count, row, name, TEXT_NULL, error);
}
