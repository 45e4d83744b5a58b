// SPDX-License-Identifier: GPL-2.0-or-later
// Sending through a sendmail program on this machine.
#ifndef DELIVERY_SENDMAIL_H
#define DELIVERY_SENDMAIL_H

#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>

// Runs `program -t -i -f<from>`, without a shell, the message (LF line ends) as its standard input. False
// when it cannot be run, says no (its words are in `detail`, without its name), or takes longer than
// `timeout` seconds: then it is killed.
bool sendmail_send(const char *program, struct text from, int descriptor, unsigned timeout,
                   struct error *error) CHECKED;

#endif
