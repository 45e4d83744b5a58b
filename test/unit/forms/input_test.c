// SPDX-License-Identifier: GPL-2.0-or-later
// Guards how a body becomes a tree of values, and what is refused before anything is looked at.
#include "forms/input.h"

#include "base/buffer.h"
#include "rounds.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CEILING ((size_t)64 << 20)

static struct arena arena;
static struct input input;
static struct error error;

typedef bool reader(struct text body, struct arena *arena, struct input *input, struct error *error);

static bool reads(reader *read, struct text body) {
    arena_free(&arena);
    arena = arena_new(CEILING);
    error_clear(&error);
    return read(body, &arena, &input, &error);
}

static int end_arena(void **state) {
    (void)state;
    arena_free(&arena);
    return 0;
}

static void dump(const struct input *node, struct buffer *out) {
    if (node->name.data) {
        buffer_add_text(out, node->name);
        buffer_add_char(out, '=');
    }
    switch (node->kind) {
    case INPUT_ABSENT: buffer_add_string(out, "ABSENT"); break;
    case INPUT_NULL: buffer_add_string(out, "null"); break;
    case INPUT_BOOLEAN: buffer_add_string(out, node->truth ? "true" : "false"); break;
    case INPUT_NUMBER: buffer_add_text(out, node->text); break;
    case INPUT_TEXT:
        buffer_add_char(out, '\'');
        buffer_add_text(out, node->text);
        buffer_add_char(out, '\'');
        break;
    case INPUT_LIST:
    case INPUT_MAP:
        buffer_add_char(out, node->kind == INPUT_MAP ? '{' : '[');
        for (size_t i = 0; i < node->count; i++) {
            if (i) buffer_add_char(out, ' ');
            dump(&node->members[i], out);
        }
        buffer_add_char(out, node->kind == INPUT_MAP ? '}' : ']');
    }
}

static void assert_tree(reader *read, struct text body, const char *expected) {
    struct buffer out = buffer_new(CEILING);
    if (!reads(read, body)) fail_msg("%.*s: %s", (int)body.length, body.data, error.message);
    dump(&input, &out);
    assert_string_equal(out.data, expected);
    buffer_free(&out);
}

static void assert_refused(reader *read, struct text body, enum error_code code, const char *message) {
    if (reads(read, body)) fail_msg("should be refused: %.60s", body.data);
    if (message) assert_string_equal(error.message, message);
    assert_int_equal(error.code, code);
}

static void json_keeps_names_types_and_order(void **state) {
    (void)state;
    assert_tree(input_read_json,
                TEXT("{\"b\":\"x\",\"a\":[1,-2.5,true,false,null,[],{}],\"\":{\"k\":\"v\"},\"z\":"
                     "\"\\u0000\\ud83d\\ude80\"}"),
                "{b='x' a=[1 -2.5 true false null [] {}] ={k='v'} z='");
    assert_int_equal(input.members[3].text.length, 5);
    assert_memory_equal(input.members[3].text.data, "\0\xf0\x9f\x9a\x80", 5);
}

static void json_numbers_are_written_as_php_writes_them(void **state) {
    (void)state;
    assert_tree(input_read_json,
                TEXT("{\"a\":[0,-0,11.0,0.1,1e3,1e25,1.5e-7,0.0001,123456789012345678,1e15,-1e14,1.25e300,"
                     "10000000000000000000000000,1e999,-1e999]}"),
                "{a=[0 0 11 0.1 1000 1.0E+25 1.5E-7 0.0001 123456789012345678 1.0E+15 -100000000000000 "
                "1.25E+300 10000000000000000000000000 INF -INF]}");
}

