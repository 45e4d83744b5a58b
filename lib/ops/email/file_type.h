// SPDX-License-Identifier: GPL-2.0-or-later
// What kind of file winmail.dat brings, where it does not say so.
#ifndef OPS_EMAIL_FILE_TYPE_H
#define OPS_EMAIL_FILE_TYPE_H

#include "base/text.h"

// The media type by the content, as PHP has it from libmagic: besides what media_type_of() knows JSON, tables
// with commas, and what offices write. Of the latter's old formats the name says which one it is.
struct text email_file_type(struct text name, struct text bytes);

#endif
