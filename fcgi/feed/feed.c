// SPDX-License-Identifier: GPL-2.0-or-later
// The loop of the process that holds requests.
#include "feed/feed.h"

#include "base/clock.h"
#include "base/log.h"
#include "db/db.h"
#include "feed/held.h"
#include "pool/database_settings.h"
#include "pool/holding.h"
#include "pool/signals.h"
#include "store/changes/lanes.h"
#include "store/changes/seen_tickets.h"
#include "store/statements.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#define TICK_MS       250     // between two looks at the lanes, while somebody waits
#define TROUBLE_MS    2000    // after a failure of the database
#define COMPLAIN_MS   60000   // the same trouble is told once a minute
#define SEEN_MS       10000   // between two looks for new threads
#define SEEN_LATER_MS 3600000 // the same without the table
#define SEEN_AT_ONCE  1000
#define LEAVING_MS    500 // a worker that is at work may still send requests that want to wait
#define ASKED_AT_ONCE 4   // workers
#define BATCHES_MAX   20  // of changes in one look
#define ROWS_AT_ONCE  500
#define BATCH_ARENA   (16 << 20)
#define EVENTS_MAX    64
#define FURTHER_FILES 64 // beside those of the requests

// What an event of epoll is of: the socket from the workers, or a request and which of its sockets.
#define EVENT_OF_HOLDING UINT64_MAX

struct feed {
    struct log *log;
    struct statistics *statistics;
    const struct settings *settings;
    struct db *db;
    int holding, epoll;
    struct sockaddr_storage address; // where workers are asked
    socklen_t address_length;
    struct held **held; // by place
    size_t places, count, asking, next_asked;
    bool has_position;
    struct lanes_position position; // up to which all that wait have looked
    int64_t tick_ms, seen_ms, complained_ms, leaving_ms;
    bool takes_none; // another one has come in its place
    int64_t gap;
    char bytes[HOLDING_BYTES_MAX];
};

// ---- requests

static void tell(const struct feed *feed, const struct held *held) {
    int64_t us = clock_monotonic_us() - held->of.begun_us;
    const struct log_field fields[] = {
        {"id", LOG_WORD, held->of.id, 0},
        {"client", LOG_WORD, held->of.client, 0},
        {"key", LOG_WORD, held->of.key, 0},
        {"operation", LOG_WORD, "changes", 0},
        {"by", LOG_WORD, "feed", 0},
        {"status", LOG_NUMBER, NULL, 200},
        {"ms", LOG_MILLISECONDS, NULL, us},
        {"round_trips", LOG_NUMBER, NULL, 0},
        {"bytes", LOG_NUMBER, NULL, (int64_t)held->kept.length},
    };
    log_write_fields(feed->log, LOG_LEVEL_INFO, "request", fields, sizeof fields / sizeof *fields);
    statistics_count(&feed->statistics->waits_in_vain, 1);
}

static void publish(const struct feed *feed) {
    feed->statistics->waiting = feed->count;
}

static void release(struct feed *feed, size_t place) {
    held_free(&feed->held[place]);
    feed->count--;
    if (!feed->count) feed->has_position = false;
    publish(feed);
}

static void watch(const struct feed *feed, int descriptor, uint32_t events, uint64_t number) {
    struct epoll_event event = {.events = events | EPOLLET, .data.u64 = number};
    (void)!epoll_ctl(feed->epoll, EPOLL_CTL_ADD, descriptor, &event);
}

// Goes on with a request, and forgets it once it is done.
static void go_on(struct feed *feed, size_t place) {
    struct held *held = feed->held[place];
    bool was_asking = held->state == HELD_ASKING;
    bool goes_on = held_go_on(held, clock_monotonic_ms());
    if (was_asking && (!goes_on || held->state != HELD_ASKING)) feed->asking--;
    if (goes_on) return;
    if (held->had_nothing && held->sent == held->out.length) tell(feed, held);
    release(feed, place);
}

static void answer_nothing(struct feed *feed, size_t place) {
    if (feed->held[place]->state == HELD_ASKING) feed->asking--;
    held_answer_nothing(feed->held[place], clock_monotonic_ms());
    go_on(feed, place);
}

static size_t free_place(const struct feed *feed) {
    size_t place = 0;
    while (place < feed->places && feed->held[place]) place++;
    return place;
}

// One that looked up to another place than the others may have missed what came in between.
static void set_position(struct feed *feed, struct held *held) {
    struct lanes_position position;
    struct buffer known = buffer_new(LANES_POSITION_MAX);
    if (!feed->has_position && lanes_position_read(text_of(held->of.wait.position), &position)) {
        feed->position = position;
        feed->has_position = true;
    }
    lanes_position_print(&feed->position, &known);
    held->is_due = !text_equal(buffer_text(&known), text_of(held->of.wait.position));
    buffer_free(&known);
}

