// SPDX-License-Identifier: GPL-2.0-or-later
// What is counted, for Prometheus.
#include "metrics/text.h"

#include <inttypes.h>
#include <string.h>

#define PREFIX "osticket_fcgi_"

static void family(struct buffer *out, const char *name, const char *type, const char *help) {
    buffer_add_format(out, "# HELP " PREFIX "%s %s\n# TYPE " PREFIX "%s %s\n", name, help, name, type);
}

// One family of one value without labels.
static void single(struct buffer *out, const char *name, const char *type, const char *help, int64_t value) {
    family(out, name, type, help);
    buffer_add_format(out, PREFIX "%s %" PRId64 "\n", name, value);
}

// The value of a label: backslash, quote and line feed are escaped.
static void label(struct buffer *out, const char *value) {
    for (; *value; value++) {
        if (*value == '\\' || *value == '"') buffer_add_char(out, '\\');
        if (*value == '\n')
            buffer_add_string(out, "\\n");
        else
            buffer_add_char(out, *value);
    }
}

static void labelled(struct buffer *out, const char *name, const char *key, const char *value,
                     uint64_t number) {
    buffer_add_format(out, PREFIX "%s{%s=\"", name, key);
    label(out, value);
    buffer_add_format(out, "\"} %" PRIu64 "\n", number);
}

static void add_requests(const struct metrics_total *total, struct buffer *out) {
    family(out, "requests_total", "counter",
           "Requests by operation and HTTP status; 499: the client went away.");
    for (size_t i = 0; i < total->operation_count; i++) {
        const struct operation_total *operation = &total->operations[i];
        for (size_t s = 0; s < STATISTICS_STATUSES; s++) {
            if (!operation->statuses[s]) continue;
            buffer_add_format(out, PREFIX "requests_total{operation=\"%s\",status=\"", operation->name);
            if (statistics_statuses[s])
                buffer_add_format(out, "%d", statistics_statuses[s]);
            else
                buffer_add_string(out, "other");
            buffer_add_format(out, "\"} %" PRIu64 "\n", operation->statuses[s]);
        }
    }
}

static void add_histogram(const struct operation_total *operation, struct buffer *out) {
    uint64_t sum = 0;
    for (size_t i = 0; i <= STATISTICS_BUCKETS; i++) {
        sum += operation->buckets[i];
        buffer_add_format(out, PREFIX "request_duration_seconds_bucket{operation=\"%s\",le=\"",
                          operation->name);
        if (i < STATISTICS_BUCKETS)
            buffer_add_format(out, "%g", (double)statistics_bounds[i] / 1e6);
        else
            buffer_add_string(out, "+Inf");
        buffer_add_format(out, "\"} %" PRIu64 "\n", sum);
    }
    buffer_add_format(out,
                      PREFIX "request_duration_seconds_sum{operation=\"%s\"} %" PRIu64 ".%06" PRIu64 "\n",
                      operation->name, operation->microseconds / 1000000, operation->microseconds % 1000000);
    buffer_add_format(out, PREFIX "request_duration_seconds_count{operation=\"%s\"} %" PRIu64 "\n",
                      operation->name, sum);
}

static void add_operations(const struct metrics_total *total, struct buffer *out) {
    add_requests(total, out);
    family(out, "request_duration_seconds", "histogram", "Time from the request's parameters to its answer.");
    for (size_t i = 0; i < total->operation_count; i++) add_histogram(&total->operations[i], out);
    family(out, "database_round_trips_total", "counter", "Round trips to the database.");
    for (size_t i = 0; i < total->operation_count; i++)
        labelled(out, "database_round_trips_total", "operation", total->operations[i].name,
                 total->operations[i].round_trips);
    family(out, "idempotent_repeats_total", "counter",
           "Requests answered as before for their Idempotency-Key.");
    for (size_t i = 0; i < total->operation_count; i++)
        labelled(out, "idempotent_repeats_total", "operation", total->operations[i].name,
                 total->operations[i].repeated);
}

static void add_reads(const struct metrics_total *total, struct buffer *out) {
    family(out, "reads_total", "counter",
           "Reads that a replica may answer (read_hosts), by who did: primary, because none was there and up "
           "to date.");
    labelled(out, "reads_total", "by", "replica", total->replica_reads);
    labelled(out, "reads_total", "by", "primary", total->primary_reads);
}

