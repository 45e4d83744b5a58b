// SPDX-License-Identifier: GPL-2.0-or-later
// Files as clients write them: the file that was meant comes out, or what is wrong is said.
#include "base/buffer.h"
#include "ops/entry/incoming_file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;
static struct incoming_files files;
static struct error error;

static bool read_json(const char *attachments) {
    struct buffer body = buffer_new(1 << 20);
    struct input input;
    arena_free(&arena);
    arena = arena_new(1 << 20);
    error_clear(&error);
    buffer_add_format(&body, "{\"attachments\":%s}", attachments);
    bool done = input_read_json(buffer_text(&body), &arena, &input, &error) &&
                incoming_files_read(input_member(&input, TEXT("attachments")), &arena, &files, &error);
    buffer_free(&body);
    return done;
}

static bool read_xml(const char *attachments) {
    struct buffer body = buffer_new(1 << 20);
    struct input input;
    arena_free(&arena);
    arena = arena_new(1 << 20);
    error_clear(&error);
    buffer_add_format(&body, "<ticket>%s</ticket>", attachments);
    bool done = input_read_xml(buffer_text(&body), &arena, &input, &error) &&
                incoming_files_read_xml(input_member(&input, TEXT("attachments")), &arena, &files, &error);
    buffer_free(&body);
    return done;
}

static int close_files(void **state) {
    (void)state;
    arena_free(&arena);
    return 0;
}

struct row {
    const char *attachments;
    const char *name, *type, *data;
};

static void assert_file(const char *attachments, size_t index, const char *name, const char *type,
                        const char *data) {
    if (index >= files.count) fail_msg("%s has %zu files", attachments, files.count);
    const struct incoming_file *file = &files.items[index];
    if (!text_equal(file->name, text_of(name)) || !text_equal(file->type, text_of(type)) ||
        !text_equal(file->data, text_of(data)))
        fail_msg("%s: %.*s, %.*s, %.*s", attachments, (int)file->name.length, file->name.data,
                 (int)file->type.length, file->type.data, (int)file->data.length, file->data.data);
}

static void assert_rows(bool (*read)(const char *), const struct row *rows, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (!read(rows[i].attachments)) fail_msg("%s: %s", rows[i].attachments, error.message);
        assert_file(rows[i].attachments, 0, rows[i].name, rows[i].type, rows[i].data);
        if (files.count != 1) fail_msg("%s: %zu files", rows[i].attachments, files.count);
    }
}

static void assert_refused(bool (*read)(const char *), const char *attachments, const char *what) {
    if (read(attachments)) fail_msg("%s is taken", attachments);
    assert_int_equal(error.code, ERROR_BAD_REQUEST);
    if (!strstr(error.message, what)) fail_msg("%s: %s", attachments, error.message);
}

#define PNG64 "iVBORw0KGgo="
#define PNG   "\x89PNG\r\n\x1a\n"

static void each_way_to_describe_a_file_gives_that_file(void **state) {
    static const struct row rows[] = {
        {"[{\"name\":\"a.txt\",\"type\":\"text/plain\",\"content\":\"one\"}]", "a.txt", "text/plain", "one"},
        {"[{\"Name\":\"a.txt\",\"Type\":\"text/plain\",\"Data\":\"one\"}]", "a.txt", "text/plain", "one"},
        {"[{\"filename\":\"a.txt\",\"content\":\"one\",\"mimeType\":\"text/csv\",\"size\":3}]", "a.txt",
         "text/csv", "one"},
        {"[{\"name\":\"a.png\",\"encoding\":\"base64\",\"data\":\"data:image/png;base64," PNG64 "\"}]",
         "a.png", "image/png", PNG},
        {"[{\"name\":\"a.png\",\"data\":\"data:image/png;base64," PNG64 "\"}]", "a.png", "image/png", PNG},
        {"[{\"name\":\"a.png\",\"type\":\"image/x\",\"content\":\"data:image/png;base64," PNG64 "\"}]",
         "a.png", "image/x", PNG},
        {"[{\"name\":\"a.txt\",\"encoding\":\"BASE64\",\"data\":\"data:text/plain,aGk=\"}]", "a.txt",
         "text/plain", "hi"},
        {"[{\"name\":\"a.txt\",\"encoding\":\"utf-8\",\"data\":\"data:text/plain,a%20b\"}]", "a.txt",
         "text/plain", "a%20b"},
        {"{\"name\":\"a.txt\",\"data\":\"one\"}", "a.txt", "text/plain", "one"},
        {"{\"a.txt\":{\"type\":\"text/csv\",\"data\":\"one\"}}", "a.txt", "text/csv", "one"},
        {"{\"0\":{\"name\":\"a.txt\",\"data\":\"one\"}}", "a.txt", "text/plain", "one"},
        {"{\"0\":{\"a.txt\":\"data:text/csv,one\"}}", "a.txt", "text/csv", "one"},
        {"[{\"a.txt\":\"data: 12/05, ora 10\"}]", "a.txt", "text/plain", "data: 12/05, ora 10"},
        {"[{\"a.html\":\"<html>\"}]", "a.html", "text/plain", "<html>"},
    };
    (void)state;
    assert_rows(read_json, rows, sizeof rows / sizeof *rows);
}

