// SPDX-License-Identifier: GPL-2.0-or-later
// Guards who a mail goes to: which addresses can stand in a header and a command, lists as they are kept and
// typed.
#include "mail/address_list.h"
#include "mail/header_text.h"
#include "mail/recipient_list.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void only_single_plain_addresses_are_used(void **state) {
    (void)state;
    static const char *const good[] = {"a@b.example", "a+tag@b.example", "a.b'c@b",
                                       "m\xC3\xBCller@b.example"};
    static const char *const bad[] = {"",
                                      "@",
                                      "a@",
                                      "@b",
                                      "a",
                                      "a@b@c",
                                      "-oQx@b.example",
                                      "a b@c.example",
                                      "a@b.example\r\nBcc: c@d.example",
                                      "a@b.example\n",
                                      "a@b.example,c@d.example",
                                      "<a@b.example>",
                                      "\"a\"@b.example",
                                      "a@b.example(c)",
                                      "a:b@c",
                                      "a;b@c",
                                      "a\\b@c",
                                      "a@b.example\x7F",
                                      "a\xFF@b.example"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_true(mail_address_is_usable(text_of(good[i])));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(mail_address_is_usable(text_of(bad[i])));
    assert_false(mail_address_is_usable(TEXT("a\0b@c.example")));
    assert_false(mail_address_is_usable(TEXT_NULL));
}

static void a_header_s_text_is_one_line(void **state) {
    (void)state;
    static const struct {
        struct text from;
        const char *to;
    } cases[] = {
        {{"a\r\nBcc: b", 9}, "a Bcc: b"},
        {{" a \t b ", 7}, "a b"},
        {{"a\0b", 3}, "a b"},
        {{"a\xE2\x80\xA8"
          "b\xC2\x85"
          "c",
          8},
         "a b c"}, // line separator, next line
        {{"\xFF", 1}, "\xEF\xBF\xBD"},
        {{"\r\n", 2}, ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buffer out = buffer_new(256);
        mail_one_line(cases[i].from, &out);
        assert_string_equal(out.data, cases[i].to);
        buffer_free(&out);
    }
}

static void a_list_is_read_back_as_it_was_written(void **state) {
    (void)state;
    const struct reply_mail_recipient written[] = {
        {.id = 1,
         .user_id = 1,
         .address = TEXT("a@b.example"),
         .name = TEXT("J\xC3\xB6rg\tX\nto\t9\t9\tevil@b.example\t")},
        {.copy = true, .id = 7, .user_id = 2, .address = TEXT("c@d.example"), .name = TEXT("")},
    };
    struct buffer list = buffer_new(4096);
    struct arena arena = arena_new(65536);
    struct reply_mail_recipient *items;
    size_t count;
    for (size_t i = 0; i < 2; i++) recipient_list_add(&written[i], &list);
    recipient_list_read(buffer_text(&list), &arena, &items, &count);
    assert_int_equal(count, 2);
    assert_false(items[0].copy);
    assert_true(text_equal(items[0].address, written[0].address));
    assert_true(text_equal(items[0].name, TEXT("J\xC3\xB6rg X to 9 9 evil@b.example")));
    assert_true(items[1].copy);
    assert_int_equal(items[1].id, 7);
    assert_int_equal(items[1].user_id, 2);
    assert_int_equal(items[1].name.length, 0);
    buffer_free(&list);
    arena_free(&arena);
}

static void what_is_no_line_of_a_list_is_passed_over(void **state) {
    (void)state;
    struct arena arena = arena_new(65536);
    struct reply_mail_recipient *items;
    size_t count;
    recipient_list_read(
        TEXT("junk\n\nto\tx\t1\ta@b.example\tA\nto\t1\t1\tno address\tB\nto\t1\t1\tc@d.example\tC"), &arena,
        &items, &count);
    assert_int_equal(count, 1);
    assert_true(text_equal(items[0].name, TEXT("C")));
    arena_free(&arena);
}

static void typed_lists(void **state) {
    (void)state;
    const struct reply_mail_owner user = {3, TEXT("Ch\xC3\xA9r"), TEXT(" cher@stage.example ")};
    static const struct {
        const char *typed, *read;
    } cases[] = {
        {"", ""},
        {"a@b.example", "<a@b.example>"},
        {"Ops <a@b.example>, c@d.example", "Ops<a@b.example><c@d.example>"},
        {"\"A, B\" <a@b.example>, <c@d.example>", "A, B<a@b.example><c@d.example>"},
        {"all: a@b.example, B <c@d.example>;", "<a@b.example>B<c@d.example>"},
        {"a@b.example, A@B.example", "<a@b.example>"},
        {"%{user}, x@y.example", "Ch\xC3\xA9r<cher@stage.example><x@y.example>"},
        {"%{user}, cher@stage.example", "Ch\xC3\xA9r<cher@stage.example>"},
        {"nobody, <@x>, \"a b\"@c.example", ""},
        {"=?utf-8?Q?A=0D=0ABcc=3A_B?= <a@b.example>", "A Bcc: B<a@b.example>"},
        {"=?utf-8?Q?Ch=C3=A9r?= <a@b.example>, c@d.example (=?utf-8?Q?x=2C_y?=)",
         "Ch\xC3\xA9r<a@b.example>x, y<c@d.example>"},
        {"Jane \"The \\\"Boss\\\", Jr\" Doe <a@b.example>", "Jane The \"Boss\", Jr Doe<a@b.example>"},
        {"a@b.example (Jane (of \\) Ops), Doe); c@d.example",
         "Jane (of ) Ops), Doe<a@b.example><c@d.example>"},
        {"\"a@b.example\"", ""},
        {"A <a@b.example", "A<a@b.example>"},
        {"\"A <a@b.example>", ""},
        {"a@b.example, (c@d.example", "<a@b.example>"},
        {"a@b.example c@d.example,,;<>,:", ""},
        {"A\r\nBcc: x@y.example <a@b.example>, B\n<c@d.example>", "x@y.example<a@b.example>B<c@d.example>"},
        {"a\\", ""},
        {"\"\\", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena arena = arena_new(65536);
        struct address_list list;
        struct error error = {0};
        struct buffer read = buffer_new(4096);
        assert_true(address_list_read(text_of(cases[i].typed), &user, &arena, &list, &error));
        for (size_t j = 0; j < list.count; j++) {
            buffer_add_text(&read, list.items[j].name);
            buffer_add_char(&read, '<');
            buffer_add_text(&read, list.items[j].address);
            buffer_add_char(&read, '>');
        }
        assert_string_equal(read.data, cases[i].read);
        buffer_free(&read);
        arena_free(&arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_single_plain_addresses_are_used),
        cmocka_unit_test(a_header_s_text_is_one_line),
        cmocka_unit_test(a_list_is_read_back_as_it_was_written),
        cmocka_unit_test(what_is_no_line_of_a_list_is_passed_over),
        cmocka_unit_test(typed_lists),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
