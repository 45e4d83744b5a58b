// SPDX-License-Identifier: GPL-2.0-or-later
// What "osticket-fcgi status" shows: for people, and as JSON.
#ifndef FCGI_METRICS_STATUS_H
#define FCGI_METRICS_STATUS_H

#include "base/buffer.h"
#include "base/output.h"
#include "metrics/database.h"
#include "metrics/total.h"

struct metrics_view {
    const struct scoreboard_memory *memory;
    struct metrics_total total;
    struct database_view database;
    unsigned workers; // that there shall be
};

// Why requests cannot be answered at the moment; NULL: they can.
const char *metrics_trouble(const struct metrics_view *view);

void metrics_status_json(const struct metrics_view *view, struct output *out);
void metrics_status_text(const struct metrics_view *view, struct buffer *out);

#endif
