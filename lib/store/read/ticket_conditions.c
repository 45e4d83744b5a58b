// SPDX-License-Identifier: GPL-2.0-or-later
// Conditions as SQL.
#include "store/read/ticket_conditions.h"

#include "store/read/shown_ticket.h"
#include "store/read/ticket_search_statements.h"
#include "store/row.h"

#define JOIN_NEEDS(name, needs, text) needs,
static const unsigned join_needs[PAGE_JOIN_COUNT] = {PAGE_JOINS(JOIN_NEEDS)};

#define CONDITION_ROW(kind, joins, is_narrow, ...) [kind] = {joins, is_narrow, {__VA_ARGS__}},
static const struct {
    unsigned joins;
    bool is_narrow;
    const char *around[2];
} conditions_of[TICKET_CONDITIONS] = {PAGE_CONDITIONS(CONDITION_ROW)};

enum { SEARCH_OF_AGENT, SEARCH_OF_AGENT_WITH_NOTES, SEARCH_OF_CLIENT, SEARCH_SIDES };
#define FOUND_ROW(by, side, takes, ...) [by][side] = {takes, {__VA_ARGS__}},
enum { FOUND_TICKET, FOUND_RELEVANCE, FOUND_FROM, FOUND_TEXTS };
static const struct found {
    const char *takes;
    const char *texts[FOUND_TEXTS];
} founds[TICKET_SEARCH_KINDS][SEARCH_SIDES] = {SEARCH_FOUNDS(FOUND_ROW)};

bool ticket_conditions_search(const struct ticket_search *search) {
    return search->by != TICKET_SEARCH_NO && search->by != TICKET_SEARCH_NOTHING;
}

static const struct found *found_of(const struct ticket_search *search) {
    return &founds[search->by][search->as_client    ? SEARCH_OF_CLIENT
                               : search->with_notes ? SEARCH_OF_AGENT_WITH_NOTES
                                                    : SEARCH_OF_AGENT];
}

static void add_phrases(struct composed *composed, const struct ticket_search *search) {
    buffer_add_string(&composed->sql, SEARCH_PHRASES_BEGIN);
    for (size_t i = 0; i < search->phrase_count; i++) {
        buffer_add_string(&composed->sql, search->phrases[i].is_negated ? "AND NOT " : "AND ");
        buffer_add_string(&composed->sql, SEARCH_PHRASE);
        composed_bind(composed, db_key(search->phrases[i].close));
        composed_bind(composed, db_key(search->phrases[i].wide));
    }
}

// The places of a text: a ticket or NULL, how well it fits, and whether the phrases are there.
static void add_places(struct composed *composed, const struct ticket_search *search) {
    const struct found *found = found_of(search);
    // One more than may be: that there are more is seen by it.
    const struct db_value limit = db_integer(search->most_places + 1);
    for (const char *as = found->takes; *as; as++)
        composed_bind(composed, *as == '#'   ? limit
                                : *as == '<' ? db_key(search->beginning)
                                : *as == '%' ? db_key(search->part)
                                             : db_key(search->text));
    buffer_add_format(&composed->sql, "SELECT %s AS ticket_id,%s AS relevance,%s AS fits",
                      found->texts[FOUND_TICKET], found->texts[FOUND_RELEVANCE],
                      search->phrase_count ? "v.object_id IS NOT NULL" : "1");
    buffer_add_string(&composed->sql, found->texts[FOUND_FROM]);
    if (search->phrase_count) add_phrases(composed, search);
    buffer_add_string(&composed->sql, "LIMIT ?");
    composed_bind(composed, limit);
}

unsigned ticket_conditions_joins(const struct ticket_conditions *conditions) {
    unsigned needed = conditions->answer_count ? PAGE_JOIN_CDATA : 0;
    for (unsigned kind = 0; kind < TICKET_CONDITIONS; kind++)
        if (conditions->of[kind].is_asked) needed |= conditions_of[kind].joins;
    for (size_t i = 0; i < conditions->criterion_count; i++)
        for (size_t k = 0; k < conditions->criteria[i].count; k++)
            needed |= conditions_of[conditions->criteria[i].alternatives[k].kind].joins;
    return needed;
}

