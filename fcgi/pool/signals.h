// SPDX-License-Identifier: GPL-2.0-or-later
// Signals as flags: blocked everywhere but at one wait point, so that none cuts a system call short.
#ifndef FCGI_POOL_SIGNALS_H
#define FCGI_POOL_SIGNALS_H

#include <stdbool.h>

// Blocks SIGTERM, SIGQUIT, SIGINT, SIGHUP, SIGUSR1 and SIGCHLD and takes them as flags; ignores SIGPIPE. To
// be called after FCGX_Init(), which installs handlers of its own.
void signals_init(void);

// In a forked child: forgets what came for the parent. SIGINT (a terminal's Ctrl-C, which the master answers)
// and SIGHUP are ignored from here on.
void signals_init_child(void);

// Signals come through here and in the two below, nowhere else. Waits until `descriptor` (-1: none) is
// readable, a signal came, or `timeout_ms` passed (-1: no end). True when it is readable; signals come
// through then, too, however busy it is. A flag that is set already does not end the wait: ask signals_take()
// first.
bool signals_wait(int descriptor, int timeout_ms);

// Lets through what is pending already, without a wait.
void signals_deliver(void);

// Has the epoll instance of this process wake for SIGTERM, SIGQUIT and SIGUSR1, too. False with errno set on
// failure.
bool signals_join(int instance);

// Waits without an end at an instance that signals_join() prepared and one other descriptor was added to.
// True when that is ready and no signal came: a signal goes first, however busy the descriptor is.
bool signals_wait_epoll(int instance);

// Whether the signal came since this was last asked.
bool signals_take(int number);

#endif
