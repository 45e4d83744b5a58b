// SPDX-License-Identifier: GPL-2.0-or-later
// Tells search what it does not know yet: entries, tickets, users, organizations, answers of the knowledge
// base; a share of it in each run, until there is nothing left. spec: cron.md 6.
#include "store/cron/index.h"
#include "base/arena.h"
#include "base/buffer.h"
#include "calendar/normal.h"
#include "cron/jobs.h"
#include "markup/search.h"
#include "ops/ticket/search_index.h"
#include "store/help_desk.h"
#include "store/work.h"

#include <stdint.h>

#define ARENA_MAX (64 << 20) // of CRON_INDEX_ROWS rows
#define TEXT_MAX  (8 << 20)
#define ROWS_MAX  1800 // of all kinds in a run, as osTicket has it

struct indexing {
    struct cron *cron;
    struct arena *arena;
    struct error *error;
};

static bool normalize(struct indexing *indexing, struct buffer *plain, struct text *to) {
    struct buffer normal = buffer_new(TEXT_MAX);
    bool done = normal_add_nfc(buffer_text(plain), &normal) ||
                error_set(indexing->error, ERROR_TOO_LARGE, "a text for search is too long");
    if (done) *to = arena_copy(indexing->arena, buffer_text(&normal));
    buffer_free(&normal);
    return done;
}

static bool make_searchable(struct indexing *indexing, struct text text, bool html, struct text *to) {
    struct buffer plain = buffer_new(TEXT_MAX);
    bool done = (html ? markup_searchable_html(text, &plain, indexing->error)
                      : markup_searchable_text(text, &plain, indexing->error)) &&
                normalize(indexing, &plain, to);
    buffer_free(&plain);
    return done;
}

// Two texts with a blank between, the second as title.
static bool make_joined(struct indexing *indexing, struct text first, struct text second, struct text *to) {
    struct buffer joined = buffer_new(TEXT_MAX);
    buffer_add_text(&joined, first);
    buffer_add_char(&joined, ' ');
    buffer_add_text(&joined, second);
    bool done = make_searchable(indexing, buffer_text(&joined), false, to);
    buffer_free(&joined);
    return done;
}

static bool make_answers(struct indexing *indexing, const char *object_type, int64_t id, struct text before,
                         struct search_row *row) {
    struct form_answer *answers;
    size_t count;
    struct buffer content = buffer_new(TEXT_MAX);
    bool ticket = *object_type == 'T';
    buffer_add_text(&content, before);
    bool done = cron_answers(indexing->cron->db, object_type, id, indexing->arena, &answers, &count,
                             indexing->error) &&
                search_add_answers(indexing->cron->help_desk, answers, count, ticket,
                                   ticket ? TEXT("subject") : TEXT_NULL, &content, indexing->error);
    if (done) row->content = arena_copy(indexing->arena, text_trim(buffer_text(&content)));
    for (size_t i = 0; done && ticket && i < count; i++) // of several the last
        if (text_equal_ignoring_case(answers[i].name, TEXT("subject")) && answers[i].value.data)
            row->title = answers[i].value;
    buffer_free(&content);
    return done;
}

static bool make_entry(struct indexing *indexing, const struct unindexed *from, struct search_row *row) {
    row->object_type = "H";
    return make_searchable(indexing, from->first, false, &row->title) &&
           make_searchable(indexing, from->second, text_equal(from->third, TEXT("html")), &row->content);
}

static bool make_ticket(struct indexing *indexing, const struct unindexed *from, struct search_row *row) {
    row->object_type = "T";
    return make_answers(indexing, "T", from->id, TEXT_NULL, row) &&
           make_joined(indexing, from->first, row->title, &row->title);
}

static bool make_user(struct indexing *indexing, const struct unindexed *from, struct search_row *row) {
    row->object_type = "U";
    return make_answers(indexing, "U", from->id, from->second, row) &&
           make_searchable(indexing, from->first, false, &row->title);
}

static bool make_organization(struct indexing *indexing, const struct unindexed *from,
                              struct search_row *row) {
    row->object_type = "O";
    return make_answers(indexing, "O", from->id, TEXT_NULL, row) &&
           make_searchable(indexing, from->first, false, &row->title);
}

static bool make_faq(struct indexing *indexing, const struct unindexed *from, struct search_row *row) {
    bool keywords = from->second.length && !text_equal(from->second, TEXT("0"));
    row->object_type = "K";
    return (keywords ? make_joined(indexing, from->second, from->first, &row->title)
                     : make_searchable(indexing, from->first, false, &row->title)) &&
           make_searchable(indexing, from->third, true, &row->content);
}

static const struct {
    enum cron_index_kind kind;
    bool (*make)(struct indexing *indexing, const struct unindexed *from, struct search_row *row);
    int64_t from;
    size_t most; // in a run
    bool empty;  // one without any text is written, too
} kinds[] = {
    {INDEX_ENTRIES, make_entry, INT64_MAX, 500, false},
    {INDEX_TICKETS, make_ticket, INT64_MAX, 300, true},
    {INDEX_USERS, make_user, 0, ROWS_MAX, true},
    {INDEX_ORGANIZATIONS, make_organization, 0, ROWS_MAX, true},
    {INDEX_FAQS, make_faq, 0, ROWS_MAX, true},
};
#define KIND_COUNT (sizeof kinds / sizeof *kinds)

// Up to CRON_INDEX_ROWS of a kind; how many there were, and how many of them were added.
static bool add_some(struct cron *cron, size_t index, int64_t *from, size_t *found, size_t *added,
                     struct error *error) {
    struct arena arena = arena_new(ARENA_MAX);
    struct indexing indexing = {cron, &arena, error};
    struct work work = {.db = cron->db, .arena = &arena, .help_desk = cron->help_desk};
    struct unindexed rows[CRON_INDEX_ROWS];
    struct search_row made[CRON_INDEX_ROWS];
    size_t count = 0;
    bool done = cron_index_next(cron->db, kinds[index].kind, *from, &arena, rows, found, error);
    for (size_t i = 0; done && i < *found; i++) {
        struct search_row row = {.object_id = rows[i].id, .title = TEXT(""), .content = TEXT("")};
        *from = rows[i].id;
        done = kinds[index].make(&indexing, &rows[i], &row);
        if (done && (kinds[index].empty || row.title.length || row.content.length)) made[count++] = row;
    }
    done = done && cron_index_add(&work, made, count, error);
    *added = count;
    arena_free(&arena);
    return done;
}

static bool add_kind(struct cron *cron, size_t index, size_t *left, struct error *error) {
    int64_t from = kinds[index].from;
    size_t looked = 0, found = CRON_INDEX_ROWS, added;
    while (found == CRON_INDEX_ROWS && looked < kinds[index].most && *left && cron_goes_on(cron)) {
        if (!add_some(cron, index, &from, &found, &added, error)) return false;
        looked += found;
        *left -= added < *left ? added : *left;
    }
    return true;
}

bool cron_index(struct cron *cron, struct error *error) {
    size_t left = ROWS_MAX;
    int wanted = cron_index_is_wanted(cron->db, error);
    if (wanted <= 0) return wanted == 0;
    for (size_t i = 0; i < KIND_COUNT && left; i++)
        if (!add_kind(cron, i, &left, error)) return false;
    return left < ROWS_MAX || !cron_goes_on(cron) || cron_index_is_full(cron->db, error);
}
