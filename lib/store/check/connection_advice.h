// SPDX-License-Identifier: GPL-2.0-or-later
// What to do about a database that does not let us in.
#ifndef STORE_CHECK_CONNECTION_ADVICE_H
#define STORE_CHECK_CONNECTION_ADVICE_H

#include "base/error.h"

// The mend for the reason in the detail of a failed db_connect(), in one line that names the settings.
const char *connection_advice(const struct error *error);

#endif
