// SPDX-License-Identifier: GPL-2.0-or-later
// Finding the programs that belong to this one.
#include "pool/own_program.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define ANSWER_MAX 400

// Where this program lies, without a slash at the end. A file that an upgrade replaced still has its folder.
static bool own_folder(char folder[PATH_MAX]) {
    ssize_t length = readlink("/proc/self/exe", folder, PATH_MAX - 1);
    if (length <= 0) return false;
    folder[length] = '\0';
    char *slash = strrchr(folder, '/');
    if (slash) *slash = '\0';
    return slash != NULL;
}

static int open_in(const char *folder, const char *below, const char *name) {
    char path[PATH_MAX + 256];
    snprintf(path, sizeof path, "%s/%s%s", folder, below, name);
    return open(path, O_PATH | O_CLOEXEC);
}

int own_program_open(const char *name, struct error *error) {
    char folder[PATH_MAX] = "";
    bool known = own_folder(folder);
    int program = known ? open_in(folder, "", name) : -1;
    if (known && program < 0) program = open_in(folder, OWN_PROGRAM_FOLDER "/", name);
    if (program < 0 && error)
        error_set(error, ERROR_INTERNAL, "%s is neither in %.150s nor in %.150s/" OWN_PROGRAM_FOLDER, name,
                  folder, folder);
    return program;
}

static void run(const char *name, int program, int output) {
    char *words[] = {(char *)(uintptr_t)name, (char[]){"--version"}, NULL};
    dup2(output, STDOUT_FILENO);
    dup2(output, STDERR_FILENO);
    fexecve(program, words, environ);
    dprintf(STDERR_FILENO, "%s\n", strerror(errno));
    _exit(127);
}

// What the program writes, its first line, of which `answer` takes as much as fits.
static bool ask(const char *name, int program, char answer[ANSWER_MAX]) {
    int ends[2];
    size_t used = 0;
    ssize_t got = 0;
    if (pipe2(ends, O_CLOEXEC) != 0) return false;
    pid_t process = fork();
    if (process == 0) run(name, program, ends[1]);
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

bool own_program_check(const char *name, struct error *error) {
    char answer[ANSWER_MAX] = "", expected[ANSWER_MAX];
    int program = own_program_open(name, error);
    if (program < 0) return false;
    bool asked = ask(name, program, answer);
    close(program);
    if (!asked) return error_set(error, ERROR_INTERNAL, "no process for it: %s", strerror(errno));
    snprintf(expected, sizeof expected, "%s " OSTICKET_FCGI_VERSION, name);
    if (strcmp(answer, expected) == 0) return true;
    return error_set(error, ERROR_INTERNAL, "it says \"%s\"", answer);
}
