// SPDX-License-Identifier: GPL-2.0-or-later
// Sending through a sendmail program.
#include "delivery/sendmail.h"

#include "base/buffer.h"
#include "base/clock.h"
#include "mail/header_text.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define WORDS_MAX 1024
#define WAIT_MS   5

extern char **environ;

// The child gets the message, /dev/null for its answers, the pipe for its complaints, and nothing else of
// ours.
static int start(const char *program, struct text from, int message, int complaints, pid_t *child) {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t none, all;
    char sender[300];
    snprintf(sender, sizeof sender, "-f%.*s", (int)from.length, from.data);
    char *arguments[] = {(char *)program, (char *)"-t", (char *)"-i", sender, NULL};
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, message, 0);
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, complaints, 2);
#if defined(__GLIBC__) && __GLIBC_PREREQ(2, 34)
    posix_spawn_file_actions_addclosefrom_np(&actions, 3);
#endif
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    int number = posix_spawn(child, program, &actions, &attributes, arguments, environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return number;
}

// Reads what the child complains of until it closes the pipe; false when the time is over.
static bool listen_to(int complaints, int64_t deadline, struct buffer *words) {
    for (;;) {
        char bytes[512];
        struct pollfd wait = {.fd = complaints, .events = POLLIN};
        int64_t left = deadline - clock_monotonic_ms();
        if (left <= 0) return false;
        int ready = poll(&wait, 1, left > 1000 ? 1000 : (int)left);
        if (ready < 0 && errno != EINTR) return false;
        if (ready <= 0) continue;
        ssize_t got = read(complaints, bytes, sizeof bytes);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return true;
        size_t room = words->ceiling - words->length;
        buffer_add(words, bytes, (size_t)got < room ? (size_t)got : room);
    }
}

// The exit status; -1 when the time was over and it had to be killed.
static int await(pid_t child, int64_t deadline) {
    int status = 0;
    for (;;) {
        pid_t ended = waitpid(child, &status, WNOHANG);
        if (ended == child) return status;
        if (ended < 0 && errno != EINTR) return -1;
        if (clock_monotonic_ms() >= deadline) break;
        poll(NULL, 0, WAIT_MS);
    }
    kill(child, SIGKILL);
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
    return -1;
}

static bool explain(int status, const struct buffer *words, struct error *error) {
    struct buffer line = buffer_new(WORDS_MAX * 4);
    mail_one_line(buffer_text(words), &line);
    const char *colon = line.length ? ": " : "";
    error_set(error, ERROR_UNAVAILABLE, "it did not take the mail");
    if (status == -1)
        error_detail(error, "took too long and was ended%s%s", colon, line.data);
    else if (WIFSIGNALED(status))
        error_detail(error, "was ended by signal %d%s%s", WTERMSIG(status), colon, line.data);
    else
        error_detail(error, "exit code %d%s%s", WEXITSTATUS(status), colon, line.data);
    buffer_free(&line);
    return false;
}

bool sendmail_send(const char *program, struct text from, int descriptor, unsigned timeout,
                   struct error *error) {
    int64_t deadline = clock_monotonic_ms() + (int64_t)timeout * 1000;
    int complaints[2];
    pid_t child;
    if (lseek(descriptor, 0, SEEK_SET) < 0 || pipe2(complaints, O_CLOEXEC) < 0)
        return error_set(error, ERROR_INTERNAL, "cannot be run: %s", strerror(errno));
    int number = start(program, from, descriptor, complaints[1], &child);
    close(complaints[1]);
    if (number) {
        close(complaints[0]);
        error_set(error, ERROR_UNAVAILABLE, "it cannot be run");
        return error_detail(error, "%s: %s", program, strerror(number));
    }
    struct buffer words = buffer_new(WORDS_MAX);
    listen_to(complaints[0], deadline, &words);
    close(complaints[0]);
    int status = await(child, deadline);
    bool done = status != -1 && WIFEXITED(status) && WEXITSTATUS(status) == 0;
    if (!done) explain(status, &words, error);
    buffer_free(&words);
    return done;
}
