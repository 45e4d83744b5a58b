// SPDX-License-Identifier: GPL-2.0-or-later
// The receivers of webhooks.
#include "hooks/receivers.h"

#include "auth/principal.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"
#include "crypto/random.h"
#include "hooks/backoff.h"
#include "store/view/seen_ids.h"
#include "store/webhook/deliveries.h"
#include "store/webhook/webhooks.h"
#include "webhook/secret.h"
#include "webhook/target.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BATCH_MAX     64
#define BATCH_BYTES   (4 << 20) // of one receiver's batch
#define BOOK_AFTER_MS 40
#define FAILING_MOST  (5 * 86400) // seconds of failures alone, then it is switched off
#define GONE          410
#define OUTCOMES_MAX  64

struct receiver {
    int64_t id, key_id;
    char url[WEBHOOK_URL_MAX + 1], secret[WEBHOOK_SECRET_SIZE], old_secret[WEBHOOK_SECRET_SIZE];
    int64_t failing; // seconds, as of the last look; -1: it does not
    bool is_known;   // on, as of the last look
    bool has_waiting;
    bool is_calling;
    struct arena arena; // of the batch
    struct delivery *batch;
    size_t count, next;      // `next` is called or to be called
    int64_t sent[BATCH_MAX]; // and not booked yet, all answered with one status
    size_t sent_count;
    int64_t sent_status, sent_since_ms;
};

struct receivers {
    struct receivers_settings settings;
    struct sender *sender;
    struct receiver **list;
    size_t count, room;
    size_t first; // whose turn it is
    struct receivers_counts counts;
};

struct receivers *receivers_new(const struct receivers_settings *settings) {
    struct receivers *receivers = calloc(1, sizeof *receivers);
    if (!receivers) return NULL;
    receivers->settings = *settings;
    receivers->sender = sender_new(&settings->sender);
    if (!receivers->sender) receivers_free(&receivers);
    return receivers;
}

static void drop_batch(struct receiver *receiver) {
    arena_free(&receiver->arena);
    receiver->batch = NULL;
    receiver->count = receiver->next = 0;
}

void receivers_free(struct receivers **receivers) {
    if (!*receivers) return;
    sender_free(&(*receivers)->sender);
    for (size_t i = 0; i < (*receivers)->count; i++) {
        drop_batch((*receivers)->list[i]);
        free((*receivers)->list[i]);
    }
    free((*receivers)->list);
    free(*receivers);
    *receivers = NULL;
}

const struct receivers_counts *receivers_counts(const struct receivers *receivers) {
    return &receivers->counts;
}

// ---- who there is

static struct receiver *find(const struct receivers *receivers, int64_t id) {
    for (size_t i = 0; i < receivers->count; i++)
        if (receivers->list[i]->id == id) return receivers->list[i];
    return NULL;
}

static struct receiver *add(struct receivers *receivers, int64_t id) {
    if (receivers->count == receivers->room) {
        size_t room = receivers->room ? 2 * receivers->room : 16;
        struct receiver **list = realloc(receivers->list, room * sizeof(struct receiver *));
        if (!list) return NULL;
        receivers->list = list;
        receivers->room = room;
    }
    struct receiver *receiver = calloc(1, sizeof *receiver);
    if (!receiver) return NULL;
    receiver->id = id;
    receivers->list[receivers->count++] = receiver;
    return receiver;
}

static void copy(char *to, size_t size, struct text text) {
    snprintf(to, size, "%.*s", (int)text.length, text.length ? text.data : "");
}

static void learn(struct receiver *receiver, const struct webhook *webhook) {
    receiver->key_id = webhook->key_id;
    receiver->failing = webhook->failing;
    receiver->is_known = true;
    copy(receiver->url, sizeof receiver->url, webhook->url);
    copy(receiver->secret, sizeof receiver->secret, webhook->secret);
    copy(receiver->old_secret, sizeof receiver->old_secret, webhook->old_secret);
    if (!receiver->count) receiver->has_waiting = webhook->has_waiting && webhook->head_due <= 0;
}

