// SPDX-License-Identifier: GPL-2.0-or-later
// How the help desk shows dates of forms.
#include "ops/ticket/form_dates.h"

#include "mail/date_formats.h"

#include <time.h>

struct shown_dates form_dates(const struct help_desk *help_desk) {
    return (struct shown_dates){
        .zone_name = help_desk_config(help_desk, "default_timezone"),
        .now = time(NULL),
        .formats = date_formats(help_desk),
    };
}
