// SPDX-License-Identifier: GPL-2.0-or-later
// Birth and death of children.
#include "pool/children.h"

#include "auth/rate.h"
#include "base/clock.h"
#include "base/log.h"
#include "pool/own_program.h"
#include "pool/privileges.h"
#include "pool/replica_board.h"
#include "pool/signals.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define QUICK_DEATH_MS   1000  // a child that dies younger died "at once"
#define BRAKE_FREE       2     // such deaths without a delay: a request may have killed it
#define BRAKE_FIRST_MS   100   // doubles with each further one …
#define BRAKE_LONGEST_MS 5000  // … up to this
#define BRAKE_FORGET_MS  10000 // without such a death
#define KILL_AFTER_MS    1000  // between SIGQUIT and SIGKILL for a child that overran its time

bool children_open(struct children *children, struct error *error) {
    memset(children, 0, sizeof *children);
    children->listener = -1;
    children->mail_wake = -1;
    children->cron_wake = -1;
    children->status_listener = -1;
    children->metrics_listener = -1;
    children->holding[0] = children->holding[1] = -1;
    for (size_t i = 0; i < ROLES_MAX; i++) children->brakes[i].program = -1;
    children->rates = rate_table_open(error);
    children->replicas = children->rates ? replica_board_open(error) : NULL;
    return children->replicas && scoreboard_open(&children->scoreboard, error);
}

void children_close(struct children *children) {
    rate_table_close(&children->rates);
    replica_board_close(&children->replicas);
    scoreboard_close(&children->scoreboard);
}

static struct scoreboard_slot *slot_of(const struct children *children, const struct child *child) {
    return &children->scoreboard.slots[child - children->table];
}

static void view_of(const struct children *children, const struct child *child, struct slot_view *view) {
    slot_read(slot_of(children, child), child->started_ms, clock_monotonic_ms(), view);
}

static bool is_starting(const struct children *children, const struct child *child) {
    struct slot_view view;
    view_of(children, child, &view);
    return view.state == SLOT_STARTING;
}

static struct brake *brake_of(struct children *children, const struct role *role) {
    struct brake *brake = children->brakes;
    while (brake->role && brake->role != role && brake < children->brakes + ROLES_MAX - 1) brake++;
    brake->role = role;
    return brake;
}

void children_hold_program(struct children *children, const struct role *role) {
    struct brake *held = brake_of(children, role);
    scoreboard_name_role(&children->scoreboard, (size_t)(held - children->brakes), role->name);
    if (role->program && held->program < 0) held->program = own_program_open(role->program, NULL);
}

// ---- birth

// What a worker holds of other people's tickets, and the mailer of passwords, is not for others that run as
// the same user: no core file, no debugger.
static void close_up(void) {
    prctl(PR_SET_DUMPABLE, 0);
}

static int live(struct children *children, const struct child *child, pid_t master) {
    const struct settings *settings = children->settings;
    struct error error;
    signals_init_child();
    if (!privileges_drop(settings->server.user, settings->server.group, &error)) {
        log_write(children->log, LOG_LEVEL_ERROR, "%s", error.message);
        return 1;
    }
    close_up();
    scoreboard_keep(&children->scoreboard, slot_of(children, child));
    if (!child->role->program) scoreboard_forget(&children->scoreboard);
    // After the change of user, which takes it back. A master that died before it is told from the parent's
    // number.
    prctl(PR_SET_PDEATHSIG, SIGQUIT);
    if (getppid() != master) return 0;
    log_on_error(children->log, statistics_note_error, &slot_of(children, child)->statistics.errors);
    char title[16]; // what ps and top show; the kernel keeps no more
    snprintf(title, sizeof title, "osticket-%s", child->role->name);
    prctl(PR_SET_NAME, title);
    struct child_start start = {
        .settings = settings,
        .log = children->log,
        .listener = children->listener,
        .rates = children->rates,
        .replicas = children->replicas,
        .mail_wake = children->mail_wake,
        .cron_wake = children->cron_wake,
        .program = brake_of(children, child->role)->program,
        .reading = children->scoreboard.reading,
        .status_listener = children->status_listener,
        .metrics_listener = children->metrics_listener,
        .holding = {children->holding[0], children->holding[1]},
        .scoreboard = &children->scoreboard,
        .slot = slot_of(children, child),
    };
    return child->role->run(&start);
}

// False in the child.
static bool start(struct children *children, const struct role *role, int *code) {
    struct child *child = children->table;
    while (child < children->table + CHILDREN_MAX && child->pid) child++;
    if (child == children->table + CHILDREN_MAX) return true;
    pid_t master = getpid();
    *child =
        (struct child){.role = role, .started_ms = clock_monotonic_ms(), .generation = children->generation};
    slot_start(slot_of(children, child));
    pid_t pid = fork();
    if (pid == 0) {
        *code = live(children, child, master);
        return false;
    }
    if (pid < 0) {
        log_write(children->log, LOG_LEVEL_ERROR, "no new %s: %s", role->name, strerror(errno));
        brake_of(children, role)->not_before_ms = clock_monotonic_ms() + BRAKE_LONGEST_MS;
        return true;
    }
    child->pid = pid;
    scoreboard_born(&children->scoreboard, (size_t)(child - children->table),
                    (size_t)(brake_of(children, role) - children->brakes), pid, child->started_ms);
    log_write(children->log, LOG_LEVEL_NOTICE, "%s %d started", role->name, (int)pid);
    return true;
}

// ---- balance

struct census {
    unsigned fresh, starting, ready; // of the present generation
    unsigned old;
    struct child *oldest;
};

