// SPDX-License-Identifier: GPL-2.0-or-later
// What kind of file some bytes are, where nobody says so.
#ifndef OPS_MEDIA_TYPE_H
#define OPS_MEDIA_TYPE_H

#include "base/text.h"

// The media type by the first bytes: common images, PDF, archives, text; "application/octet-stream" for what
// is not known. PHP asks libmagic, which knows more kinds; on those here both agree.
struct text media_type_of(struct text bytes);

#endif
