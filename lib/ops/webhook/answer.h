// SPDX-License-Identifier: GPL-2.0-or-later
// Webhooks and deliveries as clients are told them. spec: operations.md 8.1.
#ifndef OPS_WEBHOOK_ANSWER_H
#define OPS_WEBHOOK_ANSWER_H

#include "base/text.h"
#include "store/webhook/deliveries.h"
#include "store/webhook/webhooks.h"
#include "json/writer.h"

// Write an object. `secret` null: it is not told.
void webhook_write(struct json_writer *json, const struct webhook *webhook, struct text secret);
void delivery_write(struct json_writer *json, const struct delivery *delivery);

#endif
