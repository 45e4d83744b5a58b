// SPDX-License-Identifier: GPL-2.0-or-later
// Files without a name, in which attachments and whole messages wait, so that the mailer's memory stays
// small.
#ifndef DELIVERY_TEMPORARY_FILE_H
#define DELIVERY_TEMPORARY_FILE_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

// A new empty file in $TMPDIR, else /tmp, else in memory; gone when it is closed. -1 with `error` set.
int temporary_file_open(struct error *error) CHECKED;

bool temporary_file_write(int descriptor, const void *bytes, size_t length) CHECKED;

#endif
