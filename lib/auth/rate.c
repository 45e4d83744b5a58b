// SPDX-License-Identifier: GPL-2.0-or-later
// Buckets as one number each: the time at which the bucket is full again (the "theoretical arrival time" of
// ITU-T I.371, generic cell rate algorithm).
#include "auth/rate.h"

#include "base/ip_address.h"

#include <errno.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>

#define MINUTE_US INT64_C(60000000)
#define SECOND_US INT64_C(1000000)

struct bucket {
    _Atomic int64_t key_id; // 0: of nobody yet; stays for good
    _Atomic int64_t full_us;
};

struct rate_table {
    struct bucket buckets[RATE_KEYS];
    _Atomic int64_t users[RATE_USERS]; // each as `full_us`
    _Atomic int64_t tries[RATE_ADDRESSES];
};

struct rate_table *rate_table_open(struct error *error) {
    void *memory =
        mmap(NULL, sizeof(struct rate_table), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory != MAP_FAILED) return memory;
    error_set(error, ERROR_INTERNAL, "no shared memory for the rates of keys: %s", strerror(errno));
    return NULL;
}

void rate_table_close(struct rate_table **table) {
    if (*table) munmap(*table, sizeof **table);
    *table = NULL;
}

int64_t rate_usual_burst(int64_t rate) {
    return rate < 6 ? 1 : rate / 6;
}

// The key's bucket, which is taken where it has none. NULL: all are taken.
static struct bucket *bucket_of(struct rate_table *table, int64_t key_id) {
    size_t at = (size_t)((uint64_t)key_id * UINT64_C(0x9E3779B97F4A7C15) >> 32) % RATE_KEYS;
    for (size_t i = 0; i < RATE_KEYS; i++, at = (at + 1) % RATE_KEYS) {
        struct bucket *bucket = &table->buckets[at];
        int64_t owner = bucket->key_id;
        if (owner == key_id) return bucket;
        // Another worker may be quicker, for this very key as well.
        if (!owner && (atomic_compare_exchange_strong(&bucket->key_id, &owner, key_id) || owner == key_id))
            return bucket;
    }
    return NULL;
}

static int64_t seconds_up(int64_t microseconds) {
    return (microseconds + SECOND_US - 1) / SECOND_US;
}

// `full_us` NULL: there is no bucket.
static bool take_from(_Atomic int64_t *full_us, int64_t rate, int64_t burst, int64_t now_us,
                      struct rate_state *state) {
    if (burst <= 0) burst = rate_usual_burst(rate);
    if (rate > MINUTE_US) rate = MINUTE_US;
    int64_t one = MINUTE_US / rate, whole = one * burst;
    *state = (struct rate_state){.limit = burst, .reset = 1, .retry_after = 1};
    if (!full_us) return false;
    for (int64_t full = *full_us;;) {
        // Never emptier than empty: what was taken under a slower rate binds no longer than this one's.
        if (full > now_us + whole) {
            if (atomic_compare_exchange_weak(full_us, &full, now_us + whole)) full = now_us + whole;
            continue;
        }
        int64_t from = full < now_us ? now_us : full;
        int64_t after = from + one;
        bool may = after - now_us <= whole;
        if (may && !atomic_compare_exchange_weak(full_us, &full, after)) continue;
        int64_t taken = (may ? after : from) - now_us;
        state->remaining = (whole - taken) / one;
        state->reset = seconds_up(taken);
        state->retry_after = may ? 0 : seconds_up(after - now_us - whole);
        return may;
    }
}

bool rate_take(struct rate_table *table, int64_t key_id, int64_t rate, int64_t burst, int64_t now_us,
               struct rate_state *state) {
    struct bucket *bucket = bucket_of(table, key_id);
    return take_from(bucket ? &bucket->full_us : NULL, rate, burst, now_us, state);
}

bool rate_take_of_user(struct rate_table *table, int64_t key_id, int64_t user_id, int64_t rate,
                       int64_t now_us, struct rate_state *state) {
    uint64_t both = ((uint64_t)key_id << 32 ^ (uint64_t)user_id) * UINT64_C(0x9E3779B97F4A7C15);
    return take_from(&table->users[(both >> 32) % RATE_USERS], rate, 0, now_us, state);
}

// Whoever has one address of IPv6 has all of its /64. What is no address shares a bucket.
static size_t place_of(struct text address) {
    struct address parsed = {{0}};
    uint64_t hash = UINT64_C(0xCBF29CE484222325);
    bool known = address_parse(address, &parsed);
    bool is_short = known && memcmp(parsed.bytes, "\0\0\0\0\0\0\0\0\0\0\xFF\xFF", 12) == 0;
    for (size_t i = 0; i < (is_short ? sizeof parsed.bytes : sizeof parsed.bytes / 2); i++)
        hash = (hash ^ parsed.bytes[i]) * UINT64_C(0x100000001B3);
    return (hash >> 32) % RATE_ADDRESSES;
}

bool rate_may_try(const struct rate_table *table, struct text address, int64_t now_us, int64_t *retry_after) {
    int64_t one = MINUTE_US / RATE_TRIES, full = table->tries[place_of(address)];
    int64_t after = (full < now_us ? now_us : full) + one, over = after - now_us - one * RATE_TRIES_AT_ONCE;
    *retry_after = over > 0 ? seconds_up(over) : 0;
    return over <= 0;
}

void rate_tried(struct rate_table *table, struct text address, int64_t now_us) {
    struct rate_state ignored;
    (void)take_from(&table->tries[place_of(address)], RATE_TRIES, RATE_TRIES_AT_ONCE, now_us, &ignored);
}
