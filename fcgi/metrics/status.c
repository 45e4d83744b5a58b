// SPDX-License-Identifier: GPL-2.0-or-later
// What "osticket-fcgi status" shows.
#include "metrics/status.h"

#include "base/clock.h"
#include "json/writer.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static const char *const states[] = {"starting", "idle", "busy", "with PHP"};

const char *metrics_trouble(const struct metrics_view *view) {
    if (view->total.idle + view->total.busy == 0) return "no worker is ready";
    return view->database.answers ? NULL : "the database does not answer";
}

static int64_t uptime_of(const struct metrics_view *view) {
    return (clock_monotonic_ms() - view->memory->header.started_ms) / 1000;
}

static void stamp_of(int64_t seconds, char stamp[32]) {
    time_t time = (time_t)seconds;
    struct tm parts;
    if (!gmtime_r(&time, &parts) || strftime(stamp, 32, "%Y-%m-%dT%H:%M:%SZ", &parts) == 0) *stamp = '\0';
}

// ---- JSON

static void string_member(struct json_writer *writer, const char *name, const char *value) {
    json_name(writer, name);
    json_string(writer, value);
}

static void add_child(struct json_writer *writer, const char *role, pid_t pid, const struct slot_view *slot) {
    bool busy = slot->state >= SLOT_BUSY;
    json_open_object(writer);
    json_integer_member(writer, "pid", pid);
    string_member(writer, "role", role);
    string_member(writer, "state", states[slot->state]);
    json_integer_member(writer, "since", (clock_monotonic_ms() - slot->since_ms) / 1000);
    json_name(writer, "operation");
    json_string(writer, busy && *slot->operation ? slot->operation : NULL);
    json_name(writer, "request_id");
    json_string(writer, busy && *slot->request_id ? slot->request_id : NULL);
    json_integer_member(writer, "served", (int64_t)slot->served);
    json_close_object(writer);
}

static void add_children(struct json_writer *writer, const struct metrics_view *view) {
    json_name(writer, "processes");
    json_open_array(writer);
    for (size_t i = 0; i < SCOREBOARD_SLOTS && i < view->memory->header.used; i++) {
        struct slot_view slot;
        const char *role;
        pid_t pid;
        if (metrics_child(view->memory, i, &pid, &role, &slot)) add_child(writer, role, pid, &slot);
    }
    json_close_array(writer);
}

static void add_requests(struct json_writer *writer, const struct metrics_total *total) {
    json_name(writer, "requests");
    json_open_object(writer);
    json_integer_member(writer, "total", (int64_t)total->requests);
    json_name(writer, "operations");
    json_open_object(writer);
    for (size_t i = 0; i < total->operation_count; i++) {
        json_name(writer, total->operations[i].name);
        json_open_object(writer);
        for (size_t s = 0; s < STATISTICS_STATUSES; s++) {
            char name[16] = "other";
            if (!total->operations[i].statuses[s]) continue;
            if (statistics_statuses[s]) snprintf(name, sizeof name, "%d", statistics_statuses[s]);
            json_integer_member(writer, name, (int64_t)total->operations[i].statuses[s]);
        }
        json_close_object(writer);
    }
    json_close_object(writer);
    json_close_object(writer);
}

static void add_mail(struct json_writer *writer, const struct metrics_view *view) {
    const struct database_view *database = &view->database;
    json_name(writer, "database");
    json_open_object(writer);
    json_name(writer, "answers");
    json_boolean(writer, database->answers);
    json_name(writer, "error");
    json_string(writer, *database->error ? database->error : NULL);
    json_close_object(writer);
    json_name(writer, "reads");
    json_open_object(writer);
    json_integer_member(writer, "replica", (int64_t)view->total.replica_reads);
    json_integer_member(writer, "primary", (int64_t)view->total.primary_reads);
    json_close_object(writer);
    json_name(writer, "mail");
    json_open_object(writer);
    json_integer_member(writer, "sent", (int64_t)view->total.mails_sent);
    json_integer_member(writer, "failed", (int64_t)view->total.mails_failed);
    json_name(writer, "queue");
    if (!database->queue_known) json_null(writer);
    if (database->queue_known) json_open_object(writer);
    for (size_t i = 0; database->queue_known && i < database->queue_count; i++) {
        json_name(writer, database->queue[i].name);
        json_open_object(writer);
        json_integer_member(writer, "count", database->queue[i].count);
        json_integer_member(writer, "oldest", database->queue[i].oldest);
        json_close_object(writer);
    }
    if (database->queue_known) json_close_object(writer);
    json_close_object(writer);
}

static void add_errors(struct json_writer *writer, const struct metrics_total *total) {
    char stamp[32];
    json_name(writer, "errors");
    json_open_array(writer);
    for (size_t i = 0; i < total->error_count; i++) {
        stamp_of(total->errors[i].time, stamp);
        json_open_object(writer);
        string_member(writer, "time", stamp);
        string_member(writer, "text", total->errors[i].text);
        json_close_object(writer);
    }
    json_close_array(writer);
}

