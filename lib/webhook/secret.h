// SPDX-License-Identifier: GPL-2.0-or-later
// Secrets of webhooks and what they sign, as Standard Webhooks 1.0 has it: https://www.standardwebhooks.com
#ifndef WEBHOOK_SECRET_H
#define WEBHOOK_SECRET_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

#define WEBHOOK_SECRET_PREFIX "whsec_"
#define WEBHOOK_SECRET_SIZE   64 // with its NUL

// A new secret of 32 random bytes: "whsec_" and their base64.
bool webhook_secret_make(char secret[WEBHOOK_SECRET_SIZE], struct error *error) CHECKED;

// Appends the signature of a call by one secret: "v1," and the base64 of the HMAC-SHA256 over
// "ID.TIMESTAMP.BODY"; behind what stands in `out` already a blank comes first. `timestamp` is in seconds of
// the epoch. False for a secret that is none, or when libcrypto refuses.
bool webhook_sign(struct text secret, struct text id, int64_t timestamp, struct text body,
                  struct buffer *out) CHECKED;

#endif
