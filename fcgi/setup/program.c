// SPDX-License-Identifier: GPL-2.0-or-later
// Running a program and waiting for it.
#include "setup/program.h"

#include <errno.h>
#include <spawn.h>
#include <stddef.h>
#include <sys/wait.h>
#include <unistd.h>

int setup_program_run(const char *const *words) {
    pid_t process;
    int status;
    // What it takes is not const, and not changed.
    if (posix_spawnp(&process, words[0], NULL, NULL, (char *const *)words, environ) != 0) return -1;
    while (waitpid(process, &status, 0) < 0)
        if (errno != EINTR) return -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}
