// SPDX-License-Identifier: GPL-2.0-or-later
// What [email] as_php lets in.
#include "check/checks.h"
#include "config/setting_table.h"

#include <stdio.h>

// What each of its words opens, in their order.
static const char *const opened[] = {
    "who holds a mail that went to an agent writes internal notes in that agent's name",
    "who holds a mail that went to a client writes in that client's name",
    "what an agent answers to a client's mail is shown to the client as a stranger's message",
    "the owner who writes from another of his addresses is a stranger",
    "the help desk's own mailboxes write into threads, and may answer each other without end",
    "a user who answers any mail of a ticket takes part in it from then on, and gets all replies",
    "whoever writes into a ticket brings in others, who get all replies",
    "mailing lists, agents and no-reply addresses in To or Cc become collaborators, and get all replies",
    "who is banned still writes into tickets, and opens new ones by an address that is not his first",
    "a mail that comes once more lets the departments of its mailboxes see the ticket",
};

void check_email(const struct settings *settings, struct findings *findings) {
    const struct setting *setting = setting_find("email", "as_php");
    char mend[128];
    for (size_t i = 0; i < sizeof opened / sizeof *opened && setting->words[i]; i++) {
        if (!(settings->email.as_php & 1U << i)) continue;
        snprintf(mend, sizeof mend, "take %s out of [email] as_php", setting->words[i]);
        findings_tell(findings, SCHEMA_WARNING, mend, "[email] as_php, %s: %s, as in PHP", setting->words[i],
                      opened[i]);
    }
}
