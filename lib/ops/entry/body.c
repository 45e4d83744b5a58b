// SPDX-License-Identifier: GPL-2.0-or-later
// From a message or response as it came to what is stored of it.
#include "ops/entry/body.h"

#include "base/buffer.h"
#include "calendar/normal.h"
#include "crypto/digest.h"
#include "crypto/random.h"
#include "markup/body.h"
#include "markup/bounds.h"
#include "markup/images.h"
#include "markup/search.h"
#include "ops/entry/media_type.h"
#include "store/text_fit.h"

#include <stdio.h>
#include <string.h>

#define BODY_MAX        (64 << 20)
#define LONG_CHARACTERS 65000 // from here on osTicket puts a body into a file
#define COLUMN_BYTES    65535
// The index keeps COLUMN_BYTES, which a column of a narrower character set may hold in fewer bytes; so much
// of a text is enough for that, whatever white space and normalisation take of it.
#define SEARCHED_BYTES (1 << 17)
#define LOOKED_AT      (8 * SEARCHED_BYTES)
#define IMAGE_NAME_MAX 64
#define IMAGES_MAX     1000 // that one text brings, and that it shows; each is a row or more
#define IMAGE_LETTERS  "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"

struct making {
    struct work *work;
    struct attached_files *files;
    struct error *error; // of what happens in a callback that cannot fail itself
    bool failed;
    size_t images;
};

static bool count_image(struct making *making) {
    return ++making->images <= IMAGES_MAX ||
           error_set(making->error, ERROR_TOO_LARGE, "a text holds more than %d images", IMAGES_MAX);
}

// "image/png" → "imageX4fz.png"
static bool image_name(struct text type, char name[IMAGE_NAME_MAX], struct error *error) {
    char random[5];
    ptrdiff_t slash = text_find(type, TEXT("/"), 0);
    struct text subtype =
        slash < 0 ? TEXT("png") : (struct text){type.data + slash + 1, type.length - (size_t)slash - 1};
    if (!random_text(IMAGE_LETTERS, random, 4, error)) return false;
    snprintf(name, IMAGE_NAME_MAX, "image%s.%.*s", random, (int)(subtype.length < 16 ? subtype.length : 16),
             subtype.data);
    return true;
}

static bool store_image(void *context, struct text type, struct text data,
                        char key[MARKUP_CID_KEY_LENGTH + 1], struct error *error) {
    struct making *making = context;
    struct arena *arena = making->work->arena;
    char name[IMAGE_NAME_MAX];
    key[0] = '\0';
    // Anything else would be a file that the text shows, a page for instance.
    if (!data.length || !media_type_is_picture(type)) return true;
    type = media_type_to_keep(type);
    return count_image(making) && image_name(type, name, error) &&
           attached_files_add_inline(making->files, making->work, arena_copy(arena, text_of(name)),
                                     arena_copy(arena, type), arena_copy(arena, data), key, error);
}

// A body that shows a stored image brings that file along, as in PHP.
static void attach_shown_file(void *context, struct text key) {
    struct making *making = context;
    making->failed = making->failed || !count_image(making) ||
                     !attached_files_add_shown(making->files, making->work->arena, key, making->error);
}

// Images that stood in what the cleaning removed are files beside the body.
static void mark_shown_images(struct making *making, struct text body) {
    for (size_t i = 0; i < making->files->count; i++) {
        struct attached_file *image = &making->files->items[i];
        char address[4 + FILE_KEY_SIZE];
        snprintf(address, sizeof address, "cid:%s", image->file.key);
        image->inlined = image->inlined && text_find(body, text_of(address), 0) >= 0;
    }
}

static bool clean_html(struct making *making, struct text text, bool once, struct buffer *out,
                       struct error *error) {
    const struct help_desk *help_desk = making->work->help_desk;
    const struct markup_options options = {.embedded_domain_whitelist =
                                               help_desk_config(help_desk, "embedded_domain_whitelist"),
                                           .blank_paragraphs = once};
    struct markup_image_store images = {store_image, making};
    if (!markup_store_html(text, &options, &images, out, error)) return false;
    mark_shown_images(making, buffer_text(out));
    making->images = 0; // those that it brought are among those that it shows
    markup_cid_keys(buffer_text(out), attach_shown_file, making);
    return !making->failed;
}

static struct text put_together(struct text text, struct text tail, struct arena *arena) {
    char *room = arena_take(arena, text.length + tail.length + 1);
    if (!room) return text; // the arena has failed, which is looked at
    memcpy(room, text.data, text.length);
    memcpy(room + text.length, tail.data, tail.length);
    return (struct text){room, text.length + tail.length};
}

