// SPDX-License-Identifier: GPL-2.0-or-later
// winmail.dat: what Outlook packs text and files into, application/ms-tnef. [MS-OXTNEF].
//
// Read here and not by libytnef, the one library in Debian: it is a parser of hostile input with a history of
// overruns, and what is wanted of the format are five properties.
#ifndef MIME_TNEF_H
#define MIME_TNEF_H

#include "base/arena.h"
#include "base/text.h"
#include "mime/message.h"

#include <stdbool.h>

struct tnef {
    struct text html;              // in UTF-8; null: none
    int urgency;                   // as mail_message.urgency
    bool has_other_text;           // a text that is not HTML (RTF, plain), which is not read
    bool has_objects;              // attached mails, calendar entries: not read either
    struct mail_attachment *files; // without a type where Outlook gave none
    size_t file_count;
};

// False when it is not whole: wrong signature, lengths or checksums. Files point into `bytes`.
bool tnef_read(struct text bytes, struct arena *arena, struct tnef *tnef);

#endif
