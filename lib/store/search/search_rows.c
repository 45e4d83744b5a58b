// SPDX-License-Identifier: GPL-2.0-or-later
// Rows estimated by a sample. What one row of the sample stands for are all ids between it and the window's
// beginning, so that ids that nobody has, of a cluster's steps or of rows that were deleted, do not count.
#include "store/search/search_rows.h"

#include "store/read/ticket_conditions.h"
#include "store/row.h"
#include "store/search/index_words.h"
#include "store/statements.h"

#define WORDS_MAX    128
#define WINDOWS      4 // of each type
#define PATTERN_MAX  8192
#define ESTIMATE_MAX (INT64_C(1) << 32) // no id of osTicket is higher

enum { TYPE_TICKET, TYPE_ENTRY, TYPES };

struct sample {
    struct index_word words[WORDS_MAX];
    size_t word_count;
    struct id_range {
        int64_t first, last;
    } types[TYPES];
    int64_t covered[TYPES]; // ids
    int64_t found[TYPES][WORDS_MAX];
};

static bool take_words(struct text text, struct sample *sample) {
    struct index_word word;
    while (index_next_word(&text, &word)) {
        if (!word.is_beginning && !index_has_word(word.word)) continue;
        if (sample->word_count == WORDS_MAX) return false;
        sample->words[sample->word_count++] = word;
    }
    return true;
}

static void take_ids(const struct row *row, void *into) {
    struct sample *sample = into;
    sample->types[TYPE_TICKET] = (struct id_range){row_integer(row, SEARCH_IDS_FIRST_TICKET),
                                                   row_integer(row, SEARCH_IDS_LAST_TICKET)};
    sample->types[TYPE_ENTRY] =
        (struct id_range){row_integer(row, SEARCH_IDS_FIRST_ENTRY), row_integer(row, SEARCH_IDS_LAST_ENTRY)};
}

static int64_t ids_of(const struct id_range *ids) {
    return ids->last ? ids->last - ids->first + 1 : 0;
}

// The highest id of a window; the last one's is the highest of all.
static int64_t top_of(const struct id_range *ids, size_t window) {
    return ids->first + (ids->last - ids->first) / WINDOWS * (int64_t)window +
           (window == WINDOWS ? (ids->last - ids->first) % WINDOWS : 0);
}

// The pattern of LIKE: the word between these.
static void bind_pattern(const char *before, struct text word, const char *behind, struct arena *arena,
                         struct composed *composed) {
    struct buffer pattern = buffer_new(PATTERN_MAX);
    buffer_add_string(&pattern, before);
    for (size_t i = 0; i < word.length; i++) {
        if (word.data[i] == '_') buffer_add_char(&pattern, '\\');
        buffer_add_char(&pattern, word.data[i]);
    }
    buffer_add_string(&pattern, behind);
    composed_bind(composed, db_key(arena_copy(arena, buffer_text(&pattern))));
    if (pattern.failed) composed->sql.failed = true;
    buffer_free(&pattern);
}

static void compose(const struct sample *sample, struct arena *arena, struct composed *composed) {
    static const char types[] = {[TYPE_TICKET] = 'T', [TYPE_ENTRY] = 'H'};
    *composed = composed_new();
    buffer_add_string(&composed->sql, SAMPLE_BEGIN);
    for (size_t i = 0; i < sample->word_count; i++) {
        buffer_add_string(&composed->sql, SAMPLE_HAS);
        bind_pattern("%", sample->words[i].word, "%", arena, composed);
        bind_pattern("% ", sample->words[i].word, sample->words[i].is_beginning ? "%" : " %", arena,
                     composed);
    }
    buffer_add_string(&composed->sql, " FROM (");
    for (size_t i = 0; i < TYPES * WINDOWS; i++) {
        if (i) buffer_add_string(&composed->sql, " UNION ALL ");
        buffer_add_format(&composed->sql, SAMPLE_WINDOW, i, types[i / WINDOWS]);
        composed_bind(composed, db_integer(top_of(&sample->types[i / WINDOWS], 1 + i % WINDOWS)));
    }
    buffer_add_string(&composed->sql, ") x" SAMPLE_END);
}

static void take_window(const struct row *row, void *into) {
    struct sample *sample = into;
    size_t place = (size_t)row_integer(row, SAMPLE_PLACE), type = place / WINDOWS % TYPES;
    sample->covered[type] +=
        top_of(&sample->types[type], 1 + place % WINDOWS) - row_integer(row, SAMPLE_LOWEST) + 1;
    for (size_t i = 0; i < sample->word_count; i++)
        sample->found[type][i] += row_integer(row, SAMPLE_FIRST_WORD + (unsigned)i);
}

// So many rows of all ids, of which so many are covered by the sample. Three numbers of the database have no
// product that is sure to fit.
static int64_t estimate(const struct id_range *ids, int64_t found, int64_t covered) {
    if (covered <= 0) return 0;
    double rows = (double)ids_of(ids) / (double)covered * (double)found;
    if (rows >= ESTIMATE_MAX) return ESTIMATE_MAX;
    return rows > 0 ? (int64_t)rows : 0;
}

static void add_up(const struct sample *sample, struct search_rows *rows) {
    int64_t most = -1;
    for (size_t i = 0; i < sample->word_count; i++) {
        int64_t count = 0;
        for (size_t type = 0; type < TYPES; type++)
            count += estimate(&sample->types[type], sample->found[type][i], sample->covered[type]);
        rows->count += count;
        if (count > most) rows->commonest = sample->words[i].word;
        if (count > most) most = count;
    }
}

bool search_rows_estimate(struct db *db, struct text text, struct arena *arena, struct search_rows *rows,
                          struct error *error) {
    struct sample *sample = arena_take(arena, sizeof *sample);
    struct composed composed;
    *rows = (struct search_rows){0, TEXT_NULL};
    if (!sample) return error_too_large(error);
    *sample = (struct sample){0};
    if (!take_words(text, sample)) {
        rows->count = INT64_MAX;
        return true;
    }
    if (row_first(db, QUERY_WITHOUT_VALUES(STATEMENT_SEARCH_IDS), NULL, take_ids, sample, error) < 0)
        return false;
    bool is_small =
        ids_of(&sample->types[TYPE_TICKET]) + ids_of(&sample->types[TYPE_ENTRY]) <= SEARCH_ROWS_MAX;
    if (is_small || !sample->word_count) return true;
    compose(sample, arena, &composed);
    if (!composed_run(db, &composed, false, NULL, take_window, sample, error)) return false;
    add_up(sample, rows);
    return true;
}