static bool clean(struct making *making, struct text text, struct text tail, enum entry_text kind, bool html,
                  struct buffer *out, struct error *error) {
    if (!html) return markup_store_texts(text, tail, out, error);
    if (tail.length) text = put_together(text, tail, making->work->arena);
    if (kind == ENTRY_TEXT) return markup_plain_to_html(text, out, error);
    // What nobody writes by hand is refused whatever it is taken for: here as where HTML is cleaned.
    if (kind == ENTRY_RESPONSE && !markup_has_markup(text))
        return markup_bounds_check(text, error) && markup_plain_to_html(text, out, error);
    return clean_html(making, text, kind == ENTRY_HTML_ONCE, out, error);
}

// What the index takes of the words of a body.
static bool normalize(struct arena *arena, const struct buffer *words, struct text *search,
                      struct error *error) {
    struct buffer normal = buffer_new(BODY_MAX);
    bool done = normal_add_nfc(text_cut_bytes(buffer_text(words), LOOKED_AT), &normal) ||
                error_set(error, ERROR_TOO_LARGE, "the text is too long");
    if (done) *search = arena_copy(arena, text_cut_bytes(buffer_text(&normal), SEARCHED_BYTES));
    buffer_free(&normal);
    return done;
}

// Of a long text its beginning is enough, unless that is mostly white space.
static bool add_words(struct text body, bool html, struct buffer *words, struct error *error) {
    struct text start = text_cut_bytes(body, 2 * LOOKED_AT);
    if (html) return markup_searchable_html(body, words, error);
    if (!markup_searchable_text(start, words, error)) return false;
    if (words->length >= LOOKED_AT || start.length == body.length) return true;
    buffer_clear(words);
    return markup_searchable_text(body, words, error);
}

static bool make_search_text(struct arena *arena, struct text body, bool html, struct text *search,
                             struct error *error) {
    struct buffer words = buffer_new(BODY_MAX);
    bool done = add_words(body, html, &words, error) && normalize(arena, &words, search, error);
    buffer_free(&words);
    return done;
}

static bool is_long(struct text body) {
    return body.length > COLUMN_BYTES || text_cut(body, LONG_CHARACTERS - 1).length < body.length;
}

// Keeps a long body in a file, as osTicket does, so that nothing of it is cut off.
static bool store_long(struct making *making, struct text body, struct error *error) {
    char hash[DIGEST_HEX_SIZE(DIGEST_MD5_SIZE)], name[sizeof hash + 4], key[FILE_KEY_SIZE];
    if (!digest_md5_hex(body, hash)) return error_set(error, ERROR_INTERNAL, "the text could not be hashed");
    snprintf(name, sizeof name, "%s.txt", hash);
    return attached_files_add_inline(making->files, making->work,
                                     arena_copy(making->work->arena, text_of(name)), TEXT("text/html"), body,
                                     key, error);
}

// Typed text stays what was typed, unless it has characters that its column lacks and the help desk's texts
// are HTML anyway: as HTML it keeps them, in references.
static bool becomes_html(struct work *work, struct text text, enum entry_text kind, bool *html,
                         struct error *error) {
    bool fits = true, rich = help_desk_switch(work->help_desk, "enable_richtext", true);
    if (kind == ENTRY_TEXT && rich && !text_fits(work, "thread_entry", TEXT("body"), text, &fits, error))
        return false;
    *html = kind == ENTRY_HTML || kind == ENTRY_HTML_ONCE || (rich && (kind == ENTRY_RESPONSE || !fits));
    return true;
}

bool entry_body_make(struct work *work, struct text text, struct text tail, enum entry_text kind,
                     struct entry_body *body, struct attached_files *files, struct error *error) {
    struct arena *arena = work->arena;
    struct making making = {.work = work, .files = files, .error = error};
    bool html;
    struct buffer cleaned = buffer_new(BODY_MAX);
    if (!becomes_html(work, text, kind, &html, error)) return false;
    body->format = html ? "html" : "text";
    bool done = clean(&making, text, tail, kind, html, &cleaned, error) &&
                make_search_text(arena, buffer_text(&cleaned), html, &body->search, error);
    body->body = done ? arena_keep(arena, &cleaned) : TEXT_NULL;
    // Here already: it may get longer.
    done = done && text_fit(work, "thread_entry", TEXT("body"), html, &body->body, error);
    if (done && is_long(body->body)) {
        done = store_long(&making, body->body, error);
        body->body = TEXT("");
    }
    buffer_free(&cleaned);
    if (done && arena->failed) return error_set(error, ERROR_TOO_LARGE, "the text is too long");
    return done;
}
