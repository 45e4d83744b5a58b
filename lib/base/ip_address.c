// SPDX-License-Identifier: GPL-2.0-or-later
// IP addresses and networks. IPv4 lives at ::ffff:0:0/96, so that one comparison serves both families.
#include "base/ip_address.h"

#include "base/words.h"

#include <arpa/inet.h>
#include <string.h>

#define IPV4_OFFSET 96 // bits before the IPv4 address

static bool parse(struct text text, struct address *address, bool *ipv4) {
    char terminated[ADDRESS_TEXT_MAX];
    if (text.length == 0 || text.length >= sizeof terminated || memchr(text.data, '\0', text.length))
        return false;
    memcpy(terminated, text.data, text.length);
    terminated[text.length] = '\0';
    *ipv4 = !strchr(terminated, ':');
    if (!*ipv4) return inet_pton(AF_INET6, terminated, address->bytes) == 1;
    memset(address->bytes, 0, 10);
    memset(address->bytes + 10, 0xFF, 2);
    return inet_pton(AF_INET, terminated, address->bytes + 12) == 1;
}

bool address_parse(struct text text, struct address *address) {
    bool ipv4;
    return parse(text, address, &ipv4);
}

bool network_parse(struct text text, struct network *network) {
    ptrdiff_t slash = text_find(text, TEXT("/"), 0);
    struct text address = slash < 0 ? text : (struct text){text.data, (size_t)slash};
    bool ipv4;
    if (!parse(address, &network->address, &ipv4)) return false;
    network->prefix = 128;
    if (slash < 0) return true;
    struct text bits = {text.data + slash + 1, text.length - (size_t)slash - 1};
    int64_t prefix;
    if (bits.length > 3 || !text_to_int64(bits, &prefix) || bits.data[0] == '-') return false;
    if (prefix > (ipv4 ? 32 : 128)) return false;
    network->prefix = (unsigned)prefix + (ipv4 ? IPV4_OFFSET : 0);
    return true;
}

bool network_contains(const struct network *network, const struct address *address) {
    unsigned whole = network->prefix / 8, rest = network->prefix % 8;
    if (memcmp(network->address.bytes, address->bytes, whole) != 0) return false;
    if (rest == 0) return true;
    unsigned char mask = (unsigned char)(0xFF << (8 - rest));
    return ((network->address.bytes[whole] ^ address->bytes[whole]) & mask) == 0;
}

bool network_is_open(const struct network *network) {
    static const struct address ipv4 = {{[10] = 0xFF, [11] = 0xFF}}; // ::ffff:0.0.0.0
    return network->prefix <= IPV4_OFFSET && network_contains(network, &ipv4);
}

static bool is_trusted(const struct address *address, const struct network *trusted, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (network_contains(&trusted[i], address)) return true;
    return false;
}

static void copy(char client[ADDRESS_TEXT_MAX], struct text text) {
    size_t length = text.length < ADDRESS_TEXT_MAX ? text.length : ADDRESS_TEXT_MAX - 1;
    if (length) memcpy(client, text.data, length);
    client[length] = '\0';
}

static bool is_port(struct text text) {
    int64_t port;
    return text.length && text.length <= 5 && text.data[0] != '-' && text_to_int64(text, &port) &&
           port <= 65535;
}

// "[address]" or "[address]:port" of IPv6.
static bool read_bracketed(struct text hop, struct text *bare) {
    const char *end = memchr(hop.data, ']', hop.length);
    if (!end) return false;
    *bare = (struct text){hop.data + 1, (size_t)(end - hop.data) - 1};
    struct text behind = {end + 1, hop.length - bare->length - 2};
    if (!memchr(bare->data, ':', bare->length)) return false;
    return !behind.length ||
           (behind.data[0] == ':' && is_port((struct text){behind.data + 1, behind.length - 1}));
}

// The address in a hop, and where it stands there.
static bool read_hop(struct text hop, struct text *bare, struct address *address) {
    *bare = hop;
    if (address_parse(hop, address)) return true;
    const char *colon = hop.length ? memchr(hop.data, ':', hop.length) : NULL;
    if (!colon) return false;
    if (hop.data[0] == '[') return read_bracketed(hop, bare) && address_parse(*bare, address);
    bare->length = (size_t)(colon - hop.data);
    return is_port((struct text){colon + 1, hop.length - bare->length - 1}) && address_parse(*bare, address);
}

void address_resolve(const char *peer, const char *forwarded, const struct network *trusted,
                     size_t trusted_count, char client[ADDRESS_TEXT_MAX]) {
    struct address address;
    copy(client, text_trim(text_of(peer)));
    if (!forwarded || !*forwarded || !address_parse(text_of(client), &address) ||
        !is_trusted(&address, trusted, trusted_count))
        return;
    struct text rest = text_of(forwarded);
    while (rest.data) {
        const char *comma = memrchr(rest.data, ',', rest.length);
        size_t start = comma ? (size_t)(comma - rest.data) + 1 : 0;
        struct text hop = text_trim((struct text){rest.data + start, rest.length - start});
        struct text bare;
        if (!read_hop(hop, &bare, &address)) {
            copy(client, TEXT(ADDRESS_UNREADABLE));
            return;
        }
        // Of trusted hops the last one seen stays, which is the left-most.
        copy(client, bare);
        if (!is_trusted(&address, trusted, trusted_count)) return;
        rest = comma ? (struct text){rest.data, start - 1} : TEXT_NULL;
    }
}

bool network_list_check(struct text list, struct text *wrong) {
    struct network network;
    while (list_next(&list, wrong)) {
        *wrong = text_trim(*wrong);
        if (wrong->length && !text_equal(*wrong, TEXT("*")) && !network_parse(*wrong, &network)) return false;
    }
    return true;
}

bool network_list_contains(struct text list, struct text text) {
    struct address address;
    struct network network;
    struct text item;
    if (!address_parse(text, &address)) return false;
    while (list_next(&list, &item)) {
        item = text_trim(item);
        if (text_equal(item, TEXT("*")) ||
            (network_parse(item, &network) && network_contains(&network, &address)))
            return true;
    }
    return false;
}
