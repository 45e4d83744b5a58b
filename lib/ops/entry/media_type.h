// SPDX-License-Identifier: GPL-2.0-or-later
// What kind of file some bytes are, where nobody says so, and what is kept of what a client says they are.
#ifndef OPS_ENTRY_MEDIA_TYPE_H
#define OPS_ENTRY_MEDIA_TYPE_H

#include "base/text.h"

#include <stdbool.h>

// The media type by the first bytes: common images, PDF, archives, text; "application/octet-stream" for what
// is not known. PHP asks libmagic, which knows more kinds; on those here both agree.
struct text media_type_of(struct text bytes);

// What is stored as the type of a file: type/subtype without parameters, else "application/octet-stream".
// osTicket's panel shows a file whose type holds "image/" anywhere in place of letting it be saved, so that
// "text/html;image/" would be a page of its own. Points into `type`.
struct text media_type_to_keep(struct text type);

// Whether the type is that of a picture made of dots. SVG is a document: what stands in it can run.
bool media_type_is_picture(struct text type);

#endif