static void base64_that_does_not_say_so_is_decoded_where_it_can_be_told(void **state) {
    static const struct row rows[] = {
        {"[{\"name\":\"a\",\"type\":\"image/png\",\"data\":\"" PNG64 "\"}]", "a", "image/png", PNG},
        {"[{\"name\":\"a\",\"type\":\"image/jpeg\",\"data\":\"abcd\"}]", "a", "image/jpeg", "i\xb7\x1d"},
        {"[{\"name\":\"a\",\"data\":\"" PNG64 "\"}]", "a", "image/png", PNG},
        {"[{\"a.png\":\"" PNG64 "\"}]", "a.png", "image/png", PNG},
        {"[{\"name\":\"a\",\"type\":\"text/plain\",\"data\":\"aGVsbG8gd29ybGQ=\"}]", "a", "text/plain",
         "hello world"},
        {"[{\"name\":\"a\",\"type\":\"text/plain\",\"data\":\"aGk=\"}]", "a", "text/plain", "hi"},
        {"[{\"name\":\"a\",\"type\":\"text/plain\",\"data\":\"Y2Fmw6kg\\r\\nY2Fmw6kg\"}]", "a", "text/plain",
         "caf\303\251 caf\303\251 "},
        {"[{\"name\":\"a\",\"type\":\"application/octet-stream\",\"data\":\"gYKD\"}]", "a",
         "application/octet-stream", "\x81\x82\x83"},
        // A text is what it says.
        {"[{\"name\":\"a\",\"type\":\"text/plain\",\"data\":\"test\"}]", "a", "text/plain", "test"},
        {"[{\"name\":\"a\",\"data\":\"password\"}]", "a", "text/plain", "password"},
        {"[{\"name\":\"a\",\"data\":\"12345678\"}]", "a", "text/plain", "12345678"},
        {"[{\"name\":\"a\",\"data\":\"d41d8cd98f00b204e9800998ecf8427e\"}]", "a", "text/plain",
         "d41d8cd98f00b204e9800998ecf8427e"},
        {"[{\"name\":\"a\",\"data\":\"AAAAAAAA\"}]", "a", "text/plain", "AAAAAAAA"},
        {"[{\"name\":\"a\",\"data\":\"aGVs bG8=\"}]", "a", "text/plain", "aGVs bG8="},
        {"[{\"name\":\"a\",\"type\":\"application/octet-stream\",\"data\":\"a log of today\"}]", "a",
         "application/octet-stream", "a log of today"},
        {"[{\"name\":\"a\",\"type\":\"image/svg+xml\",\"data\":\"<svg/>\"}]", "a", "image/svg+xml", "<svg/>"},
        {"[{\"name\":\"a\",\"type\":\"application/pdf\",\"data\":\"%PDF-1.4 x\"}]", "a", "application/pdf",
         "%PDF-1.4 x"},
        // What says so may use the alphabet for URLs.
        {"[{\"name\":\"a\",\"type\":\"x/y\",\"encoding\":\"base64\",\"data\":\"-_-_\"}]", "a", "x/y",
         "\xfb\xff\xbf"},
    };
    (void)state;
    assert_rows(read_json, rows, sizeof rows / sizeof *rows);
}

