// SPDX-License-Identifier: GPL-2.0-or-later
// Guards the tokens of mails' links: made as osTicket 1.18 makes them (its own function was run for these
// values), read back, and no other text is taken for one. spec: creating.md D.2; operations.md 9.4.
#include "crypto/link_token.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define SALT        "0123456789abcdefghijklmnopqrstuv"
#define COUNT(list) (sizeof(list) / sizeof *(list))

static const struct {
    int64_t holder, ticket;
    bool is_owner;
    const char *created, *text;
} made_by_php[] = {
    {2035525363, 311111476, false, "2074-01-17 06:02:05", "c1x4otfg4juf4fre4nOhRoBbNAiY4Q=="},
    {56, 12, true, "2028-11-21 18:03:36", "o1xhaaaaaamaaaaapnq3NF+jHzZn0w=="},
    {75, 6, false, "2018-09-04 18:19:35", "c1xjmaaaaagaaaaaoYdsbLcBPNBm/A=="},
    {918247488, 1257484521, false, "2031-03-23 07:05:36", "c1xibmlwnxjwdzuudvl4R1oZA2zqew=="},
    {1127850897, 1236683273, true, "2065-07-06 10:09:59", "o1xsgrtsqyjjk1esN6n+JGDSj1Z60Q=="},
    {168393880, 2396917115, false, "2088-06-20 15:37:51", "c1xtb4asct1bxpi2ZFPmojEYVCDqxg=="},
    {59, 2993772870, true, "2093-12-10 20:36:43", "o1xhmaaaacglfy1erw1DtFH2XkI1pQ=="},
};

static struct link_token token_of(size_t i) {
    return (struct link_token){.ticket_id = made_by_php[i].ticket,
                               .created = text_of(made_by_php[i].created),
                               .holder_id = made_by_php[i].holder,
                               .is_owner = made_by_php[i].is_owner,
                               .secret_salt = TEXT(SALT)};
}

static void they_are_osticket_s(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(made_by_php); i++) {
        struct link_token token = token_of(i), read;
        struct buffer out = buffer_new(64);
        link_token_make(&token, &out);
        assert_string_equal(out.data, made_by_php[i].text);
        assert_true(link_token_read(buffer_text(&out), &read));
        assert_int_equal(read.ticket_id, token.ticket_id);
        assert_int_equal(read.holder_id, token.holder_id);
        assert_int_equal(read.is_owner, token.is_owner);
        assert_true(link_token_is(&token, buffer_text(&out)));
        buffer_free(&out);
    }
}

static void one_character_more_less_or_other_is_none(void **state) {
    (void)state;
    struct link_token token = token_of(1);
    const char *good = made_by_php[1].text;
    char other[64];
    for (size_t i = 0; i < strlen(good); i++) {
        for (int bit = 0; bit < 8; bit++) {
            strcpy(other, good);
            other[i] = (char)(other[i] ^ 1 << bit);
            assert_false(link_token_is(&token, (struct text){other, strlen(good)}));
        }
        assert_false(link_token_is(&token, (struct text){good, i}));
    }
    snprintf(other, sizeof other, "%s=", good);
    assert_false(link_token_is(&token, text_of(other)));
}

static void without_a_salt_nothing_is_one(void **state) {
    (void)state;
    struct link_token token = token_of(1);
    struct buffer out = buffer_new(64);
    token.secret_salt = TEXT("");
    link_token_make(&token, &out);
    assert_false(link_token_is(&token, buffer_text(&out)));
    buffer_free(&out);
}

static void what_can_be_none_is_not_read(void **state) {
    (void)state;
    static const char *const others[] = {
        "",
        "o1x",
        "O1xhaaaaaamaaaaapnq3NF+jHzZn0w==",  // PHP takes it
        "o1XHAAAAAAMAAAAApnq3NF+jHzZn0w==",  // and this
        "x1xhaaaaaamaaaaapnq3NF+jHzZn0w==",  // nobody's
        "o2xhaaaaaamaaaaapnq3NF+jHzZn0w==",  // made otherwise
        "o1xhaaaaaamaaaa6pnq3NF+jHzZn0w==",  // no such digit
        "o1xhaaaaaamaaaabpnq3NF+jHzZn0w==",  // a bit that no byte has
        "o1xaaaaaaamaaaaapnq3NF+jHzZn0w==",  // of nobody
        "o1xhaaaaaaaaaaaapnq3NF+jHzZn0w==",  // of no ticket
        "o1xhaaaaaamaaaaapnq3NF+jHzZn0w===", // longer
        "eyJhbGciOiJIUzI1NiJ9.e30.c2lnbmF0dXJl",
    };
    struct link_token token;
    for (size_t i = 0; i < COUNT(others); i++) assert_false(link_token_read(text_of(others[i]), &token));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(they_are_osticket_s),
        cmocka_unit_test(one_character_more_less_or_other_is_none),
        cmocka_unit_test(without_a_salt_nothing_is_one),
        cmocka_unit_test(what_can_be_none_is_not_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
