// SPDX-License-Identifier: GPL-2.0-or-later
// Forms as browsers and programs send them, and all that is none. RFC 7578, RFC 2046, RFC 8187.
#include "mime/form_data.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define TYPE  "multipart/form-data; boundary=xyz"
#define PART  "--xyz\r\nContent-Disposition: form-data; "
#define END   "\r\n--xyz--\r\n"
#define PARTS 256
#define LONG  20000

static struct arena arena;
static struct form_data form;
static struct error error;

static bool read_as(const char *type, struct text body) {
    arena_free(&arena);
    arena = arena_new(1 << 20);
    error_clear(&error);
    return form_data_read(text_of(type), body, PARTS, &arena, &form, &error);
}

static void reads(const char *body) {
    if (!read_as(TYPE, text_of(body))) fail_msg("%s", error.message);
}

static void refuses(const char *type, struct text body, enum error_code code, const char *sentence) {
    assert_false(read_as(type, body));
    assert_int_equal(error.code, code);
    if (!strstr(error.message, sentence)) fail_msg("\"%s\" is not in \"%s\"", sentence, error.message);
}

static void is_bad(const char *body, const char *sentence) {
    refuses(TYPE, text_of(body), ERROR_BAD_REQUEST, sentence);
}

static void is(struct text text, const char *wanted) {
    assert_true(text_equal(text, text_of(wanted)));
}

static int tear_down(void **state) {
    (void)state;
    arena_free(&arena);
    return 0;
}

static void fields_and_files_come_as_they_are_sent(void **state) {
    (void)state;
    reads(PART "name=\"ticket\"\r\nContent-Type: application/json\r\n\r\n{\"a\":1}\r\n" PART
               "name=file; filename=\"a.txt\"\r\ncontent-type: text/plain; charset=utf-8\r\n\r\n"
               "one\r\n--xy\r\ntwo\r\n" END);
    assert_int_equal(form.count, 2);
    is(form.parts[0].name, "ticket");
    assert_true(text_is_null(form.parts[0].file_name));
    is(form.parts[0].type, "application/json");
    is(form.parts[0].content, "{\"a\":1}");
    is(form.parts[1].name, "file");
    is(form.parts[1].file_name, "a.txt");
    is(form.parts[1].type, "text/plain; charset=utf-8");
    is(form.parts[1].content, "one\r\n--xy\r\ntwo\r\n");
}

static void every_byte_may_be_in_a_file(void **state) {
    char body[1024];
    size_t length = (size_t)sprintf(body, PART "name=f; filename=b\r\n\r\n"), begins = length;
    (void)state;
    for (int i = 0; i < 256; i++) body[length++] = (char)i;
    memcpy(body + length, END, sizeof END - 1);
    assert_true(read_as(TYPE, (struct text){body, length + sizeof END - 1}));
    assert_int_equal(form.parts[0].content.length, 256);
    assert_memory_equal(form.parts[0].content.data, body + begins, 256);
    assert_ptr_equal(form.parts[0].content.data, body + begins); // nothing is copied
}

static void a_part_may_be_empty(void **state) {
    (void)state;
    reads(PART "name=f; filename=\"\"\r\n\r\n" END);
    assert_int_equal(form.parts[0].content.length, 0);
    is(form.parts[0].file_name, "");
    reads("--xyz--");
    assert_int_equal(form.count, 0);
}

static void a_boundary_may_be_quoted_and_followed_by_blanks(void **state) {
    (void)state;
    assert_true(
        read_as("Multipart/Form-Data ; charset=utf-8; Boundary=\"a b:c\"",
                TEXT("--a b:c \t\r\nContent-Disposition: form-data; name=n\r\n\r\nv\r\n--a b:c--  \r\n")));
    is(form.parts[0].content, "v");
}

static void names_are_read_as_browsers_and_curl_write_them(void **state) {
    (void)state;
    reads(PART "name=\"a \\\"b\\\" \\\\c\"; filename=\"R\xC3\xA4umung; 100%22.txt\"\r\n\r\n" END);
    is(form.parts[0].name, "a \"b\" \\c");
    is(form.parts[0].file_name, "R\xC3\xA4umung; 100%22.txt");
    reads(PART "filename=\"plain.txt\"; filename*=utf-8'de'%e2%82%ac%20rates.txt; name=\"n\"\r\n\r\n" END);
    is(form.parts[0].file_name, "\xE2\x82\xAC rates.txt");
}

