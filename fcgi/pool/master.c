// SPDX-License-Identifier: GPL-2.0-or-later
// The master's loop: start, reload, stop.
#include "pool/master.h"

#include "base/clock.h"
#include "base/guarded_file.h"
#include "base/log.h"
#include "base/wake.h"
#include "pool/children.h"
#include "pool/holding.h"
#include "pool/listener.h"
#include "pool/log_settings.h"
#include "pool/metrics_listener.h"
#include "pool/notify.h"
#include "pool/privileges.h"
#include "pool/signals.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BUSY_TICK_MS  10  // while children are started or awaited
#define QUIET_TICK_MS 250 // between two looks at the deadlines
#define NAMES_MAX     4096
#define LOST_AGAIN_MS 10000 // between two attempts to make the socket anew

struct master {
    const char *config_path;
    const struct role *roles;
    size_t role_count;
    struct settings settings;
    struct log *log;
    struct listener listener, status, metrics;
    struct children children;
    int64_t next_look_ms; // at the socket
    struct stat pid_file; // the one that we wrote
    bool announced;       // systemd knows that we are ready
};

// ---- start

// The workers open the log anew by themselves, so it has to be theirs.
static void give_log_away(const struct master *master) {
    struct error error;
    uid_t uid = 0;
    gid_t gid = 0;
    const char *user = master->settings.server.user, *group = master->settings.server.group;
    if (geteuid() != 0 || !*user || !log_is_file(master->log)) return;
    if (!privileges_user(user, &uid, &gid, &error) || (*group && !privileges_group(group, &gid, &error)))
        log_write(master->log, LOG_LEVEL_WARNING, "the log cannot be given to user %s: %s", user,
                  error.message);
    else if (fchown(log_descriptor(master->log), uid, gid) != 0)
        log_write(master->log, LOG_LEVEL_WARNING, "the log cannot be given to user %s: %s", user,
                  strerror(errno));
}

static bool write_pid_file(struct master *master, struct error *error) {
    const char *path = master->settings.server.pid_file;
    if (!*path) return true;
    // Nobody but root may say which process is ours: a script kills it by this number.
    int file = guarded_file_open(path, O_WRONLY, 0644, (uid_t)-1, &master->pid_file, error);
    if (file < 0) return false;
    bool regular = S_ISREG(master->pid_file.st_mode);
    bool good = regular && ftruncate(file, 0) == 0 && dprintf(file, "%d\n", (int)getpid()) > 0;
    int reason = regular ? errno : EINVAL;
    if (close(file) != 0) good = false;
    return good || error_set(error, ERROR_INTERNAL, "%s: cannot be written: %s", path, strerror(reason));
}

// Only "osticket-fcgi status" misses it.
static void open_status(struct master *master) {
    struct error error;
    if (!metrics_open_status(&master->status, &master->settings, &error))
        log_write(master->log, LOG_LEVEL_WARNING, "\"osticket-fcgi status\" will not work: %s",
                  error.message);
}

static bool open_all(struct master *master, struct error *error) {
    if (!settings_load(master->config_path, &master->settings, error)) return false;
    struct log_settings log = log_settings(&master->settings);
    master->log = log_open(&log, error);
    if (!master->log || !children_open(&master->children, error)) return false;
    if (!listener_open(&master->listener, &master->settings, error)) return false;
    if (!metrics_open(&master->metrics, &master->settings, error)) return false;
    open_status(master);
    give_log_away(master);
    return write_pid_file(master, error);
}

static void equip_children(struct master *master) {
    master->children.settings = &master->settings;
    master->children.log = master->log;
    log_on_error(master->log, statistics_note_error, &master->children.scoreboard.header->errors);
    master->children.listener = master->listener.descriptor;
    master->children.status_listener = master->status.descriptor;
    master->children.metrics_listener = master->metrics.descriptor;
    if (master->children.mail_wake < 0) master->children.mail_wake = wake_open();
    if (master->children.cron_wake < 0) master->children.cron_wake = wake_open();
    if (master->children.holding[0] < 0) holding_open(master->children.holding);
    for (size_t i = 0; i < master->role_count; i++)
        children_hold_program(&master->children, &master->roles[i]);
}

// In a child, too: files are left alone there.
static void free_all(struct master *master) {
    children_close(&master->children);
    log_close(&master->log);
    settings_free(&master->settings);
}

// ---- reload

static void note_what_needs_a_restart(const struct master *master, const struct settings *fresh) {
    struct buffer names = buffer_new(NAMES_MAX);
    settings_needing_restart(&master->settings, fresh, &names);
    if (names.length)
        log_write(master->log, LOG_LEVEL_WARNING, "these changed and count from the next restart on: %s",
                  names.data);
    buffer_free(&names);
}

static void swap(char **one, char **other) {
    char *kept = *one;
    *one = *other;
    *other = kept;
}

static void reload(struct master *master) {
    struct settings fresh = {0};
    struct error error;
    if (!settings_load(master->config_path, &fresh, &error)) {
        log_write(master->log, LOG_LEVEL_ERROR, "not reloaded, the old settings stay: %s", error.message);
        return;
    }
    struct log_settings wanted = log_settings(&fresh);
    struct log *log = log_open(&wanted, &error);
    if (!log) {
        log_write(master->log, LOG_LEVEL_ERROR, "not reloaded, the old settings stay: %s", error.message);
        settings_free(&fresh);
        return;
    }
    note_what_needs_a_restart(master, &fresh);
    // The pid file that we wrote is the one to remove, and the socket that we made the one to mind.
    swap(&fresh.server.pid_file, &master->settings.server.pid_file);
    swap(&fresh.server.socket, &master->settings.server.socket);
    settings_free(&master->settings);
    log_close(&master->log);
    master->settings = fresh;
    master->log = log;
    give_log_away(master);
    equip_children(master);
    master->children.generation++;
    master->children.scoreboard.header->reloads++;
    log_write(master->log, LOG_LEVEL_NOTICE, "reloaded %s", master->config_path);
}