void metrics_status_json(const struct metrics_view *view, struct output *out) {
    struct json_writer writer;
    char stamp[32];
    const char *trouble = metrics_trouble(view);
    json_writer_init(&writer, out);
    json_open_object(&writer);
    string_member(&writer, "version", OSTICKET_FCGI_VERSION);
    json_integer_member(&writer, "pid", view->memory->header.master);
    stamp_of(view->memory->header.started, stamp);
    string_member(&writer, "started", stamp);
    json_integer_member(&writer, "uptime", uptime_of(view));
    json_name(&writer, "ready");
    json_boolean(&writer, trouble == NULL);
    json_name(&writer, "trouble");
    json_string(&writer, trouble);
    json_name(&writer, "workers");
    json_open_object(&writer);
    json_integer_member(&writer, "configured", view->workers);
    json_integer_member(&writer, "starting", view->total.starting);
    json_integer_member(&writer, "idle", view->total.idle);
    json_integer_member(&writer, "busy", view->total.busy);
    json_close_object(&writer);
    add_children(&writer, view);
    add_requests(&writer, &view->total);
    add_mail(&writer, view);
    add_errors(&writer, &view->total);
    json_close_object(&writer);
}

// ---- text

// "45 s", "12 min", "5 h", "3 d".
static void span(int64_t seconds, char text[32]) {
    if (seconds < 120)
        snprintf(text, 32, "%" PRId64 " s", seconds);
    else if (seconds < 7200)
        snprintf(text, 32, "%" PRId64 " min", seconds / 60);
    else if (seconds < 172800)
        snprintf(text, 32, "%" PRId64 " h", seconds / 3600);
    else
        snprintf(text, 32, "%" PRId64 " d", seconds / 86400);
}

// Text of others on a terminal: without control characters.
static void plain(struct buffer *out, const char *text) {
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        buffer_add_char(out, c < ' ' || c == 0x7F ? ' ' : *text);
    }
}

static void print_children(const struct metrics_view *view, struct buffer *out) {
    for (size_t i = 0; i < SCOREBOARD_SLOTS && i < view->memory->header.used; i++) {
        struct slot_view slot;
        const char *role;
        char since[32];
        pid_t pid;
        if (!metrics_child(view->memory, i, &pid, &role, &slot)) continue;
        span((clock_monotonic_ms() - slot.since_ms) / 1000, since);
        buffer_add_format(out, "  %-8s %7d  %-8s for %-8s %" PRIu64 " served", role, (int)pid,
                          states[slot.state], since, slot.served);
        if (slot.state >= SLOT_BUSY) {
            buffer_add_string(out, "  ");
            plain(out, *slot.operation ? slot.operation : "(reading the request)");
            buffer_add_string(out, *slot.request_id ? " id=" : "");
            plain(out, slot.request_id);
        }
        buffer_add_char(out, '\n');
    }
}

static void print_requests(const struct metrics_total *total, struct buffer *out) {
    buffer_add_format(out, "requests   %" PRIu64 "\n", total->requests);
    for (size_t i = 0; i < total->operation_count; i++) {
        const struct operation_total *operation = &total->operations[i];
        uint64_t count = 0;
        for (size_t b = 0; b <= STATISTICS_BUCKETS; b++) count += operation->buckets[b];
        if (!count) continue;
        buffer_add_format(out, "  %-14s %8" PRIu64 "  mean %" PRIu64 ".%01" PRIu64 " ms ", operation->name,
                          count, operation->microseconds / count / 1000,
                          operation->microseconds / count % 1000 / 100);
        for (size_t s = 0; s < STATISTICS_STATUSES; s++)
            if (operation->statuses[s])
                buffer_add_format(out, " %d:%" PRIu64, statistics_statuses[s], operation->statuses[s]);
        buffer_add_char(out, '\n');
    }
}

static void print_mail(const struct metrics_view *view, struct buffer *out) {
    const struct database_view *database = &view->database;
    char oldest[32];
    buffer_add_format(out, "database   %s", database->answers ? "answers" : "does not answer: ");
    plain(out, database->answers ? "" : database->error);
    if (view->total.replica_reads || view->total.primary_reads)
        buffer_add_format(out, "\nreads      %" PRIu64 " by replicas, %" PRIu64 " by the primary instead",
                          view->total.replica_reads, view->total.primary_reads);
    buffer_add_format(out, "\nmail       %" PRIu64 " sent, %" PRIu64 " given up", view->total.mails_sent,
                      view->total.mails_failed);
    for (size_t i = 0; database->queue_known && i < database->queue_count; i++) {
        bool waits = strcmp(database->queue[i].name, "waiting") == 0;
        if (!waits && strcmp(database->queue[i].name, "failed") != 0) continue;
        span(database->queue[i].oldest, oldest);
        buffer_add_format(out, "; queue: %" PRId64 " %s", database->queue[i].count, database->queue[i].name);
        if (waits) buffer_add_format(out, " (the oldest for %s)", oldest);
    }
    buffer_add_char(out, '\n');
}

void metrics_status_text(const struct metrics_view *view, struct buffer *out) {
    const struct metrics_total *total = &view->total;
    const char *trouble = metrics_trouble(view);
    char since[32];
    span(uptime_of(view), since);
    buffer_add_format(out, "osticket-fcgi " OSTICKET_FCGI_VERSION ", process %d, up for %s: %s%s\n",
                      (int)view->memory->header.master, since, trouble ? "NOT READY: " : "ready",
                      trouble ? trouble : "");
    buffer_add_format(out, "workers    %u of %u: %u busy, %u idle, %u starting\n",
                      total->busy + total->idle + total->starting, view->workers, total->busy, total->idle,
                      total->starting);
    print_children(view, out);
    print_requests(total, out);
    print_mail(view, out);
    buffer_add_format(out, "errors     %" PRIu64 " lines in the log%s\n", total->error_lines,
                      total->error_count ? "; the last:" : "");
    for (size_t i = 0; i < total->error_count; i++) {
        char stamp[32];
        stamp_of(total->errors[i].time, stamp);
        buffer_add_format(out, "  %s  ", stamp);
        plain(out, total->errors[i].text);
        buffer_add_char(out, '\n');
    }
}
