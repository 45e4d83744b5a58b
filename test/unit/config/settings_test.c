// SPDX-License-Identifier: GPL-2.0-or-later
// The configuration file: defaults, every kind of value, and what each refusal says.
#include "config/setting_table.h"
#include "config/settings.h"

#include "temporary.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct settings load(const char *text) {
    struct temporary file = temporary_text(text);
    struct settings settings;
    struct error error = {0};
    if (!settings_load(file.path, &settings, &error)) fail_msg("refused: %s", error.message);
    temporary_remove(&file);
    return settings;
}

// `message` is what has to follow the file's path.
static void refused_bytes(const void *bytes, size_t length, const char *message) {
    struct temporary file = temporary_bytes(bytes, length);
    struct settings settings;
    struct error error = {0};
    assert_false(settings_load(file.path, &settings, &error));
    assert_memory_equal(error.message, file.path, strlen(file.path));
    assert_string_equal(error.message + strlen(file.path), message);
    assert_null(settings.server.socket);
    temporary_remove(&file);
}

static void refused(const char *text, const char *message) {
    refused_bytes(text, strlen(text), message);
}

static void empty_file_means_the_defaults(void **state) {
    (void)state;
    struct settings settings = load("");
    assert_string_equal(settings.server.socket, "/run/osticket-fcgi/osticket-fcgi.sock");
    assert_string_equal(settings.server.user, "www-data");
    assert_int_equal(settings.server.socket_mode, 0660);
    assert_int_equal(settings.server.workers, 0);
    assert_int_equal(settings.server.request_timeout, 30);
    assert_int_equal(settings.server.max_body, 32 * 1024 * 1024);
    assert_string_equal(settings.database.host, "localhost");
    assert_int_equal(settings.database.port, 3306);
    assert_string_equal(settings.database.password, "");
    assert_string_equal(settings.database.prefix, "ost_");
    assert_string_equal(settings.api.shape, "documented");
    assert_string_equal(settings.api.priority, "text");
    assert_false(settings.api.client_notes);
    assert_int_equal(settings.api.notes, 1 | 2);
    assert_int_equal(settings.email.as_php, 0);
    assert_int_equal(settings.api.prefix_count, 2);
    assert_int_equal(settings.api.trusted_count, 0);
    assert_true(settings.reply.email_default);
    assert_false(settings.create.allow_internal_fields);
    assert_string_equal(settings.fallback.php, "");
    assert_string_equal(settings.osticket.secret_salt, "");
    assert_true(settings.mail.enabled);
    assert_true(settings.mail.verify);
    assert_int_equal(settings.log.level, LOG_LEVEL_INFO);
    settings_free(&settings);
    assert_null(settings.server.socket);
}

static char *sample_text(void) {
    char *text = NULL;
    size_t length = 0;
    FILE *memory = open_memstream(&text, &length);
    settings_print_sample(memory);
    fclose(memory);
    return text;
}

static void sample_loads_as_the_defaults(void **state) {
    (void)state;
    char *text = sample_text();
    struct settings sample = load(text), empty = load("");
    struct buffer names = buffer_new(4096);
    settings_needing_restart(&sample, &empty, &names);
    assert_string_equal(names.data, "");
    assert_string_equal(sample.database.host, empty.database.host);
    assert_string_equal(sample.mail.sendmail, empty.mail.sendmail);
    assert_int_equal(sample.server.max_body, empty.server.max_body);
    assert_int_equal(sample.api.prefix_count, empty.api.prefix_count);
    for (size_t i = 0; i < sample.api.prefix_count; i++)
        assert_string_equal(sample.api.prefixes[i], empty.api.prefixes[i]);
    buffer_free(&names);
    settings_free(&sample);
    settings_free(&empty);
    free(text);
}

