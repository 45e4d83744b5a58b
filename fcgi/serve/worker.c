// SPDX-License-Identifier: GPL-2.0-or-later
// The worker's loop.
#include "serve/worker.h"

#include "base/log.h"
#include "db/db.h"
#include "pool/database_settings.h"
#include "pool/signals.h"
#include "serve/dispatch.h"
#include "serve/memory_watch.h"
#include "serve/replicas.h"
#include "store/statements.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/random.h>
#include <unistd.h>

struct worker {
    struct log *log;
    struct scoreboard_slot *slot;
    int listener;
    int gate;               // an epoll instance at the listener and at signals
    uint64_t served, limit; // limit 0: none
    bool draining;          // ends when nobody waits at the listener any more
    bool leaving, left;     // ends, see leave()
    struct memory_watch memory;
    FCGX_Request connection;
    struct dispatcher dispatcher;
    struct exchange exchange;
};

// max_requests less up to a tenth, so that workers born together do not leave together.
static uint64_t request_limit(unsigned max_requests) {
    unsigned random = 0;
    ssize_t got = getrandom(&random, sizeof random, 0);
    (void)got;
    return max_requests - random % (max_requests / 10 + 1);
}

// Where a worker waits so that a connection wakes one of them, not all (epoll_ctl(2), EPOLLEXCLUSIVE). -1 on
// failure.
static int open_gate(int listener) {
    struct epoll_event event = {.events = EPOLLIN | EPOLLEXCLUSIVE, .data.fd = listener};
    int gate = epoll_create1(EPOLL_CLOEXEC);
    if (gate >= 0 && (!signals_join(gate) || epoll_ctl(gate, EPOLL_CTL_ADD, listener, &event) != 0)) {
        close(gate);
        return -1;
    }
    return gate;
}

static bool connection_waits(int listener) {
    struct pollfd waiting = {.fd = listener, .events = POLLIN};
    return poll(&waiting, 1, 0) == 1 && (waiting.revents & POLLIN);
}

// Whether to serve once more before the end: the connection that woke this worker, and no other, may have
// come with the signal to leave.
static bool leave(struct worker *worker) {
    bool once_more = !worker->left && connection_waits(worker->listener);
    worker->left = true;
    return once_more;
}

// Waits for a connection. False when the worker shall end.
static bool wait_for_work(struct worker *worker) {
    slot_idle(worker->slot);
    if (worker->draining) signals_deliver(); // no more waits at the gate
    for (;;) {
        if (signals_take(SIGUSR1)) log_reopen_or_tell(worker->log);
        if (signals_take(SIGQUIT)) worker->leaving = true;
        if (worker->leaving) return leave(worker);
        if (signals_take(SIGTERM)) worker->draining = true;
        if (worker->draining) return connection_waits(worker->listener);
        if (signals_wait_epoll(worker->gate)) return true;
    }
}

// What a request took is given back; a worker that keeps too much ends as by max_requests.
static void look_at_memory(struct worker *worker) {
    if (!memory_watch_is_over(&worker->memory)) return;
    log_write(worker->log, LOG_LEVEL_NOTICE, "%zu MB of memory are held, more than worker_memory: replaced",
              worker->memory.held >> 20);
    worker->leaving = true;
}

// Serves one connection. False when there is no point in going on.
static bool serve(struct worker *worker) {
    slot_busy(worker->slot);
    int result = FCGX_Accept_r(&worker->connection);
    // nginx asks to keep the connection only so that it notices an answer without an end; a kept one would
    // hold this worker.
    if (result == 0) worker->connection.keepConnection = 0;
    if (result == -EAGAIN || result == -EWOULDBLOCK) return true; // another worker was faster
    if (result != 0) {
        log_write(worker->log, LOG_LEVEL_ERROR, "cannot accept a connection: %s",
                  result > -4096 ? strerror(-result) : "libfcgi is not ready");
        return false;
    }
    exchange_begin(&worker->exchange, &worker->connection, worker->dispatcher.settings);
    dispatch(&worker->dispatcher, &worker->exchange);
    worker->slot->served = ++worker->served;
    look_at_memory(worker);
    return true;
}

static bool prepare(struct worker *worker, const struct child_start *start) {
    struct db_settings database = database_settings(start->settings);
    struct error error;
    worker->log = start->log;
    worker->slot = start->slot;
    worker->listener = start->listener;
    worker->gate = open_gate(start->listener);
    if (worker->gate < 0) {
        log_write(worker->log, LOG_LEVEL_ERROR, "the listener cannot be waited for: %s", strerror(errno));
        return false;
    }
    if (start->settings->server.max_requests)
        worker->limit = request_limit(start->settings->server.max_requests);
    memory_watch_open(&worker->memory, start->settings->server.worker_memory);
    struct dispatcher *dispatcher = &worker->dispatcher;
    dispatcher->settings = start->settings;
    dispatcher->log = start->log;
    dispatcher->slot = start->slot;
    dispatcher->mail_wake = start->mail_wake;
    dispatcher->cron_wake = start->cron_wake;
    dispatcher->holding = start->settings->changes.waiters ? start->holding[0] : -1;
    dispatcher->principals.rates = start->rates;
    dispatch_settings(dispatcher);
    dispatcher->db = db_new(&database, statements, STATEMENT_COUNT);
    if (!dispatcher->db) {
        log_write(worker->log, LOG_LEVEL_ERROR,
                  "no database connection: out of memory or a wrong table prefix");
        return false;
    }
    dispatcher->primary = dispatcher->db;
    dispatcher->principals.db = dispatcher->db;
    dispatcher->replicas = replicas_new(start->settings, start->replicas, start->log);
    // Tried now so that the first answer is a fast one. A database that is away is each request's own
    // trouble.
    if (!db_prepare_first(dispatcher->db, STATEMENTS_OF_REQUESTS, &error))
        log_write(worker->log, LOG_LEVEL_ERROR, "the database is not ready: %s",
                  *error.detail ? error.detail : error.message);
    FCGX_InitRequest(&worker->connection, worker->listener, 0);
    return true;
}

int worker_run(const struct child_start *start) {
    struct worker *worker = calloc(1, sizeof *worker);
    bool good = worker && prepare(worker, start);
    while (good && !(worker->limit && worker->served >= worker->limit) && wait_for_work(worker))
        good = serve(worker);
    if (worker) {
        FCGX_Free(&worker->connection, 1);
        db_free(&worker->dispatcher.primary);
        replicas_free(&worker->dispatcher.replicas);
        kept_answers_free(&worker->dispatcher.kept);
        kept_desk_free(&worker->dispatcher.desk);
        memory_watch_close(&worker->memory);
    }
    free(worker);
    return good ? 0 : 1;
}
