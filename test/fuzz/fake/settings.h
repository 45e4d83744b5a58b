// SPDX-License-Identifier: GPL-2.0-or-later
// The settings of a server with everything switched on, for what reads requests.
#ifndef FUZZ_FAKE_SETTINGS_H
#define FUZZ_FAKE_SETTINGS_H

#include "config/settings.h"

// Made once, kept to the end.
const struct settings *fake_settings(void);

#endif