static void sample_names_every_section_and_its_keys(void **state) {
    (void)state;
    static const char *const parts[] = {
        "[server]",
        "\nsocket = ",
        "\nmax_body = \"32M\"",
        "[database]",
        "\npassword = \"\"",
        "[api]",
        "\nprefixes = ",
        "[cors]",
        "\norigins = ",
        "[reply]",
        "\nemail_default",
        "[create]",
        "[fallback]",
        "\nphp = ",
        "\nphp_fpm = ",
        "\nnotes = \"ticketInfo, staffTickets\"",
        "[osticket]",
        "\nsecret_salt = ",
        "[mail]",
        "\ntimeout ",
        "[log]",
        "\nlevel = \"info\"",
        "\ntrusted_proxies",
        "needs a restart",
    };
    char *text = sample_text();
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) assert_non_null(strstr(text, parts[i]));
    free(text);
}

static void the_environment_counts_over_the_file(void **state) {
    (void)state;
    struct temporary secret = temporary_text("from a file\n");
    setenv("OSTICKET_FCGI_DATABASE_NAME", "helpdesk", 1);
    setenv("OSTICKET_FCGI_SERVER_SOCKET_MODE", "0666", 1);
    setenv("OSTICKET_FCGI_DATABASE_PASSWORD_FILE", secret.path, 1);
    setenv("OSTICKET_FCGI_OSTICKET_SECRET_SALT", "", 1);
    struct settings settings =
        load("[database]\nname = other\npassword = other\n[osticket]\nsecret_salt = x\n");
    assert_string_equal(settings.database.name, "helpdesk");
    assert_string_equal(settings.database.password, "from a file");
    assert_string_equal(settings.osticket.secret_salt, "");
    assert_int_equal(settings.server.socket_mode, 0666);
    settings_free(&settings);
    unsetenv("OSTICKET_FCGI_DATABASE_NAME");
    unsetenv("OSTICKET_FCGI_SERVER_SOCKET_MODE");
    unsetenv("OSTICKET_FCGI_DATABASE_PASSWORD_FILE");
    unsetenv("OSTICKET_FCGI_OSTICKET_SECRET_SALT");
    temporary_remove(&secret);
}

static void refused_with(const char *name, const char *value, const char *message) {
    struct temporary file = temporary_text("");
    struct settings settings;
    struct error error = {0};
    setenv(name, value, 1);
    assert_false(settings_load(file.path, &settings, &error));
    assert_string_equal(error.message, message);
    unsetenv(name);
    temporary_remove(&file);
}

static void a_wrong_variable_of_the_environment_is_refused(void **state) {
    (void)state;
    refused_with(
        "OSTICKET_FCGI_DATABASE_PASWORD", "x",
        "OSTICKET_FCGI_DATABASE_PASWORD: no setting is called so; right would be OSTICKET_FCGI_SECTION_KEY, "
        "for instance OSTICKET_FCGI_DATABASE_PASSWORD");
    refused_with(
        "OSTICKET_FCGI_DATABASE_PORT", "70000",
        "OSTICKET_FCGI_DATABASE_PORT: \"70000\" is out of range; right would be a whole number from 1 to "
        "65535");
    refused_with(
        "OSTICKET_FCGI_DATABASE_PASSWORD_FILE", "/does/not/exist",
        "OSTICKET_FCGI_DATABASE_PASSWORD_FILE: /does/not/exist: cannot be opened: No such file or directory");
    setenv("OSTICKET_FCGI_DATABASE_USER", "x", 1);
    refused_with("OSTICKET_FCGI_DATABASE_USER_FILE", "/etc/hostname",
                 "OSTICKET_FCGI_DATABASE_USER and OSTICKET_FCGI_DATABASE_USER_FILE are both set; right would "
                 "be one of "
                 "them");
    unsetenv("OSTICKET_FCGI_DATABASE_USER");
}

