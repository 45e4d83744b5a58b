// SPDX-License-Identifier: GPL-2.0-or-later
// A small file read at once.
#ifndef CONFIG_WHOLE_FILE_H
#define CONFIG_WHOLE_FILE_H

#include "base/buffer.h"
#include "base/error.h"

#include <stdbool.h>

// Adds the bytes of the file at `path`. False with "PATH: why" when it cannot be read or is larger than the
// buffer's ceiling.
bool whole_file_read(const char *path, struct buffer *content, struct error *error) CHECKED;

#endif
