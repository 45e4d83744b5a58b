// SPDX-License-Identifier: GPL-2.0-or-later
// Which requests are asked: paths behind the API's prefix, each once.
#ifndef COMPARE_ASKED_H
#define COMPARE_ASKED_H

#include "base/arena.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

struct asked {
    struct arena arena;
    struct text *paths; // "/tickets/ticketInfo?ticketNumber=310042"
    size_t count, limit;
    size_t *table; // of places in `paths` plus one, by hash
    // Of lines that were read: requests that would write, that are none of the API's tickets, that cannot be
    // read.
    size_t writing, other, unreadable;
};

struct asked asked_new(size_t limit);
void asked_free(struct asked *asked);

bool asked_is_full(const struct asked *asked);

// Adds a path unless it is there already, is full, or is no path of visible ASCII.
void asked_add(struct asked *asked, struct text path);

// Adds PATH?NAME=VALUE with the value percent-encoded.
void asked_add_named(struct asked *asked, const char *path, const char *name, struct text value);

// A line of nginx's or Apache's access log, whatever stands around the request in it.
void asked_add_log_line(struct asked *asked, struct text line);

// A line of a list: "GET /tickets" or "/api/http.php/tickets" or "/tickets"; "#" begins a comment.
void asked_add_list_line(struct asked *asked, struct text line);

#endif
