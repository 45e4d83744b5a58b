// SPDX-License-Identifier: GPL-2.0-or-later
// The queue as JSON, for programs.
#ifndef COMMAND_QUEUE_JSON_H
#define COMMAND_QUEUE_JSON_H

#include "base/arena.h"
#include "store/mail/queue.h"

#include <stdio.h>

// {"counts":{"waiting":1},"oldest_waiting":12,"mails":[…]}: seconds; the mails without those that were sent
// or dropped.
bool queue_json_list(const struct outbox_count *counts, size_t count_count, const struct mail_row *rows,
                     size_t count, struct arena *arena, FILE *out);

// One mail, with what stands in the list and its message id and times.
bool queue_json_mail(const struct mail_row *row, struct arena *arena, FILE *out);

#endif
