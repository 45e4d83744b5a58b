// SPDX-License-Identifier: GPL-2.0-or-later
// Names of new users, as osTicket 1.18.1 keeps them: the rows are what its own code made of them under
// PHP 8.2.
#include "contact/user_name.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void names_are_kept_as_osticket_keeps_them(void **state) {
    static const char *const rows[][2] = {
        {"Doe, John", "John Doe"},
        {"Doe, John, Jr.", "John Doe Jr."},
        {"Doe,John", "John Doe"},
        {"Doe , John", "John Doe"},
        {"Doe Jr., John", "John Doe Jr."},
        {"Dr. Doe, John Q.", "John Q. Dr. Doe"},
        {"a,b,c,d", "a,b,c,d"},
        {"Doe, John, Jr., PhD", "Doe, John, Jr., PhD"},
        {",", " "},
        {", ", " "},
        {",,", "  "},
        {"Doe,", " Doe"},
        {",John", "John "},
        {"Doe,,", " Doe "},
        {"Doe, , Jr.", " Doe Jr."},
        {" Doe , John ", "John Doe"},
        {"Jane Roe", "Jane Roe"},
        {"jane", "jane"},
        {"  Jane", "  Jane"},
        {"van der Berg, Anna", "Anna van der Berg"},
        {"O'Neil, Mary", "Mary O'Neil"},
        {"M\303\274ller, J\303\274rgen", "J\303\274rgen M\303\274ller"},
        {"\346\235\216, \346\230\216", "\346\230\216 \346\235\216"},
        {"Doe, John Q. Public", "John Q. Public Doe"},
        {"Doe,\302\240John", "\302\240John Doe"},
        {"jane.roe@quay.example", "Jane Roe"},
        {"jane@quay.example", "Jane"},
        {"JANE.ROE@QUAY.EXAMPLE", "Jane Roe"},
        {"jane_roe@quay.example", "Jane_Roe"},
        {"jane-roe@quay.example", "Jane-Roe"},
        {"jane.roe-smith@quay.example", "Jane Roe-Smith"},
        {"o'neil.mary@quay.example", "O'neil Mary"},
        {"jane+tag@quay.example", "Jane+Tag"},
        {"jane.roe.3@quay.example", "Jane Roe 3"},
        {"3jane.roe@quay.example", "3Jane Roe"},
        {"j2ane.roe@quay.example", "J2Ane Roe"},
        {"jane2.roe@quay.example", "Jane2 Roe"},
        {"mcDonald.jane@quay.example", "Mcdonald Jane"},
        {"j.r@q", "J R"},
        {"jane.roe@localhost", "jane.roe@localhost"},
        {"jane.roe@[192.0.2.1]", "Jane Roe"},
        {"jane@", "jane@"},
        {"@quay.example", "@quay.example"},
        {"jane@@quay.example", "jane@@quay.example"},
        {"jane..roe@quay.example", "jane..roe@quay.example"},
        {".jane@quay.example", ".jane@quay.example"},
        {"jane.@quay.example", "jane.@quay.example"},
        {"jane roe@quay.example", "jane roe@quay.example"},
        {" jane.roe@quay.example ", " Jane Roe"},
        {"jane.roe@quay.example, Doe", "Doe jane.roe@quay.example"},
        {"Doe, jane.roe@quay.example", "jane.roe@quay.example Doe"},
        {"roe@quay.example, jane", "jane roe@quay.example"},
        {"a,b@c", "b@c a"},
        {"a@b,c@d", "c@d a@b"},
        {"jane.roe@quay.example.", "jane.roe@quay.example."},
        {"jane/x.roe@quay.example", "Jane/X Roe"},
        {"jane=x@quay.example", "Jane=X"},
        {"a!b#c$d%e&f@quay.example", "A!B#C$D%E&F"},
        {"x*y^z`w{a|b}c~d@quay.example", "X*Y^z`w{A|B}C~D"},
        {"j?k@quay.example", "J?K"},
        {"JaNe.ROE@q.example", "Jane Roe"},
        {"m\303\274ller.j\303\274rgen@quay.example", "m\303\274ller.j\303\274rgen@quay.example"},
        {"jane.roe@q\303\274ay.example", "jane.roe@q\303\274ay.example"},
        {"0", "0"},
        {"0, 0", "0 0"},
        {"a, 0", "0 a"},
        {"jane.roe@quay", "Jane Roe"},
        {"jane.roe@quay_x.example", "Jane Roe"},
        {"jane.roe@-quay.example", "Jane Roe"},
        {"jane.roe@quay.example;", "jane.roe@quay.example;"},
        {"mailto:jane@quay.example", "mailto:jane@quay.example"},
        {"team: jane@quay.example;", "team: jane@quay.example;"},
        {"i.am.a.very.long.box@quay.example", "I Am A Very Long Box"},
        {"e.g@q.example", "E G"},
        {"Doe,\011John", "John Doe"},
        {"Doe, John\012", "John Doe"},
        {"Doe; John", "Doe; John"},
        {"j.'roe'.x@q.example", "J 'Roe' X"},
        {"rock'n'roll@q.example", "Rock'n'roll"},
        {"a--b@q.example", "A--B"},
        {"a_b.c_d@q.example", "A_B C_D"},
    };
    struct arena arena = arena_new(1 << 20);
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct text kept = user_name_to_keep(text_of(rows[i][0]), &arena);
        if (!text_equal(kept, text_of(rows[i][1])))
            fail_msg("\"%s\" is \"%.*s\", not \"%s\"", rows[i][0], (int)kept.length, kept.data, rows[i][1]);
    }
    assert_true(text_is_null(user_name_to_keep(TEXT_NULL, &arena)));
    arena_free(&arena);
}

// osTicket makes "Jane Roe <Jane" of the first.
static void what_only_holds_an_address_stays(void **state) {
    static const char *const names[] = {"Jane Roe <jane@quay.example>", "<jane@quay.example>",
                                        "\"jane roe\"@quay.example", "jane.(c)roe@quay.example"};
    struct arena arena = arena_new(1 << 20);
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_true(text_equal(user_name_to_keep(text_of(names[i]), &arena), text_of(names[i])));
    arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_kept_as_osticket_keeps_them),
        cmocka_unit_test(what_only_holds_an_address_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
