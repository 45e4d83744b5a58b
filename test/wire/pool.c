// SPDX-License-Identifier: GPL-2.0-or-later
// The pool under test.
#include "pool.h"

#include "base/clock.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define PATIENCE_MS 30000

static void nap(void) {
    usleep(5000);
}

void pool_configure(const struct pool *pool, const char *server_settings, const char *other_settings) {
    char draft[112];
    snprintf(draft, sizeof draft, "%s.new", pool->config);
    FILE *file = fopen(draft, "w");
    assert_non_null(file);
    fprintf(file, "[server]\nsocket = %s\nuser =\ngroup =\n%s\n[log]\nfile = %s\n%s\n", pool->socket,
            server_settings, pool->log, other_settings);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(rename(draft, pool->config), 0);
}

static void run(const struct pool *pool) {
    char *words[32], wrapper[512];
    size_t count = 0;
    snprintf(wrapper, sizeof wrapper, "%s", getenv("WIRE_WRAPPER") ? getenv("WIRE_WRAPPER") : "");
    for (char *word = strtok(wrapper, " "); word && count < 28; word = strtok(NULL, " "))
        words[count++] = word;
    words[count++] = (char[]){PROGRAM};
    words[count++] = (char *)(uintptr_t)pool->config;
    words[count] = NULL;
    execvp(words[0], words);
    _exit(127);
}

pid_t pool_program(const struct pool *pool) {
    pid_t process = fork();
    if (process == 0) run(pool);
    assert_true(process > 0);
    return process;
}

void pool_launch(struct pool *pool, const char *server_settings, const char *other_settings) {
    strcpy(pool->folder, "/tmp/wire.XXXXXX");
    assert_non_null(mkdtemp(pool->folder));
    snprintf(pool->socket, sizeof pool->socket, "%s/socket", pool->folder);
    snprintf(pool->config, sizeof pool->config, "%s/config.ini", pool->folder);
    snprintf(pool->log, sizeof pool->log, "%s/log", pool->folder);
    pool_configure(pool, server_settings, other_settings);
    pool->master = pool_program(pool);
}

void pool_start(struct pool *pool, const char *server_settings, const char *other_settings) {
    pool_launch(pool, server_settings, other_settings);
    if (!pool_logged(pool, "ready on ", 1)) fail_msg("the pool does not start");
}

int pool_wait(struct pool *pool) {
    int status = 0;
    for (int64_t until = clock_monotonic_ms() + PATIENCE_MS; clock_monotonic_ms() < until; nap())
        if (waitpid(pool->master, &status, WNOHANG) == pool->master) {
            pool->master = 0;
            return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
        }
    kill(pool->master, SIGKILL);
    waitpid(pool->master, &status, 0);
    pool->master = 0;
    return -1;
}

int pool_stop(struct pool *pool) {
    int code = 0;
    if (pool->master) {
        kill(pool->master, SIGTERM);
        code = pool_wait(pool);
    }
    if (getenv("WIRE_KEEP")) return code;
    char status[128];
    snprintf(status, sizeof status, "%s.status", pool->socket);
    const char *const files[] = {pool->config, pool->log, pool->socket, status};
    for (size_t i = 0; i < 4; i++) unlink(files[i]);
    rmdir(pool->folder);
    return code;
}

int pool_count(const struct pool *pool, const char *text) {
    char line[8192];
    int count = 0;
    FILE *file = fopen(pool->log, "r");
    if (!file) return 0;
    while (fgets(line, sizeof line, file)) count += strstr(line, text) != NULL;
    fclose(file);
    return count;
}

bool pool_logged(const struct pool *pool, const char *text, int times) {
    for (int64_t until = clock_monotonic_ms() + PATIENCE_MS; clock_monotonic_ms() < until; nap())
        if (pool_count(pool, text) >= times) return true;
    return false;
}
