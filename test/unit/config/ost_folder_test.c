// SPDX-License-Identifier: GPL-2.0-or-later
// What an osTicket's own files tell about the answers of its PHP. The files here are made in the image of
// theirs.
#include "config/ost_folder.h"

#include "config/ost_config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define ROUTES "<?php $d = patterns('', url_post(\"^/tickets\\.(?P<format>xml|json)$\", 'x')"
#define WITH_CALLS                                                                                           \
    ROUTES ", url_get(\"^/tickets/ticketInfo$\", array('api.tickets.php:T', 'getTicketInfo')));"
#define NO_CALLS  ROUTES "); // url_get(\"^/tickets/ticketInfo$\", 'x')\n# '/tickets/ticketInfo'\n"
#define OLD_MODEL "<?php /* class AnnotatedModel { static */ class AnnotatedModel {\n\n var $model; }"
#define NEW_MODEL                                                                                            \
    "<?php class AnnotatedModel {\n static function wrap() { return eval(<<<END\nclass {$c} {}\nEND\n); } }"
#define TICKET(how)                                                                                          \
    "<?php class Ticket { function jsonSerialize() { return ['subject' => $this->getSubject(), 'priority' "  \
    "=> " how ", 'department' => 1]; } }"
#define PLAIN "$this->getPriority()"

static const char *const names[] = {"bootstrap.php", "api/http.php", "include/class.orm.php",
                                    "include/class.ticket.php", "include/ost-config.php"};
#define FILE_COUNT (sizeof names / sizeof *names)

struct place {
    char folder[64];
};

