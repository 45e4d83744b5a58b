// SPDX-License-Identifier: GPL-2.0-or-later
// A signal is heard however busy the descriptor is that is waited for.
#include "pool/signals.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

#include <cmocka.h>

// Of a pipe that is full of bytes nobody reads.
static int busy_end(void) {
    int ends[2];
    assert_int_equal(0, pipe(ends));
    assert_int_equal(1, write(ends[1], "x", 1));
    return ends[0];
}

static void a_signal_goes_through_beside_a_descriptor_that_is_always_ready(void **state) {
    (void)state;
    int end = busy_end();
    assert_true(signals_wait(end, 0));
    assert_false(signals_take(SIGQUIT));
    raise(SIGQUIT);
    assert_true(signals_wait(end, 1000));
    assert_true(signals_take(SIGQUIT));
    assert_false(signals_take(SIGQUIT));
}

static void a_signal_ends_the_wait(void **state) {
    (void)state;
    raise(SIGTERM);
    assert_false(signals_wait(-1, 60000));
    assert_true(signals_take(SIGTERM));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_signal_goes_through_beside_a_descriptor_that_is_always_ready),
        cmocka_unit_test(a_signal_ends_the_wait),
    };
    signals_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
