// SPDX-License-Identifier: GPL-2.0-or-later
// Files of a mail that its own text shows: "cid:" and a Content-ID.
#ifndef OPS_EMAIL_PICTURES_H
#define OPS_EMAIL_PICTURES_H

#include "base/arena.h"
#include "base/text.h"
#include "crypto/file_key.h"
#include "mime/message.h"

#include <stdbool.h>
#include <stddef.h>

// A place of the text.
struct email_mark {
    size_t at, length; // of what stands behind "cid:"
    size_t file;       // which of the mail's
};

struct email_picture {
    bool shown;
    char key[FILE_KEY_SIZE]; // "": not stored
};

struct email_pictures {
    struct email_picture *files; // by the mail's files
    struct email_mark *marks;    // in the order of the text
    size_t mark_count;
};

// Finds what `html` shows of the mail's files, in one walk over it; an empty file is not shown, and of
// several with one Content-ID the first is. A full arena shows in `arena->failed`. spec: piping.md 2.6.
struct email_pictures email_pictures_find(struct text html, const struct mail_message *mail,
                                          struct arena *arena);

// The text with the keys of the files that have one in the place of their Content-IDs.
struct text email_pictures_put(const struct email_pictures *pictures, struct text html, struct arena *arena);

#endif
