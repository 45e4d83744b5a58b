// SPDX-License-Identifier: GPL-2.0-or-later
// A form as a body: its JSON and its files, or what is wrong is said.
#include "ops/entry/form_body.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define TYPE   TEXT("multipart/form-data; boundary=b")
#define PART   "--b\r\nContent-Disposition: form-data; name="
#define TICKET PART "ticket\r\n\r\n{}\r\n"
#define END    "--b--\r\n"

static const struct operation create = {.name = "create", .form_part = "ticket"};
static const struct operation other = {.name = "other"};
static struct form_body form;
static struct operation_context context;
static struct error error;

static bool opens(const char *body) {
    form_body_close(&form);
    error_clear(&error);
    context = (struct operation_context){.body = text_of(body)};
    return form_body_open(&form, &create, TYPE, &context, &error);
}

static void is_bad(const char *body, const char *sentence) {
    assert_false(opens(body));
    assert_int_equal(error.code, ERROR_BAD_REQUEST);
    if (!strstr(error.message, sentence)) fail_msg("\"%s\" is not in \"%s\"", sentence, error.message);
}

static int tear_down(void **state) {
    (void)state;
    form_body_close(&form);
    return 0;
}

static void only_operations_that_say_so_take_forms(void **state) {
    (void)state;
    assert_true(form_body_is(&create, TYPE));
    assert_false(form_body_is(&other, TYPE));
    assert_false(form_body_is(&create, TEXT("multipart/mixed; boundary=b")));
    assert_false(form_body_is(&create, TEXT("application/json")));
    assert_false(form_body_is(&create, TEXT_NULL));
}

static void the_json_becomes_the_body_and_files_stand_beside_it(void **state) {
    (void)state;
    assert_true(opens(PART
                      "x; filename=a.txt\r\n\r\none\r\n" TICKET PART
                      "y; filename=\"b.pdf\"\r\nContent-Type: text/plain; charset=x\r\n\r\n%PDF\r\n" END));
    assert_true(text_equal(context.body, TEXT("{}")));
    assert_int_equal(context.files->count, 2);
    assert_true(text_equal(context.files->items[0].name, TEXT("a.txt")));
    assert_true(text_equal(context.files->items[0].type, TEXT("text/plain")));
    assert_true(text_equal(context.files->items[0].data, TEXT("one")));
    assert_true(text_equal(context.files->items[1].type, TEXT("text/plain")));
}

// Base64 of a form is a file in base64: nobody guesses.
static void bytes_are_kept_as_they_are(void **state) {
    (void)state;
    assert_true(
        opens(TICKET PART "x; filename=a.png\r\nContent-Type: image/png\r\n\r\niVBORw0KGgo=\r\n" END));
    assert_true(text_equal(context.files->items[0].data, TEXT("iVBORw0KGgo=")));
    assert_true(opens(TICKET PART "x; filename=a\r\n\r\ndata:text/plain;base64,YQ==\r\n" END));
    assert_true(text_equal(context.files->items[0].data, TEXT("data:text/plain;base64,YQ==")));
}

static void a_file_that_nobody_chose_is_left_out(void **state) {
    (void)state;
    assert_true(
        opens(TICKET PART "x; filename=\"\"\r\nContent-Type: application/octet-stream\r\n\r\n\r\n" END));
    assert_int_equal(context.files->count, 0);
    is_bad(TICKET PART "x; filename=\"\"\r\n\r\nv\r\n" END, "has no file name");
    is_bad(TICKET PART "x; filename=\"a/\"\r\n\r\nv\r\n" END, "has no file name");
}

static void json_may_be_a_blob(void **state) {
    (void)state;
    assert_true(opens(
        PART "ticket; filename=blob\r\nContent-Type: application/json; charset=utf-8\r\n\r\n{}\r\n" END));
    assert_int_equal(context.files->count, 0);
    is_bad(PART "ticket; filename=blob\r\nContent-Type: image/png\r\n\r\n{}\r\n" END, "has to be JSON");
}

static void what_is_missing_twice_or_unknown_is_refused(void **state) {
    (void)state;
    is_bad(PART "x; filename=a\r\n\r\nv\r\n" END, "no part ticket");
    is_bad(TICKET TICKET END, "two parts ticket");
    is_bad(TICKET PART "email\r\n\r\na@b\r\n" END, "\"email\" is neither the JSON nor a file");
    is_bad(TICKET PART "x\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c--\r\n" END,
           "parts of its own");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_operations_that_say_so_take_forms),
        cmocka_unit_test(the_json_becomes_the_body_and_files_stand_beside_it),
        cmocka_unit_test(bytes_are_kept_as_they_are),
        cmocka_unit_test(a_file_that_nobody_chose_is_left_out),
        cmocka_unit_test(json_may_be_a_blob),
        cmocka_unit_test(what_is_missing_twice_or_unknown_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, tear_down);
}
