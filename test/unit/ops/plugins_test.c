// SPDX-License-Identifier: GPL-2.0-or-later
// Which plugins have a say in tickets: by their folder, and by whether anything of them is switched on.
#include "fake_db.h"
#include "ops/plugins.h"
#include "store/statements.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static enum plugin_kind kind(const char *path, const char *ignored) {
    return plugin_kind_of(text_of(path), text_of(ignored));
}

static void osticket_s_own_for_sign_in_and_storage_are_harmless(void **state) {
    (void)state;
    static const char *const paths[] = {"plugins/auth-ldap",        "plugins/auth-ldap.phar",
                                        "plugins/auth-oauth2.phar", "plugins/auth-2fa",
                                        "plugins/auth-passthru",    "plugins/auth-password-policy",
                                        "plugins/storage-s3",       "plugins/storage-fs.phar"};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
        if (kind(paths[i], "") != PLUGIN_HARMLESS) fail_msg("%s", paths[i]);
}

static void any_other_listens(void **state) {
    (void)state;
    static const char *const paths[] = {"plugins/audit",
                                        "plugins/audit.phar",
                                        "plugins/chat",
                                        "plugins/auth-ldap-and-more",
                                        "auth-ldap/x",
                                        "plugins/",
                                        "",
                                        ".phar",
                                        "plugins/AUTH-LDAP"};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
        if (kind(paths[i], "") != PLUGIN_LISTENS) fail_msg("%s", paths[i]);
}

static void others_are_named_by_their_folder(void **state) {
    (void)state;
    assert_int_equal(kind("plugins/chat", "chat"), PLUGIN_IGNORED);
    assert_int_equal(kind("plugins/chat.phar", "x, chat"), PLUGIN_IGNORED);
    assert_int_equal(kind("plugins/chat", " ,plugins/chat.phar , "), PLUGIN_IGNORED);
    assert_int_equal(kind("plugins/chat", "cha, chatt,"), PLUGIN_LISTENS);
    assert_int_equal(kind("plugins/", ","), PLUGIN_LISTENS);
}

static bool listening(const char *instances, const char *switched_on, size_t *asked) {
    struct plugin_row rows[] = {{1, TEXT("LDAP"), TEXT("plugins/auth-ldap")},
                                {2, TEXT("Chat"), TEXT("plugins/chat")}};
    struct help_desk help_desk = {.plugins = rows, .plugin_count = instances ? 2 : 1};
    const fake_row answer[] = {{[PLUGIN_INSTANCES] = instances, [PLUGIN_INSTANCES_ON] = switched_on}};
    const struct fake_answer script[] = {{STATEMENT_PLUGIN_INSTANCES, answer, 1}};
    struct db db = {.answers = script, .answer_count = 1};
    struct error error = {0};
    bool listens = !plugins_check(&db, &help_desk, TEXT(""), "a reply", &error);
    *asked = db.call_count;
    if (!listens) return false;
    assert_int_equal(error.code, ERROR_NOT_NATIVE);
    assert_string_equal(
        error.message,
        "the plugin \"Chat\" is active on this help desk, and only PHP can ask it about a reply");
    return true;
}

static void one_whose_instances_are_switched_off_does_nothing(void **state) {
    (void)state;
    size_t asked;
    assert_false(listening("2", "0", &asked));
    assert_true(listening("2", "1", &asked));
    assert_true(listening("0", "0", &asked)); // of the kind without instances
    assert_int_equal(asked, 1);
    assert_false(listening(NULL, NULL, &asked));
    assert_int_equal(asked, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(osticket_s_own_for_sign_in_and_storage_are_harmless),
        cmocka_unit_test(any_other_listens),
        cmocka_unit_test(others_are_named_by_their_folder),
        cmocka_unit_test(one_whose_instances_are_switched_off_does_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
