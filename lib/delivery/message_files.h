// SPDX-License-Identifier: GPL-2.0-or-later
// The files of a mail: pictures that its HTML shows, and attachments.
#ifndef DELIVERY_MESSAGE_FILES_H
#define DELIVERY_MESSAGE_FILES_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/error.h"
#include "delivery/message.h"
#include "store/mail/content.h"

#include <stdbool.h>
#include <stddef.h>

struct db;

// A message of 32 MiB is more than most servers take: so much of it may be files, before base 64.
#define MESSAGE_FILES_MAX (23u * 1024 * 1024)

struct message_files {
    struct message_file *items; // in the arena; their descriptors are closed by message_files_close()
    size_t count;
    size_t bytes;
    struct text *left_out; // names of files that could not come along
    size_t left_out_count;
};

// Appends `html` with "cid:KEY" of each stored picture made "cid:KEY@domain", and takes these pictures in:
// those of the entry, else any file with this key, as osTicket does for templates and signatures.
bool message_files_show(struct db *db, struct arena *arena, const struct mail_files *own, struct text html,
                        struct text domain, struct message_files *files, struct buffer *out,
                        struct error *error) CHECKED;

// Takes the entry's attachments in. Files that would make the mail too large, or whose content is not in the
// database, are left out and named.
bool message_files_attach(struct db *db, struct arena *arena, const struct mail_files *own,
                          struct message_files *files, struct error *error) CHECKED;

void message_files_close(struct message_files *files);

#endif
