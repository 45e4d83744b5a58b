// SPDX-License-Identifier: GPL-2.0-or-later
// osticket-fcgi-cron: runs osTicket's cron jobs, as a child of osticket-fcgi.
#include "cron/process.h"
#include "cron/role.h"
#include "pool/handover.h"

int main(int count, char **arguments) {
    static const struct handover_role role = {CRON_PROGRAM, "osticket-cron", cron_process_run};
    return handover_main(count, arguments, &role);
}
