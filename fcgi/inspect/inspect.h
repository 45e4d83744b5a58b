// SPDX-License-Identifier: GPL-2.0-or-later
// osticket-fcgi-inspect: looks at help desks from outside. Its commands, and what they share.
#ifndef INSPECT_INSPECT_H
#define INSPECT_INSPECT_H

#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

#define INSPECT_PROGRAM_NAME "osticket-fcgi-inspect"
#define INSPECT_URL_MAX      2048
#define INSPECT_KEY_MAX      256

// How a command ends.
enum { INSPECT_GOOD = 0, INSPECT_BAD = 1, INSPECT_CANNOT = 2 };

// `words` begin with the command's own name.
int compare_run(const char *config, int count, char **words);
int probe_run(const char *config, int count, char **words);

// The header "X-API-Key: KEY" of --key or, without it, of OSTICKET_API_KEY. A key on the command line is
// wiped there, so that it does not stand in the list of processes. False when it is none; "" when there is
// none at all.
bool inspect_key(char *option, char header[INSPECT_KEY_MAX + 16]);

// A number of an option, within its bounds; false after saying what is wrong.
bool inspect_number(const char *option, const char *word, long minimum, long maximum, long *value);

// The URL of a help desk without what its API has behind it: "https://desk.example/support" of
// "https://desk.example/support/api/http.php". False when it is no http:// or https:// URL or has a query.
bool inspect_site(const char *url, char site[INSPECT_URL_MAX]);

// The URL of an API: `url` itself where it ends in /api or /api/http.php, else with /api/http.php behind it.
bool inspect_api(const char *url, char api[INSPECT_URL_MAX]);

// Text of others on a terminal or in a line: without control characters.
void inspect_print(const char *text);

#endif