static void hold(struct feed *feed, int client, const struct holding *holding) {
    size_t place = free_place(feed);
    struct held *held = held_new(client, holding, feed->bytes, clock_monotonic_ms());
    if (!held || place == feed->places) {
        held_free(&held); // the room for those that are too many is gone, too
        return;
    }
    feed->held[place] = held;
    feed->count++;
    watch(feed, client, EPOLLIN | EPOLLRDHUP | EPOLLOUT, (uint64_t)place);
    set_position(feed, held);
    statistics_count(&feed->statistics->waits, 1);
    publish(feed);
    if (feed->leaving_ms || feed->count > feed->settings->changes.waiters) answer_nothing(feed, place);
}

static void take_requests(struct feed *feed) {
    struct holding holding;
    if (feed->takes_none) return;
    for (int client; (client = holding_take(feed->holding, &holding, feed->bytes)) != 0;)
        if (client > 0) hold(feed, client, &holding);
}

// Another one has come in this one's place, or nobody is left who could send.
static void take_none(struct feed *feed) {
    feed->takes_none = true;
    (void)!epoll_ctl(feed->epoll, EPOLL_CTL_DEL, feed->holding, NULL);
    if (!feed->leaving_ms) feed->leaving_ms = clock_monotonic_ms() + LEAVING_MS;
}

static void handle_events(struct feed *feed) {
    struct epoll_event events[EVENTS_MAX];
    bool is_alone = false;
    int count = epoll_wait(feed->epoll, events, EVENTS_MAX, 0);
    for (int i = 0; i < count; i++) {
        size_t place = (size_t)events[i].data.u64;
        if (events[i].data.u64 == EVENT_OF_HOLDING) is_alone = events[i].events & EPOLLHUP;
        if (events[i].data.u64 == EVENT_OF_HOLDING || place >= feed->places || !feed->held[place]) continue;
        if (held_is_gone(feed->held[place])) {
            if (feed->held[place]->state == HELD_ASKING) feed->asking--;
            statistics_count(&feed->statistics->waits_left, 1);
            release(feed, place);
        } else {
            go_on(feed, place);
        }
    }
    take_requests(feed);
    if (is_alone) take_none(feed);
}

// In turn, so that none waits for ever behind others.
static void ask_workers(struct feed *feed) {
    int64_t now = clock_monotonic_ms();
    const struct sockaddr *address = (const void *)&feed->address;
    for (size_t i = 0; i < feed->places && feed->asking < ASKED_AT_ONCE && feed->count; i++) {
        size_t place = (feed->next_asked + i) % feed->places;
        struct held *held = feed->held[place];
        if (!held || held->state != HELD_WAITING || !held->is_due || now < held->not_before_ms) continue;
        if (!held_ask(held, address, feed->address_length, now)) return;
        feed->asking++;
        watch(feed, held->worker, EPOLLIN | EPOLLOUT | EPOLLRDHUP, (uint64_t)place);
        go_on(feed, place);
        feed->next_asked = place + 1;
    }
}

// Those whose time is over; and those that hang.
static void end_waits(struct feed *feed) {
    int64_t now = clock_monotonic_ms();
    for (size_t place = 0; place < feed->places && feed->count; place++) {
        struct held *held = feed->held[place];
        if (!held) continue;
        if (held->state == HELD_WAITING && (now >= held->end_ms || feed->leaving_ms))
            answer_nothing(feed, place);
        else if (held->state != HELD_WAITING)
            go_on(feed, place);
    }
}

// ---- the help desk

static void complain(struct feed *feed, const struct error *error) {
    int64_t now = clock_monotonic_ms();
    if (feed->complained_ms && now - feed->complained_ms < COMPLAIN_MS) return;
    feed->complained_ms = now;
    log_write(feed->log, LOG_LEVEL_ERROR, "changes are not seen: %s",
              *error->detail ? error->detail : error->message);
}

static void announce(struct feed *feed, const struct change *change) {
    lanes_pass(&feed->position, change);
    for (size_t place = 0; place < feed->places; place++)
        if (feed->held[place] && held_wants(feed->held[place], change)) feed->held[place]->is_due = true;
}

