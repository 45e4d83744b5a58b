// SPDX-License-Identifier: GPL-2.0-or-later
// Any text as a template with variables, as HTML and as plain text: what comes out is UTF-8, and no value
// brings an element along that the template has not.
#include "mail/variables/text.h"

#include <stdint.h>
#include <stdlib.h>

#define ELEMENT TEXT("<x-y")

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static struct variable_value look_up(void *context, struct text name) {
    static const struct variable_value values[] = {{false, {"'\"><x-y a=\"b\">&", 16}},
                                                   {false, {"Zoë", 4}},
                                                   {false, {NULL, 0}},
                                                   {true, {"<b title='&quot;'>x &lt;x-y&gt; y</b>", 37}}};
    size_t *asked = context;
    for (size_t i = 0; i < name.length; i++)
        if ((unsigned char)name.data[i] <= ' ') abort();
    (*asked)++;
    return values[name.length % 4];
}

static size_t count_of(struct text text, struct text what) {
    size_t found = 0;
    for (ptrdiff_t at = 0; (at = text_find(text, what, (size_t)at)) >= 0; at++) found++;
    return found;
}

static void expand(struct text text, bool html) {
    struct buffer out = buffer_new(1 << 20);
    size_t asked = 0;
    variable_text_expand(text, html, look_up, &asked, &out);
    if (!out.failed && !text_is_utf8(buffer_text(&out))) abort();
    if (asked && !variable_text_has_any(text)) abort();
    if (html && !out.failed && count_of(buffer_text(&out), ELEMENT) > count_of(text, ELEMENT)) abort();
    buffer_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    struct text text = {(const char *)bytes, length};
    if (!text_is_utf8(text)) return 0;
    expand(text, true);
    expand(text, false);
    return 0;
}
