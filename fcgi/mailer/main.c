// SPDX-License-Identifier: GPL-2.0-or-later
// osticket-fcgi-mailer: sends the queue's mail, as a child of osticket-fcgi.
#include "mailer/mailer.h"
#include "mailer/role.h"
#include "pool/handover.h"

int main(int count, char **arguments) {
    static const struct handover_role role = {MAILER_PROGRAM, "osticket-mailer", mailer_run};
    return handover_main(count, arguments, &role);
}
