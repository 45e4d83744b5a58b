// SPDX-License-Identifier: GPL-2.0-or-later
// Starts and stops the pool under test, in a folder of its own.
#ifndef WIRE_POOL_H
#define WIRE_POOL_H

#include <stdbool.h>
#include <sys/types.h>

struct pool {
    char folder[64];
    char socket[96];
    char config[96];
    char log[96];
    pid_t master;
};

// Writes the settings ("[server]\nworkers = 1\n…"; socket and log are added) and starts the program (PROGRAM,
// behind the words of WIRE_WRAPPER, such as "valgrind -q"). Fails the test when it is not ready within half a
// minute.
void pool_start(struct pool *pool, const char *server_settings, const char *other_settings);

// The same without waiting for it.
void pool_launch(struct pool *pool, const char *server_settings, const char *other_settings);

// Starts the program once more with the settings of `pool`, whose own master is dead or shall be disturbed.
pid_t pool_program(const struct pool *pool);

// Writes the settings anew.
void pool_configure(const struct pool *pool, const char *server_settings, const char *other_settings);

// Waits for the master's end; the exit code, or -1 for a death by signal or none within half a minute.
int pool_wait(struct pool *pool);

// SIGTERM, wait, remove the folder. The exit code.
int pool_stop(struct pool *pool);

// Waits until the log holds `text` `times` times, for at most half a minute. False when it does not.
bool pool_logged(const struct pool *pool, const char *text, int times);
int pool_count(const struct pool *pool, const char *text); // how often the log holds it now

#endif
