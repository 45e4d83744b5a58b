// SPDX-License-Identifier: GPL-2.0-or-later
// Settings from the environment, as containers hand them in: OSTICKET_FCGI_DATABASE_PASSWORD is [database]
// password, and with _FILE behind it the path of a file that holds the value, such as a mounted secret.
#ifndef CONFIG_SETTING_ENVIRONMENT_H
#define CONFIG_SETTING_ENVIRONMENT_H

#include "config/setting_table.h"

// The variable that names the settings' file; no setting.
#define SETTING_ENVIRONMENT_CONFIG "OSTICKET_FCGI_CONFIG"

// 1: adds the value that the environment has for `setting` to `value`; of a file less a newline at its end.
// 0: it has none. -1 with "VARIABLE: what is wrong; what would be right" when both variables are there, or
// the file cannot be read.
int setting_environment_value(const struct setting *setting, struct buffer *value,
                              struct error *error) CHECKED;

// The variable's name, for messages.
#define SETTING_ENVIRONMENT_NAME_MAX 96
void setting_environment_name(const struct setting *setting, char name[SETTING_ENVIRONMENT_NAME_MAX]);

// False with a message when a variable that begins with OSTICKET_FCGI_ is no setting's.
bool setting_environment_check(struct error *error) CHECKED;

#endif
