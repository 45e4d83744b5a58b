// SPDX-License-Identifier: GPL-2.0-or-later
// How the help desk writes dates.
#ifndef MAIL_DATE_FORMATS_H
#define MAIL_DATE_FORMATS_H

#include "calendar/format.h"
#include "store/help_desk.h"

// Its settings for format_instant(). Borrowed from the help desk.
struct format_settings date_formats(const struct help_desk *help_desk);

#endif
