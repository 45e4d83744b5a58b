// SPDX-License-Identifier: GPL-2.0-or-later
// The parts of -t that look at this machine; each adds what it finds.
#ifndef CHECK_CHECKS_H
#define CHECK_CHECKS_H

#include "check/findings.h"
#include "config/settings.h"

// Who may read and write the settings file: it may hold a password, and it says what root does.
void check_settings_file(const struct settings *settings, struct findings *findings);

// Users and groups that are named and do not exist.
void check_accounts(const struct settings *settings, struct findings *findings);

// Whether the web server of this machine, whose configuration lies below `root`, may reach the socket, and
// others may not put another in its place.
void check_socket(const struct settings *settings, const char *root, struct findings *findings);

// Whether the log's folder is there, and is nobody else's.
void check_log(const struct settings *settings, struct findings *findings);

// A database socket that the unit hides from the server.
void check_database_socket(const struct settings *settings, struct findings *findings);

// What [email] as_php lets in that this server does not.
void check_email(const struct settings *settings, struct findings *findings);

// Whether the attachments that the plugin storage-fs keeps in a folder can be read there.
void check_storage(const struct settings *settings, struct findings *findings);

// Whether the help desk's mailboxes can be fetched, as far as their rows tell: no server is asked.
void check_mailboxes(const struct settings *settings, struct findings *findings);

// Whether one of our own programs, where it is wanted, can be run. `what` it is, in words. False when it
// cannot.
bool check_program(bool is_wanted, const char *program, const char *what, struct findings *findings);

// Webhooks that are off or fail, and the program that calls them. False when it cannot be run.
bool check_hooks(const struct settings *settings, struct findings *findings);

// Whether PHP stands by for what is not done here, and answers: PHP-FPM is asked for a call that nobody
// knows.
void check_fallback(const struct settings *settings, const char *root, struct findings *findings);
bool has_fallback(const struct settings *settings);

#endif