static void of_what_no_file_can_be_made_is_said_what_is_wrong(void **state) {
    static const char *const rows[][2] = {
        {"[{\"name\":\"a.txt\"}]", "element 0 has no data"},
        {"[{\"name\":\"a.txt\",\"type\":\"text/plain\"}]", "element 0 has no data"},
        {"[{\"name\":\"a.txt\",\"data\":null}]", "element 0 has no data"},
        {"[{\"name\":\"a.txt\",\"url\":\"http://x/y\"}]", "element 0 has no data"},
        {"[{\"a\":\"x\"},{\"type\":\"text/plain\",\"data\":\"x\"}]", "element 1 has no file name"},
        {"[{\"data\":\"data:text/plain,x\"}]", "element 0 has no file name"},
        {"[{\"name\":\" \",\"data\":\"x\"}]", "element 0 has no file name"},
        {"[{\"name\":5,\"data\":\"x\"}]", "that is no string"},
        {"[{\"name\":\"a\",\"data\":[1,2]}]", "that is no string"},
        {"[{\"name\":\"a\",\"data\":{\"type\":\"Buffer\",\"data\":[1]}}]", "that is no string"},
        {"[{\"name\":\"a\",\"data\":\"x\",\"encoding\":\"zip\"}]", "an encoding other than"},
        {"[{\"name\":\"a\",\"data\":\"x y!\",\"encoding\":\"base64\"}]", "said to be base64"},
        {"[{\"name\":\"a\",\"data\":\"data:x/y,x y!\",\"encoding\":\"base64\"}]", "said to be base64"},
        {"[{\"name\":\"a\",\"type\":\"image/png\",\"data\":\"not a picture\"}]", "data must be base64"},
        {"[{\"a.png\":\"data:base64," PNG64 "\"}]", "a data: URL that cannot be read"},
        {"[{\"a.png\":\"data:image;base64," PNG64 "\"}]", "a data: URL that cannot be read"},
        {"[\"x\"]", "element 0 must be"},
        {"[[{\"a\":\"x\"}]]", "element 0 must be"},
        {"[{\"a\":[\"x\"]}]", "element 0 must be"},
        {"[{\"a.txt\":\"x\",\"b.txt\":5}]", "element 0 must be"},
        {"{\"a\":{\"b\":{\"c\":{}}}}", "element 0 must be"},
        {"{\"file\":[\"x\"]}", "element 0 must be"},
        {"\"x\"", "attachments must be a list of files"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) assert_refused(read_json, rows[i][0], rows[i][1]);
}

static void two_files_in_one_element_are_two_files(void **state) {
    static const char list[] =
        "[{\"one.txt\":\"data:,1\",\"two.txt\":\"data:text/csv,2\"},{\"three.txt\":\"3\"}]";
    (void)state;
    assert_true(read_json(list));
    assert_int_equal(files.count, 3);
    assert_file(list, 0, "one.txt", "text/plain", "1");
    assert_file(list, 1, "two.txt", "text/csv", "2");
    assert_file(list, 2, "three.txt", "text/plain", "3");
}

static bool read_many(size_t count, const char *between) {
    struct buffer list = buffer_new(1 << 20);
    buffer_add_string(&list, "[{");
    for (size_t i = 0; i < count; i++) buffer_add_format(&list, "%s\"f%zu\":\"x\"", i ? between : "", i);
    buffer_add_string(&list, "}]");
    bool done = read_json(list.data);
    buffer_free(&list);
    return done;
}

static void more_files_than_256_are_too_many_however_they_stand(void **state) {
    static const char *const between[] = {"},{", ","};
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        assert_true(read_many(256, between[i]));
        assert_int_equal(files.count, 256);
        assert_false(read_many(257, between[i]));
        assert_int_equal(error.code, ERROR_TOO_LARGE);
        assert_string_equal(error.message, "attachments: more than 256 files");
    }
}

