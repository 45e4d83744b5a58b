// SPDX-License-Identifier: GPL-2.0-or-later
// What is counted, in Prometheus' text exposition format 0.0.4.
#ifndef FCGI_METRICS_TEXT_H
#define FCGI_METRICS_TEXT_H

#include "base/buffer.h"
#include "metrics/database.h"
#include "metrics/total.h"

void metrics_text(const struct scoreboard_memory *memory, const struct metrics_total *total,
                  const struct database_view *database, unsigned workers, struct buffer *out);

#endif
