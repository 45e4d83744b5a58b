// SPDX-License-Identifier: GPL-2.0-or-later
// GET /stats/events.json: how often what happened. spec: operations.md 3.8.
#include "base/clock.h"
#include "base/words.h"
#include "calendar/civil.h"
#include "ops/operations.h"
#include "ops/parameters.h"
#include "ops/read/time_filter.h"
#include "ops/stats/statistic.h"
#include "store/stats/event_counts.h"

#include <time.h>

#define USUAL_SECONDS (30 * 86400)

// The words of `by` and `group`, behind what is meant without them, in the order of their enumerations.
static const char spans[] = ",day,week,month";
static const char groups[] = ",department,staff,topic";
static const enum ticket_grouping sides[] = {TICKETS_NOT_BY_MORE, TICKETS_BY_DEPARTMENT, TICKETS_BY_STAFF,
                                             TICKETS_BY_TOPIC};

static int word_place(const struct operation_context *context, const char *name, const char *members) {
    struct text word = context->parameter(context, name);
    return text_is_null(word) ? 0 : list_place(members, word);
}

static bool read_names(const struct operation_context *context, struct event_wish *wish,
                       struct error *error) {
    struct text list = context->parameter(context, "name"), word;
    while (list_next(&list, &word)) {
        if (wish->name_count == EVENT_NAMES_MAX) {
            error_set(error, ERROR_UNPROCESSABLE, "name has %d members at most", EVENT_NAMES_MAX);
            return error_field(error, TEXT("name"));
        }
        wish->names[wish->name_count++] = db_key(word);
    }
    return true;
}

struct times {
    char from[TIME_FILTER_SIZE], to[TIME_FILTER_SIZE];
};

// The last thirty days where nothing else is said.
static bool read_times(struct statistic *statistic, struct times *times, struct event_wish *wish,
                       struct error *error) {
    const struct operation_context *context = statistic->context;
    if (!time_filter(context, &statistic->arena, "from", times->from, &wish->from, error) ||
        !time_filter(context, &statistic->arena, "to", times->to, &wish->before, error))
        return false;
    int64_t now = time(NULL);
    if (text_is_null(wish->before)) civil_stamp(now + 1, times->to);
    if (text_is_null(wish->from)) civil_stamp(now - USUAL_SECONDS, times->from);
    wish->from = text_of(times->from);
    wish->before = text_of(times->to);
    return true;
}

static void write_count(struct json_writer *json, const struct event_wish *wish,
                        const struct event_count *count) {
    json_open_object(json);
    if (wish->span != EVENTS_OF_ALL_TIME) json_text_member(json, "date", count->date);
    json_text_member(json, "name", count->name);
    if (wish->by != EVENTS_OF_ALL) {
        const char *const names[] = {"", "department", "staff", "topic"};
        statistic_side(json, names[wish->by], sides[wish->by], &count->of);
    }
    json_integer_member(json, "count", count->count);
    json_close_object(json);
}

static bool write_events(struct statistic *statistic, struct error *error) {
    const struct operation_context *context = statistic->context;
    struct event_wish wish = {.span = (enum event_span)word_place(context, "by", spans),
                              .by = (enum event_grouping)word_place(context, "group", groups)};
    struct event_count *counts;
    struct times times;
    size_t count;
    if (!read_names(context, &wish, error) || !read_times(statistic, &times, &wish, error) ||
        !event_counts_read(context->db, &wish, &statistic->arena, &counts, &count, error))
        return false;
    json_name(&statistic->json, "events");
    json_open_array(&statistic->json);
    for (size_t i = 0; i < count; i++) write_count(&statistic->json, &wish, &counts[i]);
    json_close_array(&statistic->json);
    return true;
}

bool event_stats(struct operation_context *context, struct answer *answer, struct error *error) {
    return statistic_run(context, answer, write_events, error);
}