static void every_kind_of_value_is_read(void **state) {
    (void)state;
    struct settings settings = load("; a comment\r\n"
                                    "[Server]\r\n"
                                    "Socket = '/tmp/a b.sock' # behind a quoted value a comment is fine\r\n"
                                    "socket_mode = 600\r\n"
                                    "workers=8\r\n"
                                    "listen = \"[::1]:9100\"\r\n"
                                    "max_body = 512k\r\n"
                                    "[database]\n"
                                    "host = db1, db2:3307, [2001:db8::1]:3308, /run/my.sock\n"
                                    "password = \"a#b;c\\d\"\n"
                                    "tls_ca =\n"
                                    "[api]\n"
                                    "shape = current\n"
                                    "client_notes = YES\n"
                                    "notes = clientTickets , ticketInfo\n"
                                    "prefixes = /help/api, /x, /help/api/http.php\n"
                                    "trusted_proxies = \"10.0.0.0/8, 192.0.2.7, 2001:db8::/32\"\n"
                                    "[cors]\n"
                                    "origins = https://desk.example.org, http://localhost:8100,*\n"
                                    "[email]\n"
                                    "as_php = agent-spoof, passive-join\n"
                                    "[fallback]\n"
                                    "php_fpm = /run/php/fpm.sock\n"
                                    "script = /srv/api/http.php\n"
                                    "php = @osticket\n"
                                    "[log]\n"
                                    "file = stderr\n"
                                    "level = debug");
    assert_string_equal(settings.server.socket, "/tmp/a b.sock");
    assert_int_equal(settings.server.socket_mode, 0600);
    assert_int_equal(settings.server.workers, 8);
    assert_int_equal(settings.server.max_body, 512 * 1024);
    assert_string_equal(settings.database.host, "db1, db2:3307, [2001:db8::1]:3308, /run/my.sock");
    assert_string_equal(settings.database.password, "a#b;c\\d");
    assert_string_equal(settings.database.tls_ca, "");
    assert_string_equal(settings.api.shape, "current");
    assert_true(settings.api.client_notes);
    assert_int_equal(settings.api.notes, 1 | 4);
    assert_int_equal(settings.email.as_php, 1 | 32);
    assert_int_equal(settings.cors.origin_count, 3);
    assert_string_equal(settings.cors.origins[1], "http://localhost:8100");
    assert_string_equal(settings.server.listen, "[::1]:9100");
    assert_string_equal(settings.fallback.php_fpm, "/run/php/fpm.sock");
    assert_int_equal(settings.api.prefix_count, 3);
    assert_string_equal(settings.api.prefixes[0], "/help/api/http.php");
    assert_string_equal(settings.api.prefixes[2], "/x");
    assert_int_equal(settings.api.trusted_count, 3);
    assert_string_equal(settings.fallback.php, "@osticket");
    assert_int_equal(settings.log.level, LOG_LEVEL_DEBUG);
    settings_free(&settings);
}

static void a_star_trusts_every_proxy(void **state) {
    (void)state;
    struct settings settings = load("[api]\ntrusted_proxies = *\n");
    struct address four, six;
    assert_true(address_parse(TEXT("203.0.113.9"), &four));
    assert_true(address_parse(TEXT("2001:db8::1"), &six));
    bool four_trusted = false, six_trusted = false;
    for (size_t i = 0; i < settings.api.trusted_count; i++) {
        four_trusted |= network_contains(&settings.api.trusted_proxies[i], &four);
        six_trusted |= network_contains(&settings.api.trusted_proxies[i], &six);
    }
    assert_true(four_trusted);
    assert_true(six_trusted);
    settings_free(&settings);
}

static void a_value_may_be_written_in_hexadecimal(void **state) {
    (void)state;
    struct settings settings = load("[database]\npassword = hex:6122274A\n");
    assert_string_equal(settings.database.password, "a\"'J");
    settings_free(&settings);
    static const char message[] =
        ":2: [database] password: after hex: come pairs of hexadecimal digits, none of "
        "them 00; right would be hex:6f7374";
    refused("[database]\npassword = hex:616\n", message);
    refused("[database]\npassword = hex:6100\n", message);
    refused("[database]\npassword = \"hex:no\"\n", message);
}

