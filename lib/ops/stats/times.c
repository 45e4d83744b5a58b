// SPDX-License-Identifier: GPL-2.0-or-later
// GET /stats/times.json: how long tickets waited for a response, and for their end. spec: operations.md 3.8.
#include "ops/operations.h"
#include "ops/stats/statistic.h"
#include "store/stats/ticket_times.h"

#include <stdlib.h>

static int compare(const void *a, const void *b) {
    int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
    return (left > right) - (left < right);
}

// The least of the values that so many percent do not exceed.
static int64_t percentile(const struct durations *sorted, size_t percent) {
    return sorted->count ? sorted->seconds[(sorted->count * percent + 99) / 100 - 1] : 0;
}

static int64_t average(const struct durations *durations) {
    int64_t sum = 0;
    for (size_t i = 0; i < durations->count; i++) sum += durations->seconds[i];
    return durations->count ? (sum + (int64_t)durations->count / 2) / (int64_t)durations->count : 0;
}

static void write_seconds(struct json_writer *json, const char *name, const struct durations *durations,
                          int64_t seconds) {
    json_name(json, name);
    if (durations->count)
        json_integer(json, seconds);
    else
        json_null(json);
}

static void write_durations(struct json_writer *json, const char *name, struct durations *durations) {
    static const struct {
        const char *name;
        size_t percent;
    } percents[] = {{"p50", 50}, {"p90", 90}, {"p95", 95}};
    qsort(durations->seconds, durations->count, sizeof *durations->seconds, compare);
    json_name(json, name);
    json_open_object(json);
    json_integer_member(json, "count", (int64_t)durations->count);
    write_seconds(json, "average", durations, average(durations));
    for (size_t i = 0; i < sizeof percents / sizeof *percents; i++)
        write_seconds(json, percents[i].name, durations, percentile(durations, percents[i].percent));
    json_close_object(json);
}

static bool write_times(struct statistic *statistic, struct error *error) {
    struct ticket_conditions conditions;
    struct ticket_times times;
    if (!statistic_filters_read(statistic, &conditions, error) ||
        !ticket_times_read(statistic->context->db, &conditions, &statistic->arena, &times, error))
        return false;
    json_integer_member(&statistic->json, "tickets", (int64_t)times.tickets);
    write_durations(&statistic->json, "first_response", &times.to_response);
    write_durations(&statistic->json, "close", &times.to_end);
    return true;
}

bool time_stats(struct operation_context *context, struct answer *answer, struct error *error) {
    return statistic_run_for_agents(context, answer, write_times, error);
}