static void write_file(const struct place *place, const char *name, const char *text) {
    char path[160];
    snprintf(path, sizeof path, "%s/%s", place->folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

// A folder with those of the files that are not NULL, in the order of `names`.
static struct place place_new(const char *const texts[FILE_COUNT]) {
    struct place place = {"/tmp/osticket-fcgi-folder-XXXXXX"};
    char path[160];
    assert_non_null(mkdtemp(place.folder));
    snprintf(path, sizeof path, "%s/api", place.folder);
    assert_int_equal(mkdir(path, 0700), 0);
    snprintf(path, sizeof path, "%s/include", place.folder);
    assert_int_equal(mkdir(path, 0700), 0);
    for (size_t i = 0; i < FILE_COUNT; i++)
        if (texts[i]) write_file(&place, names[i], texts[i]);
    return place;
}

static void place_remove(const struct place *place) {
    char path[160];
    for (size_t i = 0; i < FILE_COUNT; i++) {
        snprintf(path, sizeof path, "%s/%s", place->folder, names[i]);
        unlink(path);
    }
    snprintf(path, sizeof path, "%s/api", place->folder);
    rmdir(path);
    snprintf(path, sizeof path, "%s/include", place->folder);
    rmdir(path);
    rmdir(place->folder);
}

static struct ost_folder read_place(const char *const texts[FILE_COUNT]) {
    struct place place = place_new(texts);
    struct ost_folder found;
    struct error error = {0};
    if (!ost_folder_read(place.folder, &found, &error)) fail_msg("%s", error.message);
    place_remove(&place);
    return found;
}

static void a_stock_osticket_with_the_calls_answers_currently_with_objects(void **state) {
    (void)state;
    static const char *const texts[FILE_COUNT] = {
        "<?php define('MAJOR_VERSION', '1.18'); define('THIS_VERSION', MAJOR_VERSION.'-git');", WITH_CALLS,
        NEW_MODEL, TICKET(PLAIN)};
    struct ost_folder found = read_place(texts);
    assert_string_equal(found.version, "1.18");
    assert_true(found.has_calls);
    assert_string_equal(found.shape, "current");
    assert_int_equal(found.priority, OST_PRIORITY_OBJECT);
}

static void osticket_1_10_with_the_calls_answers_as_documented(void **state) {
    (void)state;
    static const char *const texts[FILE_COUNT] = {
        "<?php define('THIS_VERSION','v1.10.4'); define('MAJOR_VERSION', '1.10');", WITH_CALLS, OLD_MODEL,
        TICKET(PLAIN)};
    struct ost_folder found = read_place(texts);
    assert_string_equal(found.version, "v1.10.4");
    assert_string_equal(found.shape, "documented");
    assert_int_equal(found.priority, OST_PRIORITY_TEXT);
}

static void routes_in_comments_are_no_calls(void **state) {
    (void)state;
    static const char *const texts[FILE_COUNT] = {
        "<?php define('THIS_VERSION','1.8-git'); define('MAJOR_VERSION', '1.12');", NO_CALLS, NEW_MODEL,
        TICKET(PLAIN)};
    struct ost_folder found = read_place(texts);
    assert_string_equal(found.version, "1.12");
    assert_false(found.has_calls);
}

static void what_was_changed_is_not_guessed(void **state) {
    (void)state;
    static const char *const texts[][FILE_COUNT] = {
        {NULL, WITH_CALLS, NULL, NULL},
        {"<?php define('THIS_VERSION', getenv('V'));", WITH_CALLS, "<?php class Other {}", TICKET(PLAIN)},
        {"<?php", WITH_CALLS, "<?php class AnnotatedModel { const X = 1; }", TICKET(PLAIN)},
        {"<?php", WITH_CALLS, "<?php class AnnotatedModel", TICKET(PLAIN)},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct ost_folder found = read_place(texts[i]);
        assert_true(found.has_calls);
        assert_string_equal(found.version, "");
        assert_null(found.shape);
        assert_int_equal(found.priority, OST_PRIORITY_UNKNOWN);
    }
    static const char *const priorities[] = {
        TICKET("(string) $this->getPriority()"), TICKET(PLAIN "->getDesc()"), "<?php class Ticket {}",
        "<?php function jsonSerialize() { return ['priority' => $this->"};
    for (size_t i = 0; i < sizeof priorities / sizeof *priorities; i++) {
        const char *const changed[FILE_COUNT] = {NULL, WITH_CALLS, NEW_MODEL, priorities[i]};
        struct ost_folder found = read_place(changed);
        assert_string_equal(found.shape, "current");
        assert_int_equal(found.priority, OST_PRIORITY_UNKNOWN);
    }
}

static void a_folder_that_is_no_osticket_is_an_error(void **state) {
    (void)state;
    struct ost_folder found;
    struct error error = {0};
    assert_false(ost_folder_read("/nonexistent", &found, &error));
    assert_non_null(strstr(error.message, "/nonexistent/api/http.php"));
}

static char *import_from(const struct place *place) {
    char path[160], *text = NULL;
    size_t length = 0;
    FILE *memory = open_memstream(&text, &length);
    struct error error = {0};
    snprintf(path, sizeof path, "%s/include/ost-config.php", place->folder);
    if (!ost_config_import(path, memory, &error)) fail_msg("%s", error.message);
    fclose(memory);
    return text;
}

#define CONFIG                                                                                               \
    "<?php define('DBHOST','localhost'); define('DBUSER', 'u'); define('DBPASS', 'p'); define('DBNAME', "    \
    "'n');"                                                                                                  \
    "define('TABLE_PREFIX', 'ost_'); define('SECRET_SALT', 's');"

static void importing_names_what_php_answers_and_the_setting_that_gives_it(void **state) {
    (void)state;
    static const char *const texts[FILE_COUNT] = {"<?php define('THIS_VERSION','v1.18.1');", WITH_CALLS,
                                                  NEW_MODEL, TICKET(PLAIN), CONFIG};
    struct place place = place_new(texts);
    char *ini = import_from(&place), folder[96];
    assert_non_null(strstr(ini, "osTicket v1.18.1 with the calls of pull request 4361"));
    assert_non_null(strstr(ini, "\n#     shape = current\n#     priority = object\n"));
    snprintf(folder, sizeof folder, "folder = \"%s\"", place.folder);
    if (!strstr(ini, folder)) fail_msg("%s is not in %s", folder, ini);
    free(ini);
    write_file(&place, "api/http.php", NO_CALLS);
    ini = import_from(&place);
    assert_non_null(strstr(ini, "no calls that read or reply"));
    assert_null(strstr(ini, "#     shape ="));
    free(ini);
    place_remove(&place);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_stock_osticket_with_the_calls_answers_currently_with_objects),
        cmocka_unit_test(osticket_1_10_with_the_calls_answers_as_documented),
        cmocka_unit_test(routes_in_comments_are_no_calls),
        cmocka_unit_test(what_was_changed_is_not_guessed),
        cmocka_unit_test(a_folder_that_is_no_osticket_is_an_error),
        cmocka_unit_test(importing_names_what_php_answers_and_the_setting_that_gives_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
