// SPDX-License-Identifier: GPL-2.0-or-later
// The files schema/fcgi-*.sql as they are installed; the build makes the array from them.
#ifndef STORE_OWN_SCHEMA_TEXTS_H
#define STORE_OWN_SCHEMA_TEXTS_H

#include <stddef.h>

struct own_schema_text {
    const char *file, *text;
};
extern const struct own_schema_text own_schema_texts[];
extern const size_t own_schema_text_count;

#endif
