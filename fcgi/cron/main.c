// SPDX-License-Identifier: GPL-2.0-or-later
// osticket-fcgi-cron: runs osTicket's cron jobs, as a child of osticket-fcgi.
#include "base/log.h"
#include "cron/process.h"
#include "cron/role.h"
#include "pool/handover.h"
#include "pool/signals.h"

#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>

int main(int count, char **arguments) {
    struct handover handover;
    struct error error = {0};
    if (count == 2 && strcmp(arguments[1], "--version") == 0) {
        puts(CRON_PROGRAM " " OSTICKET_FCGI_VERSION);
        return 0;
    }
    // The help desk's passwords are not for others that run as the same user. The exec took it back.
    prctl(PR_SET_DUMPABLE, 0);
    // They come blocked, and what is pending stays so: signals_init() finds them as the master's child left
    // them.
    signals_init();
    signals_init_child();
    prctl(PR_SET_NAME, "osticket-cron"); // the name that the master gave; the exec took it back
    int code = 2;
    if (handover_take(count, arguments, &handover, &error))
        code = cron_process_run(&handover.start);
    else
        fprintf(stderr, CRON_PROGRAM ": %s\n", error.message);
    handover_free(&handover);
    return code;
}
