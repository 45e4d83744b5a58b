// SPDX-License-Identifier: GPL-2.0-or-later
// A new ticket that a client opens with his token, as the portal lets him: his own, of a help topic that the
// portal offers, with answers to the fields that it shows, and nothing else, whatever the request says. spec:
// operations.md 9.3.
#ifndef OPS_OPEN_CLIENT_H
#define OPS_OPEN_CLIENT_H

#include "base/error.h"
#include "ops/change/actor.h"
#include "ops/create/draft.h"

#include <stdbool.h>

// Makes the request, just read, the client's: he is the owner, it comes from the web, and mails go as the
// help desk sends them. ERROR_SCOPE for a token of some tickets only. Nothing for a key.
bool open_client_begin(struct create_draft *draft, struct error *error) CHECKED;

// Once the desk is loaded: takes out of the request what the portal does not ask for, and makes the history
// the client's; `opener` has to last as long as the draft. ERROR_UNPROCESSABLE naming topicId for a help
// topic that the portal does not offer, attachments for a file that the help desk does not let in. One round
// trip; nothing for a key.
bool open_client_narrow(struct create_draft *draft, struct actor *opener, struct error *error) CHECKED;

#endif
