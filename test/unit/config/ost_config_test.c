// SPDX-License-Identifier: GPL-2.0-or-later
// Taking over osTicket's ost-config.php: the forms it is written in, and that every byte of a password
// survives.
#include "config/ost_config.h"

#include "base/buffer.h"
#include "config/settings.h"

#include "rounds.h"
#include "temporary.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define REST                                                                                                 \
    "define('DBUSER', 'u'); define('DBPASS', 'p'); define('DBNAME', 'n');"                                   \
    "define('TABLE_PREFIX', 'ost_'); define('SECRET_SALT', 's');"

// The ini of a PHP text, or NULL with the error's message, without the file's path, in `message`.
static char *import_bytes(const void *php, size_t length, char message[ERROR_MESSAGE_MAX]) {
    struct temporary file = temporary_bytes(php, length);
    char *text = NULL;
    size_t text_length = 0;
    FILE *memory = open_memstream(&text, &text_length);
    struct error error = {0};
    bool good = ost_config_import(file.path, memory, &error);
    fclose(memory);
    const char *path = strstr(error.message, file.path);
    strcpy(message, path == error.message ? path + strlen(file.path) : error.message);
    temporary_remove(&file);
    if (good) return text;
    assert_int_equal(text_length, 0); // nothing half written
    free(text);
    return NULL;
}

static struct settings load_text(const char *ini) {
    struct temporary file = temporary_text(ini);
    struct settings settings;
    struct error error = {0};
    if (!settings_load(file.path, &settings, &error)) fail_msg("%s in\n%s", error.message, ini);
    temporary_remove(&file);
    return settings;
}

static struct settings import_bytes_and_load(const void *php, size_t length) {
    char message[ERROR_MESSAGE_MAX];
    char *ini = import_bytes(php, length, message);
    if (!ini) fail_msg("refused: %s", message);
    struct settings settings = load_text(ini);
    free(ini);
    return settings;
}

static struct settings import_and_load(const char *php) {
    return import_bytes_and_load(php, strlen(php));
}

static void refused(const char *php, const char *expected) {
    char message[ERROR_MESSAGE_MAX];
    char *ini = import_bytes(php, strlen(php), message);
    if (ini) fail_msg("accepted: %s", php);
    assert_string_equal(message, expected);
}

static void an_installed_file_is_taken_over(void **state) {
    (void)state;
    struct settings settings =
        import_and_load("<?php\n"
                        "/* Settings of a help desk; define('DBHOST','not this') */\n"
                        "#No direct calls.\n"
                        "if(!defined('INCLUDE_DIR') || !strcasecmp(basename(__FILE__), $_SERVER['X']))\n"
                        "    die('no {$way} \"in\"');\n"
                        "define('OSTINSTALLED',TRUE);\n"
                        "if(OSTINSTALLED!=TRUE){ header('Location: '.ROOT_PATH.'setup/'); exit; }\n"
                        "# define('DBSSLCA','/not/this');\n"
                        "define('SECRET_SALT','Ab9_xyz');\n"
                        "define('ADMIN_EMAIL','root@example.org');\n"
                        "define('DBTYPE','mysql');\n"
                        "#  a comma list (db1:6033,db2:6033)\n"
                        "define('DBHOST','db1:6033,db2:6034');\n"
                        "define('DBNAME','help');\n"
                        "define('DBUSER','helper');\n"
                        "define('DBPASS','it\\'s # ; secret');\n"
                        "define('DBCONNECT_TIMEOUT', 5);\n"
                        "DEFINE ( \"TABLE_PREFIX\" , \"hd_\" , true ) ;\n"
                        "# define(MAIL_EOL, \"\\r\\n\");\n"
                        "define('TRUSTED_PROXIES', '10.1.0.0/16, 2001:db8::5');\n"
                        "define('LOCAL_NETWORKS', '127.0.0.0/24');\n"
                        "?>\n");
    assert_string_equal(settings.database.host, "db1:6033, db2:6034");
    assert_string_equal(settings.database.name, "help");
    assert_string_equal(settings.database.user, "helper");
    assert_string_equal(settings.database.password, "it's # ; secret");
    assert_string_equal(settings.database.prefix, "hd_");
    assert_string_equal(settings.database.tls_ca, "");
    assert_int_equal(settings.database.connect_timeout, 5);
    assert_string_equal(settings.osticket.secret_salt, "Ab9_xyz");
    assert_int_equal(settings.api.trusted_count, 2);
    settings_free(&settings);
}

