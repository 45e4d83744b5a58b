// SPDX-License-Identifier: GPL-2.0-or-later
// What kind of file winmail.dat brings, where it does not say so: as libmagic has it, which PHP asks.
#include "ops/email/file_type.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define BYTES(literal)                                                                                       \
    { literal, sizeof literal - 1 }
// A file in an archive, as far as names go: 26 bytes of a header behind its mark.
#define FILE_IN(name) "PK\3\4aaaaaaaaaaaaaaaaaaaaaaaaaa" name "content"

static void a_file_has_the_type_of_its_content(void **state) {
    static const struct {
        const char *name;
        struct text bytes;
        const char *type;
    } rows[] = {
        {"a.csv", BYTES("a,b\n1,2\n3,4\n"), "text/csv"},
        {"a.csv", BYTES("a,b\r\n1,2\r\n3,4\r\n"), "text/csv"},
        {"a.csv", BYTES("\"a,x\",\"b\"\n\"1\",\"2\n\"\n\"3\",\"4\"\n"), "text/csv"},
        {"a.csv", BYTES("a,b\n1,2\n"), "text/plain"},
        {"a.csv", BYTES("a,b\n1,2,3\n4,5\n"), "text/plain"},
        {"a.csv", BYTES("a;b\n1;2\n3;4\n"), "text/plain"},
        {"a.txt", BYTES("one\ntwo\nthree\n"), "text/plain"},
        {"a.json", BYTES("{\"a\": [1, 2]}"), "application/json"},
        {"a.json", BYTES(" \n[1, 2]\n"), "application/json"},
        {"a.json", BYTES("{\"a\": 1"), "text/plain"},
        {"a.json", BYTES("\"a\""), "text/plain"},
        {"a.docx", BYTES(FILE_IN("[Content_Types].xml") FILE_IN("_rels/.rels") FILE_IN("word/document.xml")),
         "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
        {"a", BYTES(FILE_IN("[Content_Types].xml") FILE_IN("_rels/.rels") FILE_IN("xl/workbook.xml")),
         "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
        {"a", BYTES(FILE_IN("[Content_Types].xml") FILE_IN("_rels/.rels") FILE_IN("ppt/presentation.xml")),
         "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
        {"a.docx", BYTES(FILE_IN("word/document.xml")), "application/zip"},
        {"a.odt",
         BYTES("PK\3\4aaaaaaaaaaaaaaaaaaaaaaaaaamimetypeapplication/vnd.oasis.opendocument.textPK\3\4"),
         "application/vnd.oasis.opendocument.text"},
        {"a.zip", BYTES("PK\3\4aaaaaaaaaaaaaaaaaaaaaaaaaamimetypeapplication/x-evilPK\3\4"),
         "application/zip"},
        {"a.zip", BYTES("PK\3\4"), "application/zip"},
        {"Budget.XLS", BYTES("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0"), "application/vnd.ms-excel"},
        {"letter.doc", BYTES("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0"), "application/msword"},
        {"unknown", BYTES("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0"), "application/CDFV2"},
        {"a", BYTES("RIFF\x24\0\0\0WEBPVP8 "), "image/webp"},
        {"a", BYTES("RIFF\x24\0\0\0OTHER"), "application/octet-stream"},
        {"a", BYTES("Rar!\x1a\7\0"), "application/x-rar"},
        {"a", BYTES("II*\0\10\0\0\0"), "image/tiff"},
        {"a.pdf", BYTES("%PDF-1.4"), "application/pdf"},
        {"a", BYTES(""), "application/octet-stream"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct text type = email_file_type(text_of(rows[i].name), rows[i].bytes);
        if (!text_equal(type, text_of(rows[i].type)))
            fail_msg("row %zu: %.*s in place of %s", i, (int)type.length, type.data, rows[i].type);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_file_has_the_type_of_its_content)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
