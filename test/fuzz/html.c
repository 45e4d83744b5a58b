// SPDX-License-Identifier: GPL-2.0-or-later
// Any text as a body: what is stored and what is shown is UTF-8 and never holds a script or a form. (A style
// element without its end passes once, as in osTicket.)
#include "markup/body.h"
#include "markup/plain.h"
#include "markup/search.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void check(const struct buffer *out, bool html) {
    static const char *const never[] = {"<script", "<object", "<embed", "<form", "<button"};
    if (out->failed || !text_is_utf8(buffer_text(out))) abort();
    for (size_t i = 0; html && i < sizeof never / sizeof *never; i++)
        if (strlen(out->data) == out->length && strcasestr(out->data, never[i])) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    struct text text = {(const char *)bytes, length};
    struct markup_options options = {TEXT("youtube.com")};
    struct error error;
    if (!text_is_utf8(text)) return 0;
    struct buffer stored = buffer_new(64 << 20), shown = buffer_new(64 << 20);
    error_clear(&error);
    if (markup_store_html(text, &options, NULL, &stored, &error)) check(&stored, true);
    if (markup_read_html(buffer_text(&stored), &options, &shown, &error)) check(&shown, true);
    buffer_clear(&shown);
    if (markup_read_html(text, &options, &shown, &error)) check(&shown, true);
    buffer_clear(&shown);
    if (markup_html_to_text(text, 90, &shown, &error)) check(&shown, false);
    buffer_clear(&shown);
    if (markup_searchable_html(text, &shown, &error)) check(&shown, false);
    buffer_free(&stored);
    buffer_free(&shown);
    return 0;
}
