// SPDX-License-Identifier: GPL-2.0-or-later
// Files of a mail that its own text shows.
#include "ops/email/pictures.h"

#include "base/buffer.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define ID_MAX 1024 // bytes of a Content-ID

struct known {
    struct text id;
    size_t file;
};

static int compare(const void *one, const void *other) {
    const struct known *a = one, *b = other;
    int order = text_compare(a->id, b->id);
    return order ? order : (a->file > b->file) - (a->file < b->file);
}

// Sorted, so that a text that shows a million things is looked through in no time.
static size_t list_known(const struct mail_message *mail, struct arena *arena, struct known **known) {
    size_t count = 0;
    *known = arena_take(arena, (mail->file_count + 1) * sizeof **known);
    for (size_t i = 0; *known && i < mail->file_count; i++) {
        const struct mail_attachment *file = &mail->files[i];
        if (file->content_id.length && file->data.length)
            (*known)[count++] = (struct known){file->content_id, i};
    }
    if (count) qsort(*known, count, sizeof **known, compare);
    return count;
}

// The first file with this id, or NULL.
static const struct known *find(const struct known *known, size_t count, struct text id) {
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (text_compare(known[middle].id, id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && text_equal(known[low].id, id) ? &known[low] : NULL;
}

// How far the id goes that begins at `at`.
static size_t id_length(struct text html, size_t at) {
    size_t end = at;
    while (end < html.length && end - at <= ID_MAX && !memchr("\"' >&\t\r\n", html.data[end], 8)) end++;
    return end - at;
}

// The id as its file has it: its @ may stand as %40.
static struct text plain_id(struct text id, char room[ID_MAX]) {
    size_t used = 0;
    for (size_t i = 0; i < id.length && used < ID_MAX; i++) {
        bool coded = i + 3 <= id.length && strncasecmp(id.data + i, "%40", 3) == 0;
        room[used++] = coded ? '@' : id.data[i];
        i += coded ? 2 : 0;
    }
    return (struct text){room, used};
}

struct email_pictures email_pictures_find(struct text html, const struct mail_message *mail,
                                          struct arena *arena) {
    struct email_pictures pictures = {.files =
                                          arena_take(arena, (mail->file_count + 1) * sizeof *pictures.files)};
    struct known *known;
    size_t count = list_known(mail, arena, &known);
    char room[ID_MAX];
    for (size_t i = 0; count && pictures.files && i + 4 < html.length; i++) {
        if (html.data[i + 3] != ':' || strncasecmp(html.data + i, "cid:", 4) != 0) continue;
        struct text id = {html.data + i + 4, id_length(html, i + 4)};
        const struct known *file = find(known, count, id);
        if (!file) file = find(known, count, plain_id(id, room));
        struct email_mark *mark =
            file ? arena_append(arena, &pictures.marks, &pictures.mark_count, sizeof *mark) : NULL;
        if (!mark) continue;
        *mark = (struct email_mark){i + 4, id.length, file->file};
        pictures.files[file->file].shown = true;
    }
    return pictures;
}

struct text email_pictures_put(const struct email_pictures *pictures, struct text html, struct arena *arena) {
    struct buffer out = buffer_new(html.length + pictures->mark_count * FILE_KEY_SIZE + 1);
    size_t done = 0;
    if (!pictures->mark_count) return html;
    for (size_t i = 0; i < pictures->mark_count; i++) {
        const struct email_mark *mark = &pictures->marks[i];
        const char *key = pictures->files[mark->file].key;
        if (!*key) continue;
        buffer_add(&out, html.data + done, mark->at - done);
        buffer_add_string(&out, key);
        done = mark->at + mark->length;
    }
    buffer_add(&out, html.data + done, html.length - done);
    struct text copy = arena_copy(arena, buffer_text(&out));
    buffer_free(&out);
    return copy.data ? copy : html;
}
