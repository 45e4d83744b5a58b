// SPDX-License-Identifier: GPL-2.0-or-later
// How one process of the pool tells another that there is work.
#include "base/wake.h"

#include <stdint.h>
#include <sys/eventfd.h>
#include <unistd.h>

int wake_open(void) {
    return eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
}

void wake_send(int descriptor) {
    // A full counter is as good as a sent one.
    if (descriptor >= 0) (void)!eventfd_write(descriptor, 1);
}

void wake_clear(int descriptor) {
    eventfd_t count;
    if (descriptor >= 0) (void)!eventfd_read(descriptor, &count);
}
