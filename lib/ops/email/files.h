// SPDX-License-Identifier: GPL-2.0-or-later
// The files of a mail.
#ifndef OPS_EMAIL_FILES_H
#define OPS_EMAIL_FILES_H

#include "base/error.h"
#include "ops/email/incoming.h"
#include "store/work.h"

#include <stdbool.h>

// Gathers them into email->take.files, and puts the keys of pictures into the text that shows them. Where
// something of the mail could not be read, the mail itself is a file. Nothing is stored yet. spec: piping.md
// 2.6.
bool email_files(struct incoming_email *email, struct work *work, struct error *error) CHECKED;

#endif
