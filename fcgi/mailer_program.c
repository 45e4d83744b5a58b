// SPDX-License-Identifier: GPL-2.0-or-later
// The mailer's program: whether it is there and runs.
#include "mailer_program.h"

#include "own_program.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define ANSWER_MAX 400

int mailer_program_open(struct error *error) {
    return own_program_open(MAILER_PROGRAM_NAME, error);
}

static void run(int program, int output) {
    char *words[] = {(char[]){MAILER_PROGRAM_NAME}, (char[]){"--version"}, NULL};
    dup2(output, STDOUT_FILENO);
    dup2(output, STDERR_FILENO);
    fexecve(program, words, environ);
    dprintf(STDERR_FILENO, "%s\n", strerror(errno));
    _exit(127);
}

// What the program writes, its first line, of which `answer` takes as much as fits.
static bool ask(int program, char answer[ANSWER_MAX]) {
    int ends[2];
    size_t used = 0;
    ssize_t got = 0;
    if (pipe2(ends, O_CLOEXEC) != 0) return false;
    pid_t process = fork();
    if (process == 0) run(program, ends[1]);
    close(ends[1]);
    while (process > 0 && used < ANSWER_MAX - 1 &&
           (got = read(ends[0], answer + used, ANSWER_MAX - 1 - used)) > 0)
        used += (size_t)got;
    answer[used] = '\0';
    answer[strcspn(answer, "\n")] = '\0';
    close(ends[0]);
    if (process > 0) waitpid(process, NULL, 0);
    return process > 0;
}

bool mailer_program_check(struct error *error) {
    char answer[ANSWER_MAX] = "";
    int program = mailer_program_open(error);
    if (program < 0) return false;
    bool asked = ask(program, answer);
    close(program);
    if (!asked) return error_set(error, ERROR_INTERNAL, "no process for it: %s", strerror(errno));
    if (strcmp(answer, MAILER_PROGRAM_NAME " " OSTICKET_FCGI_VERSION) == 0) return true;
    return error_set(error, ERROR_INTERNAL, "it says \"%s\"", answer);
}
