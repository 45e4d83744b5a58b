// SPDX-License-Identifier: GPL-2.0-or-later
// Whether this server answers as the help desk's own PHP does: a finding of osticket-fcgi -t.
#ifndef FCGI_CHECK_PHP_ANSWERS_H
#define FCGI_CHECK_PHP_ANSWERS_H

#include "config/settings.h"
#include "store/check/schema_check.h"

// One finding, where [osticket] folder says where osTicket lies; none otherwise.
void php_answers_check(const struct settings *settings, schema_report *report, void *context);

#endif
