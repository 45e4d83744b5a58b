// SPDX-License-Identifier: GPL-2.0-or-later
// The sockets that the pool listens on: the one on which nginx finds the workers, and others.
#ifndef FCGI_POOL_LISTENER_H
#define FCGI_POOL_LISTENER_H

#include "base/error.h"
#include "config/settings.h"

#include <stdbool.h>
#include <sys/stat.h>

struct listener {
    int descriptor; // non-blocking, close-on-exec
    bool ours;      // not systemd's, which keeps it when we end
    char *path;     // of a unix socket that is ours; NULL for others
    dev_t device;   // of the socket file that we made
    ino_t inode;
};

// Takes the socket that systemd passed (LISTEN_FDS), else makes the one of the settings: of TCP where they
// name an address to listen at, else a unix socket with their mode, owner and group; when started by root
// without owner or group, those that the workers will have. A stale socket is removed; a file that is none,
// or a socket that somebody answers on, is an error.
bool listener_open(struct listener *listener, const struct settings *settings, struct error *error) CHECKED;

// The same without a look at what systemd passed. False with what was made so far, for listener_close().
bool listener_open_unix(struct listener *listener, const struct settings *settings,
                        struct error *error) CHECKED;

// Listens at "ADDRESS:PORT", "[IPv6]:PORT", or with "*:PORT" at every address. False with nothing to close.
bool listener_open_tcp(struct listener *listener, const char *place, struct error *error) CHECKED;

// Whether nobody can connect any more: the file of a socket that we made was removed or replaced, or one of
// those who hold the socket shut it down. Two system calls.
bool listener_is_lost(const struct listener *listener);

// Removes the socket file when it is still the one that we made: nobody connects any more, who is connected
// stays.
void listener_remove(struct listener *listener);
void listener_close(struct listener *listener); // removes it and closes the descriptor

#endif
