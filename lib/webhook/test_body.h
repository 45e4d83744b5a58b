// SPDX-License-Identifier: GPL-2.0-or-later
// What a webhook is told by way of a trial.
#ifndef WEBHOOK_TEST_BODY_H
#define WEBHOOK_TEST_BODY_H

#include "base/buffer.h"
#include "base/text.h"

#include <stdint.h>

#define WEBHOOK_TEST_TYPE "test"

// Appends {"type":"test","seq":…,"change":null}, or, for slack and teams, a line.
void webhook_test_body(struct text format, int64_t seq, struct buffer *out);

#endif