// Those that are off or deleted, once nothing of them is under way or has to be booked.
static void forget(struct receivers *receivers) {
    size_t kept = 0;
    for (size_t i = 0; i < receivers->count; i++) {
        struct receiver *receiver = receivers->list[i];
        if (receiver->is_known || receiver->is_calling || receiver->sent_count) {
            receivers->list[kept++] = receiver;
            continue;
        }
        drop_batch(receiver);
        free(receiver);
    }
    receivers->count = kept;
}

bool receivers_know(struct receivers *receivers, const struct webhook *webhooks, size_t count,
                    struct error *error) {
    for (size_t i = 0; i < receivers->count; i++) receivers->list[i]->is_known = false;
    for (size_t i = 0; i < count; i++) {
        struct receiver *receiver = find(receivers, webhooks[i].id);
        if (!receiver) receiver = add(receivers, webhooks[i].id);
        if (!receiver) return error_set(error, ERROR_INTERNAL, "out of memory");
        learn(receiver, &webhooks[i]);
    }
    forget(receivers);
    return true;
}

void receivers_wake(struct receivers *receivers, int64_t webhook_id) {
    struct receiver *receiver = find(receivers, webhook_id);
    // While one waits for its next try, the others wait behind it: the next look tells.
    if (receiver && receiver->failing < 0) receiver->has_waiting = true;
}

// ---- booking

static bool book(struct receivers *receivers, struct receiver *receiver, struct error *error) {
    const struct receivers_settings *settings = &receivers->settings;
    if (!receiver->sent_count) return true;
    if (!deliveries_sent(settings->db, receiver->sent, receiver->sent_count, receiver->sent_status,
                         settings->lease, error))
        return false;
    receivers->counts.sent += receiver->sent_count;
    receiver->sent_count = 0;
    return true;
}

static bool switch_off(struct receivers *receivers, struct receiver *receiver, const char *why,
                       struct error *error) {
    log_write(receivers->settings.log, LOG_LEVEL_ERROR,
              "webhook %" PRId64 " is switched off: %s; \"osticket-fcgi hook set %" PRId64
              " --on\" switches it on again",
              receiver->id, why, receiver->id);
    receivers->counts.switched_off++;
    receiver->is_known = receiver->has_waiting = false;
    drop_batch(receiver);
    return webhook_switch(receivers->settings.db, receiver->id, false, text_of(why), error);
}

// ---- what is sent

// Rights are those of now: what the key may not read any more is not told.
static const char *refusal_of(const struct delivery *delivery, const struct principal *principal, bool seen) {
    if (delivery->is_note && principal_hides_notes(principal)) return "its key may not read internal notes";
    return delivery->ticket_id && !seen ? "its key does not see the ticket" : NULL;
}

static bool drop_refused(struct receivers *receivers, struct receiver *receiver,
                         const struct principal *principal, struct error *error) {
    const struct receivers_settings *settings = &receivers->settings;
    int64_t tickets[BATCH_MAX];
    bool seen[BATCH_MAX];
    size_t kept = 0;
    for (size_t i = 0; i < receiver->count; i++) tickets[i] = receiver->batch[i].ticket_id;
    if (!seen_ids(settings->db, principal_view(principal), tickets, receiver->count, seen, error))
        return false;
    for (size_t i = 0; i < receiver->count; i++) {
        const struct delivery *delivery = &receiver->batch[i];
        const char *refusal = refusal_of(delivery, principal, seen[i]);
        if (!refusal)
            receiver->batch[kept++] = *delivery;
        else if (!delivery_finish(settings->db, delivery->id, 0, "dropped", text_of(refusal), settings->lease,
                                  error))
            return false;
    }
    receiver->count = kept;
    return true;
}

// Rights are asked for where something is to be told.
static bool check_rights(struct receivers *receivers, struct receiver *receiver, struct error *error) {
    struct principal *principal = calloc(1, sizeof *principal);
    const char *why = NULL;
    if (!principal) return error_set(error, ERROR_INTERNAL, "out of memory");
    int may = principal_of_key(receivers->settings.db, receiver->key_id, receivers->settings.stock_scopes,
                               SCOPE_WEBHOOKS, principal, &why, error);
    bool done = may > 0    ? drop_refused(receivers, receiver, principal, error)
                : may == 0 ? switch_off(receivers, receiver, why, error)
                           : false;
    free(principal);
    return done;
}

