// SPDX-License-Identifier: GPL-2.0-or-later
// osticket-fcgi -t: whether the server could work with its configuration file, and on what it finds there.
#ifndef COMMAND_CHECK_H
#define COMMAND_CHECK_H

#include <stdio.h>

// Writes one line a finding to `out`: "ok: ...", "warning: ...; mend: ..." or "error: ...; mend: ...". The
// file, who may read it, the connection, the tables, the schema version, settings that something goes
// without. No secret is shown. The exit code: 0 when the server is usable, 1 when not.
int check_run(const char *config_path, FILE *out);

#endif
