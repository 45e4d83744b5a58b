// SPDX-License-Identifier: GPL-2.0-or-later
// GET /stats.json: how many tickets, by what they have in common. spec: operations.md 3.8.
#include "base/words.h"
#include "ops/operations.h"
#include "ops/parameters.h"
#include "ops/statistic_groupings.h"
#include "ops/stats/statistic.h"
#include "store/stats/ticket_groups.h"

#define WORD(word) #word,
static const char *const words[] = {STATISTIC_GROUPINGS_EACH(WORD, WORD)};

struct grouped {
    enum ticket_grouping by[2];
    struct ticket_group *groups;
    size_t count;
};

static bool refuse(const char *what, struct error *error) {
    error_set(error, ERROR_UNPROCESSABLE, "group %s", what);
    return error_field(error, TEXT("group"));
}

static bool read_grouping(const struct operation_context *context, enum ticket_grouping by[2],
                          struct error *error) {
    struct text list = context->parameter(context, "group"), word;
    size_t count = 0;
    by[0] = by[1] = TICKETS_NOT_BY_MORE;
    while (list_next(&list, &word)) {
        int place = list_place(STATISTIC_GROUPINGS, word);
        if (count == 2) return refuse("has two members at most", error);
        if (count && (int)by[0] == place) return refuse("has a member twice", error);
        by[count++] = (enum ticket_grouping)place;
    }
    return true;
}

static int64_t sum_of(const struct grouped *grouped) {
    int64_t sum = 0;
    for (size_t i = 0; i < grouped->count; i++) sum += grouped->groups[i].count;
    return sum;
}

static void write_groups(struct json_writer *json, const struct grouped *grouped) {
    json_name(json, "stats");
    json_open_array(json);
    for (size_t i = 0; i < grouped->count; i++) {
        const struct ticket_group *group = &grouped->groups[i];
        json_open_object(json);
        for (size_t k = 0; k < 2 && grouped->by[k] != TICKETS_NOT_BY_MORE; k++)
            statistic_side(json, words[grouped->by[k]], grouped->by[k], &group->sides[k]);
        json_integer_member(json, "count", group->count);
        json_close_object(json);
    }
    json_close_array(json);
    json_integer_member(json, "total", sum_of(grouped));
}

static int64_t count_of_state(const struct grouped *states, struct text state) {
    for (size_t i = 0; i < states->count; i++)
        if (text_equal(states->groups[i].sides[0].word, state)) return states->groups[i].count;
    return 0;
}

// What a dashboard begins with: how many are open and closed, and of the open ones what waits.
static bool write_counts(struct statistic *statistic, const struct ticket_conditions *conditions,
                         struct error *error) {
    struct grouped states = {.by = {TICKETS_BY_STATE, TICKETS_NOT_BY_MORE}};
    struct json_writer *json = &statistic->json;
    struct open_tickets open;
    if (!ticket_groups_read(statistic->context->db, conditions, states.by, &statistic->arena, &states.groups,
                            &states.count, error) ||
        !open_tickets_count(statistic->context->db, conditions, &open, error))
        return false;
    json_integer_member(json, "open", count_of_state(&states, TEXT("open")));
    json_integer_member(json, "closed", count_of_state(&states, TEXT("closed")));
    json_integer_member(json, "overdue", open.overdue);
    json_integer_member(json, "unassigned", open.unassigned);
    json_integer_member(json, "unanswered", open.unanswered);
    return true;
}

static bool write_stats(struct statistic *statistic, struct error *error) {
    struct ticket_conditions conditions;
    struct grouped grouped = {.groups = NULL};
    if (!read_grouping(statistic->context, grouped.by, error) ||
        !statistic_filters_read(statistic, &conditions, error))
        return false;
    if (grouped.by[0] == TICKETS_NOT_BY_MORE) return write_counts(statistic, &conditions, error);
    if (!ticket_groups_read(statistic->context->db, &conditions, grouped.by, &statistic->arena,
                            &grouped.groups, &grouped.count, error))
        return false;
    write_groups(&statistic->json, &grouped);
    return true;
}

bool ticket_stats(struct operation_context *context, struct answer *answer, struct error *error) {
    return statistic_run_for_agents(context, answer, write_stats, error);
}
