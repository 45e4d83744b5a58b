// SPDX-License-Identifier: GPL-2.0-or-later
// Any text as a text body or a response without markup: well-formed UTF-8 without a tag of its own comes out.
#include "markup/body.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void check(const struct buffer *out) {
    if (out->failed || !text_is_utf8(buffer_text(out))) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    struct text text = {(const char *)bytes, length};
    struct error error;
    if (!text_is_utf8(text)) return 0;
    struct buffer out = buffer_new(64 << 20);
    error_clear(&error);
    if (markup_store_text(text, &out, &error)) {
        check(&out);
        if (memchr(out.data, '<', out.length)) abort();
    }
    buffer_clear(&out);
    if (markup_read_text(text, &out, &error)) {
        check(&out);
        if (memchr(out.data, '<', out.length)) abort();
    }
    buffer_clear(&out);
    if (!markup_has_markup(text) && markup_plain_to_html(text, &out, &error)) check(&out);
    buffer_free(&out);
    return 0;
}