static void an_unquoted_password_with_hash_or_semicolon_is_refused_and_not_shown(void **state) {
    (void)state;
    static const char message[] =
        ":3: [database] password: a value with # or ; must stand between quotes, like "
        "\"...\"; a comment belongs on a line of its own";
    refused("[database]\nuser = x\npassword = pa#ss\n", message);
    refused("[database]\nuser = x\npassword = pa;ss\n", message);
    refused("[database]\nuser = x\npassword = #pass\n", message);
    refused("[database]\nuser = x\npassword = p\"a;s\"\n", message);
}

static void quotes_are_strict(void **state) {
    (void)state;
    refused("[database]\npassword = \"abc\n",
            ":2: [database] password: the value's opening quote is never closed; close it");
    refused(
        "[database]\npassword = \"a\"b\"\n",
        ":2: [database] password: something follows the closing quote; a value that contains \" goes between "
        "' and one that contains ' between \" (with both: hex: and its bytes in hexadecimal)");
}

static void lines_that_iniparser_would_garble_are_refused(void **state) {
    (void)state;
    char text[1100] = "[server]\nuser = ";
    memset(text + strlen(text), 'x', 1000);
    refused(text, ":2: a line of 1007 bytes; at most 1000 can be read");
    refused("[server]\n# a path C:\\\nuser = x\n",
            ":2: a line must not end in a backslash; put the value between quotes");
    refused("[server]\nuser = x\\ \n",
            ":2: a line must not end in a backslash; put the value between quotes");
    refused("[server] # comment\n",
            ":1: a section is \"[name]\" alone on its line; put a comment on a line of its own");
    refused("[]\n", ":1: this is no section's name; right would be for instance \"[server]\"");
    refused("[server]\nuser\n", ":2: neither \"[section]\" nor \"key = value\" nor a comment (# ...)");
    refused("[server]\n = x\n", ":2: no key before the \"=\"; right is \"key = value\"");
    refused("user = x\n", ":1: a key before the first section; put for instance \"[server]\" above it");
    refused("\xEF\xBB\xBF[server]\n", ":1: a byte order mark; save the file as UTF-8 without one");
    refused_bytes("[server]\nuser = a\0b\n", 21, ":2: a NUL byte; the file must be plain text");
}

static void the_longest_line_is_read_whole(void **state) {
    (void)state;
    char text[1100] = "[log]\nfile = /";
    size_t start = strlen(text);
    memset(text + start, 'x', 1000 - strlen("file = /"));
    struct settings settings = load(text);
    assert_int_equal(strlen(settings.log.file), 1000 - strlen("file = "));
    settings_free(&settings);
}

static void a_key_given_twice_is_refused(void **state) {
    (void)state;
    refused("[server]\nworkers = 1\n[log]\n[server]\nWorkers = 2\n",
            ":5: [server] Workers: given twice, first in line 2; keep one of the two");
}

static void unknown_names_are_refused_with_what_was_meant(void **state) {
    (void)state;
    refused("[sever]\n", ":1: [sever]: unknown section; did you mean [server]?");
    refused("[a_b]\n", ":1: [a_b]: unknown section; there are [server] [database] [api] [adapters] [cors] "
                       "[tokens] [reply] [create] [email] [cron] [changes] [fallback] "
                       "[osticket] [mail] [webhooks] [metrics] [log]");
    refused("[database]\n\npasword = x\n", ":3: [database] pasword: unknown key; did you mean \"password\"?");
    refused("[server]\nhost = x\n", ":2: [server] host: unknown key; it belongs into [database]");
    refused("[log]\ncolour = x\n", ":2: [log] colour: unknown key; [log] has file level format");
}

static void a_span_is_seconds_or_has_a_unit(void **state) {
    static const struct {
        const char *text;
        unsigned seconds;
    } cases[] = {{"[cron]\nevery = 300\n", 300},  {"[cron]\nevery = 90s\n", 90},
                 {"[cron]\nevery = 5m\n", 300},   {"[cron]\nevery = 2h\n", 7200},
                 {"[cron]\nevery = 1d\n", 86400}, {"[cron]\nevery = 0\n", 0}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct settings settings = load(cases[i].text);
        assert_int_equal(cases[i].seconds, settings.cron.every);
        settings_free(&settings);
    }
}

