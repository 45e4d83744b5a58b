// SPDX-License-Identifier: GPL-2.0-or-later
// osticket-fcgi-metrics: says what the pool does, as a child of osticket-fcgi.
#include "metrics/role.h"
#include "metrics/server.h"
#include "pool/handover.h"
#include "pool/signals.h"

#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

int main(int count, char **arguments) {
    struct handover handover;
    struct error error = {0};
    if (count == 2 && strcmp(arguments[1], "--version") == 0) {
        puts(METRICS_PROGRAM " " OSTICKET_FCGI_VERSION);
        return 0;
    }
    prctl(PR_SET_DUMPABLE, 0); // see the mailer's
    signals_init();
    signals_init_child();
    prctl(PR_SET_NAME, "osticket-metric"); // the kernel keeps no more
    int code = 2;
    if (handover_take(count, arguments, &handover, &error))
        code = metrics_run(&handover.start);
    else
        fprintf(stderr, METRICS_PROGRAM ": %s\n", error.message);
    // At once: a thread may be waiting for the database with what exit() would take away.
    _exit(code);
}
