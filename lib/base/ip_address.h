// SPDX-License-Identifier: GPL-2.0-or-later
// IP addresses and networks: who is asking, and whom we believe about it.
#ifndef BASE_IP_ADDRESS_H
#define BASE_IP_ADDRESS_H

#include "base/text.h"

#include <stdbool.h>

#define ADDRESS_TEXT_MAX 64

struct address {
    unsigned char bytes[16]; // IPv4 as ::ffff:a.b.c.d
};

struct network {
    struct address address;
    unsigned prefix; // bits, of 128
};

// A textual IPv4 or IPv6 address, and nothing else. False when it is none.
bool address_parse(struct text text, struct address *address);

// "10.0.0.0/8", "2001:db8::/32", or a single address. False when it is none, or the prefix is too long.
bool network_parse(struct text text, struct network *network);

// A comma list of networks; "*" is every address. Whether it is one: false with the first item that is none
// in `*wrong`. Empty is fine.
bool network_list_check(struct text list, struct text *wrong);

// Whether the textual address is inside one of the list; one that is none is inside none.
bool network_list_contains(struct text list, struct text address);

bool network_contains(const struct network *network, const struct address *address);

// Whether every address of IPv4, or every address at all, is inside.
bool network_is_open(const struct network *network);

// What stands for a client whose address cannot be told; no key is bound to it.
#define ADDRESS_UNREADABLE "?"

// The address that asks, as osTicket resolves it: `peer` unless it is inside `trusted`; else `forwarded`
// (X-Forwarded-For) is walked from right to left, and the first address outside `trusted` is taken; when all
// are inside, the left-most one. A hop may carry a port ("192.0.2.7:4711", "[2001:db8::1]:4711"), which is
// left off. Other than in osTicket a hop that cannot be read ends the walk as ADDRESS_UNREADABLE: what stands
// to the left of it is only claimed. The result is written terminated into `client` as it stood in the header
// or peer (blanks trimmed).
void address_resolve(const char *peer, const char *forwarded, const struct network *trusted,
                     size_t trusted_count, char client[ADDRESS_TEXT_MAX]);

#endif