static void values_out_of_range_are_refused_with_the_range(void **state) {
    (void)state;
    static const struct {
        const char *text, *message;
    } cases[] = {
        {"[server]\nworkers = 010x\n", ":2: [server] workers: \"010x\" is out of range; right would be a "
                                       "whole number from 0 to 1024 workers"},
        {"[server]\nrequest_timeout = 0\n",
         ":2: [server] request_timeout: \"0\" is out of range; right would be a "
         "whole number from 1 to 3600 seconds"},
        {"[server]\nworkers = -1\n", ":2: [server] workers: \"-1\" is out of range; right would be a whole "
                                     "number from 0 to 1024 workers"},
        {"[server]\nmax_requests = 99999999999999999999\n",
         ":2: [server] max_requests: \"99999999999999999999\" is out of range; right would be a whole number "
         "from "
         "0 to 1000000000 requests"},
        {"[database]\nport = 70000\n",
         ":2: [database] port: \"70000\" is out of range; right would be a whole number from 1 to 65535"},
        {"[database]\nport =\n",
         ":2: [database] port: \"\" is out of range; right would be a whole number from 1 to 65535"},
        {"[server]\nmax_body = 2G\n", ":2: [server] max_body: \"2G\" is out of range; right would be 1024 to "
                                      "1073741824 bytes, for instance 32M"},
        {"[server]\nmax_body = 99999999999999G\n",
         ":2: [server] max_body: \"99999999999999G\" is out of range; "
         "right would be 1024 to 1073741824 bytes, for instance 32M"},
        {"[server]\nmax_body = M\n", ":2: [server] max_body: \"M\" is out of range; right would be 1024 to "
                                     "1073741824 bytes, for instance 32M"},
        {"[cron]\nevery = 5 minutes\n",
         ":2: [cron] every: \"5 minutes\" is out of range; right would be 0, or "
         "30 to 86400 seconds, for instance 5m"},
        {"[cron]\nevery = 2d\n", ":2: [cron] every: \"2d\" is out of range; right would be 0, or 30 to 86400 "
                                 "seconds, for instance 5m"},
        {"[cron]\nevery = 29\n", ":2: [cron] every: \"29\" is out of range; right would be 0, or 30 to 86400 "
                                 "seconds, for instance 5m"},
        {"[server]\nsocket_mode = 0888\n",
         ":2: [server] socket_mode: \"0888\" is no permission; right would be octal digits like 0660"},
        {"[server]\nsocket_mode = 4777\n",
         ":2: [server] socket_mode: \"4777\" is no permission; right would be octal digits like 0660"},
        {"[email]\nas_php = ban, agent-spoofs\n",
         ":2: [email] as_php: \"agent-spoofs\" is not known; right would be some of agent-spoof, "
         "owner-spoof, "
         "agent-unknown, second-address, mailbox-sender, passive-join, cc-active, list-join, ban, refer"},
        {"[api]\nclient_notes = maybe\n",
         ":2: [api] client_notes: \"maybe\" is neither; right would be yes or no"},
        {"[api]\nnotes = ticketInfo, reply\n",
         ":2: [api] notes: \"reply\" is not known; right would be some of "
         "ticketInfo, staffTickets, clientTickets"},
        {"[cors]\norigins = https://desk.example.org/\n",
         ":2: [cors] origins: \"https://desk.example.org/\" is no origin of pages; right would be for "
         "instance "
         "https://desk.example.org, in lower case and without a path"},
        {"[server]\nlisten = localhost\n",
         ":2: [server] listen: \"localhost\" is no place to listen at; right would be 127.0.0.1:9100"},
        {"[server]\nlisten = ::1\n",
         ":2: [server] listen: \"::1\" is no place to listen at; right would be 127.0.0.1:9100"},
        {"[fallback]\nphp_fpm = fpm.sock\nscript = /a\n",
         ":2: [fallback] php_fpm: \"fpm.sock\" is no place to connect to; right would be /path/of.sock or "
         "127.0.0.1:9100"},
        {"[fallback]\nphp_fpm = 127.0.0.1:9000\n", ":2: [fallback] php_fpm: needs [fallback] script; right "
                                                   "would be the path of osTicket's api/http.php"},
        {"[api]\nshape = new\n",
         ":2: [api] shape: \"new\" is not known; right would be documented or current"},
        {"[log]\nlevel = loud\n",
         ":2: [log] level: \"loud\" is not known; right would be error, warning, notice, info or debug"},
        {"[log]\nfile = log.txt\n",
         ":2: [log] file: \"log.txt\" is no full path; right would be one that begins with /, or stderr"},
        {"[server]\nsocket =\n",
         ":2: [server] socket: must not be empty; say what it is, or leave the line out"},
        {"[database]\nname = \"\"\n",
         ":2: [database] name: must not be empty; say what it is, or leave the line out"},
        {"[server]\nuser = a b\n",
         ":2: [server] user: \"a b\" is no name of a user or group; right would be for "
         "instance www-data"},
        {"[database]\nprefix = ost.\n",
         ":2: [database] prefix: \"ost.\" cannot begin a table's name; right would "
         "be letters, digits, _, - and $, like ost_"},
        {"[fallback]\nphp = osticket\n",
         ":2: [fallback] php: \"osticket\" is no named location of nginx; right "
         "would be for instance @osticket"},
        {"[database]\nhost = db1,, db2\n",
         ":2: [database] host: \"\" is no host; right would be a name or address, "
         "HOST:PORT, [IPv6]:PORT or /path/of.sock"},
        {"[database]\nhost = db1:x\n", ":2: [database] host: \"db1:x\" is no host; right would be a name or "
                                       "address, HOST:PORT, [IPv6]:PORT or /path/of.sock"},
        {"[api]\nprefixes = /api/\n",
         ":2: [api] prefixes: \"/api/\" is no path; right would begin with / and not "
         "end in it, like /api"},
        {"[api]\nprefixes = /1,/2,/3,/4,/5,/6,/7,/8,/9\n",
         ":2: [api] prefixes: too many; right would be at most 8 paths"},
        {"[api]\ntrusted_proxies = 10.0.0.0/33\n", ":2: [api] trusted_proxies: \"10.0.0.0/33\" is no address "
                                                   "and no network; right would be for instance "
                                                   "10.0.0.0/8, 192.0.2.7 or 2001:db8::/32"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) refused(cases[i].text, cases[i].message);
}

static void a_socket_path_too_long_for_the_system_is_refused(void **state) {
    (void)state;
    char text[200] = "[server]\nsocket = /";
    memset(text + strlen(text), 'x', 107);
    refused(text, ":2: [server] socket: is 108 bytes long; right would be at most 107");
}

static void database_timeouts_stay_below_the_request_timeout(void **state) {
    (void)state;
    refused("[database]\nread_timeout = 30\n",
            ":2: [database] read_timeout: 30 seconds are not less than [server] request_timeout = 30; right "
            "would "
            "be database timeout < request_timeout < fastcgi_read_timeout of nginx");
    refused("[server]\n\nrequest_timeout = 10\n",
            ":3: [database] read_timeout: 20 seconds are not less than [server] request_timeout = 10; right "
            "would "
            "be database timeout < request_timeout < fastcgi_read_timeout of nginx");
}

static void the_gap_of_changes_is_longer_than_a_request(void **state) {
    (void)state;
    refused(
        "[changes]\ngap = 30\n",
        ":2: [changes] gap: 30 seconds are not more than [server] request_timeout = 30; right would be for "
        "instance 35");
    struct settings settings = load("[server]\nrequest_timeout = 60\n");
    assert_int_equal(35, settings.changes.gap); // one that nobody set grows with it
    settings_free(&settings);
}

static void a_file_that_cannot_be_read_says_so(void **state) {
    (void)state;
    struct settings settings;
    struct error error = {0};
    assert_false(settings_load("/nonexistent/x.ini", &settings, &error));
    assert_string_equal(
        error.message,
        "/nonexistent/x.ini: there is no such file; make one: osticket-fcgi setup, or osticket-fcgi --import "
        "/PATH/OF/osticket/include/ost-config.php > /nonexistent/x.ini");
    assert_false(settings_load("/", &settings, &error));
    assert_string_equal(error.message, "/: cannot be read: Is a directory");
}

static void a_reload_names_what_needs_a_restart(void **state) {
    (void)state;
    struct settings running = load(""),
                    wanted =
                        load("[server]\nsocket = /x\nuser = nobody\nworkers = 3\n[log]\nlevel = debug\n");
    struct buffer names = buffer_new(1024);
    settings_needing_restart(&running, &wanted, &names);
    assert_string_equal(names.data, "[server] socket, [server] user");
    buffer_free(&names);
    settings_free(&running);
    settings_free(&wanted);
}

static void packed_settings_come_back_as_they_were(void **state) {
    (void)state;
    struct settings before = load("[server]\nsocket_mode = 0600\nmax_body = 5M\nworkers = 7\n"
                                  "[database]\npassword = \"hex:0a22273b\"\nhost = db1,[::1]:3307\n"
                                  "[api]\nprefixes = /x,/api/http.php\nshape = current\n"
                                  "trusted_proxies = 10.0.0.0/8,::1,2001:db8::/32,*\n"
                                  "[mail]\nenabled = no\nsendmail =\n[log]\nlevel = debug\n");
    struct settings after;
    struct buffer packed = buffer_new(SETTINGS_PACKED_MAX);
    struct error error = {0};
    assert_true(settings_pack(&before, &packed));
    assert_true(settings_unpack(buffer_text(&packed), &after, &error));
    for (size_t i = 0; i < setting_count; i++)
        if (!setting_equal(&setting_table[i], &before, &after)) fail_msg("%s differs", setting_table[i].key);
    assert_string_equal(after.database.password, "\n\"';");
    settings_free(&after);
    // Cut anywhere, it is refused.
    for (size_t length = 0; length < packed.length; length++) {
        struct text cut = {packed.data, length};
        assert_false(settings_unpack(cut, &after, &error));
    }
    buffer_free(&packed);
    settings_free(&before);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(empty_file_means_the_defaults),
        cmocka_unit_test(sample_loads_as_the_defaults),
        cmocka_unit_test(sample_names_every_section_and_its_keys),
        cmocka_unit_test(the_environment_counts_over_the_file),
        cmocka_unit_test(a_wrong_variable_of_the_environment_is_refused),
        cmocka_unit_test(every_kind_of_value_is_read),
        cmocka_unit_test(a_star_trusts_every_proxy),
        cmocka_unit_test(a_value_may_be_written_in_hexadecimal),
        cmocka_unit_test(an_unquoted_password_with_hash_or_semicolon_is_refused_and_not_shown),
        cmocka_unit_test(quotes_are_strict),
        cmocka_unit_test(lines_that_iniparser_would_garble_are_refused),
        cmocka_unit_test(the_longest_line_is_read_whole),
        cmocka_unit_test(a_key_given_twice_is_refused),
        cmocka_unit_test(unknown_names_are_refused_with_what_was_meant),
        cmocka_unit_test(a_span_is_seconds_or_has_a_unit),
        cmocka_unit_test(values_out_of_range_are_refused_with_the_range),
        cmocka_unit_test(a_socket_path_too_long_for_the_system_is_refused),
        cmocka_unit_test(database_timeouts_stay_below_the_request_timeout),
        cmocka_unit_test(the_gap_of_changes_is_longer_than_a_request),
        cmocka_unit_test(a_file_that_cannot_be_read_says_so),
        cmocka_unit_test(a_reload_names_what_needs_a_restart),
        cmocka_unit_test(packed_settings_come_back_as_they_were),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