static void files_in_xml_may_stand_in_attributes_or_elements(void **state) {
    static const struct row rows[] = {
        {"<attachments><file name='a.txt'><data>one</data></file></attachments>", "a.txt", "text/plain",
         "one"},
        {"<attachments><file name='a.txt' data='one &amp; &lt;two&gt;'/></attachments>", "a.txt",
         "text/plain", "one & <two>"},
        {"<attachments><file><name>a.txt</name><type>text/csv</type><data>one</data></file></attachments>",
         "a.txt", "text/csv", "one"},
        {"<attachments><file name='a.png'><data encoding='base64' type='image/png'>" PNG64
         "</data></file></attachments>",
         "a.png", "image/png", PNG},
        {"<attachments><file><filename>a.txt</filename><content>one</content></file></attachments>", "a.txt",
         "text/plain", "one"},
        {"<attachments><attachment name='1.txt'>one</attachment></attachments>", "1.txt", "text/plain",
         "one"},
        {"<attachments><pdf name='a.pdf' encoding='base64'>JVBERi0x</pdf></attachments>", "a.pdf",
         "application/pdf", "%PDF-1"},
        {"<attachments><pdf name='a.pdf' data='JVBERi0x'/></attachments>", "a.pdf", "application/pdf",
         "%PDF-1"},
        {"<attachments><file name='a.png' type='image/png'>" PNG64 "</file></attachments>", "a.png",
         "image/png", PNG},
        {"<attachments><file name='a.png'>data:image/png;base64," PNG64 "</file></attachments>", "a.png",
         "image/png", PNG},
        {"<attachments><file name='a.png' encoding='base64'>data:image/png;base64," PNG64
         "</file></attachments>",
         "a.png", "image/png", PNG},
        {"<attachments name='a.txt'>one</attachments>", "a.txt", "text/plain", "one"},
        {"<attachments count='1'><file name='a.txt'>one</file></attachments>", "a.txt", "text/plain", "one"},
        {"<attachments><one.txt>one</one.txt></attachments>", "one.txt", "text/plain", "one"},
        {"<attachments><file name='a &amp; b&#46;txt'>one</file></attachments>", "a & b.txt", "text/plain",
         "one"},
        {"<attachments><file name='a.txt' type='text/html;image/'>one</file></attachments>", "a.txt",
         "text/html", "one"},
        {"<attachments><file name='a.log'/></attachments>", "a.log", "application/octet-stream", ""},
    };
    static const char several[] = "<attachments><file name='a'>1</file><attachment name='b'>2</attachment>"
                                  "<file name='c'>3</file></attachments>";
    static const char twice[] = "<attachments><file name='a'>1</file></attachments>"
                                "<attachments><file name='b'>2</file></attachments>";
    (void)state;
    assert_rows(read_xml, rows, sizeof rows / sizeof *rows);
    assert_true(read_xml(several));
    assert_int_equal(files.count, 3);
    assert_file(several, 2, "b", "text/plain", "2");
    assert_true(read_xml(twice));
    assert_int_equal(files.count, 2);
}

static void xml_of_which_no_file_can_be_made_is_refused(void **state) {
    static const char *const rows[][2] = {
        {"<attachments><pdf name='a.pdf'/></attachments>", "element 0 has no data"},
        {"<attachments><pdf name='a.pdf' href='http://x/y'/></attachments>", "element 0 has no data"},
        {"<attachments><pdf>JVBERi0x</pdf></attachments>", "element 0 has no file name"},
        {"<attachments><pdf/></attachments>", "element 0 has no file name"},
        {"<attachments><file>one</file></attachments>", "element 0 has no file name"},
        {"<attachments><file name='a' encoding='base64'>no*base64</file></attachments>", "said to be base64"},
        {"<attachments><file name='a' encoding='quoted-printable'>=20</file></attachments>",
         "an encoding other"},
        {"<attachments><file name='a'>1</file><file "
         "name='b'><data>1</data><data>2</data></file></attachments>",
         "element 1 has a name, type, encoding or data that is no text"},
        {"<attachments>x</attachments>", "attachments must hold elements <file>"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) assert_refused(read_xml, rows[i][0], rows[i][1]);
    assert_true(read_xml("<attachments/>"));
    assert_int_equal(files.count, 0);
}

static void a_type_is_stored_without_what_would_make_a_page_of_the_file(void **state) {
    static const struct row rows[] = {
        {"[{\"name\":\"a\",\"type\":\"text/html;image/\",\"data\":\"x y\"}]", "a", "text/html", "x y"},
        {"[{\"name\":\"a\",\"type\":\"text/html\\r\\nimage/\",\"data\":\"x y\"}]", "a",
         "application/octet-stream", "x y"},
        {"[{\"a\":\"data:text/html;image/=x,x y\"}]", "a", "text/plain", "data:text/html;image/=x,x y"},
        {"[{\"a\":\"data:text/html;x=image/,x y\"}]", "a", "text/html", "x y"},
        {"[{\"name\":\"a\",\"type\":\"\",\"data\":\"x y\"}]", "a", "text/plain", "x y"},
    };
    (void)state;
    assert_rows(read_json, rows, sizeof rows / sizeof *rows);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_way_to_describe_a_file_gives_that_file),
        cmocka_unit_test(base64_that_does_not_say_so_is_decoded_where_it_can_be_told),
        cmocka_unit_test(of_what_no_file_can_be_made_is_said_what_is_wrong),
        cmocka_unit_test(two_files_in_one_element_are_two_files),
        cmocka_unit_test(more_files_than_256_are_too_many_however_they_stand),
        cmocka_unit_test(files_in_xml_may_stand_in_attributes_or_elements),
        cmocka_unit_test(xml_of_which_no_file_can_be_made_is_refused),
        cmocka_unit_test(a_type_is_stored_without_what_would_make_a_page_of_the_file),
    };
    return cmocka_run_group_tests(tests, NULL, close_files);
}
