// SPDX-License-Identifier: GPL-2.0-or-later
// Guards the links to a ticket: the token must open it in osTicket. spec: creating.md D.2; values by the
// formula there.
#include "mail/ticket_link.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct ticket_link example(void) {
    return (struct ticket_link){
        TEXT("https://desk.example/help"),       4, TEXT("2025-03-07 16:20:00"), 3, true, true,
        TEXT("0123456789abcdefghijklmnopqrstuv")};
}

static void expect(struct ticket_link link, const char *token, const char *address) {
    struct buffer out = buffer_new(256);
    ticket_link_token(&link, &out);
    assert_string_equal(out.data, token);
    buffer_clear(&out);
    ticket_link(&link, &out);
    assert_string_equal(out.data, address);
    buffer_free(&out);
}

static void an_owner_s_token(void **state) {
    (void)state;
    expect(example(), "o1xamaaaaaeaaaaaXoMKXlrkbWtUkA==",
           "https://desk.example/help/view.php?auth=o1xamaaaaaeaaaaaXoMKXlrkbWtUkA%3D%3D");
}

static void a_collaborator_s_token(void **state) {
    (void)state;
    struct ticket_link link = example();
    link.is_owner = false;
    link.user_id = 70000;
    link.ticket_id = 4000000000;
    expect(link, "c1xoaiqcaaafbv42Auo48U+oDA7jzA==",
           "https://desk.example/help/view.php?auth=c1xoaiqcaaafbv42Auo48U%2BoDA7jzA%3D%3D");
}

static void without_a_token_the_ticket_s_id(void **state) {
    (void)state;
    struct ticket_link link = example();
    link.with_token = false;
    expect(link, "o1xamaaaaaeaaaaaXoMKXlrkbWtUkA==", "https://desk.example/help/view.php?id=4");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_owner_s_token),
        cmocka_unit_test(a_collaborator_s_token),
        cmocka_unit_test(without_a_token_the_ticket_s_id),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