static void dbhost_means_what_it_means_to_mysqli(void **state) {
    (void)state;
    static const struct {
        const char *dbhost, *host;
    } cases[] = {
        {"localhost", "localhost"},
        {"db1", "db1"},
        {"p:db1:3307", "db1:3307"},
        {"localhost:3307", "127.0.0.1:3307"},
        {":3307", "127.0.0.1:3307"},
        {"localhost:", "localhost"},
        {":/run/my.sock", "/run/my.sock"},
        {"localhost:/run/my.sock", "/run/my.sock"},
        {"db1:/run/my.sock", "db1"},
        {"[::1]:3307", "[::1]:3307"},
        {"[2001:db8::1]", "[2001:db8::1]"},
        {"2001:db8::1", "[2001:db8::1]"},
        {"db1:6033, :/run/my.sock ,db2", "db1:6033, /run/my.sock, db2"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char php[600];
        snprintf(php, sizeof php, "<?php define('DBHOST', '%s');" REST, cases[i].dbhost);
        struct settings settings = import_and_load(php);
        assert_string_equal(settings.database.host, cases[i].host);
        settings_free(&settings);
    }
}

static void a_dbhost_that_is_none_is_refused(void **state) {
    (void)state;
    static const char right[] = "is no host; right would be HOST, HOST:PORT, [IPv6]:PORT or :/path/of.sock";
    static const char *const wrong[] = {"db1:99999", "db1:abc", "db1,,db2", "", "[::1", "[::1]x"};
    static const char *const named[] = {"db1:99999", "db1:abc", "", "", "[::1", "[::1]x"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char php[600], message[300];
        snprintf(php, sizeof php, "<?php define('DBHOST', '%s');" REST, wrong[i]);
        snprintf(message, sizeof message, "DBHOST: \"%s\" %s", named[i], right);
        refused(php, message);
    }
}

static void php_writes_literals_in_many_ways(void **state) {
    (void)state;
    static const struct {
        const char *literal, *password;
    } cases[] = {
        {"'a\\\\b\\'c\\nd'", "a\\b'c\\nd"},
        {"\"a\\\\b\\\"c\\$d\\x41\\101\\u{e9}\\q\"", "a\\b\"c$dAA\xC3\xA9\\q"},
        {"\"pa$$1\"", "pa$$1"},
        {"'a$b{$c}'", "a$b{$c}"},
        {"'one' . \"two\" . 3", "onetwo3"},
        {"/* c */ 'x' // behind\n # more\n", "x"},
        {"12345", "12345"},
        {"EARLIER.'!'", "earlier!"},
        {"''", ""},
        {"NULL", ""},
        {"'?>'", "?>"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char php[700];
        snprintf(
            php, sizeof php,
            "text before <?php const EARLIER = 'earlier'; if ($x->define('DBPASS', 'w') ): define('DBPASS', "
            "%s); endif; define('DBHOST', 'h');" REST,
            cases[i].literal);
        struct settings settings = import_and_load(php);
        assert_string_equal(settings.database.password, cases[i].password);
        settings_free(&settings);
    }
}

static void what_is_outside_of_php_counts_for_nothing(void **state) {
    (void)state;
    struct settings settings = import_and_load("define('DBHOST', 'no'); <?php // comment ?> define('DBHOST', "
                                               "'no') <?php define('DBHOST', 'yes');" REST);
    assert_string_equal(settings.database.host, "yes");
    settings_free(&settings);
}

static void what_cannot_be_known_is_refused_with_its_line(void **state) {
    (void)state;
    static const char computed[] =
        ":2: DBHOST is computed, and nothing of the file is executed; right would be a copy of the file with "
        "define('DBHOST', '...') and the text itself";
    refused("<?php\ndefine('DBHOST', getenv('DB'));" REST, computed);
    refused("<?php\ndefine('DBHOST', \"$host\");" REST, computed);
    refused("<?php\ndefine('DBHOST', \"{$a['b']}\");" REST, computed);
    refused("<?php\ndefine('DBHOST', 'a' . ELSEWHERE);" REST, computed);
    refused("<?php\ndefine('DBHOST', `hostname`);" REST, computed);
    refused("<?php\ndefine('DBHOST', $x ? 'a' : 'b');" REST, computed);
    refused("<?php\ndefine('DBHOST', 0777);" REST, computed);
    refused("<?php\n\n$a = <<<END\nx\nEND;\n" REST,
            ":3: a heredoc (<<<) cannot be read; write the text between quotes");
    refused("<?php\ndefine('DBHOST', 'abc", ":2: a string ' that never ends");
    refused("<?php\ndefine('DBHOST', \"abc\\\"", ":2: a string \" that never ends");
    refused("<?php\n/* abc", ":2: a comment /* that never ends");
    refused("<?php " REST,
            ": DBHOST is not defined; right would be the include/ost-config.php of an installed osTicket");
    refused("",
            ": DBHOST is not defined; right would be the include/ost-config.php of an installed osTicket");
    refused("<?php define('DBHOST', '%CONFIG-DBHOST');" REST,
            ":1: DBHOST is still a placeholder; right would be the file that osTicket's installer wrote");
    refused(
        "<?php define('DBHOST', 'h'); define('DBPASS', \"a\\0b\");" REST,
        "[database] password: 3 bytes cannot be written into one line of a configuration file, or a NUL is "
        "among them");
    refused("<?php define('DBHOST', 'h'); define('TABLE_PREFIX', 'a b');" REST,
            ": [database] prefix: \"a b\" cannot begin a table's name; right would be letters, digits, _, - "
            "and $, "
            "like ost_");
}

static void what_is_left_out_is_told_in_the_file(void **state) {
    (void)state;
    static const char php[] =
        "<?php define('DBHOST','h'); define('DBSSLCA','/ca.pem'); define('DBSSLCERT','/c');"
        "define('DBCONNECT_TIMEOUT', 60); define('TRUSTED_PROXIES','10.0.0.1,proxy.example,*');" REST;
    char message[ERROR_MESSAGE_MAX];
    char *ini = import_bytes(php, sizeof php - 1, message);
    assert_non_null(ini);
    assert_non_null(strstr(ini, "# Left out: DBSSLCERT and DBSSLKEY."));
    assert_non_null(strstr(ini, "# Left out: DBCONNECT_TIMEOUT"));
    assert_non_null(strstr(ini, "# Left out: an entry of TRUSTED_PROXIES"));
    struct settings settings = load_text(ini);
    assert_string_equal(settings.database.tls_ca, "/ca.pem");
    assert_int_equal(settings.database.connect_timeout, 3);
    assert_int_equal(settings.api.trusted_count, 3); // one address, and * twice
    settings_free(&settings);
    free(ini);
}

// PHP's single-quoted form of any bytes.
static void add_php_literal(struct buffer *php, const char *bytes, size_t length) {
    buffer_add_char(php, '\'');
    for (size_t i = 0; i < length; i++) {
        if (bytes[i] == '\'' || bytes[i] == '\\') buffer_add_char(php, '\\');
        buffer_add_char(php, bytes[i]);
    }
    buffer_add_char(php, '\'');
}

static void survives(const char *password, size_t length) {
    struct buffer php = buffer_new(8192);
    buffer_add_string(&php, "<?php define('DBHOST','h'); define('DBPASS',");
    add_php_literal(&php, password, length);
    buffer_add_string(&php, ");" REST);
    struct settings settings = import_bytes_and_load(php.data, php.length);
    assert_int_equal(strlen(settings.database.password), length);
    assert_memory_equal(settings.database.password, password, length);
    settings_free(&settings);
    buffer_free(&php);
}

static void any_password_survives(void **state) {
    (void)state;
    static const char *const hard[] = {
        "#",   ";",     "\"",   "'",           "\"'",      "\\",   "a\\",        "\\\"", "'\\",   " ",
        " a ", "\t",    "a\nb", "a\r",         "[x]",      "a=b",  "=",          "hex:", "hex:a", "\"\"",
        "''",  "a#b;c", "%s%n", "caf\xC3\xA9", "\xFF\xFE", "\x7F", "\\'\"#; \\", "${a}", "?>",    "",
    };
    for (size_t i = 0; i < sizeof hard / sizeof *hard; i++) survives(hard[i], strlen(hard[i]));
}

static void random_passwords_survive(void **state) {
    (void)state;
    static const char favourites[] = "\"'\\#;= \t[]hex:\n\r$a";
    uint64_t seed = 88172645463325252u; // xorshift: the same passwords in every run
    for (int round = 0; round < rounds(2000); round++) {
        char password[64];
        seed ^= seed << 13, seed ^= seed >> 7, seed ^= seed << 17;
        size_t length = seed % sizeof password;
        for (size_t i = 0; i < length; i++) {
            seed ^= seed << 13, seed ^= seed >> 7, seed ^= seed << 17;
            password[i] =
                seed % 2 ? favourites[(seed >> 8) % (sizeof favourites - 1)] : (char)((seed >> 8) % 255 + 1);
        }
        survives(password, length);
    }
}

static void a_password_too_long_for_a_line_is_refused(void **state) {
    (void)state;
    char password[481], php[1200];
    memset(password, 'x', sizeof password - 1);
    password[480] = '\0';
    survives(password, 480);
    memset(password, '\n', sizeof password - 1);
    survives(password, 480);
    snprintf(php, sizeof php, "<?php define('DBHOST','h'); define('DBPASS','%sx');" REST, password);
    refused(php, ": [database] password: is 481 bytes long; right would be at most 480");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_installed_file_is_taken_over),
        cmocka_unit_test(dbhost_means_what_it_means_to_mysqli),
        cmocka_unit_test(a_dbhost_that_is_none_is_refused),
        cmocka_unit_test(php_writes_literals_in_many_ways),
        cmocka_unit_test(what_is_outside_of_php_counts_for_nothing),
        cmocka_unit_test(what_cannot_be_known_is_refused_with_its_line),
        cmocka_unit_test(what_is_left_out_is_told_in_the_file),
        cmocka_unit_test(any_password_survives),
        cmocka_unit_test(random_passwords_survive),
        cmocka_unit_test(a_password_too_long_for_a_line_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
