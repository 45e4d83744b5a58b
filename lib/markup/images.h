// SPDX-License-Identifier: GPL-2.0-or-later
// The images of an HTML body: those written into it, and those that refer to stored files.
#ifndef MARKUP_IMAGES_H
#define MARKUP_IMAGES_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>

#define MARKUP_CID_KEY_LENGTH 32

// Takes what a body carries as src="data:…". `type` is the media type as written ("image/png"), `data` the
// decoded bytes; both are valid during the call. Writes the key of the stored file, terminated, or "" to have
// the image left out. False, with the error set, ends the extraction.
struct markup_image_store {
    bool (*store)(void *context, struct text type, struct text data, char key[MARKUP_CID_KEY_LENGTH + 1],
                  struct error *error);
    void *context;
};

// Appends `html` with each src="data:…" replaced by src="cid:<key>". spec: reading-and-replying.md F.4 (body
// pipeline).
bool markup_extract_images(struct text html, const struct markup_image_store *images, struct buffer *out,
                           struct error *error) CHECKED;

// Calls `found` with each 32-byte key that stands as "cid:<key>" in quotes in the body; repeated ones each
// time. spec: creating.md C.8, last line: whether the caller may attach these files is the caller's question.
void markup_cid_keys(struct text html, void (*found)(void *context, struct text key), void *context);

// Appends cleaned HTML without the images whose address does not end in gif, png, jpg or jpeg (this case, as
// PHP) and is no cid:.
void markup_drop_foreign_images(struct text html, struct buffer *out);

#endif
