// SPDX-License-Identifier: GPL-2.0-or-later
// osticket-fcgi -t: whether the server could work with its configuration file, and on what it finds there.
#ifndef FCGI_CHECK_CHECK_H
#define FCGI_CHECK_CHECK_H

#include <stdbool.h>
#include <stdio.h>

struct check_options {
    bool json;        // one object instead of lines
    bool strict;      // warnings fail, too
    bool quick;       // the file, accounts and folders only: nothing is asked of others
    const char *root; // the web server's configuration is looked for below it; NULL: "/"
};

// Writes one line a finding to `file`: "ok: ...", "warning: ...; mend: ...", "error: ...; mend: ...", or
// "php:
// ..." of what is left to PHP; or all of them as one JSON object. The file, who may read and write it, users,
// socket and log, the connection, the tables, the schema version, settings that something goes without. No
// secret is shown. The exit code: 0 when the server is usable, 1 when not.
int check_run(const char *config_path, const struct check_options *options, FILE *file);

#endif
