// SPDX-License-Identifier: GPL-2.0-or-later
// The images of an HTML body.
#include "markup/images.h"

#include "markup/data_url.h"
#include "markup/tag/url.h"

#include <ctype.h>
#include <string.h>

static bool extract_one(struct text url, const struct markup_image_store *images, struct buffer *out,
                        struct error *error) {
    char key[MARKUP_CID_KEY_LENGTH + 1] = "";
    struct buffer bytes = buffer_new(url.length);
    struct data_url image;
    bool done = true;
    if (data_url_read(url, &image)) {
        data_url_bytes(&image, &bytes);
        done = bytes.failed ? error_set(error, ERROR_TOO_LARGE, "the data are too large")
                            : images->store(images->context, image.type, buffer_text(&bytes), key, error);
    }
    buffer_free(&bytes);
    if (!done) return false;
    buffer_add_string(out, key[0] ? "cid:" : "");
    buffer_add_string(out, key);
    return true;
}

bool markup_extract_images(struct text html, const struct markup_image_store *images, struct buffer *out,
                           struct error *error) {
    static const struct text source = {"src=\"data:", 10};
    size_t written = 0;
    for (ptrdiff_t hit = text_find(html, source, 0); hit >= 0; hit = text_find(html, source, written)) {
        size_t start = (size_t)hit + 5;
        const char *quote = memchr(html.data + start, '"', html.length - start);
        if (!quote) break;
        struct text url = {html.data + start, (size_t)(quote - html.data) - start};
        buffer_add(out, html.data + written, start - written);
        written = start + url.length;
        // "data:" alone is an address like any other.
        if (url.length <= 5)
            buffer_add_text(out, url);
        else if (!extract_one(url, images, out, error))
            return false;
    }
    buffer_add(out, html.data + written, html.length - written);
    return !out->failed || error_set(error, ERROR_TOO_LARGE, "the text is too large");
}

static bool is_key(struct text key) {
    for (size_t i = 0; i < key.length; i++)
        if (!isalnum((unsigned char)key.data[i]) && !strchr("_.-", key.data[i])) return false;
    return true;
}

void markup_cid_keys(struct text html, void (*found)(void *context, struct text key), void *context) {
    static const struct text start = {"\"cid:", 5};
    for (ptrdiff_t hit = text_find(html, start, 0); hit >= 0; hit = text_find(html, start, (size_t)hit + 1)) {
        size_t at = (size_t)hit + start.length;
        if (html.length - at <= MARKUP_CID_KEY_LENGTH || html.data[at + MARKUP_CID_KEY_LENGTH] != '"')
            continue;
        struct text key = {html.data + at, MARKUP_CID_KEY_LENGTH};
        if (is_key(key)) found(context, key);
    }
}

// The last src="…" of the tag; null when it has none.
static struct text last_source(struct text tag) {
    static const struct text start = {"src=\"", 5};
    struct text source = TEXT_NULL;
    for (ptrdiff_t hit = text_find(tag, start, 0); hit >= 0; hit = text_find(tag, start, (size_t)hit + 1)) {
        const char *value = tag.data + hit + start.length;
        const char *quote = memchr(value, '"', tag.length - (size_t)hit - start.length);
        if (quote && quote > value) source = (struct text){value, (size_t)(quote - value)};
    }
    return source;
}

static bool is_shown(struct text address) {
    static const char *const endings[] = {"gif", "png", "jpg", "jpeg"};
    if (text_find(address, TEXT("cid:"), 0) >= 0) return true;
    struct text path = address_path(address);
    const char *dot = path.length ? memrchr(path.data, '.', path.length) : NULL;
    const char *start = dot ? dot + 1 : path.data, *end = start;
    while (end < path.data + path.length && isalpha((unsigned char)*end)) end++;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (text_equal((struct text){start, (size_t)(end - start)}, text_of(endings[i]))) return true;
    return false;
}

void markup_drop_foreign_images(struct text html, struct buffer *out) {
    static const struct text image = {"<img ", 5};
    size_t written = 0;
    for (ptrdiff_t hit = text_find(html, image, 0); hit >= 0; hit = text_find(html, image, written)) {
        const char *close = memchr(html.data + hit, '>', html.length - (size_t)hit);
        if (!close) break;
        struct text tag = {html.data + hit, (size_t)(close + 1 - html.data) - (size_t)hit};
        struct text address = last_source(tag);
        size_t kept = text_is_null(address) || is_shown(address) ? (size_t)hit + tag.length : (size_t)hit;
        buffer_add(out, html.data + written, kept - written);
        written = (size_t)hit + tag.length;
    }
    buffer_add(out, html.data + written, html.length - written);
}