struct view ticket_conditions_view(const struct ticket_conditions *conditions) {
    return (struct view){.rules = conditions->scope ? conditions->scope->rules : NULL};
}

size_t ticket_conditions_branches(const struct ticket_conditions *conditions) {
    size_t branches = conditions->scope ? ticket_scope_branches(conditions->scope) : 1;
    return branches && ticket_conditions_search(&conditions->search) ? 1 : branches;
}

void ticket_conditions_add_joins(struct composed *composed, unsigned joins, struct view view) {
    for (unsigned i = PAGE_JOIN_COUNT; i-- > 0;)
        if (joins & 1u << i) joins |= join_needs[i];
    for (unsigned i = 0; i < PAGE_JOIN_COUNT; i++)
        if (joins & 1u << i) shown_add(composed, shown_join(view, i), view);
}

// Of tickets that are found already, it does not matter which branch has an index.
static void add_scope(struct composed *composed, const struct ticket_conditions *conditions, size_t branch) {
    size_t branches = conditions->scope ? ticket_scope_branches(conditions->scope) : 0;
    if (!conditions->scope) {
        buffer_add_string(&composed->sql, "TRUE");
    } else if (!ticket_conditions_search(&conditions->search)) {
        ticket_scope_add(composed, conditions->scope, branch);
    } else {
        buffer_add_string(&composed->sql, "(FALSE");
        for (size_t i = 0; i < branches; i++) {
            buffer_add_string(&composed->sql, " OR (");
            ticket_scope_add(composed, conditions->scope, i);
            buffer_add_char(&composed->sql, ')');
        }
        buffer_add_char(&composed->sql, ')');
    }
}

static void add_tickets(struct composed *composed, const struct ticket_search *search) {
    if (!ticket_conditions_search(search)) {
        buffer_add_string(&composed->sql, "{ticket} t ");
        return;
    }
    buffer_add_string(&composed->sql, SEARCH_TICKETS_BEGIN);
    add_places(composed, search);
    buffer_add_string(&composed->sql, SEARCH_TICKETS_END);
}

static void add_condition(struct composed *composed, enum ticket_condition_kind kind,
                          const struct db_value *values, size_t count) {
    buffer_add_string(&composed->sql, count ? conditions_of[kind].around[0] : "FALSE");
    composed_add_values(composed, values, count);
    if (count) buffer_add_string(&composed->sql, conditions_of[kind].around[1]);
}

static void add_criterion(struct composed *composed, const struct ticket_criterion *criterion) {
    buffer_add_string(&composed->sql, criterion->is_negated ? " AND NOT (" : " AND (");
    if (!criterion->count) buffer_add_string(&composed->sql, "FALSE");
    for (size_t i = 0; i < criterion->count; i++) {
        if (i) buffer_add_string(&composed->sql, " OR ");
        add_condition(composed, criterion->alternatives[i].kind, criterion->alternatives[i].values,
                      criterion->alternatives[i].count);
    }
    buffer_add_char(&composed->sql, ')');
}

static void add_choice(struct composed *composed, const struct ticket_answer_condition *answer) {
    static const char *const around[] = {PAGE_ANSWER_CHOICE};
    for (size_t i = 0; i < answer->count; i++) {
        buffer_add_string(&composed->sql, i ? " OR " : "");
        buffer_add_string(&composed->sql, around[0]);
        buffer_add_text(&composed->sql, answer->column);
        buffer_add_string(&composed->sql, around[1]);
        composed_bind(composed, answer->values[i]);
    }
}

