// SPDX-License-Identifier: GPL-2.0-or-later
// Webhooks at work.
#include "hooks/hooks.h"

#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"
#include "hooks/reader.h"
#include "hooks/receivers.h"
#include "store/lease.h"
#include "store/webhook/deliveries.h"
#include "store/webhook/delivery_position.h"
#include "store/webhook/webhooks.h"

#include <stdlib.h>

#define LEASE_S    30
#define KEEP_MS    8000
#define SPARE_MS   13000 // before the lease runs out no call is begun that could outlive it
#define HELD_MS    1000  // another process has the lease
#define LOOK_MS    1000  // at what is registered and due
#define POLL_MS    200   // for changes
#define QUIET_MS   10000 // the same where there has been no webhook for a while
#define RECENT_MS  60000
#define CALL_MS    20 // for answers, at most
#define TIDY_MS    3600000
#define KEPT_DAYS  7
#define MEMORY_MAX (64 << 20)

struct hooks {
    struct hooks_settings settings;
    struct lease lease;
    struct reader *reader;
    struct receivers *receivers;
    bool is_held; // the lease is ours
    int64_t kept_ms, looked_ms, polled_ms, tidied_ms;
    int64_t wanted_ms; // when there was a webhook last; 0: never
    size_t on;         // webhooks, as of the last look
    uint64_t switched_off;
};

struct hooks *hooks_new(const struct hooks_settings *settings) {
    struct hooks *hooks = calloc(1, sizeof *hooks);
    if (!hooks) return NULL;
    hooks->settings = *settings;
    hooks->lease = lease_of_process();
    const struct reader_settings reader = {settings->db,  settings->log,     hooks->lease.name,     LEASE_S,
                                           settings->gap, settings->backlog, settings->stock_scopes};
    const struct receivers_settings receivers = {
        settings->db,
        settings->log,
        hooks->lease.name,
        settings->stock_scopes,
        {.http = settings->http, .allow = text_of(settings->allow), .tls_ca = settings->tls_ca}};
    hooks->reader = reader_new(&reader);
    hooks->receivers = receivers_new(&receivers);
    if (!hooks->reader || !hooks->receivers) hooks_free(&hooks);
    return hooks;
}

void hooks_free(struct hooks **hooks) {
    if (!*hooks) return;
    reader_free(&(*hooks)->reader);
    receivers_free(&(*hooks)->receivers);
    free(*hooks);
    *hooks = NULL;
}

struct hooks_counts hooks_counts(const struct hooks *hooks) {
    const struct receivers_counts *of = receivers_counts(hooks->receivers);
    return (struct hooks_counts){of->sent, of->failed, of->postponed, of->switched_off + hooks->switched_off};
}

// ---- the lease

static void let_go(struct hooks *hooks) {
    if (hooks->is_held)
        log_write(hooks->settings.log, LOG_LEVEL_NOTICE, "webhooks: another process delivers");
    hooks->is_held = false;
    receivers_let_go(hooks->receivers);
    reader_forget(hooks->reader);
}

static bool begin_where_wanted(struct hooks *hooks, struct error *error) {
    struct arena arena = arena_new(MEMORY_MAX);
    struct webhook *webhooks;
    size_t count;
    bool done = webhooks_on(hooks->settings.db, false, &arena, &webhooks, &count, error) &&
                (!count || delivery_position_begin(hooks->settings.db, hooks->settings.gap, error));
    arena_free(&arena);
    return done;
}

// A process of this machine that died has the lease no longer.
static bool free_of_dead(struct hooks *hooks, struct error *error) {
    struct arena arena = arena_new(1 << 16);
    struct delivery_position position;
    int found = delivery_position_look(hooks->settings.db, &arena, &position, error);
    bool done = found >= 0;
    if (found > 0 && position.lease.length && lease_is_dead(&hooks->lease, position.lease.data))
        done = delivery_position_free(hooks->settings.db, position.lease.data, error);
    arena_free(&arena);
    return done;
}

// A help desk without webhooks is asked seldom.
static int rest(const struct hooks *hooks, int64_t now) {
    return hooks->wanted_ms && now - hooks->wanted_ms < RECENT_MS ? LOOK_MS : QUIET_MS;
}

// Whether there is a position to have a lease of: 1, 0, -1.
static int has_position(struct hooks *hooks, struct error *error) {
    struct arena arena = arena_new(1 << 16);
    struct delivery_position position;
    int found = delivery_position_look(hooks->settings.db, &arena, &position, error);
    arena_free(&arena);
    // With the first webhook there is one; somebody may have emptied the table since.
    return found || begin_where_wanted(hooks, error) ? found : -1;
}

