// SPDX-License-Identifier: GPL-2.0-or-later
// POST /tasks/cron: asks the cron process for a run and waits for its end. spec: cron.md 1.
#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/wake.h"
#include "ops/native_version.h"
#include "ops/operations.h"
#include "ops/plugins.h"
#include "store/create/rows.h"
#include "store/cron/runs.h"
#include "store/help_desk.h"
#include "store/work.h"

#include <stdio.h>
#include <time.h>

#define ARENA_MAX   (32 << 20)
#define FIRST_MS    2 // between two looks; doubles …
#define LONGEST_MS  100
#define STATE_MAX   (64 << 10)
#define LOG_LEVEL   3 // "Debug"
#define ADDRESS_MAX 80

// Whether the jobs can be done here. A version that is not known is PHP's to answer for; without PHP the call
// is answered all the same and nothing is done, as osTicket does while its upgrade waits.
static bool check_native(const struct operation_context *context, struct error *error) {
    struct arena arena = arena_new(ARENA_MAX);
    struct help_desk help_desk;
    bool done = context->settings->cron_enabled ||
                error_set(error, ERROR_NOT_NATIVE, "This server does not do cron itself ([cron] enabled)");
    done = done && help_desk_load(context->db, &arena, &help_desk, error) &&
           (!context->settings->cron_hands_over || native_version_check(&help_desk, error)) &&
           plugins_check(context->db, &help_desk, text_of(context->settings->ignored_plugins), "cron", error);
    arena_free(&arena);
    return done;
}

static void pause_for(int64_t milliseconds) {
    struct timespec time = {milliseconds / 1000, milliseconds % 1000 * 1000000};
    nanosleep(&time, NULL);
}

// Waits until the run is over. False when nobody has begun it in time.
static bool await(struct operation_context *context, int64_t call, struct error *error) {
    int64_t begun = clock_monotonic_ms(), pause = FIRST_MS,
            limit = (int64_t)context->settings->cron_wait * 1000;
    struct cron_state state;
    for (;;) {
        struct arena arena = arena_new(STATE_MAX);
        int found = cron_runs_look(context->db, &arena, &state, error);
        arena_free(&arena);
        if (found < 0) return false;
        if (state.done >= call) return true;
        if (clock_monotonic_ms() - begun >= limit) break;
        pause_for(pause);
        pause = pause * 2 < LONGEST_MS ? pause * 2 : LONGEST_MS;
    }
    if (!state.held && state.taken < call) {
        error_set(error, ERROR_NOT_NATIVE, "This server's cron process does not answer");
        return error_detail(error, "is osticket-fcgi-cron there? \"osticket-fcgi -t\" says what is wrong");
    }
    log_write(context->log, LOG_LEVEL_NOTICE,
              "cron: the jobs go on, %u s are over that a call waits ([cron] wait)",
              context->settings->cron_wait);
    return true;
}

static bool note_call(const struct operation_context *context, struct error *error) {
    char text[ADDRESS_MAX + 32];
    snprintf(text, sizeof text, "Cron job executed [%.*s]", ADDRESS_MAX, context->client_address);
    struct arena arena = arena_new(ARENA_MAX);
    struct work work = {.db = context->db, .arena = &arena};
    bool done = syslog_insert(&work, "Debug", LOG_LEVEL, TEXT("Cron Job"), text_of(text),
                              text_of(context->client_address), error);
    arena_free(&arena);
    return done;
}

bool tasks_cron(struct operation_context *context, struct answer *answer, struct error *error) {
    int64_t call;
    if (!check_native(context, error) ||
        !cron_runs_ask(context->db, text_of(context->client_address), &call, error))
        return false;
    wake_send(context->settings->cron_wake);
    if (!await(context, call, error) || !note_call(context, error)) return false;
    answer->kind = ANSWER_TEXT;
    output_add_string(answer->output, "Completed");
    return true;
}
