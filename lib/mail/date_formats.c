// SPDX-License-Identifier: GPL-2.0-or-later
// How the help desk writes dates.
#include "mail/date_formats.h"

struct format_settings date_formats(const struct help_desk *help_desk) {
    struct text locale = help_desk_config(help_desk, "default_locale");
    return (struct format_settings){
        .locale = locale.length ? locale : help_desk_config(help_desk, "system_language"),
        .date_formats = help_desk_config(help_desk, "date_formats"),
        .date_format = help_desk_config(help_desk, "date_format"),
        .time_format = help_desk_config(help_desk, "time_format"),
        .datetime_format = help_desk_config(help_desk, "datetime_format"),
        .daydatetime_format = help_desk_config(help_desk, "daydatetime_format"),
    };
}