static void json_must_be_an_object_with_members(void **state) {
    static const char *const bodies[] = {"5", "\"x\"", "true", "{}", "[]", "[{\"subject\":\"x\"}]"};
    (void)state;
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++)
        assert_refused(input_read_json, text_of(bodies[i]), ERROR_BAD_REQUEST,
                       "the JSON body must be an object with the fields of the ticket");
    assert_refused(input_read_json, TEXT("null"), ERROR_BAD_REQUEST, NULL);
    assert_refused(input_read_json, TEXT(""), ERROR_BAD_REQUEST, "Syntax error, malformed JSON");
    assert_refused(input_read_json, TEXT("{nope"), ERROR_BAD_REQUEST, "Syntax error, malformed JSON");
    assert_refused(input_read_json, TEXT("{\"a\":\"\xff\"}"), ERROR_BAD_REQUEST,
                   "Malformed UTF-8 characters, possibly incorrectly encoded");
}

static void members_are_found_by_their_exact_name(void **state) {
    (void)state;
    assert_true(
        reads(input_read_json,
              TEXT("{\"a\":{\"b\":\"x\"},\"A\":1,\"t\":true,\"f\":false,\"n\":null,\"l\":[0],\"e\":[]}")));
    assert_string_equal(input_text(input_member(input_member(&input, TEXT("a")), TEXT("b"))).data, "x");
    assert_string_equal(input_text(input_member(&input, TEXT("A"))).data, "1");
    assert_string_equal(input_text(input_member(&input, TEXT("t"))).data, "1");
    assert_int_equal(input_text(input_member(&input, TEXT("f"))).length, 0);
    assert_null(input_text(input_member(&input, TEXT("n"))).data);
    assert_null(input_text(input_member(&input, TEXT("l"))).data);
    assert_null(input_member(&input, TEXT("x")));
    assert_null(input_member(NULL, TEXT("x")));
    assert_null(input_member(input_member(&input, TEXT("l")), TEXT("x")));
    assert_true(input_is_true(input_member(&input, TEXT("l"))));
    assert_false(input_is_true(input_member(&input, TEXT("e"))));
    assert_false(input_is_true(input_member(&input, TEXT("n"))));
    assert_true(input_is_true(input_member(&input, TEXT("t"))));
    assert_false(input_is_true(NULL));
}

static void only_zero_and_nothing_are_false(void **state) {
    (void)state;
    assert_true(reads(input_read_json, TEXT("{\"a\":[\"0\",\"\",0,\"false\",\"0.0\",\" \",1]}")));
    const struct input *list = input_member(&input, TEXT("a"));
    static const bool truths[] = {false, false, false, true, true, true, true};
    for (size_t i = 0; i < list->count; i++) assert_int_equal(input_is_true(&list->members[i]), truths[i]);
}

