// SPDX-License-Identifier: GPL-2.0-or-later
// A name server of the tests' own on loopback. What it answers depends on the first label of the name.
#ifndef TEST_NAME_SERVER_H
#define TEST_NAME_SERVER_H

#include <stdbool.h>
#include <sys/types.h>

struct name_server {
    pid_t pid;
    char address[32]; // 127.0.0.1:PORT
};

// mx:      an MX record
// a, aaaa: no MX, but an address of this kind
// alias:   an alias without a target for every question
// none:    NOERROR without records
// nx:      NXDOMAIN
// fail:    SERVFAIL
// silent:  nothing at all
// late:    an MX record, 700 ms after it was first asked for
// junk:    bytes that are no answer
// flood:   thousands of answers that belong to no question
// cut:     truncated; the whole answer, with an MX record, by TCP
// shut:    truncated; by TCP nothing
void name_server_start(struct name_server *server);

// False: it had died before.
bool name_server_stop(struct name_server *server);

#endif