static bool load(struct receivers *receivers, struct receiver *receiver, struct error *error) {
    receiver->arena = arena_new(BATCH_BYTES);
    if (!deliveries_waiting(receivers->settings.db, receiver->id, BATCH_MAX, &receiver->arena,
                            &receiver->batch, &receiver->count, error))
        return false;
    // The first decides: the others wait behind it.
    receiver->has_waiting = receiver->count && receiver->batch[0].due_in <= 0;
    if (receiver->has_waiting) return check_rights(receivers, receiver, error);
    drop_batch(receiver);
    return true;
}

static bool call(struct receivers *receivers, struct receiver *receiver, struct error *error) {
    const struct delivery *delivery = &receiver->batch[receiver->next];
    char id[64];
    snprintf(id, sizeof id, "%" PRId64 "-%.*s", receiver->id, (int)delivery->change_id.length,
             delivery->change_id.data);
    const struct webhook_call call = {
        .of = receiver,
        .url = text_of(receiver->url),
        .id = text_of(id),
        .body = delivery->body,
        .secret = text_of(receiver->secret),
        .old_secret = *receiver->old_secret ? text_of(receiver->old_secret) : TEXT_NULL,
    };
    struct error why = {0};
    receiver->is_calling = sender_start(receivers->sender, &call, &why);
    return receiver->is_calling || why.code == ERROR_CONFLICT ||
           switch_off(receivers, receiver, why.message, error);
}

// Loads and begins where something is due.
static bool begin(struct receivers *receivers, struct receiver *receiver, struct error *error) {
    if (receiver->is_calling || !receiver->is_known) return true;
    if (receiver->next == receiver->count) {
        if (!receiver->has_waiting) return true;
        drop_batch(receiver);
        if (!book(receivers, receiver, error) || !load(receivers, receiver, error)) {
            drop_batch(receiver);
            return false;
        }
    }
    return receiver->next == receiver->count || call(receivers, receiver, error);
}

// ---- what became of it

static bool take_success(struct receivers *receivers, struct receiver *receiver, int64_t status,
                         struct error *error) {
    if (receiver->sent_count == BATCH_MAX || (receiver->sent_count && receiver->sent_status != status))
        if (!book(receivers, receiver, error)) return false;
    if (!receiver->sent_count) receiver->sent_since_ms = clock_monotonic_ms();
    receiver->sent[receiver->sent_count++] = receiver->batch[receiver->next++].id;
    receiver->sent_status = status;
    if (receiver->failing < 0) return true;
    receiver->failing = -1;
    return webhook_succeeds(receivers->settings.db, receiver->id, error);
}

static bool give_up(struct receivers *receivers, const struct receiver *receiver,
                    const struct delivery *delivery, const struct webhook_outcome *outcome,
                    struct error *error) {
    const struct receivers_settings *settings = &receivers->settings;
    receivers->counts.failed++;
    log_write(settings->log, LOG_LEVEL_ERROR,
              "webhook %" PRId64 ": %.*s is given up after %" PRId64 " tries: %s", receiver->id,
              (int)delivery->change_id.length, delivery->change_id.data, delivery->attempts + 1,
              outcome->problem);
    return delivery_finish(settings->db, delivery->id, outcome->status, "failed", text_of(outcome->problem),
                           settings->lease, error);
}

static bool try_again(struct receivers *receivers, const struct receiver *receiver,
                      const struct delivery *delivery, const struct webhook_outcome *outcome,
                      struct error *error) {
    const struct receivers_settings *settings = &receivers->settings;
    struct error none = {0};
    uint64_t chance = 0;
    if (!random_bytes(&chance, sizeof chance, &none)) chance = (uint64_t)clock_monotonic_ms();
    int64_t wait = backoff(delivery->attempts + 1, outcome->retry_after, chance);
    if (wait < 0) return give_up(receivers, receiver, delivery, outcome, error);
    receivers->counts.postponed++;
    log_write(settings->log, LOG_LEVEL_WARNING,
              "webhook %" PRId64 ": %.*s was not taken (try %" PRId64 "), again in %" PRId64 " s: %s",
              receiver->id, (int)delivery->change_id.length, delivery->change_id.data, delivery->attempts + 1,
              wait, outcome->problem);
    return delivery_postpone(settings->db, delivery->id, outcome->status, wait, text_of(outcome->problem),
                             settings->lease, error);
}

