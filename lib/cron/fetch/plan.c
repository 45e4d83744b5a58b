// SPDX-License-Identifier: GPL-2.0-or-later
// What is to be done with the messages of a mailbox in this run.
#include "cron/fetch/plan.h"

#include <stdlib.h>

enum step { LEAVE, LEAVE_AS_LARGE, TAKE, PUT_AWAY };

struct planning {
    struct message_memory *memories; // by uid
    bool *listed;                    // a flag each
    size_t memory_count;
    const struct fetch_rules *rules;
    struct arena *arena;
    struct fetch_plan *plan;
};

static int by_uid(const void *a, const void *b) {
    return text_compare(((const struct message_memory *)a)->uid, ((const struct message_memory *)b)->uid);
}

// RFC 1939, 7: printable, without blanks. "=" begins those that are made here.
struct text fetch_uid(const struct mailbox_message *message) {
    for (size_t i = 0; i < message->uid.length; i++)
        if (message->uid.data[i] <= ' ' || message->uid.data[i] > '~') return TEXT("");
    return message->uid.length <= 250 && message->uid.length && message->uid.data[0] != '=' ? message->uid
                                                                                            : TEXT("");
}

static const struct message_memory *remembered(struct planning *planning, struct text uid) {
    static const struct message_memory nothing = {.state = MESSAGE_NEW, .due = true};
    struct message_memory key = {.uid = uid};
    const struct message_memory *found =
        uid.length && planning->memory_count
            ? bsearch(&key, planning->memories, planning->memory_count, sizeof key, by_uid)
            : NULL;
    if (found) planning->listed[found - planning->memories] = true;
    return found ? found : &nothing;
}

static enum step step_of(const struct message_memory *memory, const struct fetch_rules *rules) {
    switch (memory->state) {
    case MESSAGE_DONE: return rules->puts_away ? PUT_AWAY : LEAVE;
    case MESSAGE_LARGE:
        // The limit may have been raised since.
        return memory->size > 0 && (uint64_t)memory->size <= rules->largest ? TAKE : LEAVE_AS_LARGE;
    default: return memory->due ? TAKE : LEAVE;
    }
}

static void add_message(struct planning *planning, struct mailbox_message **list, size_t *count,
                        const struct mailbox_message *message) {
    struct mailbox_message *slot = arena_append(planning->arena, list, count, sizeof *slot);
    if (slot) *slot = *message;
}

static void add_take(struct planning *planning, const struct mailbox_message *message, int64_t attempts,
                     bool counts) {
    struct fetch_plan *plan = planning->plan;
    size_t begun = plan->take_count;
    if (counts && begun >= planning->rules->most) return;
    int64_t *slot = arena_append(planning->arena, &plan->attempts, &begun, sizeof *slot);
    if (slot) *slot = attempts;
    add_message(planning, &plan->take, &plan->take_count, message);
}

static void add(struct planning *planning, const struct mailbox_message *message) {
    struct fetch_plan *plan = planning->plan;
    struct text uid = fetch_uid(message);
    const struct message_memory *memory = remembered(planning, uid);
    switch (step_of(memory, planning->rules)) {
    case TAKE: add_take(planning, message, memory->attempts, uid.length > 0); break;
    case PUT_AWAY: add_message(planning, &plan->put_away, &plan->put_away_count, message); break;
    case LEAVE_AS_LARGE: plan->large++; break;
    case LEAVE: break;
    }
}

// What was not listed, but for messages without a UID, which cannot tell.
static void add_gone(struct planning *planning) {
    struct fetch_plan *plan = planning->plan;
    for (size_t i = 0; i < planning->memory_count; i++) {
        const struct message_memory *memory = &planning->memories[i];
        bool done = memory->state == MESSAGE_DONE;
        if (planning->listed[i] || text_starts_with(memory->uid, TEXT("="))) continue;
        struct text *slot = arena_append(planning->arena, done ? &plan->gone : &plan->forget,
                                         done ? &plan->gone_count : &plan->forget_count, sizeof *slot);
        if (slot) *slot = memory->uid;
    }
}

bool fetch_plan_make(const struct mailbox_message *messages, size_t count, struct message_memory *memories,
                     size_t memory_count, const struct fetch_rules *rules, struct arena *arena,
                     struct fetch_plan *plan) {
    struct planning planning = {memories, arena_take(arena, memory_count + 1), memory_count, rules, arena,
                                plan};
    *plan = (struct fetch_plan){0};
    if (!planning.listed) return false;
    if (memory_count) qsort(memories, memory_count, sizeof *memories, by_uid);
    for (size_t i = 0; i < count; i++) add(&planning, &messages[i]);
    add_gone(&planning);
    return !arena->failed;
}
