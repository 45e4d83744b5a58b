// SPDX-License-Identifier: GPL-2.0-or-later
// What is kept of the type that a client gives its file.
#include "ops/entry/media_type.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void a_type_is_kept_without_parameters_or_not_at_all(void **state) {
    static const char *const rows[][2] = {
        {"image/png", "image/png"},
        {"Image/PNG", "Image/PNG"}, // stored in lower case, with the file
        {"text/html;image/", "text/html"},
        {"text/html; charset=utf-8", "text/html"},
        {" text/csv ;header=present", "text/csv"},
        {"image/svg+xml", "image/svg+xml"},
        {"application/vnd.openxmlformats-officedocument.wordprocessingml.document",
         "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
        {"image/png\r\n", "image/png"},
        {"text/html\r\nX: image/", "application/octet-stream"},
        {"text/html image/", "application/octet-stream"},
        {"text/html/image/", "application/octet-stream"},
        {"text/html,image/", "application/octet-stream"},
        {"text/htmlimage/png", "application/octet-stream"},
        {"text/\"image/\"", "application/octet-stream"},
        {"text/html<image/>", "application/octet-stream"},
        {"image/", "application/octet-stream"},
        {"/png", "application/octet-stream"},
        {"png", "application/octet-stream"},
        {"", "application/octet-stream"},
        {";", "application/octet-stream"},
        {"im\303\241ge/png", "application/octet-stream"},
        {"image/p\x01ng", "application/octet-stream"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct text kept = media_type_to_keep(text_of(rows[i][0]));
        if (!text_equal(kept, text_of(rows[i][1]))) fail_msg("%s gives %s", rows[i][0], kept.data);
    }
    assert_true(text_equal(media_type_to_keep(TEXT_NULL), TEXT("application/octet-stream")));
}

static void a_type_longer_than_its_column_is_none(void **state) {
    char type[258] = "a/";
    (void)state;
    memset(type + 2, 'b', 253);
    assert_int_equal(media_type_to_keep(text_of(type)).length, 255);
    type[255] = 'b';
    assert_true(text_equal(media_type_to_keep(text_of(type)), TEXT("application/octet-stream")));
}

static void only_pictures_made_of_dots_may_stand_in_a_text(void **state) {
    static const char *const pictures[] = {"image/png",  "image/jpeg",           "IMAGE/GIF",
                                           "image/webp", "image/png;name=x.png", "image/x-icon"};
    static const char *const others[] = {"image/svg+xml",
                                         "image/SVG",
                                         "image/svg+xml;charset=utf-8",
                                         "image/xml",
                                         "image/x+xml",
                                         "text/html",
                                         "text/html;image/png",
                                         "application/pdf",
                                         "image/",
                                         "image",
                                         "ximage/png",
                                         "",
                                         "image/png text/html"};
    (void)state;
    for (size_t i = 0; i < sizeof pictures / sizeof *pictures; i++)
        if (!media_type_is_picture(text_of(pictures[i]))) fail_msg("%s", pictures[i]);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (media_type_is_picture(text_of(others[i]))) fail_msg("%s", others[i]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_type_is_kept_without_parameters_or_not_at_all),
        cmocka_unit_test(a_type_longer_than_its_column_is_none),
        cmocka_unit_test(only_pictures_made_of_dots_may_stand_in_a_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
