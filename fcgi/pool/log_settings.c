// SPDX-License-Identifier: GPL-2.0-or-later
// From the program's settings to those of its log.
#include "pool/log_settings.h"

#include "pool/privileges.h"

#include <string.h>
#include <unistd.h>

struct log_settings log_settings(const struct settings *settings) {
    struct error ignored;
    uid_t uid = (uid_t)-1;
    if (geteuid() == 0 && *settings->server.user &&
        !privileges_user(settings->server.user, &uid, NULL, &ignored))
        uid = (uid_t)-1; // told by whoever needs the user
    return (struct log_settings){
        .path = settings->log.file,
        .level = settings->log.level,
        .format = strcmp(settings->log.format, "json") == 0 ? LOG_FORMAT_JSON : LOG_FORMAT_TEXT,
        .owner = uid,
    };
}