static void folders_of_the_sender_are_left_out(void **state) {
    (void)state;
    reads(PART "name=n; filename=\"../../etc/passwd\"\r\n\r\n" END);
    is(form.parts[0].file_name, "passwd");
    reads(PART "name=n; filename=\"C:\\Users\\anna\\crane.jpg\"\r\n\r\n" END);
    is(form.parts[0].file_name, "crane.jpg");
    reads(PART "name=n; filename*=UTF-8''..%2F..%5Cx\r\n\r\n" END);
    is(form.parts[0].file_name, "x");
}

static void other_headers_do_not_matter(void **state) {
    (void)state;
    reads("--xyz\r\nContent-Length: 99\r\nX-Any: \xC3\xA4\r\nContent-Transfer-Encoding: Binary\r\n"
          "CONTENT-DISPOSITION:form-data;name=n\r\n\r\nv" END);
    is(form.parts[0].content, "v");
}

static void a_content_type_without_a_boundary_is_refused(void **state) {
    static const char *const types[] = {
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=\"\"",
        "multipart/form-data; boundary=\"x ",
        "multipart/form-data; boundary=\"x \"",
        "multipart/form-data; boundary=\"x\r\ny\"",
        "multipart/form-data; boundary=x y",
        "multipart/form-data; boundary=\xC3\xA4",
        ("multipart/form-data; "
         "boundary=0123456789012345678901234567890123456789012345678901234567890123456789X"),
    };
    (void)state;
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        refuses(types[i], TEXT("--xyz--"), ERROR_BAD_REQUEST, "boundary of 1 to 70 characters");
    refuses("multipart/form-data; boundary=xyz; BOUNDARY=xyz", TEXT("--xyz--"), ERROR_BAD_REQUEST,
            "two boundaries");
}

static void what_is_cut_is_refused_wherever_it_is(void **state) {
    static const char whole[] =
        PART "name=ticket\r\n\r\n{}\r\n" PART "name=f; filename=a\r\n\r\nabc\r\n--xyz--";
    (void)state;
    reads(whole);
    for (size_t length = 0; length < sizeof whole - 1; length++)
        refuses(TYPE, (struct text){whole, length}, ERROR_BAD_REQUEST, "The form");
}

static void nothing_stands_around_the_parts(void **state) {
    (void)state;
    is_bad("preamble\r\n" PART "name=n\r\n\r\nv" END, "does not begin with the boundary");
    is_bad("\r\n" PART "name=n\r\n\r\nv" END, "does not begin with the boundary");
    is_bad(PART "name=n\r\n\r\nv" END "epilogue", "followed by something else");
    is_bad(PART "name=n\r\n\r\nv" END PART "name=n\r\n\r\nv" END, "followed by something else");
    is_bad("{\"a\":1}", "does not begin with the boundary");
}

// What one reader takes for a boundary, and another for a line of a file.
static void a_line_that_only_begins_as_the_boundary_is_refused(void **state) {
    (void)state;
    is_bad(PART "name=n; filename=a\r\n\r\nv\r\n--xyzz\r\nw" END, "number 2 is followed by something else");
    is_bad(PART "name=n; filename=a\r\n\r\nv\r\n--xyz-\r\nw" END, "followed by something else");
    is_bad("--xyz\nContent-Disposition: form-data; name=n\r\n\r\nv" END, "followed by something else");
    reads(PART "name=n; filename=a\r\n\r\nv\n--xyz\r\nw\r--xyz" END); // a line ends with CR LF
    is(form.parts[0].content, "v\n--xyz\r\nw\r--xyz");
}