// 1: it is ours, 0: somebody else's, or nobody's since no position is there yet.
static int claim(struct hooks *hooks, int64_t now, struct error *error) {
    int claimed = delivery_position_claim(hooks->settings.db, hooks->lease.name, LEASE_S, error);
    if (claimed == 0 && !free_of_dead(hooks, error)) return -1;
    if (claimed == 0)
        claimed = delivery_position_claim(hooks->settings.db, hooks->lease.name, LEASE_S, error);
    if (claimed > 0) {
        if (!hooks->is_held) hooks->looked_ms = hooks->polled_ms = 0;
        hooks->is_held = true;
        hooks->kept_ms = now;
    }
    return claimed;
}

// ---- what is to be done

// Whether the row is as we left it: somebody may have emptied the table, or put an older one back.
static bool check_position(struct hooks *hooks, struct arena *arena, struct error *error) {
    struct delivery_position position;
    int found = delivery_position_look(hooks->settings.db, arena, &position, error);
    if (found < 0) return false;
    if (!found || !text_equal(position.lease, text_of(hooks->lease.name)))
        return error_set(error, ERROR_CONFLICT, "another process delivers to webhooks");
    reader_check(hooks->reader, position.position);
    return true;
}

static bool look(struct hooks *hooks, int64_t now, struct error *error) {
    struct arena arena = arena_new(MEMORY_MAX);
    struct webhook *webhooks;
    size_t count;
    bool done = check_position(hooks, &arena, error) &&
                webhooks_on(hooks->settings.db, false, &arena, &webhooks, &count, error) &&
                receivers_know(hooks->receivers, webhooks, count, error);
    arena_free(&arena);
    if (!done) return false;
    hooks->on = count;
    if (count) hooks->wanted_ms = now;
    hooks->looked_ms = now;
    return true;
}

static bool read_changes(struct hooks *hooks, int64_t now, struct error *error) {
    struct reader_page page;
    if (!reader_read(hooks->reader, &page, error)) return false;
    hooks->polled_ms = page.has_more ? 0 : now;
    hooks->switched_off += page.switched_off;
    if (!page.webhooks) return true;
    if (!receivers_know(hooks->receivers, page.webhooks, page.count, error)) return false;
    for (size_t i = 0; i < page.count; i++)
        if (page.told[i]) receivers_wake(hooks->receivers, page.webhooks[i].id);
    return true;
}

static bool tidy(struct hooks *hooks, int64_t now, struct error *error) {
    bool more = false;
    if (!deliveries_purge(hooks->settings.db, KEPT_DAYS, &more, error)) return false;
    hooks->tidied_ms = more ? 0 : now;
    return true;
}

static bool is_time(int64_t last_ms, int64_t now, int64_t every) {
    return !last_ms || now - last_ms >= every;
}

static bool work(struct hooks *hooks, int64_t now, bool may_call, struct error *error) {
    if (is_time(hooks->looked_ms, now, LOOK_MS) && !look(hooks, now, error)) return false;
    if (is_time(hooks->polled_ms, now, hooks->on ? POLL_MS : LOOK_MS) && !read_changes(hooks, now, error))
        return false;
    if (is_time(hooks->tidied_ms, now, TIDY_MS) && !tidy(hooks, now, error)) return false;
    return receivers_step(hooks->receivers, may_call, CALL_MS, error);
}

// The calls under way come to their end whoever has the lease.
static int wait_for_lease(struct hooks *hooks, struct error *error) {
    let_go(hooks);
    return receivers_step(hooks->receivers, false, CALL_MS, error) ? HELD_MS : -1;
}

int hooks_work(struct hooks *hooks, struct error *error) {
    int64_t now = clock_monotonic_ms();
    int there = hooks->is_held ? 1 : has_position(hooks, error);
    if (there < 0) return -1;
    if (!there) return rest(hooks, now);
    if (!hooks->is_held || now - hooks->kept_ms >= KEEP_MS) {
        int claimed = claim(hooks, now, error);
        if (claimed < 0) return -1;
        if (!claimed) return wait_for_lease(hooks, error);
    }
    bool may_call = now - hooks->kept_ms < LEASE_S * 1000 - SPARE_MS;
    if (!work(hooks, now, may_call, error)) {
        reader_forget(hooks->reader);
        if (error->code != ERROR_CONFLICT) return -1;
        error_clear(error);
        return wait_for_lease(hooks, error);
    }
    if (receivers_are_calling(hooks->receivers) || (may_call && receivers_have_more(hooks->receivers)) ||
        !hooks->polled_ms)
        return 0;
    return hooks->on ? POLL_MS : rest(hooks, now);
}

bool hooks_finish(struct hooks *hooks, struct error *error) {
    bool done = receivers_step(hooks->receivers, false, CALL_MS, error);
    if (done && receivers_are_calling(hooks->receivers)) return true;
    // Where it cannot be given back it runs out by itself.
    if (hooks->is_held) (void)!delivery_position_free(hooks->settings.db, hooks->lease.name, error);
    hooks->is_held = false;
    return false;
}
