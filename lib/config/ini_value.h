// SPDX-License-Identifier: GPL-2.0-or-later
// How any run of bytes is written as the value of an ini key, and read back.
#ifndef CONFIG_INI_VALUE_H
#define CONFIG_INI_VALUE_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>

// Adds `value` in the plainest form that is read back byte for byte: "value"; 'value' when it contains "; and
// hex: with two digits a byte when it contains both quotes or a control byte, or begins with hex: itself.
// False, with nothing added, when it contains a NUL or the line of `key` would become too long.
bool ini_value_write(struct text key, struct text value, struct buffer *buffer) CHECKED;

// Adds what `value`, without its quotes, stands for: itself, or the bytes of a hex: form. False when what
// follows hex: is no even number of hexadecimal digits, or holds a NUL.
bool ini_value_read(const char *value, struct buffer *buffer) CHECKED;

#endif
