// SPDX-License-Identifier: GPL-2.0-or-later
// Which collations are stored as UTF-8.
#include "db/collation.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void knows_those_of_utf8(void **state) {
    (void)state;
    static const unsigned numbers[] = {
        33,   // utf8mb3_general_ci
        192,  // utf8mb3_unicode_ci
        46,   // utf8mb4_bin
        224,  // utf8mb4_unicode_ci
        255,  // utf8mb4_0900_ai_ci
        1069, // utf8mb4_general_nopad_ci
        1216, // utf8mb3_unicode_nopad_ci
        2304, // utf8mb4_uca1400_ai_ci
        11,   // ascii_general_ci
        63,   // binary
    };
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) assert_true(collation_is_utf8(numbers[i]));
}

static void takes_no_other_for_one(void **state) {
    (void)state;
    static const unsigned numbers[] = {
        8,    // latin1_swedish_ci
        47,   // latin1_bin
        1032, // latin1_swedish_nopad_ci
        35,   // ucs2_general_ci
        54,   // utf16_general_ci
        248,  // gb18030_chinese_ci
        2560, // ucs2_uca1400_ai_ci
        0,    9999,
    };
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) assert_false(collation_is_utf8(numbers[i]));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_those_of_utf8),
        cmocka_unit_test(takes_no_other_for_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