static void add_answer(struct composed *composed, const struct ticket_answer_condition *answer) {
    static const char *const around[] = {PAGE_ANSWER_TEXT};
    buffer_add_string(&composed->sql, " AND (");
    if (!answer->count) {
        buffer_add_string(&composed->sql, "FALSE");
    } else if (answer->is_choice) {
        add_choice(composed, answer);
    } else {
        buffer_add_string(&composed->sql, around[0]);
        buffer_add_text(&composed->sql, answer->column);
        buffer_add_string(&composed->sql, around[1]);
        composed_add_values(composed, answer->values, answer->count);
        buffer_add_char(&composed->sql, ')');
    }
    buffer_add_char(&composed->sql, ')');
}

static void add_conditions(struct composed *composed, const struct ticket_conditions *conditions) {
    if (conditions->search.by == TICKET_SEARCH_NOTHING) buffer_add_string(&composed->sql, " AND FALSE");
    for (unsigned kind = 0; kind < TICKET_CONDITIONS; kind++) {
        if (!conditions->of[kind].is_asked) continue;
        buffer_add_string(&composed->sql, " AND ");
        add_condition(composed, (enum ticket_condition_kind)kind, conditions->of[kind].values,
                      conditions->of[kind].count);
    }
    for (size_t i = 0; i < conditions->criterion_count; i++)
        add_criterion(composed, &conditions->criteria[i]);
    for (size_t i = 0; i < conditions->answer_count; i++) add_answer(composed, &conditions->answers[i]);
}

void ticket_conditions_add_source(struct composed *composed, const struct ticket_conditions *conditions,
                                  unsigned joins, struct view view, size_t branch) {
    add_tickets(composed, &conditions->search);
    ticket_conditions_add_joins(composed, joins, view);
    buffer_add_string(&composed->sql, "WHERE ");
    add_scope(composed, conditions, branch);
    add_conditions(composed, conditions);
}

void ticket_conditions_add_count(struct composed *composed, const struct ticket_search *search) {
    buffer_add_string(&composed->sql, "SELECT COUNT(*) FROM (");
    add_places(composed, search);
    buffer_add_string(&composed->sql, ") j");
}

// A criterion finds tickets where each of its alternatives does.
static bool is_narrow(const struct ticket_criterion *criterion) {
    bool narrow = !criterion->is_negated;
    for (size_t i = 0; i < criterion->count; i++)
        narrow = narrow && conditions_of[criterion->alternatives[i].kind].is_narrow;
    return narrow;
}

void ticket_conditions_weigh(const struct ticket_conditions *conditions, bool *some_narrow, bool *some_wide) {
    *some_narrow =
        conditions->search.by != TICKET_SEARCH_NO || (conditions->scope && conditions->scope->rules);
    *some_wide = conditions->answer_count != 0;
    for (unsigned kind = 0; kind < TICKET_CONDITIONS; kind++) {
        if (!conditions->of[kind].is_asked) continue;
        *(conditions_of[kind].is_narrow ? some_narrow : some_wide) = true;
    }
    for (size_t i = 0; i < conditions->criterion_count; i++)
        *(is_narrow(&conditions->criteria[i]) ? some_narrow : some_wide) = true;
}

bool composed_run(struct db *db, struct composed *composed, bool is_search, struct arena *arena,
                  composed_take *take, void *into, struct error *error) {
    struct row row = {.arena = arena};
    int more;
    bool done = !composed->sql.failed &&
                db_query_text(db, composed->sql.data, composed->values, composed->count, &row.rows, error);
    if (composed->sql.failed) error_set(error, ERROR_TOO_LARGE, "too many conditions");
    if (done) {
        while ((more = db_rows_next(row.rows, error)) > 0) take(&row, into);
        db_rows_close(&row.rows);
        done = more == 0;
    }
    buffer_free(&composed->sql);
    if (done || !is_search) return done;
    if (db_has_no_text_index(db, error)) {
        error_set(error, ERROR_UNPROCESSABLE,
                  "q: this help desk's database has no index of words: only numbers and addresses are found");
        return error_field(error, TEXT("q"));
    }
    if (!db_ran_out_of_time(db, error)) return false;
    error_set(error, ERROR_UNPROCESSABLE,
              "q: this is found in too many places: search for rarer words alone");
    return error_field(error, TEXT("q"));
}