static void reopen_log(struct master *master) {
    log_reopen_or_tell(master->log);
    give_log_away(master);
    children_signal(&master->children, SIGUSR1);
}

// ---- the socket

// Only the metrics server listens there.
static void mind_status(struct master *master) {
    struct listener fresh;
    struct error error;
    if (!listener_is_lost(&master->status) || !metrics_open_status(&fresh, &master->settings, &error)) return;
    listener_close(&master->status);
    master->status = fresh;
    master->children.status_listener = master->status.descriptor;
    master->children.generation++;
}

// A socket that cannot be reached any more is made anew. The children finish what waits at the old one.
static void mind_listener(struct master *master) {
    int64_t now = clock_monotonic_ms();
    struct listener fresh;
    struct error error;
    if (now < master->next_look_ms || !listener_is_lost(&master->listener)) return;
    // Its file, when it is still there, would be in the way.
    listener_remove(&master->listener);
    if (!listener_open(&fresh, &master->settings, &error)) {
        log_write(master->log, LOG_LEVEL_ERROR, "the socket is gone and cannot be made anew: %s",
                  error.message);
        master->next_look_ms = now + LOST_AGAIN_MS;
        return;
    }
    log_write(master->log, LOG_LEVEL_WARNING, "the socket %s was gone; it is made anew", fresh.path);
    children_retire(&master->children);
    listener_close(&master->listener);
    master->listener = fresh;
    master->children.listener = fresh.descriptor;
}

// ---- stop

static void await_children(struct master *master, int64_t until) {
    for (children_reap(&master->children); children_any(&master->children) && clock_monotonic_ms() < until;
         children_reap(&master->children)) {
        signals_wait(-1, BUSY_TICK_MS);
        children_check_deadlines(&master->children);
    }
}

// A socket of ours disappears first, so that the children can finish what waits there, too; one that systemd
// holds stays, and what waits there is the next server's.
static void stop(struct master *master) {
    int64_t end = clock_monotonic_ms() + (int64_t)master->settings.server.stop_timeout * 1000;
    log_write(master->log, LOG_LEVEL_NOTICE, "stopping");
    notify_systemd("STOPPING=1");
    listener_remove(&master->listener);
    listener_remove(&master->status);
    listener_remove(&master->metrics);
    children_signal(&master->children, master->listener.ours ? SIGTERM : SIGQUIT);
    await_children(master, end - 1000);
    children_signal(&master->children, SIGQUIT);
    await_children(master, end);
    if (children_any(&master->children)) {
        log_write(master->log, LOG_LEVEL_ERROR, "stop_timeout is over: what still works is killed");
        children_signal(&master->children, SIGKILL);
        await_children(master, end + 5000);
    }
    listener_close(&master->listener);
    listener_close(&master->status);
    listener_close(&master->metrics);
    if (*master->settings.server.pid_file)
        guarded_file_remove(master->settings.server.pid_file, &master->pid_file);
    log_write(master->log, LOG_LEVEL_NOTICE, "stopped");
}

// ---- the loop

static bool told_to_stop(void) {
    bool terminated = signals_take(SIGTERM), quit = signals_take(SIGQUIT), interrupted = signals_take(SIGINT);
    return terminated || quit || interrupted;
}

// Until told to stop: false; or in a child that has lived: true, with its exit code.
static bool keep(struct master *master, int *code) {
    for (;;) {
        bool settled = true;
        for (size_t i = 0; i < master->role_count; i++)
            if (!children_balance(&master->children, &master->roles[i], code, &settled)) return true;
        if (!master->announced && children_any_ready(&master->children)) {
            notify_systemd("READY=1");
            log_write(master->log, LOG_LEVEL_NOTICE, "ready on %s",
                      !master->listener.ours  ? "the socket that systemd passed"
                      : master->listener.path ? master->listener.path
                                              : master->settings.server.listen);
            master->announced = true;
        }
        signals_wait(-1, settled ? QUIET_TICK_MS : BUSY_TICK_MS);
        if (told_to_stop()) return false;
        children_reap(&master->children);
        if (signals_take(SIGUSR1)) reopen_log(master);
        if (signals_take(SIGHUP)) reload(master);
        children_check_deadlines(&master->children);
        mind_listener(master);
        mind_status(master);
    }
}

int master_run(const char *config_path, const struct role *roles, size_t count) {
    struct master *master = calloc(1, sizeof *master);
    struct error error;
    int code = 0;
    if (!master) return 1;
    master->config_path = config_path;
    master->roles = roles;
    master->role_count = count;
    master->listener.descriptor = master->status.descriptor = master->metrics.descriptor = -1;
    signals_init();
    if (open_all(master, &error)) {
        equip_children(master);
        log_write(master->log, LOG_LEVEL_NOTICE, "starting");
        if (!keep(master, &code)) stop(master);
    } else {
        fprintf(stderr, "osticket-fcgi: %s\n", error.message);
        listener_close(&master->listener);
        listener_close(&master->status);
        listener_close(&master->metrics);
        code = 1;
    }
    free(master->listener.path);
    free(master->status.path);
    free(master->metrics.path);
    free_all(master);
    free(master);
    return code;
}
