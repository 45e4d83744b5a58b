// SPDX-License-Identifier: GPL-2.0-or-later
// All requests that wait for changes.
#include "feed/waiters.h"

#include "base/clock.h"
#include "base/log.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <unistd.h>

#define LEAVING_MS    500 // a worker that is at work may still send requests that want to wait
#define ASKED_AT_ONCE 4   // workers
#define EVENTS_MAX    64
#define FURTHER_FILES 64 // beside those of the requests

// What an event of epoll is of: the socket from the workers, or a request and which of its sockets.
#define EVENT_OF_HOLDING UINT64_MAX

static void tell(const struct waiters *waiters, const struct held *held) {
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
    log_write_fields(waiters->log, LOG_LEVEL_INFO, "request", fields, sizeof fields / sizeof *fields);
    statistics_count(&waiters->statistics->waits_in_vain, 1);
}

static void publish(const struct waiters *waiters) {
    waiters->statistics->waiting = waiters->count;
}

static void release(struct waiters *waiters, size_t place) {
    held_free(&waiters->held[place]);
    waiters->count--;
    if (!waiters->count) waiters->has_position = false;
    publish(waiters);
}

static void watch(const struct waiters *waiters, int descriptor, uint32_t events, uint64_t number) {
    struct epoll_event event = {.events = events | EPOLLET, .data.u64 = number};
    (void)!epoll_ctl(waiters->epoll, EPOLL_CTL_ADD, descriptor, &event);
}

// Goes on with a request, and forgets it once it is done.
static void go_on(struct waiters *waiters, size_t place) {
    struct held *held = waiters->held[place];
    bool was_asking = held->state == HELD_ASKING;
    bool goes_on = held_go_on(held, clock_monotonic_ms());
    if (was_asking && (!goes_on || held->state != HELD_ASKING)) waiters->asking--;
    if (goes_on) return;
    if (held->had_nothing && held->sent == held->out.length) tell(waiters, held);
    release(waiters, place);
}

static void answer_nothing(struct waiters *waiters, size_t place) {
    if (waiters->held[place]->state == HELD_ASKING) waiters->asking--;
    held_answer_nothing(waiters->held[place], clock_monotonic_ms());
    go_on(waiters, place);
}

static size_t free_place(const struct waiters *waiters) {
    size_t place = 0;
    while (place < waiters->places && waiters->held[place]) place++;
    return place;
}

// One that looked up to another place than the others may have missed what came in between.
static void set_position(struct waiters *waiters, struct held *held) {
    struct lanes_position position;
    struct buffer known = buffer_new(LANES_POSITION_MAX);
    if (!waiters->has_position && lanes_position_read(text_of(held->of.wait.position), &position)) {
        waiters->position = position;
        waiters->has_position = true;
    }
    lanes_position_print(&waiters->position, &known);
    held->is_due = !text_equal(buffer_text(&known), text_of(held->of.wait.position));
    buffer_free(&known);
}

static void hold(struct waiters *waiters, int client, const struct holding *holding) {
    size_t place = free_place(waiters);
    struct held *held = held_new(client, holding, waiters->bytes, clock_monotonic_ms());
    if (!held || place == waiters->places) {
        held_free(&held); // the room for those that are too many is gone, too
        return;
    }
    waiters->held[place] = held;
    waiters->count++;
    watch(waiters, client, EPOLLIN | EPOLLRDHUP | EPOLLOUT, (uint64_t)place);
    set_position(waiters, held);
    statistics_count(&waiters->statistics->waits, 1);
    publish(waiters);
    if (waiters->leaving_ms || waiters->count > waiters->most) answer_nothing(waiters, place);
}

static void take_requests(struct waiters *waiters) {
    struct holding holding;
    if (waiters->takes_none) return;
    for (int client; (client = holding_take(waiters->holding, &holding, waiters->bytes)) != 0;)
        if (client > 0) hold(waiters, client, &holding);
}

void waiters_take_none(struct waiters *waiters) {
    waiters->takes_none = true;
    (void)!epoll_ctl(waiters->epoll, EPOLL_CTL_DEL, waiters->holding, NULL);
    waiters_leave(waiters);
}

void waiters_leave(struct waiters *waiters) {
    if (!waiters->leaving_ms) waiters->leaving_ms = clock_monotonic_ms() + LEAVING_MS;
}

bool waiters_have_left(const struct waiters *waiters) {
    return waiters->leaving_ms && !waiters->count && clock_monotonic_ms() >= waiters->leaving_ms;
}

