// SPDX-License-Identifier: GPL-2.0-or-later
// Guards which URLs a webhook may be registered with.
#include "webhook/target.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static bool takes(const char *url, bool http, const char *allow, const char *says) {
    const struct target_rule rule = {http, text_of(allow)};
    struct error error = {0};
    bool taken = target_check(text_of(url), &rule, &error);
    if (!taken) {
        assert_int_equal(error.code, ERROR_UNPROCESSABLE);
        assert_string_equal(error.field, "url");
        if (says && !strstr(error.message, says)) fail_msg("%s: %s", url, error.message);
    }
    return taken;
}

static void absolute_urls_of_https_are_taken(void **state) {
    static const char *const good[] = {
        "https://shop.example/hook",
        "https://shop.example",
        "https://shop.example:8443/a?b=c&d=%20",
        "https://xn--bcher-kva.example/h",
        "https://8.8.8.8/hook",
        "https://[2606:4700:4700::1111]:443/h",
        "https://shop.example?token=a@b",
        "https://shop.example/a:b@c/d",
    };
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        if (!takes(good[i], false, "", NULL)) fail_msg("%s is refused", good[i]);
}

static void what_is_no_url_to_call_is_refused(void **state) {
    static const char *const wrong[] = {
        "",
        "shop.example/hook",
        "https://",
        "https:///hook",
        "https://:443/",
        "https://shop.example:0/",
        "https://shop.example:65536/",
        "https://shop.example:443x/",
        "https://shop.example:/",
        "https://user@shop.example/",
        "https://user:password@shop.example/",
        "https://shop.example@127.0.0.1/",
        "https://shop.example/#there",
        "https://shop.example/a b",
        "https://shop.example/\r\nX: y",
        "https://shop.example\\@127.0.0.1/",
        ("https://b\xC3\xBC"
         "cher.example/"),
        "https://[::1",
        "https://[shop.example]/",
        "https://sh%6fp.example/",
        "ftp://shop.example/",
        "file:///etc/passwd",
        "HTTPS://shop.example/",
    };
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        if (takes(wrong[i], true, "", NULL)) fail_msg("%s is taken", wrong[i]);
}

static void http_is_taken_where_the_settings_say_so(void **state) {
    (void)state;
    assert_false(takes("http://shop.example/hook", false, "", "https://"));
    assert_true(takes("http://shop.example/hook", true, "", NULL));
}

static void a_host_that_is_an_address_is_judged_at_once(void **state) {
    (void)state;
    assert_false(takes("https://127.0.0.1/", false, "", "loopback"));
    assert_false(takes("https://[::1]:8443/", false, "", "loopback"));
    assert_false(takes("https://[::ffff:169.254.169.254]/", false, "", "metadata"));
    assert_true(takes("https://127.0.0.1/", false, "127.0.0.0/8", NULL));
}

static void a_url_has_2000_characters_at_most(void **state) {
    char url[WEBHOOK_URL_MAX + 2];
    (void)state;
    memset(url, 'a', sizeof url);
    memcpy(url, "https://shop.example/", 21);
    url[WEBHOOK_URL_MAX] = '\0';
    assert_true(takes(url, false, "", NULL));
    url[WEBHOOK_URL_MAX] = 'a';
    url[WEBHOOK_URL_MAX + 1] = '\0';
    assert_false(takes(url, false, "", "2000"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(absolute_urls_of_https_are_taken),
        cmocka_unit_test(what_is_no_url_to_call_is_refused),
        cmocka_unit_test(http_is_taken_where_the_settings_say_so),
        cmocka_unit_test(a_host_that_is_an_address_is_judged_at_once),
        cmocka_unit_test(a_url_has_2000_characters_at_most),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
