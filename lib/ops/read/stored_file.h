// SPDX-License-Identifier: GPL-2.0-or-later
// Files that osTicket's plugin storage-fs keeps in a folder. spec: operations.md 3.5
#ifndef OPS_READ_STORED_FILE_H
#define OPS_READ_STORED_FILE_H

#include "base/arena.h"
#include "base/error.h"
#include "base/output.h"
#include "ops/operation.h"
#include "store/storage/file_content.h"

#include <stdbool.h>
#include <stdint.h>

// Opens the file, below the folder that the plugin's configuration names and through no symbolic link; the
// caller closes it. One round trip. ERROR_NOT_NATIVE where the plugin is switched off or its folder cannot be
// told, ERROR_INTERNAL, with what is wrong for the log alone, where the file is not there, may not be read,
// is no regular file or has another size than the database says.
int stored_file_open(const struct operation_context *context, const struct content_file *file,
                     struct arena *arena, struct error *error) CHECKED;

// Hands on `length` bytes from `first` on, a block at a time. ERROR_INTERNAL where it ends before,
// ERROR_ABORTED when the output fails; bytes may have been handed on by then.
bool stored_file_copy(int opened, int64_t first, int64_t length, struct output *output,
                      struct error *error) CHECKED;

#endif
