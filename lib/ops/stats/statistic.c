// SPDX-License-Identifier: GPL-2.0-or-later
// Statistics, from a question to an answer that is kept.
#include "ops/stats/statistic.h"

#include "base/clock.h"
#include "ops/catalog/gathered.h"
#include "ops/read/ticket_filters.h"
#include "ops/read/values.h"
#include "ops/reading.h"
#include "ops/stats/kept.h"
#include "store/read/ticket_search.h"

#include <inttypes.h>

#define QUESTION_MAX 8192

struct writing {
    struct statistic *statistic;
    statistic_write *write;
};

static bool write_members(void *context, struct error *error) {
    const struct writing *writing = context;
    return writing->write(writing->statistic, error);
}

// Who asks for what: what a key sees is part of it, so that an answer never outlives a right.
static void write_question(const struct operation_context *context, struct buffer *question) {
    const struct principal *principal = context->principal;
    const struct key_rules *rules = &principal->rules;
    buffer_add_format(question, "%" PRId64 " %u %d %" PRId64 " %" PRId64 " %d", principal->key_id,
                      principal->scopes, (int)rules->view, rules->view_id, rules->staff_id,
                      rules->has_departments);
    for (size_t i = 0; i < rules->department_count; i++)
        buffer_add_format(question, ",%" PRId64, rules->departments[i]);
    if (rules->has_tickets) buffer_add_format(question, " tickets %s", rules->ticket_list);
    buffer_add_char(question, ' ');
    buffer_add_text(question, context->asked);
}

static bool make(struct operation_context *context, statistic_write *write, struct buffer *gathered,
                 struct error *error) {
    struct statistic statistic = {.context = context, .arena = arena_new(REQUEST_ARENA_MAX)};
    struct writing writing = {&statistic, write};
    bool done = gathered_make(&statistic.json, write_members, &writing, gathered, error);
    arena_free(&statistic.arena);
    return done;
}

// Without a place to keep answers each is made anew.
static bool answer_anew(struct operation_context *context, struct text question, statistic_write *write,
                        struct answer *answer, struct error *error) {
    struct buffer gathered = buffer_new(GATHERED_MAX);
    bool done = make(context, write, &gathered, error);
    if (done && context->kept && question.length)
        kept_answer_keep(context->kept, question, buffer_text(&gathered), clock_monotonic_ms());
    done = done && gathered_tell(context, buffer_text(&gathered), KEPT_SECONDS, answer, error);
    buffer_free(&gathered);
    return done;
}

bool statistic_run(struct operation_context *context, struct answer *answer, statistic_write *write,
                   struct error *error) {
    struct buffer question = buffer_new(QUESTION_MAX);
    struct text kept = TEXT_NULL;
    write_question(context, &question);
    struct text asked = question.failed ? TEXT("") : buffer_text(&question);
    if (context->kept && asked.length) kept = kept_answer_find(context->kept, asked, clock_monotonic_ms());
    bool done = text_is_null(kept) ? answer_anew(context, asked, write, answer, error)
                                   : gathered_tell(context, kept, KEPT_SECONDS, answer, error);
    buffer_free(&question);
    return done;
}

bool statistic_run_for_agents(struct operation_context *context, struct answer *answer,
                              statistic_write *write, struct error *error) {
    if (principal_sees_as_client(context->principal))
        return error_set(error, ERROR_SCOPE, "This operation is not for keys with a client's view");
    return statistic_run(context, answer, write, error);
}

static void write_status(struct json_writer *json, const char *name, const struct group_side *side) {
    json_name(json, name);
    json_open_object(json);
    json_integer_member(json, "id", side->id);
    json_text_member(json, "name", side->name);
    json_text_member(json, "state", side->word);
    json_close_object(json);
}

void statistic_side(struct json_writer *json, const char *name, enum ticket_grouping by,
                    const struct group_side *side) {
    switch (by) {
    case TICKETS_BY_STATE:
    case TICKETS_BY_SOURCE: json_text_member(json, name, side->word); return;
    case TICKETS_BY_STATUS: write_status(json, name, side); return;
    case TICKETS_BY_STAFF:
        value_agent(json, name, (struct agent){side->id, side->word, side->first_name, side->last_name});
        return;
    case TICKETS_BY_DEPARTMENT:
    case TICKETS_BY_TEAM:
    case TICKETS_BY_TOPIC:
    case TICKETS_BY_PRIORITY: value_named(json, name, (struct named){side->id, side->name}); return;
    case TICKETS_NOT_BY_MORE: return;
    }
}

// What is counted is all of it, or it is no number.
static bool search_is_whole(struct statistic *statistic, const struct ticket_search *search,
                            struct error *error) {
    bool is_cut;
    if (search->by == TICKET_SEARCH_NO) return true;
    if (!ticket_search_is_cut(statistic->context->db, search, &is_cut, error)) return false;
    if (!is_cut) return true;
    error_set(error, ERROR_UNPROCESSABLE,
              "q: this is found in too many places to be counted: add a rarer word");
    return error_field(error, TEXT("q"));
}

bool statistic_filters_read(struct statistic *statistic, struct ticket_conditions *conditions,
                            struct error *error) {
    return ticket_filters_read(statistic->context, &statistic->arena, conditions, NULL, error) &&
           search_is_whole(statistic, &conditions->search, error);
}
