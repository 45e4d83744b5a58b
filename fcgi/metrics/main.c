// SPDX-License-Identifier: GPL-2.0-or-later
// osticket-fcgi-metrics: says what the pool does, as a child of osticket-fcgi.
#include "metrics/role.h"
#include "metrics/server.h"
#include "pool/handover.h"

#include <unistd.h>

// Ends at once: a thread may be waiting for the database with what a return would take away.
static int run_to_the_end(const struct child_start *start) {
    _exit(metrics_run(start));
}

int main(int count, char **arguments) {
    static const struct handover_role role = {METRICS_PROGRAM, "osticket-metric", run_to_the_end};
    return handover_main(count, arguments, &role);
}
