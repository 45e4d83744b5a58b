// SPDX-License-Identifier: GPL-2.0-or-later
// Guards that receivers with any library of Standard Webhooks can check what is signed.
#include "webhook/secret.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define SECRET    TEXT("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
#define ID        TEXT("msg_p5jXN8AQM9LWM0D4loKWxJek")
#define TIMESTAMP 1614265330

static void signs(struct text secret, struct text body, const char *wanted) {
    struct buffer out = buffer_new(256);
    assert_true(webhook_sign(secret, ID, TIMESTAMP, body, &out));
    assert_string_equal(out.data, wanted);
    buffer_free(&out);
}

// The example that the specification's libraries are tested with, and the same without its blank.
static void the_published_vectors_are_signed_as_published(void **state) {
    (void)state;
    signs(SECRET, TEXT("{\"test\": 2432232314}"), "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    signs(SECRET, TEXT("{\"test\":2432232314}"), "v1,Vif40peJBP7Iyl0XGmu61n4MwdrcHov5CFREBpE0svs=");
}

static void two_secrets_give_two_signatures_with_a_blank_between(void **state) {
    struct buffer out = buffer_new(512);
    (void)state;
    assert_true(webhook_sign(SECRET, ID, TIMESTAMP, TEXT("{\"test\": 2432232314}"), &out));
    assert_true(
        webhook_sign(TEXT("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"), ID, TIMESTAMP, TEXT("{}"), &out));
    assert_memory_equal(out.data, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE= v1,", 51);
    assert_int_equal(out.length, 2 * 47 + 1);
    buffer_free(&out);
}

static void what_is_no_secret_signs_nothing(void **state) {
    static const char *const wrong[] = {"", "whsec_", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_!!!!",
                                        "whsec_A"};
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct buffer out = buffer_new(256);
        assert_false(webhook_sign(text_of(wrong[i]), ID, TIMESTAMP, TEXT("{}"), &out));
        buffer_free(&out);
    }
}

static void a_new_secret_has_32_bytes_and_is_another_each_time(void **state) {
    char first[WEBHOOK_SECRET_SIZE] = "", second[WEBHOOK_SECRET_SIZE] = "";
    struct error error;
    (void)state;
    assert_true(webhook_secret_make(first, &error) && webhook_secret_make(second, &error));
    assert_memory_equal(first, "whsec_", 6);
    assert_int_equal(strlen(first), 6 + 44);
    assert_string_not_equal(first, second);
    struct buffer out = buffer_new(256);
    assert_true(webhook_sign(text_of(first), ID, 1, TEXT(""), &out));
    buffer_free(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_published_vectors_are_signed_as_published),
        cmocka_unit_test(two_secrets_give_two_signatures_with_a_blank_between),
        cmocka_unit_test(what_is_no_secret_signs_nothing),
        cmocka_unit_test(a_new_secret_has_32_bytes_and_is_another_each_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