static bool book_failure(struct receivers *receivers, struct receiver *receiver,
                         const struct webhook_outcome *outcome, struct error *error) {
    const struct delivery *delivery = &receiver->batch[receiver->next];
    if (!book(receivers, receiver, error) || !try_again(receivers, receiver, delivery, outcome, error) ||
        !webhook_fails(receivers->settings.db, receiver->id, error))
        return false;
    if (outcome->status == GONE)
        return switch_off(receivers, receiver, "it answers 410: it wants no more calls", error);
    if (receiver->failing >= FAILING_MOST)
        return switch_off(receivers, receiver, "all calls have failed for five days", error);
    if (receiver->failing < 0) receiver->failing = 0;
    return true;
}

// What waits behind a failure is loaded anew when that is due.
static bool take_failure(struct receivers *receivers, struct receiver *receiver,
                         const struct webhook_outcome *outcome, struct error *error) {
    bool done = book_failure(receivers, receiver, outcome, error);
    drop_batch(receiver);
    receiver->has_waiting = !done;
    return done;
}

static bool take(struct receivers *receivers, const struct webhook_outcome *outcome, struct error *error) {
    struct receiver *receiver = outcome->of;
    receiver->is_calling = false;
    if (webhook_succeeded(outcome)) return take_success(receivers, receiver, outcome->status, error);
    return take_failure(receivers, receiver, outcome, error);
}

// ---- the step

static bool begin_all(struct receivers *receivers, struct error *error) {
    for (size_t i = 0; i < receivers->count; i++) {
        size_t at = (receivers->first + i) % receivers->count;
        if (sender_busy(receivers->sender) == SENDER_CALLS_MAX) {
            receivers->first = at;
            break;
        }
        if (!begin(receivers, receivers->list[at], error)) return false;
    }
    return true;
}

// Also when nothing more is to be called: what has been sent for a while, or is the last for now.
static bool book_all(struct receivers *receivers, struct error *error) {
    int64_t now = clock_monotonic_ms();
    for (size_t i = 0; i < receivers->count; i++) {
        struct receiver *receiver = receivers->list[i];
        bool is_last = !receiver->is_calling && receiver->next == receiver->count;
        if (receiver->sent_count && (is_last || now - receiver->sent_since_ms >= BOOK_AFTER_MS) &&
            !book(receivers, receiver, error))
            return false;
    }
    return true;
}

bool receivers_step(struct receivers *receivers, bool may_call, int wait_ms, struct error *error) {
    struct webhook_outcome outcomes[OUTCOMES_MAX];
    bool done = !may_call || begin_all(receivers, error);
    int wait = receivers_are_calling(receivers) && done ? wait_ms : 0;
    size_t count = sender_work(receivers->sender, wait, outcomes, OUTCOMES_MAX);
    for (size_t i = 0; i < count; i++) {
        struct error of_one = {0};
        bool good = take(receivers, &outcomes[i], &of_one);
        if (!good && done) *error = of_one;
        done = done && good;
    }
    return done && book_all(receivers, error);
}

void receivers_let_go(struct receivers *receivers) {
    for (size_t i = 0; i < receivers->count; i++) {
        struct receiver *receiver = receivers->list[i];
        receiver->has_waiting = receiver->is_known = false;
        receiver->sent_count = 0;
        if (receiver->is_calling)
            receiver->count = receiver->next + 1; // its text is being sent
        else
            drop_batch(receiver);
    }
}

bool receivers_are_calling(const struct receivers *receivers) {
    return sender_busy(receivers->sender) > 0;
}

bool receivers_have_more(const struct receivers *receivers) {
    for (size_t i = 0; i < receivers->count; i++) {
        const struct receiver *receiver = receivers->list[i];
        if (!receiver->is_calling && receiver->is_known &&
            (receiver->has_waiting || receiver->next < receiver->count))
            return true;
    }
    return false;
}
