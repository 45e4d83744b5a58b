// SPDX-License-Identifier: GPL-2.0-or-later
// Signals as flags.
#include "pool/signals.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <time.h>

static const int handled[] = {SIGTERM, SIGQUIT, SIGINT, SIGHUP, SIGUSR1, SIGCHLD};

// What a signal handler may touch.
static volatile sig_atomic_t came[NSIG];
static sigset_t unblocked; // the mask at the wait point
static int pending = -1;   // readable while a signal is; never read

static void note(int number) {
    came[number] = 1;
}

void signals_init(void) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    sigset_t blocked;
    sigemptyset(&blocked);
    action.sa_handler = note;
    for (size_t i = 0; i < sizeof handled / sizeof *handled; i++) sigaddset(&blocked, handled[i]);
    sigprocmask(SIG_BLOCK, &blocked, &unblocked);
    for (size_t i = 0; i < sizeof handled / sizeof *handled; i++) {
        sigdelset(&unblocked, handled[i]);
        sigaction(handled[i], &action, NULL);
    }
    action.sa_handler = SIG_IGN;
    sigaction(SIGPIPE, &action, NULL);
}

void signals_init_child(void) {
    struct sigaction ignore;
    memset(&ignore, 0, sizeof ignore);
    ignore.sa_handler = SIG_IGN;
    sigaction(SIGINT, &ignore, NULL);
    sigaction(SIGHUP, &ignore, NULL);
    for (int number = 0; number < NSIG; number++) came[number] = 0;
}

bool signals_wait(int descriptor, int timeout_ms) {
    struct pollfd waited = {.fd = descriptor, .events = POLLIN};
    struct timespec timeout = {.tv_sec = timeout_ms / 1000, .tv_nsec = (long)(timeout_ms % 1000) * 1000000};
    int ready = ppoll(&waited, 1, timeout_ms < 0 ? NULL : &timeout, &unblocked);
    if (ready > 0) signals_deliver(); // ppoll itself lets none through when it need not sleep
    return ready == 1 && (waited.revents & POLLIN);
}

void signals_deliver(void) {
    struct timespec none = {0};
    ppoll(NULL, 0, &none, &unblocked);
}

bool signals_join(int instance) {
    sigset_t awaited;
    sigemptyset(&awaited);
    sigaddset(&awaited, SIGTERM);
    sigaddset(&awaited, SIGQUIT);
    sigaddset(&awaited, SIGUSR1);
    pending = signalfd(-1, &awaited, SFD_CLOEXEC | SFD_NONBLOCK);
    struct epoll_event event = {.events = EPOLLIN, .data.fd = pending};
    return pending >= 0 && epoll_ctl(instance, EPOLL_CTL_ADD, pending, &event) == 0;
}

bool signals_wait_epoll(int instance) {
    struct epoll_event events[2];
    int count = epoll_wait(instance, events, 2, -1);
    for (int i = 0; i < count; i++) {
        if (events[i].data.fd != pending) continue;
        signals_deliver();
        return false;
    }
    return count > 0;
}

bool signals_take(int number) {
    if (!came[number]) return false;
    came[number] = 0;
    return true;
}
