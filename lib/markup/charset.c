// SPDX-License-Identifier: GPL-2.0-or-later
// Texts in other charsets than UTF-8.
#include "markup/charset.h"

#include <ctype.h>
#include <errno.h>
#include <iconv.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define CHARSET_MAX_LENGTH 60

// The name iconv knows; false when there is nothing to convert. Wrong and vague names are those that mails
// really carry.
static bool charset_name(struct text charset, char name[CHARSET_MAX_LENGTH + 1]) {
    static const char *const latin1[] = {"default", "x-user-defined", "iso", "us-ascii"};
    if (charset.length == 0 || charset.length > CHARSET_MAX_LENGTH) return false;
    if (text_equal_ignoring_case(charset, TEXT("utf-8")) || text_equal_ignoring_case(charset, TEXT("utf8")))
        return false;
    snprintf(name, CHARSET_MAX_LENGTH + 1, "%.*s", (int)charset.length, charset.data);
    // "x-sjis", "x-gbk": from before they were registered.
    if (strncasecmp(name, "x-", 2) == 0) memmove(name, name + 2, strlen(name) - 1);
    for (size_t i = 0; i < sizeof latin1 / sizeof *latin1; i++)
        if (text_equal_ignoring_case(charset, text_of(latin1[i]))) strcpy(name, "ISO-8859-1");
    if (strncasecmp(name, "ks_c_5601-1987", 14) == 0) strcpy(name, "CP949");
    if (strncasecmp(name, "gb2312", 6) == 0) strcpy(name, "GBK");
    if (strncasecmp(name, "windows", 7) == 0 && isdigit((unsigned char)name[7]))
        snprintf(name, CHARSET_MAX_LENGTH + 1, "WINDOWS-%.*s", (int)charset.length - 7, charset.data + 7);
    if (strncasecmp(name, "iso8", 4) == 0)
        snprintf(name, CHARSET_MAX_LENGTH + 1, "ISO-%.*s", (int)charset.length - 3, charset.data + 3);
    return true;
}

// One step of the conversion; what it made is appended. 0, EILSEQ when the input's next byte makes no
// character, EINVAL when its last character is cut off.
static int convert_step(iconv_t conversion, char **in, size_t *left, struct buffer *out) {
    char piece[4096], *to = piece;
    size_t room = sizeof piece;
    size_t result = iconv(conversion, in, left, &to, &room);
    int reason = errno;
    buffer_add(out, piece, sizeof piece - room);
    return result == (size_t)-1 && reason != E2BIG ? reason : 0;
}

// Appends `bytes` as UTF-8, without what the charset has no character for. False when the charset is unknown.
// Not by "//IGNORE": with it glibc calls an input malformed that it has already used up.
static bool convert(struct text bytes, const char *charset, struct buffer *out) {
    iconv_t conversion = iconv_open("UTF-8", charset);
    if (conversion == (iconv_t)-1) return false;
    char *in = (char *)(uintptr_t)bytes.data;
    size_t left = bytes.length;
    while (left && !out->failed) {
        int trouble = convert_step(conversion, &in, &left, out);
        if (trouble == EINVAL) break;
        if (!trouble || !left) continue;
        in++;
        left--;
    }
    convert_step(conversion, NULL, NULL, out); // what a charset with shifts holds back
    iconv_close(conversion);
    return true;
}

void markup_to_utf8(struct text charset, struct buffer *bytes) {
    char name[CHARSET_MAX_LENGTH + 1];
    if (!charset_name(charset, name)) return;
    struct buffer converted = buffer_new(bytes->ceiling);
    if (convert(buffer_text(bytes), name, &converted) && converted.length) {
        buffer_clear(bytes);
        buffer_add_text(bytes, buffer_text(&converted));
        if (converted.failed) bytes->failed = true;
    }
    buffer_free(&converted);
}
