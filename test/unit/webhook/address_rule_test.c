// SPDX-License-Identifier: GPL-2.0-or-later
// Guards that a webhook reaches the open internet alone, and what an administrator allows: no service of this
// machine, of its network, of its cloud, however the address is written.
#include "webhook/address_rule.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const char *refusal(const char *text, const char *allow) {
    struct address address;
    if (!address_parse(text_of(text), &address)) fail_msg("%s is no address", text);
    return address_refusal(&address, text_of(allow));
}

static void refused(const char *text, const char *what) {
    const char *got = refusal(text, "");
    if (!got || !strstr(got, what))
        fail_msg("%s: wanted \"%s\", got \"%s\"", text, what, got ? got : "let through");
}

static void let_through(const char *text) {
    const char *got = refusal(text, "");
    if (got) fail_msg("%s: wanted to be let through, got \"%s\"", text, got);
}

// The first and the last address of each network are refused, those beside it are not (or as another one's).
static void networks_of_ipv4_end_where_they_end(void **state) {
    static const struct {
        const char *first, *last, *what, *before, *behind;
    } networks[] = {
        {"0.0.0.0", "0.255.255.255", "own network", NULL, "1.0.0.0"},
        {"10.0.0.0", "10.255.255.255", "private", "9.255.255.255", "11.0.0.0"},
        {"100.64.0.0", "100.127.255.255", "carrier", "100.63.255.255", "100.128.0.0"},
        {"127.0.0.0", "127.255.255.255", "loopback", "126.255.255.255", "128.0.0.0"},
        {"169.254.0.0", "169.254.255.255", "link-local", "169.253.255.255", "169.255.0.0"},
        {"172.16.0.0", "172.31.255.255", "private", "172.15.255.255", "172.32.0.0"},
        {"192.0.0.0", "192.0.0.255", "reserved", "191.255.255.255", "192.0.1.0"},
        {"192.0.2.0", "192.0.2.255", "documentation", "192.0.1.255", "192.0.3.0"},
        {"192.88.99.0", "192.88.99.255", "6to4", "192.88.98.255", "192.88.100.0"},
        {"192.168.0.0", "192.168.255.255", "private", "192.167.255.255", "192.169.0.0"},
        {"198.18.0.0", "198.19.255.255", "benchmarks", "198.17.255.255", "198.20.0.0"},
        {"198.51.100.0", "198.51.100.255", "documentation", "198.51.99.255", "198.51.101.0"},
        {"203.0.113.0", "203.0.113.255", "documentation", "203.0.112.255", "203.0.114.0"},
        {"224.0.0.0", "239.255.255.255", "multicast", "223.255.255.255", NULL},
        {"240.0.0.0", "255.255.255.255", "reserved", NULL, NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof networks / sizeof *networks; i++) {
        refused(networks[i].first, networks[i].what);
        refused(networks[i].last, networks[i].what);
        if (networks[i].before) let_through(networks[i].before);
        if (networks[i].behind) let_through(networks[i].behind);
    }
}

// All /16 of IPv4: what is let through is what no registry of special addresses names.
static void of_all_of_ipv4_as_much_is_let_through_as_is_public(void **state) {
    size_t through = 0;
    (void)state;
    for (unsigned i = 0; i < 65536; i++) {
        struct address address = {{[10] = 0xFF, [11] = 0xFF}};
        address.bytes[12] = (unsigned char)(i >> 8);
        address.bytes[13] = (unsigned char)i;
        address.bytes[14] = 1;
        address.bytes[15] = 1;
        through += address_refusal(&address, TEXT("")) == NULL;
    }
    // Without 0/8, 10/8, 127/8, 100.64/10, 169.254/16, 172.16/12, 192.168/16, 198.18/15, 224/3.
    assert_int_equal(through, 65536 - 3 * 256 - 64 - 1 - 16 - 1 - 2 - 32 * 256);
}

static void networks_of_ipv6_are_refused(void **state) {
    (void)state;
    refused("::", "own network");
    refused("::1", "loopback");
    refused("::2", "reserved");
    refused("::127.0.0.1", "reserved");
    refused("::8.8.8.8", "reserved");          // IPv4-compatible: nobody has it any more
    refused("::ffff:0:127.0.0.1", "reserved"); // translated by SIIT
    refused("fc00::", "private");
    refused("fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "private");
    refused("fe80::1", "link-local");
    refused("febf::1", "link-local");
    refused("fec0::1", "private");
    refused("ff02::1", "multicast");
    refused("100::1", "reserved"); // for discarding
    refused("64:ff9b:1::1", "reserved");
    refused("2001::1", "reserved"); // Teredo
    refused("2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff", "reserved");
    refused("2001:db8::1", "documentation");
    refused("3fff::1", "documentation");
    refused("2002:7f00:1::", "6to4");
    refused("2002:808:808::1", "6to4");
    refused("4000::1", "reserved");
    refused("5f00::1", "reserved");
    let_through("2001:200::1");
    let_through("2606:4700:4700::1111");
    let_through("2a00:1450:4001:80b::200e");
    let_through("3ffe:ffff::1");
}

static void an_ipv4_address_inside_an_ipv6_one_is_judged_as_such(void **state) {
    (void)state;
    refused("::ffff:127.0.0.1", "loopback");
    refused("::ffff:7f00:1", "loopback");
    refused("::ffff:10.1.2.3", "private");
    refused("::ffff:169.254.169.254", "metadata");
    let_through("::ffff:8.8.8.8");
    refused("64:ff9b::127.0.0.1", "loopback");
    refused("64:ff9b::a00:1", "private");
    refused("64:ff9b::169.254.169.254", "metadata");
    let_through("64:ff9b::8.8.8.8");
}

static void metadata_services_are_refused_also_on_public_addresses(void **state) {
    (void)state;
    refused("169.254.169.254", "metadata");
    refused("168.63.129.16", "metadata");
    refused("100.100.100.200", "metadata");
    refused("192.0.0.192", "metadata");
    refused("fd00:ec2::254", "metadata");
    let_through("168.63.129.15");
}

static void what_an_administrator_names_is_allowed_and_nothing_beside(void **state) {
    (void)state;
    assert_null(refusal("10.1.2.3", "10.1.0.0/16"));
    assert_non_null(refusal("10.2.0.1", "10.1.0.0/16"));
    assert_null(refusal("::ffff:10.1.2.3", "10.1.0.0/16"));
    assert_null(refusal("64:ff9b::10.1.2.3", "10.1.0.0/16"));
    assert_null(refusal("127.0.0.1", "192.0.2.1, 127.0.0.1"));
    assert_non_null(refusal("127.0.0.2", "127.0.0.1"));
    assert_null(refusal("::1", "::1"));
    assert_non_null(refusal("::1", "127.0.0.0/8"));
    assert_null(refusal("fd12::1", "fd12::/16"));
    assert_null(refusal("169.254.169.254", "*"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(networks_of_ipv4_end_where_they_end),
        cmocka_unit_test(of_all_of_ipv4_as_much_is_let_through_as_is_public),
        cmocka_unit_test(networks_of_ipv6_are_refused),
        cmocka_unit_test(an_ipv4_address_inside_an_ipv6_one_is_judged_as_such),
        cmocka_unit_test(metadata_services_are_refused_also_on_public_addresses),
        cmocka_unit_test(what_an_administrator_names_is_allowed_and_nothing_beside),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