static void a_header_that_is_none_is_refused(void **state) {
    (void)state;
    is_bad("--xyz\r\n\r\nv" END, "part 1");
    is_bad("--xyz\r\nContent-Type: text/plain\r\n\r\nv" END, "no Content-Disposition");
    is_bad(PART "name=n\r\nContent-Disposition: form-data; name=m\r\n\r\nv" END, "two Content-Dispositions");
    is_bad(PART "name=n\r\nContent-Type: a/b\r\nContent-Type: a/c\r\n\r\nv" END, "two Content-Types");
    is_bad(PART "name=n\r\nno line\r\n\r\nv" END, "a header line that is none");
    is_bad(PART "name=n;\r\n filename=a\r\n\r\nv" END, "a header line that is none");
    is_bad(PART "name=n\r\nContent-Type : a/b\r\n\r\nv" END, "a header line that is none");
    is_bad(PART "name=n\nX: y\r\n\r\nv" END, "a header line that is none");
    is_bad(PART "name=n\r\nContent-Transfer-Encoding: base64\r\n\r\ndg==" END, "Content-Transfer-Encoding");
    is_bad("--xyz\r\nContent-Disposition: attachment; name=n; filename=a\r\n\r\nv" END, "no form-data");
    refuses(
        TYPE,
        (struct text){PART "name=n\r\nX: \0\r\n\r\nv" END, sizeof(PART "name=n\r\nX: \0\r\n\r\nv" END) - 1},
        ERROR_BAD_REQUEST, "a header line that is none");
}

static void a_name_that_is_none_is_refused(void **state) {
    (void)state;
    is_bad(PART "filename=a\r\n\r\nv" END, "no name");
    is_bad(PART "name=\"\"; filename=a\r\n\r\nv" END, "no name");
    is_bad(PART "name=n; name=m\r\n\r\nv" END, "a name twice");
    is_bad(PART "name=n; filename=a; filename=b\r\n\r\nv" END, "a name twice");
    is_bad(PART "name=\"n\r\n\r\nv" END, "cannot be read");
    is_bad(PART "name=n filename=a\r\n\r\nv" END, "cannot be read");
    is_bad(PART "name=n; filename=r\xC3\xA4um\r\n\r\nv" END, "cannot be read");
    is_bad(PART "name=n; filename=\"\xE4.txt\"\r\n\r\nv" END, "no UTF-8");
    is_bad(PART "name=n; filename*=UTF-8''%00.txt\r\n\r\nv" END, "control characters");
    is_bad(PART "name=n; filename*=UTF-8''%0d%0aX.txt\r\n\r\nv" END, "control characters");
    is_bad(PART "name=n; filename*=UTF-8''%E4.txt\r\n\r\nv" END, "no UTF-8");
    is_bad(PART "name=n; filename*=UTF-8''%e\r\n\r\nv" END, "filename*");
    is_bad(PART "name=n; filename*=ISO-8859-1''%E4.txt\r\n\r\nv" END, "filename*");
    is_bad(PART "name=n; filename*=a.txt\r\n\r\nv" END, "filename*");
}

static void there_are_bounds(void **state) {
    static char body[(PARTS + 1) * 64 + LONG];
    size_t length = 0;
    (void)state;
    for (int i = 0; i < PARTS; i++)
        length += (size_t)sprintf(body + length, "%s" PART "name=n\r\n\r\n", i ? "\r\n" : "");
    sprintf(body + length, END);
    reads(body);
    assert_int_equal(form.count, PARTS);
    sprintf(body + length, "\r\n" PART "name=n\r\n\r\n" END);
    refuses(TYPE, text_of(body), ERROR_TOO_LARGE, "more than 256 parts");

    length = (size_t)sprintf(body, PART "name=n\r\nX: ");
    memset(body + length, 'x', LONG);
    sprintf(body + length + LONG, "\r\n\r\nv" END);
    refuses(TYPE, text_of(body), ERROR_TOO_LARGE, "more than 8192 bytes");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_and_files_come_as_they_are_sent),
        cmocka_unit_test(every_byte_may_be_in_a_file),
        cmocka_unit_test(a_part_may_be_empty),
        cmocka_unit_test(a_boundary_may_be_quoted_and_followed_by_blanks),
        cmocka_unit_test(names_are_read_as_browsers_and_curl_write_them),
        cmocka_unit_test(folders_of_the_sender_are_left_out),
        cmocka_unit_test(other_headers_do_not_matter),
        cmocka_unit_test(a_content_type_without_a_boundary_is_refused),
        cmocka_unit_test(what_is_cut_is_refused_wherever_it_is),
        cmocka_unit_test(nothing_stands_around_the_parts),
        cmocka_unit_test(a_line_that_only_begins_as_the_boundary_is_refused),
        cmocka_unit_test(a_header_that_is_none_is_refused),
        cmocka_unit_test(a_name_that_is_none_is_refused),
        cmocka_unit_test(there_are_bounds),
    };
    return cmocka_run_group_tests(tests, NULL, tear_down);
}
