// SPDX-License-Identifier: GPL-2.0-or-later
// The one range of bytes that a request asks for (RFC 9110, 14.2).
#ifndef OPS_READ_BYTE_RANGE_H
#define OPS_READ_BYTE_RANGE_H

#include "base/text.h"

#include <stdint.h>

enum byte_range {
    BYTE_RANGE_NONE, // none is asked for, or several, or something else: the whole is the answer
    BYTE_RANGE_PART,
    BYTE_RANGE_BEYOND, // it lies behind the end
};

// Reads the header Range ("bytes=0-99", "bytes=100-", "bytes=-50") of a file of `size` bytes.
enum byte_range byte_range_read(struct text header, int64_t size, int64_t *first, int64_t *length);

#endif
