// SPDX-License-Identifier: GPL-2.0-or-later
// Which addresses a webhook may be at.
#include "webhook/address_rule.h"

#include <arpa/inet.h>
#include <string.h>

// What is not for everybody. In the order in which they are asked: the first that contains the address names
// it.
static const struct special {
    const char *network, *what;
} specials[] = {
    {"169.254.169.254", "a metadata service"},
    {"168.63.129.16", "a metadata service"},   // Azure's, on an address that looks like any other
    {"100.100.100.200", "a metadata service"}, // Alibaba's
    {"192.0.0.192", "a metadata service"},     // Oracle's
    {"fd00:ec2::254", "a metadata service"},   // Amazon's
    {"127.0.0.0/8", "a loopback address"},
    {"10.0.0.0/8", "a private address"},
    {"172.16.0.0/12", "a private address"},
    {"192.168.0.0/16", "a private address"},
    {"100.64.0.0/10", "an address behind a carrier's NAT"},
    {"169.254.0.0/16", "a link-local address"},
    {"0.0.0.0/8", "an address of this machine's own network"},
    {"192.0.0.0/24", "a reserved address"},
    {"192.0.2.0/24", "a documentation address"},
    {"192.88.99.0/24", "a relay of 6to4"},
    {"198.18.0.0/15", "an address for benchmarks"},
    {"198.51.100.0/24", "a documentation address"},
    {"203.0.113.0/24", "a documentation address"},
    {"224.0.0.0/4", "a multicast address"},
    {"240.0.0.0/4", "a reserved address"}, // the broadcast address among them
    {"::1", "a loopback address"},
    {"::", "an address of this machine's own network"},
    {"fc00::/7", "a private address"},
    {"fe80::/10", "a link-local address"},
    {"fec0::/10", "a private address"},
    {"ff00::/8", "a multicast address"},
    {"2001:db8::/32", "a documentation address"},
    {"3fff::/20", "a documentation address"},
    {"2001::/23", "a reserved address"}, // Teredo, ORCHID
    {"2002::/16", "an address of 6to4"},
};

#define IPV4_BYTES 12 // before the IPv4 address

static bool is_in(const char *network, const struct address *address) {
    struct network parsed;
    return network_parse(text_of(network), &parsed) && network_contains(&parsed, address);
}

// The well-known prefix of NAT64 stands for the internet of IPv4: hosts that have nothing but IPv6 reach it
// so.
static struct address without_translation(const struct address *address) {
    struct address inner = {{[10] = 0xFF, [11] = 0xFF}};
    if (!is_in("64:ff9b::/96", address)) return *address;
    memcpy(inner.bytes + IPV4_BYTES, address->bytes + IPV4_BYTES, 4);
    return inner;
}

static bool is_allowed(const struct address *address, struct text allow) {
    char text[ADDRESS_TEXT_MAX];
    return inet_ntop(AF_INET6, address->bytes, text, sizeof text) &&
           network_list_contains(allow, text_of(text));
}

const char *address_refusal(const struct address *address, struct text allow) {
    struct address asked = without_translation(address);
    if (is_allowed(&asked, allow) || is_allowed(address, allow)) return NULL;
    for (size_t i = 0; i < sizeof specials / sizeof *specials; i++)
        if (is_in(specials[i].network, &asked)) return specials[i].what;
    // Of IPv6 only this part is given to the internet.
    bool is_public = is_in("0.0.0.0/0", &asked) || is_in("2000::/3", &asked);
    return is_public ? NULL : "a reserved address";
}
