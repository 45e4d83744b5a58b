// SPDX-License-Identifier: GPL-2.0-or-later
// A mail server that says what an input has it say, whatever it is asked: stands in for
// mailbox/connection.h.
#ifndef FUZZ_FAKE_CONNECTION_H
#define FUZZ_FAKE_CONNECTION_H

#include "base/text.h"

// What every connection says from now on.
void fake_connection_says(struct text bytes);

#endif
