// SPDX-License-Identifier: GPL-2.0-or-later
// Guards the Message-IDs: osTicket must know them as its own, and each must be another. spec: creating.md
// D.3.
#include "mail/message_id.h"

#include "base/base64.h"
#include "base/buffer.h"
#include "crypto/digest.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define SALT TEXT("0123456789abcdefghijklmnopqrstuv")

struct parts {
    char system[7], random[6], tag[25];
};

static struct parts make(const struct message_tag *tag, struct text salt) {
    struct buffer out = buffer_new(128);
    struct parts parts = {0};
    struct error error = {0};
    assert_true(message_id_make(tag, salt, &out, &error));
    // "B" 6 "-" 5 "-" 24 "-"
    assert_int_equal(out.length, 39);
    assert_int_equal(out.data[0], 'B');
    assert_int_equal(out.data[7], '-');
    assert_int_equal(out.data[13], '-');
    assert_int_equal(out.data[38], '-');
    memcpy(parts.system, out.data + 1, 6);
    memcpy(parts.random, out.data + 8, 5);
    memcpy(parts.tag, out.data + 14, 24);
    buffer_free(&out);
    return parts;
}

// What osTicket checks: the last five bytes are a signature of all the rest.
static void the_tag_is_signed_with_the_salt(void **state) {
    (void)state;
    const struct message_tag tag = {'U', 0x01020304, 0xA0B0C0D0, 77};
    struct parts parts = make(&tag, SALT);
    struct buffer bytes = buffer_new(64);
    unsigned char digest[DIGEST_SHA1_SIZE];
    char signed_data[13 + 5 + 6];
    assert_true(base64_decode_strict(text_of(parts.tag), &bytes));
    assert_int_equal(bytes.length, 18);
    assert_memory_equal(bytes.data, "\x04\x03\x02\x01\xD0\xC0\xB0\xA0\x4D\0\0\0U", 13);
    memcpy(signed_data, bytes.data, 13);
    memcpy(signed_data + 13, parts.random, 5);
    memcpy(signed_data + 18, parts.system, 6);
    assert_true(digest_hmac_sha1(SALT, (struct text){signed_data, sizeof signed_data}, digest));
    assert_memory_equal(bytes.data + 13, digest + DIGEST_SHA1_SIZE - 5, 5);
    buffer_free(&bytes);
}

static void the_system_s_part_comes_from_the_salt_alone(void **state) {
    (void)state;
    const struct message_tag one = {'M', 0, 1, 1}, other = {'S', 9, 9, 9};
    struct parts a = make(&one, SALT), b = make(&other, SALT), c = make(&one, TEXT("another"));
    assert_string_equal(a.system, b.system);
    assert_string_not_equal(a.system, c.system);
    assert_null(strchr(a.system, '+'));
}

static void one_is_known_again_by_its_salt(void **state) {
    (void)state;
    const struct message_tag tag = {'U', 5, 6, 7};
    struct buffer id = buffer_new(256);
    struct error error = {0};
    assert_true(message_id_make(&tag, SALT, &id, &error));
    assert_int_equal(message_id_origin(buffer_text(&id), SALT), MESSAGE_ID_OURS);
    buffer_add_string(&id, "desk@quay.example>\nX: y");
    assert_int_equal(message_id_origin(buffer_text(&id), SALT), MESSAGE_ID_OURS);
    assert_int_equal(message_id_origin(buffer_text(&id), TEXT("another")), MESSAGE_ID_OTHERS);
    id.data[20] = id.data[20] == 'A' ? 'B' : 'A'; // forged
    assert_int_equal(message_id_origin(buffer_text(&id), SALT), MESSAGE_ID_OTHERS);
    id.data[20] = '!';
    assert_int_equal(message_id_origin(buffer_text(&id), SALT), MESSAGE_ID_NONE);
    for (size_t length = 0; length < 39; length++)
        assert_int_equal(message_id_origin((struct text){id.data, length}, SALT), MESSAGE_ID_NONE);
    buffer_free(&id);
}

static void no_two_are_the_same(void **state) {
    (void)state;
    enum { COUNT = 200 };
    static struct parts made[COUNT];
    const struct message_tag tag = {'M', 0, 1, 1};
    for (size_t i = 0; i < COUNT; i++) {
        made[i] = make(&tag, SALT);
        assert_null(strchr(made[i].random, '-'));
        assert_null(strchr(made[i].random, 'j'));
        for (size_t j = 0; j < i; j++) assert_memory_not_equal(&made[i], &made[j], sizeof made[i]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_tag_is_signed_with_the_salt),
        cmocka_unit_test(the_system_s_part_comes_from_the_salt_alone),
        cmocka_unit_test(one_is_known_again_by_its_salt),
        cmocka_unit_test(no_two_are_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
