// SPDX-License-Identifier: GPL-2.0-or-later
// What the metrics server knows of the database.
#include "metrics/database.h"

#include "base/clock.h"
#include "db/db.h"
#include "pool/database_settings.h"
#include "store/mail/queue.h"
#include "store/statements.h"
#include "store/webhook/deliveries.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define FRESH_MS   5000
#define STALE_MS   30000 // what is older says nothing any more
#define WAIT_MS    500
#define TIMEOUT    3 // seconds
#define MEMORY_MAX (1024 * 1024)

struct metrics_database {
    struct db *db; // the thread's alone
    pthread_mutex_t mutex;
    pthread_cond_t asked, answered;
    bool wanted;
    int64_t seen_ms; // when `view` was true; 0: never
    struct database_view view;
};

static void count_queue(struct db *db, struct database_view *view) {
    struct arena arena = arena_new(MEMORY_MAX);
    struct outbox_count *counts;
    struct error error = {0};
    size_t count;
    view->queue_known = mail_queue_counts(db, &arena, &counts, &count, &error);
    for (size_t i = 0; view->queue_known && i < count && i < QUEUE_STATES_MAX; i++) {
        struct queue_state *state = &view->queue[view->queue_count++];
        snprintf(state->name, sizeof state->name, "%.*s", (int)counts[i].state.length, counts[i].state.data);
        state->count = counts[i].count;
        state->oldest = counts[i].oldest;
    }
    arena_free(&arena);
}

static void count_deliveries(struct db *db, struct database_view *view) {
    struct arena arena = arena_new(MEMORY_MAX);
    struct outbox_count *counts;
    struct error error = {0};
    size_t count;
    view->webhooks_known = deliveries_counts(db, &arena, &counts, &count, &error);
    for (size_t i = 0; view->webhooks_known && i < count; i++) {
        if (!text_equal(counts[i].state, TEXT("waiting"))) continue;
        view->webhooks_waiting = counts[i].count;
        view->webhooks_oldest = counts[i].oldest;
    }
    arena_free(&arena);
}

static void ask(struct db *db, struct database_view *view) {
    struct error error = {0};
    *view = (struct database_view){.known = true, .answers = db_answers(db, &error)};
    if (view->answers) {
        count_queue(db, view);
        count_deliveries(db, view);
    } else {
        snprintf(view->error, sizeof view->error, "%.255s", *error.detail ? error.detail : error.message);
    }
}

static void *keep_asking(void *context) {
    struct metrics_database *database = context;
    struct database_view view;
    for (;;) {
        pthread_mutex_lock(&database->mutex);
        while (!database->wanted) pthread_cond_wait(&database->asked, &database->mutex);
        pthread_mutex_unlock(&database->mutex);
        ask(database->db, &view);
        pthread_mutex_lock(&database->mutex);
        database->view = view;
        database->seen_ms = clock_monotonic_ms();
        database->wanted = false;
        pthread_cond_broadcast(&database->answered);
        pthread_mutex_unlock(&database->mutex);
    }
    return NULL;
}

struct metrics_database *metrics_database_start(const struct settings *settings) {
    struct metrics_database *database = calloc(1, sizeof *database);
    struct db_settings link = database_settings(settings);
    pthread_condattr_t monotonic;
    pthread_t thread;
    if (!database) return NULL;
    link.connect_timeout = link.read_timeout = link.write_timeout = TIMEOUT;
    database->db = db_new(&link, statements, STATEMENT_COUNT);
    pthread_mutex_init(&database->mutex, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&database->asked, NULL);
    pthread_cond_init(&database->answered, &monotonic);
    if (database->db && pthread_create(&thread, NULL, keep_asking, database) == 0) return database;
    db_free(&database->db);
    free(database);
    return NULL;
}

static struct timespec after(int64_t ms) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    int64_t ns = now.tv_nsec + ms * 1000000;
    return (struct timespec){now.tv_sec + ns / 1000000000, ns % 1000000000};
}

void metrics_database_look(struct metrics_database *database, struct database_view *view) {
    struct timespec end = after(WAIT_MS);
    pthread_mutex_lock(&database->mutex);
    int64_t age = clock_monotonic_ms() - database->seen_ms;
    if (!database->seen_ms || age > FRESH_MS) {
        database->wanted = true;
        pthread_cond_signal(&database->asked);
        while (database->wanted && pthread_cond_timedwait(&database->answered, &database->mutex, &end) == 0)
            continue;
    }
    *view = database->view;
    if (!database->seen_ms || clock_monotonic_ms() - database->seen_ms > STALE_MS)
        *view = (struct database_view){.error = "the database does not answer in time"};
    pthread_mutex_unlock(&database->mutex);
}