static void add_children(const struct scoreboard_header *header, struct buffer *out) {
    family(out, "children_started_total", "counter", "Processes that the master started.");
    for (size_t i = 0; i < SCOREBOARD_ROLES && *header->roles[i].name; i++)
        labelled(out, "children_started_total", "role", header->roles[i].name, header->roles[i].started);
    family(out, "children_died_total", "counter", "Processes that ended without being told to.");
    for (size_t i = 0; i < SCOREBOARD_ROLES && *header->roles[i].name; i++)
        labelled(out, "children_died_total", "role", header->roles[i].name, header->roles[i].died);
    single(out, "reloads_total", "counter", "Reloads of the settings.", (int64_t)header->reloads);
}

// Those that are not done with. Each is shown, also when there is none, so that a rule finds its series.
static const char *const queue_states[] = {"waiting", "sending", "failed"};

static const struct queue_state *state_of(const struct database_view *database, const char *name) {
    for (size_t i = 0; i < database->queue_count; i++)
        if (strcmp(database->queue[i].name, name) == 0) return &database->queue[i];
    return NULL;
}

static void add_mail(const struct metrics_total *total, const struct database_view *database,
                     struct buffer *out) {
    int64_t oldest = 0;
    single(out, "mails_sent_total", "counter", "Mails that were sent.", (int64_t)total->mails_sent);
    single(out, "mails_failed_total", "counter", "Mails that were given up.", (int64_t)total->mails_failed);
    single(out, "mail_retries_total", "counter", "Tries to send a mail that failed and are made again.",
           (int64_t)total->mails_postponed);
    single(out, "database_up", "gauge", "Whether the database answers.", database->answers);
    if (!database->queue_known) return;
    family(out, "mail_queue", "gauge", "Mails in the queue by state, those of other hosts included.");
    for (size_t i = 0; i < sizeof queue_states / sizeof *queue_states; i++) {
        const struct queue_state *state = state_of(database, queue_states[i]);
        labelled(out, "mail_queue", "state", queue_states[i], state ? (uint64_t)state->count : 0);
        if (state && i == 0) oldest = state->oldest;
    }
    single(out, "mail_queue_oldest_seconds", "gauge", "Age of the mail that waits longest; 0: none waits.",
           oldest);
}

static void add_waits(const struct metrics_total *total, struct buffer *out) {
    single(out, "changes_waiting", "gauge", "Requests that wait for a change.", (int64_t)total->waiting);
    single(out, "changes_waits_total", "counter", "Requests that had to wait for a change.",
           (int64_t)total->waits);
    single(out, "changes_waits_in_vain_total", "counter", "Those of them for which none came.",
           (int64_t)total->waits_in_vain);
    single(out, "changes_waits_left_total", "counter", "Those of them whose client went away.",
           (int64_t)total->waits_left);
}

static void add_webhooks(const struct metrics_total *total, const struct database_view *database,
                         struct buffer *out) {
    single(out, "webhook_deliveries_sent_total", "counter", "Calls of webhooks that succeeded.",
           (int64_t)total->webhooks_sent);
    single(out, "webhook_deliveries_failed_total", "counter", "Deliveries to webhooks that were given up.",
           (int64_t)total->webhooks_failed);
    single(out, "webhook_retries_total", "counter", "Calls of webhooks that failed and are made again.",
           (int64_t)total->webhooks_postponed);
    single(out, "webhooks_switched_off_total", "counter",
           "Webhooks that were switched off: by 410, after five days of failures, without their key, or too "
           "much waited.",
           (int64_t)total->webhooks_switched_off);
    if (!database->webhooks_known) return;
    single(out, "webhook_backlog", "gauge", "Deliveries that wait, those of webhooks that are off included.",
           database->webhooks_waiting);
    single(out, "webhook_backlog_oldest_seconds", "gauge",
           "Age of the delivery that waits longest; 0: none waits.", database->webhooks_oldest);
}

void metrics_text(const struct scoreboard_memory *memory, const struct metrics_total *total,
                  const struct database_view *database, unsigned workers, struct buffer *out) {
    family(out, "info", "gauge", "The version that runs.");
    labelled(out, "info", "version", OSTICKET_FCGI_VERSION, 1);
    single(out, "start_time_seconds", "gauge", "When the master was started, in seconds of the epoch.",
           memory->header.started);
    single(out, "workers_configured", "gauge", "How many workers there shall be.", workers);
    family(out, "workers", "gauge", "Workers by what they do.");
    labelled(out, "workers", "state", "starting", total->starting);
    labelled(out, "workers", "state", "idle", total->idle);
    labelled(out, "workers", "state", "busy", total->busy);
    add_operations(total, out);
    add_children(&memory->header, out);
    add_reads(total, out);
    add_waits(total, out);
    add_mail(total, database, out);
    add_webhooks(total, database, out);
    single(out, "error_lines_total", "counter", "Lines of level error in the log.",
           (int64_t)total->error_lines);
}
