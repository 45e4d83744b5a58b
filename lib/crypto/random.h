// SPDX-License-Identifier: GPL-2.0-or-later
// Random bytes and texts from the kernel.
#ifndef CRYPTO_RANDOM_H
#define CRYPTO_RANDOM_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

// Fills `bytes` from getrandom(2). ERROR_INTERNAL when the kernel gives none.
bool random_bytes(void *bytes, size_t length, struct error *error) CHECKED;

// `length` characters of `alphabet` (1 to 256 characters, each equally likely) and a NUL into `text`, which
// holds `length` + 1.
bool random_text(const char *alphabet, char *text, size_t length, struct error *error) CHECKED;

#endif
