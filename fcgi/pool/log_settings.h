// SPDX-License-Identifier: GPL-2.0-or-later
// From the program's settings to those of its log.
#ifndef FCGI_POOL_LOG_SETTINGS_H
#define FCGI_POOL_LOG_SETTINGS_H

#include "base/log.h"
#include "config/settings.h"

// Texts are borrowed. Root takes a log that the workers' user owns, since it gave it to them.
struct log_settings log_settings(const struct settings *settings);

#endif
