// SPDX-License-Identifier: GPL-2.0-or-later
// The loop of the process that holds requests: looks at the help desk for them.
#include "feed/feed.h"

#include "base/clock.h"
#include "base/log.h"
#include "db/db.h"
#include "feed/waiters.h"
#include "pool/database_settings.h"
#include "pool/helper.h"
#include "pool/signals.h"
#include "store/changes/lanes.h"
#include "store/changes/seen_tickets.h"
#include "store/statements.h"

#include <signal.h>
#include <stdlib.h>

#define TICK_MS         250     // between two looks at the lanes, while somebody waits
#define LEAVING_TICK_MS 20      // while the last are answered
#define TROUBLE_MS      2000    // after a failure of the database
#define SEEN_MS         10000   // between two looks for new threads
#define SEEN_LATER_MS   3600000 // the same without the table
#define SEEN_AT_ONCE    1000
#define BATCHES_MAX     20 // of changes in one look
#define ROWS_AT_ONCE    500
#define BATCH_ARENA     (16 << 20)

struct feed {
    struct helper helper;
    struct db *db;
    struct waiters waiters;
    int64_t tick_ms, seen_ms;
    int64_t gap;
};

// ---- the help desk

static bool read_changes(struct feed *feed, const struct lanes_ends *ends, struct error *error) {
    const struct lanes_wish wish = {.utc = true, .gap = feed->gap, .most = ROWS_AT_ONCE};
    struct changes_batch batch = {.has_more = true};
    bool done = true;
    for (int i = 0; done && batch.has_more && i < BATCHES_MAX; i++) {
        struct arena arena = arena_new(BATCH_ARENA);
        done = changes_read(feed->db, &wish, ends, &feed->waiters.position, &arena, &batch, error);
        for (size_t k = 0; done && k < batch.count; k++) waiters_announce(&feed->waiters, &batch.changes[k]);
        arena_free(&arena);
    }
    return done;
}

// Whether something has come for those that wait.
static void look(struct feed *feed) {
    struct error error = {0};
    struct lanes_ends ends;
    bool done = lanes_ends(feed->db, &ends, &error);
    if (done) waiters_leave_the_future(&feed->waiters, &ends);
    done = done && (!lanes_have_moved(&feed->waiters.position, &ends) || read_changes(feed, &ends, &error));
    feed->tick_ms = clock_monotonic_ms() + (done ? TICK_MS : TROUBLE_MS);
    if (done)
        helper_is_well(&feed->helper);
    else
        helper_complain(&feed->helper, &error);
}

// What is remembered of tickets that may be deleted.
static void see_tickets(struct feed *feed) {
    struct error error = {0};
    size_t added = 0;
    int64_t now = clock_monotonic_ms();
    if (seen_tickets_fill(feed->db, SEEN_AT_ONCE, &added, &error)) {
        feed->seen_ms = now + (added == SEEN_AT_ONCE ? 0 : SEEN_MS);
        return;
    }
    feed->seen_ms = now + (error.code == ERROR_NOT_NATIVE ? SEEN_LATER_MS : SEEN_MS);
    // Of a database that is away others tell.
    if (error.code == ERROR_NOT_NATIVE)
        log_write(feed->helper.log, LOG_LEVEL_NOTICE, "deleted tickets are not remembered: %s", error.detail);
}

// ---- the process

static void take_signals(struct feed *feed) {
    helper_mind_log(&feed->helper);
    bool terminated = signals_take(SIGTERM), quit = signals_take(SIGQUIT);
    if (quit && !feed->waiters.takes_none) waiters_take_none(&feed->waiters);
    if (terminated) waiters_leave(&feed->waiters);
}

static int time_left(const struct feed *feed) {
    int64_t now = clock_monotonic_ms(), until = feed->seen_ms;
    if (feed->waiters.leaving_ms) return LEAVING_TICK_MS;
    if (feed->waiters.count && feed->tick_ms < until) until = feed->tick_ms;
    if (feed->waiters.count && until > now + TICK_MS) until = now + TICK_MS;
    return until <= now ? 0 : (int)(until - now);
}

static void keep(struct feed *feed) {
    struct waiters *waiters = &feed->waiters;
    while (!waiters_have_left(waiters)) {
        signals_wait(waiters->epoll, time_left(feed));
        take_signals(feed);
        waiters_handle_events(waiters);
        int64_t now = clock_monotonic_ms();
        if (waiters->count && now >= feed->tick_ms && !waiters->leaving_ms) look(feed);
        if (!waiters->leaving_ms) waiters_ask_workers(waiters);
        waiters_end(waiters);
        if (now >= feed->seen_ms && !waiters->leaving_ms) see_tickets(feed);
    }
}

static bool prepare(struct feed *feed, const struct child_start *start) {
    struct db_settings database = database_settings(start->settings);
    feed->helper = (struct helper){.log = start->log, .waits = "changes are not seen"};
    feed->gap = settings_changes_gap(start->settings);
    feed->db = db_new(&database, statements, STATEMENT_COUNT);
    if (feed->db) return waiters_open(&feed->waiters, start);
    log_write(start->log, LOG_LEVEL_ERROR, "no request can wait for changes: out of memory");
    return false;
}

int feed_run(const struct child_start *start) {
    struct feed *feed = calloc(1, sizeof *feed);
    bool good = feed && prepare(feed, start);
    if (good) {
        slot_idle(start->slot);
        keep(feed);
    }
    if (feed) {
        db_free(&feed->db);
        waiters_free(&feed->waiters);
    }
    free(feed);
    return good ? 0 : 1;
}
