// SPDX-License-Identifier: GPL-2.0-or-later
// osTicket's DBHOST in this server's words.
#ifndef CONFIG_DATABASE_HOST_H
#define CONFIG_DATABASE_HOST_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>

// Adds to `hosts` the comma list for [database] host that connects where PHP's mysqli would for `dbhost`: a
// comma list of HOST, HOST:PORT, HOST:/SOCKET, :/SOCKET, each perhaps with "p:" in front. As there, a socket
// counts only with localhost or no host; localhost with a port is TCP. Also taken: [IPv6] and [IPv6]:PORT,
// which osTicket's own split at ":" cannot. False with a message when an item is none of these.
bool database_host_translate(struct text dbhost, struct buffer *hosts, struct error *error) CHECKED;

#endif