void waiters_handle_events(struct waiters *waiters) {
    struct epoll_event events[EVENTS_MAX];
    bool is_alone = false;
    int count = epoll_wait(waiters->epoll, events, EVENTS_MAX, 0);
    for (int i = 0; i < count; i++) {
        size_t place = (size_t)events[i].data.u64;
        if (events[i].data.u64 == EVENT_OF_HOLDING) is_alone = events[i].events & EPOLLHUP;
        if (events[i].data.u64 == EVENT_OF_HOLDING || place >= waiters->places || !waiters->held[place])
            continue;
        if (held_is_gone(waiters->held[place])) {
            if (waiters->held[place]->state == HELD_ASKING) waiters->asking--;
            statistics_count(&waiters->statistics->waits_left, 1);
            release(waiters, place);
        } else {
            go_on(waiters, place);
        }
    }
    take_requests(waiters);
    if (is_alone) waiters_take_none(waiters);
}

// In turn, so that none waits for ever behind others.
void waiters_ask_workers(struct waiters *waiters) {
    int64_t now = clock_monotonic_ms();
    const struct sockaddr *address = (const void *)&waiters->address;
    for (size_t i = 0; i < waiters->places && waiters->asking < ASKED_AT_ONCE && waiters->count; i++) {
        size_t place = (waiters->next_asked + i) % waiters->places;
        struct held *held = waiters->held[place];
        if (!held || held->state != HELD_WAITING || !held->is_due || now < held->not_before_ms) continue;
        if (!held_ask(held, address, waiters->address_length, now)) return;
        waiters->asking++;
        watch(waiters, held->worker, EPOLLIN | EPOLLOUT | EPOLLRDHUP, (uint64_t)place);
        go_on(waiters, place);
        waiters->next_asked = place + 1;
    }
}

void waiters_end(struct waiters *waiters) {
    int64_t now = clock_monotonic_ms();
    for (size_t place = 0; place < waiters->places && waiters->count; place++) {
        struct held *held = waiters->held[place];
        if (!held) continue;
        if (held->state == HELD_WAITING && (now >= held->end_ms || waiters->leaving_ms))
            answer_nothing(waiters, place);
        else if (held->state != HELD_WAITING)
            go_on(waiters, place);
    }
}

void waiters_leave_the_future(struct waiters *waiters, const struct lanes_ends *ends) {
    if (!lanes_position_is_beyond(&waiters->position, ends)) return;
    for (size_t place = 0; place < waiters->places; place++) {
        struct lanes_position position;
        const struct held *held = waiters->held[place];
        if (held && lanes_position_read(text_of(held->of.wait.position), &position))
            lanes_position_fall_back(&waiters->position, &position);
    }
}

void waiters_announce(struct waiters *waiters, const struct change *change) {
    lanes_pass(&waiters->position, change);
    for (size_t place = 0; place < waiters->places; place++)
        if (waiters->held[place] && held_wants(waiters->held[place], change))
            waiters->held[place]->is_due = true;
}

// A file for each, and for each worker that is asked.
static void make_room(const struct waiters *waiters) {
    struct rlimit limit;
    rlim_t wanted = waiters->places + FURTHER_FILES;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= wanted) return;
    limit.rlim_cur = limit.rlim_max < wanted ? limit.rlim_max : wanted;
    if (setrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur < wanted)
        log_write(waiters->log, LOG_LEVEL_WARNING,
                  "only %llu files may be open: fewer requests wait than waiters says",
                  (unsigned long long)limit.rlim_cur);
}

bool waiters_open(struct waiters *waiters, const struct child_start *start) {
    waiters->log = start->log;
    waiters->statistics = &start->slot->statistics;
    waiters->most = start->settings->changes.waiters;
    waiters->holding = start->holding[1];
    waiters->places = waiters->most + FURTHER_FILES;
    waiters->held = calloc(waiters->places, sizeof *waiters->held);
    waiters->epoll = epoll_create1(EPOLL_CLOEXEC);
    waiters->address_length = sizeof waiters->address;
    publish(waiters);
    make_room(waiters);
    if (!waiters->held || waiters->epoll < 0 || waiters->holding < 0 ||
        getsockname(start->listener, (struct sockaddr *)&waiters->address, &waiters->address_length) != 0) {
        log_write(start->log, LOG_LEVEL_ERROR, "no request can wait for changes: %s", strerror(errno));
        return false;
    }
    close(start->listener); // its address was all that was wanted
    struct epoll_event event = {.events = EPOLLIN, .data.u64 = EVENT_OF_HOLDING};
    return epoll_ctl(waiters->epoll, EPOLL_CTL_ADD, waiters->holding, &event) == 0;
}

void waiters_free(struct waiters *waiters) {
    free(waiters->held);
    waiters->held = NULL;
}