static bool read_changes(struct feed *feed, const struct lanes_ends *ends, struct error *error) {
    const struct lanes_wish wish = {.utc = true, .gap = feed->gap, .most = ROWS_AT_ONCE};
    struct changes_batch batch = {.has_more = true};
    bool done = true;
    for (int i = 0; done && batch.has_more && i < BATCHES_MAX; i++) {
        struct arena arena = arena_new(BATCH_ARENA);
        done = changes_read(feed->db, &wish, ends, &feed->position, &arena, &batch, error);
        for (size_t k = 0; done && k < batch.count; k++) announce(feed, &batch.changes[k]);
        arena_free(&arena);
    }
    return done;
}

// Whether something has come for those that wait.
static void look(struct feed *feed) {
    struct error error = {0};
    struct lanes_ends ends;
    bool done = lanes_ends(feed->db, &ends, &error) &&
                (!lanes_have_moved(&feed->position, &ends) || read_changes(feed, &ends, &error));
    feed->tick_ms = clock_monotonic_ms() + (done ? TICK_MS : TROUBLE_MS);
    if (done)
        feed->complained_ms = 0;
    else
        complain(feed, &error);
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
        log_write(feed->log, LOG_LEVEL_NOTICE, "deleted tickets are not remembered: %s", error.detail);
}

// ---- the process

static void take_signals(struct feed *feed) {
    struct error error;
    if (signals_take(SIGUSR1) && !log_reopen(feed->log, &error))
        log_write(feed->log, LOG_LEVEL_ERROR, "%s", error.message);
    bool terminated = signals_take(SIGTERM), quit = signals_take(SIGQUIT);
    if (quit && !feed->takes_none) take_none(feed);
    if (terminated && !feed->leaving_ms) feed->leaving_ms = clock_monotonic_ms() + LEAVING_MS;
}

static bool has_left(const struct feed *feed) {
    return feed->leaving_ms && !feed->count && clock_monotonic_ms() >= feed->leaving_ms;
}

static int time_left(const struct feed *feed) {
    int64_t now = clock_monotonic_ms(), until = feed->seen_ms;
    if (feed->leaving_ms) return 20;
    if (feed->count && feed->tick_ms < until) until = feed->tick_ms;
    if (feed->count && until > now + TICK_MS) until = now + TICK_MS;
    return until <= now ? 0 : (int)(until - now);
}

static void keep(struct feed *feed) {
    while (!has_left(feed)) {
        signals_wait(feed->epoll, time_left(feed));
        take_signals(feed);
        handle_events(feed);
        int64_t now = clock_monotonic_ms();
        if (feed->count && now >= feed->tick_ms && !feed->leaving_ms) look(feed);
        if (!feed->leaving_ms) ask_workers(feed);
        end_waits(feed);
        if (now >= feed->seen_ms && !feed->leaving_ms) see_tickets(feed);
    }
}

// A file for each, and for each worker that is asked.
static void make_room(const struct feed *feed) {
    struct rlimit limit;
    rlim_t wanted = feed->places + FURTHER_FILES;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= wanted) return;
    limit.rlim_cur = limit.rlim_max < wanted ? limit.rlim_max : wanted;
    if (setrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur < wanted)
        log_write(feed->log, LOG_LEVEL_WARNING,
                  "only %llu files may be open: fewer requests wait than waiters says",
                  (unsigned long long)limit.rlim_cur);
}

static bool prepare(struct feed *feed, const struct child_start *start) {
    struct db_settings database = database_settings(start->settings);
    feed->log = start->log;
    feed->settings = start->settings;
    feed->statistics = &start->slot->statistics;
    feed->holding = start->holding[1];
    feed->gap = settings_changes_gap(start->settings);
    feed->places = start->settings->changes.waiters + FURTHER_FILES;
    feed->held = calloc(feed->places, sizeof *feed->held);
    feed->epoll = epoll_create1(EPOLL_CLOEXEC);
    feed->db = db_new(&database, statements, STATEMENT_COUNT);
    feed->address_length = sizeof feed->address;
    publish(feed);
    make_room(feed);
    if (!feed->held || !feed->db || feed->epoll < 0 || feed->holding < 0 ||
        getsockname(start->listener, (struct sockaddr *)&feed->address, &feed->address_length) != 0) {
        log_write(start->log, LOG_LEVEL_ERROR, "no request can wait for changes: %s", strerror(errno));
        return false;
    }
    close(start->listener); // its address was all that was wanted
    struct epoll_event event = {.events = EPOLLIN, .data.u64 = EVENT_OF_HOLDING};
    return epoll_ctl(feed->epoll, EPOLL_CTL_ADD, feed->holding, &event) == 0;
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
        free(feed->held);
    }
    free(feed);
    return good ? 0 : 1;
}
