// SPDX-License-Identifier: GPL-2.0-or-later
// Who is asking: addresses, networks, and whom X-Forwarded-For is believed from.
#include "base/ip_address.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static bool valid(const char *text) {
    struct address address;
    return address_parse(text_of(text), &address);
}

static bool inside(const char *net, const char *text) {
    struct network network = {0};
    struct address address;
    assert_true(network_parse(text_of(net), &network));
    assert_true(address_parse(text_of(text), &address));
    return network_contains(&network, &address);
}

static bool is_network(const char *text) {
    struct network network = {0};
    return network_parse(text_of(text), &network);
}

static void an_address_is_ipv4_or_ipv6_and_nothing_else(void **state) {
    (void)state;
    assert_true(valid("127.0.0.1"));
    assert_true(valid("::1"));
    assert_true(valid("2001:db8::ff"));
    assert_true(valid("::ffff:10.0.0.1"));
    const char *const wrong[] = {"",           " 127.0.0.1", "127.0.0.1 ", "127.1", "1.2.3.4.5",
                                 "256.1.1.1",  "unix:",      "010.0.0.1",  "[::1]", "fe80::1%lo",
                                 "1.2.3.4:80", "10.0.0.0/8", "localhost",  ":::"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        if (valid(wrong[i])) fail_msg("taken for an address: '%s'", wrong[i]);
}

static void an_address_with_a_nul_or_of_great_length_is_none(void **state) {
    (void)state;
    struct address address;
    assert_false(address_parse((struct text){"127.0.0.1\0x", 11}, &address));
    char longish[200];
    memset(longish, '1', sizeof longish);
    assert_false(address_parse((struct text){longish, sizeof longish}, &address));
    assert_false(address_parse(TEXT_NULL, &address));
}

static void a_network_holds_exactly_its_addresses(void **state) {
    (void)state;
    assert_true(inside("10.0.0.0/8", "10.255.1.2"));
    assert_false(inside("10.0.0.0/8", "11.0.0.0"));
    assert_true(inside("192.168.4.0/23", "192.168.5.255"));
    assert_false(inside("192.168.4.0/23", "192.168.6.0"));
    assert_true(inside("192.0.2.7", "192.0.2.7"));
    assert_false(inside("192.0.2.7", "192.0.2.6"));
    assert_true(inside("2001:db8::/33", "2001:db8:7fff::1"));
    assert_false(inside("2001:db8::/33", "2001:db8:8000::1"));
    assert_true(inside("0.0.0.0/0", "8.8.8.8"));
    assert_false(inside("0.0.0.0/0", "2001:db8::1"));
    assert_true(inside("::/0", "2001:db8::1"));
}

static void an_ipv4_mapped_address_is_the_ipv4_address(void **state) {
    (void)state;
    assert_true(inside("10.0.0.0/8", "::ffff:10.1.1.1"));
    assert_true(inside("::ffff:10.0.0.0/104", "10.9.9.9"));
}

static void a_wrong_network_is_refused(void **state) {
    (void)state;
    const char *const wrong[] = {"",
                                 "10.0.0.0/",
                                 "10.0.0.0/33",
                                 "10.0.0.0/-1",
                                 "10.0.0.0/+8",
                                 "10.0.0.0/ 8",
                                 "::/129",
                                 "10.0.0.0/8/8",
                                 "/8",
                                 "*",
                                 "10.0.0.0/8x",
                                 "10.0.0.0/0000008",
                                 "10.0.0.0/-0",
                                 "10/8"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        if (is_network(wrong[i])) fail_msg("taken for a network: '%s'", wrong[i]);
    assert_true(is_network("10.0.0.0/0"));
    assert_true(is_network("::/128"));
}

static const char *resolve(const char *peer, const char *forwarded, const char *trusted) {
    static char client[ADDRESS_TEXT_MAX];
    struct network network = {0};
    if (trusted) assert_true(network_parse(text_of(trusted), &network));
    address_resolve(peer, forwarded, &network, trusted ? 1 : 0, client);
    return client;
}

static void forwarded_counts_only_from_a_trusted_peer(void **state) {
    (void)state;
    assert_string_equal(resolve("127.0.0.1", "10.0.0.9", NULL), "127.0.0.1");
    assert_string_equal(resolve("192.0.2.1", "10.0.0.9", "127.0.0.1"), "192.0.2.1");
    assert_string_equal(resolve("127.0.0.1", "10.0.0.9", "127.0.0.1"), "10.0.0.9");
    assert_string_equal(resolve("127.0.0.1", NULL, "127.0.0.1"), "127.0.0.1");
}

static void the_first_untrusted_hop_from_the_right_is_the_client(void **state) {
    (void)state;
    assert_string_equal(resolve("127.0.0.1", "10.0.0.9, 1.2.3.4", "127.0.0.1"), "1.2.3.4");
    assert_string_equal(resolve("127.0.0.1", "10.0.0.9 ,\t127.0.0.1", "127.0.0.1"), "10.0.0.9");
}

static void a_port_behind_a_hop_is_left_off(void **state) {
    (void)state;
    assert_string_equal(resolve("127.0.0.1", "192.0.2.80, 203.0.113.5:4711", "127.0.0.1"), "203.0.113.5");
    assert_string_equal(resolve("127.0.0.1", "192.0.2.80, [2001:db8::1]:4711", "127.0.0.1"), "2001:db8::1");
    assert_string_equal(resolve("127.0.0.1", "192.0.2.80, [2001:DB8::1]", "127.0.0.1"), "2001:DB8::1");
    assert_string_equal(resolve("127.0.0.1", "192.0.2.80, 127.0.0.1:65535", "127.0.0.1"), "192.0.2.80");
    assert_string_equal(resolve("127.0.0.1", "192.0.2.80, [::1]:1", "::1"), "127.0.0.1");
}

static void a_hop_that_cannot_be_read_ends_the_walk(void **state) {
    (void)state;
    const char *const hops[] = {"unknown",
                                "_hidden",
                                "",
                                "203.0.113.5:",
                                "203.0.113.5:x",
                                "203.0.113.5:70000",
                                "203.0.113.5:-1",
                                "203.0.113.5:1:2",
                                "203.0.113.256",
                                "[2001:db8::1",
                                "[203.0.113.5]",
                                "[203.0.113.5]:80",
                                "[2001:db8::1]x",
                                "[2001:db8::1]:",
                                "2001:db8::1:65536",
                                "fe80::1%eth0",
                                "\"203.0.113.5\"",
                                "for=203.0.113.5",
                                "203.0.113.5 80",
                                "203.0.113.5:000080",
                                "[]"};
    for (size_t i = 0; i < sizeof hops / sizeof *hops; i++) {
        char forwarded[128];
        snprintf(forwarded, sizeof forwarded, "192.0.2.80, %s", hops[i]);
        if (strcmp(resolve("127.0.0.1", forwarded, "127.0.0.1"), ADDRESS_UNREADABLE) != 0)
            fail_msg("believed: '%s'", forwarded);
        snprintf(forwarded, sizeof forwarded, "192.0.2.80, %s, 127.0.0.1", hops[i]);
        if (strcmp(resolve("127.0.0.1", forwarded, "127.0.0.1"), ADDRESS_UNREADABLE) != 0)
            fail_msg("believed: '%s'", forwarded);
        // To the left of an untrusted hop nothing matters.
        snprintf(forwarded, sizeof forwarded, "%s, 192.0.2.80", hops[i]);
        assert_string_equal(resolve("127.0.0.1", forwarded, "127.0.0.1"), "192.0.2.80");
    }
}

static void when_all_hops_are_trusted_the_left_most_is_the_client(void **state) {
    (void)state;
    assert_string_equal(resolve("127.0.0.1", "127.0.0.3, 127.0.0.2", "127.0.0.0/8"), "127.0.0.3");
    assert_string_equal(resolve("127.0.0.1", "", "127.0.0.0/8"), "127.0.0.1");
}

static void the_client_is_written_as_it_stood(void **state) {
    (void)state;
    assert_string_equal(resolve("127.0.0.1", " 2001:DB8:0:0::1 ", "127.0.0.1"), "2001:DB8:0:0::1");
    assert_string_equal(resolve("unix:", "10.0.0.9", "0.0.0.0/0"), "unix:");
    assert_string_equal(resolve(NULL, "10.0.0.9", "0.0.0.0/0"), "");
}

static void a_peer_of_any_length_is_cut(void **state) {
    (void)state;
    char peer[500];
    memset(peer, 'a', sizeof peer - 1);
    peer[sizeof peer - 1] = '\0';
    assert_int_equal(strlen(resolve(peer, NULL, NULL)), ADDRESS_TEXT_MAX - 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_address_is_ipv4_or_ipv6_and_nothing_else),
        cmocka_unit_test(an_address_with_a_nul_or_of_great_length_is_none),
        cmocka_unit_test(a_network_holds_exactly_its_addresses),
        cmocka_unit_test(an_ipv4_mapped_address_is_the_ipv4_address),
        cmocka_unit_test(a_wrong_network_is_refused),
        cmocka_unit_test(forwarded_counts_only_from_a_trusted_peer),
        cmocka_unit_test(the_first_untrusted_hop_from_the_right_is_the_client),
        cmocka_unit_test(a_port_behind_a_hop_is_left_off),
        cmocka_unit_test(a_hop_that_cannot_be_read_ends_the_walk),
        cmocka_unit_test(when_all_hops_are_trusted_the_left_most_is_the_client),
        cmocka_unit_test(the_client_is_written_as_it_stood),
        cmocka_unit_test(a_peer_of_any_length_is_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