static struct census count(struct children *children, const struct role *role) {
    struct census census = {0};
    for (struct child *child = children->table; child < children->table + CHILDREN_MAX; child++) {
        if (!child->pid || child->leaving || child->role != role) continue;
        if (child->generation != children->generation) {
            census.old++;
            if (!census.oldest || child->started_ms < census.oldest->started_ms) census.oldest = child;
            continue;
        }
        census.fresh++;
        if (is_starting(children, child))
            census.starting++;
        else
            census.ready++;
    }
    return census;
}

static void tell_to_leave(struct child *child) {
    child->leaving = true;
    kill(child->pid, SIGQUIT);
}

bool children_balance(struct children *children, const struct role *role, int *code, bool *settled) {
    unsigned wanted = role->wanted(children->settings);
    for (;;) {
        struct census now = count(children, role);
        bool turn = now.old == 0 || now.starting == 0; // in a reload one at a time
        if (now.fresh < wanted && turn && clock_monotonic_ms() >= brake_of(children, role)->not_before_ms &&
            (now.old == 0 || now.ready + now.old <= wanted)) {
            if (!start(children, role, code)) return false;
            if (now.old == 0) continue;
            now.starting++;
        } else if (now.old && now.starting == 0 && now.ready + now.old > wanted) {
            tell_to_leave(now.oldest);
            continue;
        }
        if (now.starting || now.old || now.fresh < wanted) *settled = false;
        return true;
    }
}

// ---- death

static void press_brake(struct children *children, const struct role *role) {
    struct brake *brake = brake_of(children, role);
    int64_t now = clock_monotonic_ms();
    if (now - brake->last_ms > BRAKE_FORGET_MS) brake->deaths = 0;
    brake->last_ms = now;
    if (++brake->deaths <= BRAKE_FREE) return;
    unsigned doublings = brake->deaths - BRAKE_FREE - 1;
    int64_t delay = doublings < 6 ? BRAKE_FIRST_MS << doublings : BRAKE_LONGEST_MS;
    brake->not_before_ms = now + delay;
    log_write(children->log, LOG_LEVEL_ERROR,
              "%u times in a row a %s died at once; the next starts in %lld ms", brake->deaths, role->name,
              (long long)delay);
}

static void log_death(const struct children *children, const struct child *child, int status) {
    struct slot_view slot;
    view_of(children, child, &slot);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) {
        log_write(children->log, LOG_LEVEL_NOTICE, "%s %d ended after %llu requests", child->role->name,
                  (int)child->pid, (unsigned long long)slot.served);
        return;
    }
    log_write(children->log, LOG_LEVEL_ERROR, "%s %d died: %s %d, operation=%s request id=%s",
              child->role->name, (int)child->pid, WIFSIGNALED(status) ? "signal" : "exit code",
              WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status),
              *slot.operation ? slot.operation : "-", *slot.request_id ? slot.request_id : "-");
}

void children_reap(struct children *children) {
    int status;
    for (pid_t pid; (pid = waitpid(-1, &status, WNOHANG)) > 0;) {
        struct child *child = children->table;
        while (child < children->table + CHILDREN_MAX && child->pid != pid) child++;
        if (child == children->table + CHILDREN_MAX) continue;
        log_death(children, child, status);
        bool wanted = WIFEXITED(status) && WEXITSTATUS(status) == 0;
        if (!wanted && clock_monotonic_ms() - child->started_ms < QUICK_DEATH_MS)
            press_brake(children, child->role);
        child->pid = 0;
        scoreboard_gone(&children->scoreboard, (size_t)(child - children->table), !wanted);
    }
}

static void end_overrun(struct children *children, struct child *child, const struct slot_view *slot,
                        int64_t now) {
    if (!child->kill_at_ms) {
        log_write(
            children->log, LOG_LEVEL_ERROR,
            "%s %d works for %lld ms on operation=%s request id=%s, longer than request_timeout: it is ended",
            child->role->name, (int)child->pid, (long long)(now - slot->since_ms),
            *slot->operation ? slot->operation : "(reading the request)",
            *slot->request_id ? slot->request_id : "-");
        child->kill_at_ms = now + KILL_AFTER_MS;
        tell_to_leave(child);
    } else if (now >= child->kill_at_ms) {
        kill(child->pid, SIGKILL);
    }
}

void children_check_deadlines(struct children *children) {
    const struct settings *settings = children->settings;
    int64_t now = clock_monotonic_ms();
    for (struct child *child = children->table; child < children->table + CHILDREN_MAX; child++) {
        if (!child->pid) continue;
        struct slot_view slot;
        slot_read(slot_of(children, child), child->started_ms, now, &slot);
        if (slot.state != SLOT_BUSY && slot.state != SLOT_HANDED_OVER) continue;
        // PHP's time ends in the worker; what is on top is for the client to take the answer.
        unsigned allowed = settings->server.request_timeout;
        if (slot.state == SLOT_HANDED_OVER) allowed += settings->fallback.timeout;
        if (now - slot.since_ms > (int64_t)allowed * 1000) end_overrun(children, child, &slot, now);
    }
}

void children_retire(struct children *children) {
    for (struct child *child = children->table; child < children->table + CHILDREN_MAX; child++) {
        if (!child->pid || child->leaving) continue;
        child->leaving = true;
        kill(child->pid, SIGTERM);
    }
    children->generation++;
}

void children_signal(struct children *children, int number) {
    for (struct child *child = children->table; child < children->table + CHILDREN_MAX; child++)
        if (child->pid) kill(child->pid, number);
}

bool children_any(const struct children *children) {
    for (size_t i = 0; i < CHILDREN_MAX; i++)
        if (children->table[i].pid) return true;
    return false;
}

bool children_any_ready(const struct children *children) {
    for (size_t i = 0; i < CHILDREN_MAX; i++)
        if (children->table[i].pid && !is_starting(children, &children->table[i])) return true;
    return false;
}