static void xml_elements_and_attributes_become_a_tree(void **state) {
    static const struct {
        const char *xml, *tree;
    } rows[] = {
        {"<ticket/>", "{}"},
        {"<ticket></ticket>", "{}"},
        {"<ticket>text only</ticket>", "{}"},
        {"<ticket name='N' message=\"m\"/>", "{name='N' message='m'}"},
        {"<ticket><a>x</a><b/><c> </c></ticket>", "{a='x' b='' c=''}"},
        {"<ticket>\n  <a> x\n y </a>\n</ticket>\n", "{a='x\n y'}"},
        {"<ticket><phone ext='7'>555</phone></ticket>", "{phone={ext='7' :text='555'}}"},
        {"<ticket><file/><file>b</file><file n='1'/></ticket>", "{file=['' 'b' {n='1'}]}"},
        {"<ticket a='1'><a>2</a></ticket>", "{a=['1' '2']}"},
        {"<ticket><m>one <b>two</b> three</m></ticket>", "{m={b='two' :text='one  three'}}"},
        {"<ticket><m>a &lt;b&gt; &amp; y &#233;&#x1F680;</m></ticket>",
         "{m='a <b> & y \303\251\360\237\232\200'}"},
        {"<ticket><m><![CDATA[ <x> & ]]></m></ticket>", "{m='<x> &'}"},
        {"<ticket><m>a <![CDATA[ b]]> c</m></ticket>", "{m='a  b c'}"},
        {"<?xml version='1.0' encoding='ISO-8859-1'?><ticket><m>caf\351</m></ticket>", "{m='caf\303\251'}"},
        {"\357\273\277<ticket><m>x</m></ticket>", "{m='x'}"},
        {"<ticket xmlns:n='u'><n:b>x</n:b></ticket>", "{xmlns:n='u' n:b='x'}"},
        {"<!DOCTYPE ticket><ticket><a>x</a></ticket>", "{a='x'}"},
        {"<!DOCTYPE ticket [<!ELEMENT ticket ANY>]><ticket><a>x</a></ticket>", "{a='x'}"},
        {"<!-- c --><ticket><!-- c --><a>x<!-- c -->y</a><?pi z?></ticket>", "{a='xy'}"},
        {"<ticket><message>one <b>two</b> three</message></ticket>",
         "{message={b='two' :text='one two three'}}"},
        {"<Ticket><a>x</a></Ticket>", "{Ticket={a='x'}}"},
        {"<x><ticket><a>x</a></ticket></x>", "{x={ticket={a='x'}}}"},
        {"<x>y</x>", "{x='y'}"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_tree(input_read_xml, text_of(rows[i].xml), rows[i].tree);
}

static void xml_that_is_not_well_formed_is_refused_in_phps_words(void **state) {
    static const struct {
        struct text xml;
        const char *message;
    } rows[] = {
        {TEXT(""), "XML error: No error at line 1:1"},
        {TEXT(" "), "XML error: Invalid document end at line 1:1"},
        {TEXT("x"), "XML error: Invalid document end at line 1:1"},
        {TEXT("<a>"), "XML error: Invalid document end at line 1:1"},
        {TEXT("<a></b>"), "XML error: Mismatched tag at line 1:8"},
        {TEXT("<a"), "XML error: Invalid document end at line 1:1"},
        {TEXT("<a b></a>"), "XML error: Attribute without value at line 1:6"},
        {TEXT("<a b=c></a>"), "XML error: Attribute without value at line 1:8"},
        {TEXT("<a b='1' b='2'/>"), "XML error: Attribute redefined at line 1:17"},
        {TEXT("<a>&nbsp;</a>"), "XML error: Undeclared entity error at line 1:10"},
        {TEXT("<a>&x</a>"), "XML error: EntityRef: expecting ';' at line 1:6"},
        {TEXT("<a>&#0;</a>"), "XML error: Invalid character at line 1:8"},
        {TEXT("<a>\001</a>"), "XML error: Invalid character at line 1:5"},
        {TEXT("<a>\377</a>"), "XML error: Invalid character at line 1:5"},
        {TEXT("<a/><b/>"), "XML error: Invalid document end at line 1:5"},
        {TEXT("<a/>x"), "XML error: Invalid document end at line 1:5"},
        {TEXT("<?xml version='1.0' encoding='nonsense'?><a/>"),
         "XML error: Unsupported encoding at line 1:40"},
        {TEXT("<a>]]></a>"), "XML error: Sequence ']]>' not allowed in content at line 1:4"},
        {TEXT("<a><![CDATA[x</a>"), "XML error: Invalid document end at line 1:13"},
        {TEXT("<a><!-- x</a>"), "XML error: Comment not finished at line 1:14"},
        {TEXT("<a b='<'/>"), "XML error: > required at line 1:7"},
        {TEXT("<1/>"), "XML error: XML_ERR_NAME_REQUIRED at line 1:2"},
        {TEXT("<a>&</a>"), "XML error: XML_ERR_NAME_REQUIRED at line 1:5"},
        {TEXT("<a>a & b</a>"), "XML error: XML_ERR_NAME_REQUIRED at line 1:7"},
        {TEXT("\n<?xml version='1.0'?><a/>"), "XML error: Reserved XML Name at line 2:22"},
        {TEXT("<ticket>\n<name>x</nam>\n</ticket>"), "XML error: Mismatched tag at line 2:14"},
        {TEXT("<ticket>\n  <a>\351</a></ticket>"), "XML error: Invalid character at line 2:7"},
        {TEXT("{\042a\042:1}"), "XML error: Not well-formed (invalid token) at line 1:1"},
        {TEXT("<?xml version='1.0' encoding='ISO-8859-1'?><a>\351</b>"),
         "XML error: Mismatched tag at line 1:52"},
        {TEXT("<a b='\377'/>"), "XML error: Invalid character at line 1:11"},
        {TEXT("<a>&#x110000;</a>"), "XML error: Invalid character at line 1:14"},
        {TEXT("<a>&#xD800;</a>"), "XML error: Invalid character at line 1:12"},
        {TEXT("<a\000/>"), "XML error: > required at line 1:3"},
        {TEXT("<a>\000</a>"), "XML error: No memory at line 1:4"},
        {TEXT("<a b='1'c='2'/>"), "XML error: Space required at line 1:16"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_refused(input_read_xml, rows[i].xml, ERROR_BAD_REQUEST, rows[i].message);
}

// The text of an element in a long document keeps its blanks, wherever the parser cuts it.
static void a_long_text_keeps_every_blank(void **state) {
    (void)state;
    struct buffer xml = buffer_new(CEILING), text = buffer_new(CEILING);
    for (int i = 0; i < 40000; i++) buffer_add_format(&text, "w%d  &", i);
    buffer_add_string(&xml, "<ticket><m>\n ");
    for (size_t i = 0; i < text.length; i++)
        if (text.data[i] == '&')
            buffer_add_string(&xml, i % 2 ? "&amp;" : "&#38;");
        else
            buffer_add_char(&xml, text.data[i]);
    buffer_add_string(&xml, " \n</m></ticket>");
    assert_true(reads(input_read_xml, buffer_text(&xml)));
    assert_true(text_equal(input_text(input_member(&input, TEXT("m"))), buffer_text(&text)));
    buffer_free(&xml);
    buffer_free(&text);
}

// What a reference means, it means in an attribute and in an element; in CDATA it means itself.
static void references_are_the_same_in_attributes_and_elements(void **state) {
    static const char *const rows[][2] = {
        {"a &amp; b", "a & b"},
        {"&amp;&lt;&gt;&quot;&apos;", "&<>\"'"},
        {"&#38;&#60;&#62;&#34;&#39;", "&<>\"'"},
        {"&#x26;&#x3C;&#x3e;&#x22;&#x27;", "&<>\"'"},
        {"x&amp;", "x&"},
        {"&amp;&amp;", "&&"},
        {"&amp;amp;", "&amp;"},
        {"&amp;lt;b&amp;gt;", "&lt;b&gt;"},
        {"&amp;#38;", "&#38;"},
        {"&#38;#38;", "&#38;"},
        {"&#38;amp;", "&amp;"},
        {"&#233;&#x1F680;\303\251", "\303\251\360\237\232\200\303\251"},
        {"q?a=1&amp;b=2&amp;copy=3", "q?a=1&b=2&copy=3"},
    };
    static const char *const forms[] = {"<ticket v=\"%s\"/>", "<ticket v='%s'/>",
                                        "<ticket><v>%s</v></ticket>", "<ticket><v>%s<!-- c --></v></ticket>"};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (size_t k = 0; k < sizeof forms / sizeof *forms; k++) {
            struct buffer xml = buffer_new(1000);
            const char *at = strstr(forms[k], "%s");
            buffer_add(&xml, forms[k], (size_t)(at - forms[k]));
            buffer_add_string(&xml, rows[i][0]);
            buffer_add_string(&xml, at + 2);
            assert_true(reads(input_read_xml, buffer_text(&xml)));
            struct text value = input_text(input_member(&input, TEXT("v")));
            if (!text_equal(value, text_of(rows[i][1])))
                fail_msg("%s: %.*s", xml.data, (int)value.length, value.data);
            buffer_free(&xml);
        }
    assert_true(reads(input_read_xml, TEXT("<ticket><v><![CDATA[a &amp; &#38; <b>]]></v></ticket>")));
    assert_true(text_equal(input_text(input_member(&input, TEXT("v"))), TEXT("a &amp; &#38; <b>")));
}

static void entities_are_refused_unexpanded(void **state) {
    (void)state;
    static const char *const declared[] = {
        "<!DOCTYPE t [<!ENTITY x 'y'>]><ticket><a>&x;</a></ticket>",
        "<!DOCTYPE t [<!ENTITY x 'y'>]><ticket><a>z</a></ticket>",
        "<!DOCTYPE t [<!ENTITY x 'y'>]><ticket a='&x;'/>",
        "<!DOCTYPE t [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><ticket a='&x;'/>",
        "<!DOCTYPE t [<!ENTITY amp 'y'>]><ticket a='&amp;'/>",
        "<!DOCTYPE t [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><ticket><a>&x;</a></ticket>",
        "<!DOCTYPE t [<!ENTITY % x SYSTEM 'http://127.0.0.1:1/x'> %x;]><ticket/>",
        "<!DOCTYPE t [<!NOTATION n SYSTEM 'n'><!ENTITY x SYSTEM 'http://127.0.0.1:1/x' NDATA n>]><ticket/>",
        "<!DOCTYPE lolz [<!ENTITY lol 'lol'><!ENTITY l2 '&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;'>"
        "<!ENTITY l3 '&l2;&l2;&l2;&l2;&l2;&l2;&l2;&l2;'><!ENTITY l4 '&l3;&l3;&l3;&l3;&l3;&l3;&l3;'>"
        "<!ENTITY l5 '&l4;&l4;&l4;&l4;&l4;&l4;&l4;&l4;'>]><ticket><a>&l5;</a></ticket>",
        "<!DOCTYPE t [<!ENTITY a '&b;'><!ENTITY b '&a;'>]><ticket a='&a;'/>",
    };
    for (size_t i = 0; i < sizeof declared / sizeof *declared; i++) {
        assert_refused(input_read_xml, text_of(declared[i]), ERROR_BAD_REQUEST, NULL);
        assert_non_null(strstr(error.message, "XML error: entities must not be declared at line 1:"));
    }
    assert_refused(input_read_xml, TEXT("<!DOCTYPE t SYSTEM 'file:///etc/passwd'><ticket/>"),
                   ERROR_BAD_REQUEST, NULL);
    assert_refused(input_read_xml, TEXT("<!DOCTYPE t PUBLIC 'x' 'http://127.0.0.1:1/x'><ticket/>"),
                   ERROR_BAD_REQUEST, NULL);
    assert_refused(input_read_xml,
                   TEXT("<ticket xmlns:xi='http://www.w3.org/2001/XInclude'><a>&xi;</a></ticket>"),
                   ERROR_BAD_REQUEST, NULL);
}

static void depth_and_number_of_elements_are_bounded(void **state) {
    (void)state;
    struct buffer xml = buffer_new(CEILING);
    buffer_add_string(&xml, "<ticket>");
    for (int i = 0; i < 63; i++) buffer_add_string(&xml, "<a>");
    for (int i = 0; i < 63; i++) buffer_add_string(&xml, "</a>");
    buffer_add_string(&xml, "</ticket>");
    assert_true(reads(input_read_xml, buffer_text(&xml)));
    buffer_clear(&xml);
    for (int i = 0; i < 100000; i++) buffer_add_string(&xml, "<ticket>");
    assert_refused(input_read_xml, buffer_text(&xml), ERROR_BAD_REQUEST,
                   "XML error: elements nested too deeply at line 1:520");
    buffer_clear(&xml);
    buffer_add_string(&xml, "<ticket><attachments>");
    for (int i = 0; i < 10000; i++) buffer_add_format(&xml, "<file name='f%d'>x</file>", i);
    buffer_add_string(&xml, "</attachments></ticket>");
    assert_refused(input_read_xml, buffer_text(&xml), ERROR_BAD_REQUEST, NULL);
    assert_non_null(strstr(error.message, "too many elements"));
    buffer_clear(&xml);
    buffer_add_string(&xml, "<ticket");
    for (int i = 0; i < 20000; i++) buffer_add_format(&xml, " a%d='x'", i);
    buffer_add_string(&xml, "/>");
    assert_refused(input_read_xml, buffer_text(&xml), ERROR_BAD_REQUEST, NULL);
    buffer_free(&xml);
}

static void a_full_arena_is_too_large(void **state) {
    (void)state;
    static const struct {
        reader *read;
        struct text body;
    } rows[] = {{input_read_json, {"{\"a\":\"0123456789\"}", 18}},
                {input_read_xml, {"<ticket><a b='c'>0123456789</a></ticket>", 40}}};
    for (size_t i = 0; i < 2; i++) {
        struct arena small = arena_new(10);
        error_clear(&error);
        assert_false(rows[i].read(rows[i].body, &small, &input, &error));
        assert_int_equal(error.code, ERROR_TOO_LARGE);
        arena_free(&small);
    }
}

// Whatever is changed in a good body, reading it ends, and in a tree or a 4xx.
static void mangled_bodies_are_read_or_refused(void **state) {
    static const char json[] = "{\"name\":\"J\\u00e9\",\"a\":[1,2.5e3,{\"b\":null}],\"attachments\":[{\"f\":"
                               "\"data:;base64,eA==\"}]}";
    static const char xml[] =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><!DOCTYPE t [<!ELEMENT t ANY>]>"
        "<ticket a=\"1\"><m>x &lt; &#65; <![CDATA[y]]></m><!-- c --><f n='1'>z</f></ticket>";
    static const char bytes[] = "<>&;'\"[]{}!-/=?#x\\u0 \n\377\303\0a";
    (void)state;
    unsigned seed = 12345;
    for (int round = 0; round < rounds(20000); round++) {
        char body[300];
        bool is_xml = round % 2;
        size_t length = is_xml ? sizeof xml - 1 : sizeof json - 1;
        memcpy(body, is_xml ? xml : json, length);
        for (int changes = 0; changes < 1 + round % 3; changes++) {
            seed = seed * 1664525 + 1013904223;
            size_t at = (seed >> 8) % length;
            seed = seed * 1664525 + 1013904223;
            if (seed & 0x10000)
                body[at] = bytes[(seed >> 20) % (sizeof bytes - 1)];
            else
                memmove(body + at, body + at + 1, --length - at);
        }
        char *exact = malloc(length ? length : 1); // so that a sanitizer sees a step beyond the end
        memcpy(exact, body, length);
        if (!reads(is_xml ? input_read_xml : input_read_json, (struct text){exact, length})) {
            assert_int_equal(error.code, ERROR_BAD_REQUEST);
            assert_true(error.message[0]);
        }
        free(exact);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json_keeps_names_types_and_order),
        cmocka_unit_test(json_numbers_are_written_as_php_writes_them),
        cmocka_unit_test(json_must_be_an_object_with_members),
        cmocka_unit_test(members_are_found_by_their_exact_name),
        cmocka_unit_test(only_zero_and_nothing_are_false),
        cmocka_unit_test(xml_elements_and_attributes_become_a_tree),
        cmocka_unit_test(xml_that_is_not_well_formed_is_refused_in_phps_words),
        cmocka_unit_test(a_long_text_keeps_every_blank),
        cmocka_unit_test(references_are_the_same_in_attributes_and_elements),
        cmocka_unit_test(entities_are_refused_unexpanded),
        cmocka_unit_test(depth_and_number_of_elements_are_bounded),
        cmocka_unit_test(a_full_arena_is_too_large),
        cmocka_unit_test(mangled_bodies_are_read_or_refused),
    };
    return cmocka_run_group_tests(tests, NULL, end_arena);
}
