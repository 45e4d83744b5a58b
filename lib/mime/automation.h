// SPDX-License-Identifier: GPL-2.0-or-later
// What of a mail a machine wrote: automatic replies, lists, bounces; how urgent it says it is. spec:
// piping.md 2.6, 6.3.
#ifndef MIME_AUTOMATION_H
#define MIME_AUTOMATION_H

#include "base/arena.h"
#include "mime/fields.h"
#include "mime/message.h"

// By the header alone; `report` is not looked at.
struct mail_automation mail_automation_of(const struct mail_fields *fields, struct text subject,
                                          struct arena *arena);

// By X-Priority, X-MSMail-Priority, Priority or Importance, whichever comes first; 0: none says so.
int mail_urgency_of(const struct mail_fields *fields);

#endif
