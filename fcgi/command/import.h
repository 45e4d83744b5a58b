// SPDX-License-Identifier: GPL-2.0-or-later
// osticket-fcgi --import include/ost-config.php > osticket-fcgi.ini
#ifndef COMMAND_IMPORT_H
#define COMMAND_IMPORT_H

// Writes the configuration file that stands for osTicket's to standard output, or the reason why not to
// standard error. The exit code: 0 or 1.
int import_run(const char *path);

#endif
