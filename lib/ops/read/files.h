// SPDX-License-Identifier: GPL-2.0-or-later
// The files of a ticket as JSON. spec: operations.md 3.5.
#ifndef OPS_READ_FILES_H
#define OPS_READ_FILES_H

#include "ops/read/ticket_read.h"
#include "store/read/thread_parts.h"

#include <stddef.h>

// Writes {"id":3,"entry_id":991,"name":…,"href":…}.
void file_write(struct ticket_read *read, const struct shown_file *file);

// The files of one entry among those of all, which stand in the order of their entries; NULL where it has
// none.
const struct shown_file *files_of_entry(const struct shown_file *files, size_t count, int64_t entry_id,
                                        size_t *found);

#endif
