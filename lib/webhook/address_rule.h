// SPDX-License-Identifier: GPL-2.0-or-later
// Which addresses a webhook may be at: those of the open internet, and what an administrator allows beside.
// Whoever may register a webhook must not reach what only this machine reaches.
#ifndef WEBHOOK_ADDRESS_RULE_H
#define WEBHOOK_ADDRESS_RULE_H

#include "base/ip_address.h"
#include "base/text.h"

// Why the address may not be called: "a private address", "a loopback address" …; NULL: it may. `allow` is a
// list as network_list_contains() takes it. An IPv4 address inside an IPv6 one (mapped, NAT64) is judged as
// the IPv4 address. Source: IANA's registries of special-purpose addresses (RFC 6890), RFC 6052, and where
// clouds keep their metadata.
const char *address_refusal(const struct address *address, struct text allow);

#endif
