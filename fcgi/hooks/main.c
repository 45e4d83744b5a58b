// SPDX-License-Identifier: GPL-2.0-or-later
// osticket-fcgi-hooks: tells webhooks what happens on the help desk, as a child of osticket-fcgi.
#include "hooks/process.h"
#include "hooks/role.h"
#include "pool/handover.h"

int main(int count, char **arguments) {
    static const struct handover_role role = {HOOKS_PROGRAM, "osticket-hooks", hooks_process_run};
    return handover_main(count, arguments, &role);
}
