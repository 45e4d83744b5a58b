// SPDX-License-Identifier: GPL-2.0-or-later
// The files of a mail.
#include "ops/email/files.h"

#include "base/buffer.h"

#include <string.h>
#include <strings.h>

#define NAME_LIMIT 250 // characters

// Whether "cid:ID" stands at `at`, as it is or with its @ as %40; how long it is, or 0.
static size_t shows(struct text text, size_t at, struct text id) {
    size_t i = at, j = 0;
    while (i < text.length && j < id.length) {
        bool coded = id.data[j] == '@' && i + 3 <= text.length && strncasecmp(text.data + i, "%40", 3) == 0;
        if (!coded && text.data[i] != id.data[j]) return 0;
        i += coded ? 3 : 1;
        j++;
    }
    bool ends = i == text.length || memchr("\"' >&\t\r\n", text.data[i], 8);
    return j == id.length && j && ends ? i - at : 0;
}

// Puts `key` where the text shows `id`; whether it does.
static bool put_key(struct incoming_email *email, struct text id, const char *key) {
    struct text text = email->text;
    struct buffer out = buffer_new(text.length + (1 << 20));
    size_t done = 0;
    for (size_t i = 0; i + 4 < text.length; i++) {
        size_t length = strncasecmp(text.data + i, "cid:", 4) == 0 ? shows(text, i + 4, id) : 0;
        if (!length) continue;
        buffer_add(&out, text.data + done, i - done);
        buffer_add_format(&out, "cid:%s", key);
        done = i + 4 + length;
        i = done - 1;
    }
    bool found = done > 0 && !out.failed;
    if (found) {
        buffer_add(&out, text.data + done, text.length - done);
        email->text = arena_copy(&email->arena, buffer_text(&out));
    }
    buffer_free(&out);
    return found;
}

static bool is_shown(const struct incoming_email *email, struct text id) {
    for (size_t i = 0; email->is_html && id.length && i + 4 < email->text.length; i++)
        if (strncasecmp(email->text.data + i, "cid:", 4) == 0 && shows(email->text, i + 4, id)) return true;
    return false;
}

static bool add_file(struct incoming_email *email, struct work *work, const struct mail_attachment *file,
                     struct error *error) {
    static const struct attachment_policy everything = {.enabled = true};
    struct text name = text_cut(file->name, NAME_LIMIT + 5);
    struct incoming_file incoming = {name, file->type, file->data};
    struct incoming_files one = {&incoming, 1};
    char key[FILE_KEY_SIZE];
    if (!file->data.length || !is_shown(email, file->content_id))
        return attached_files_take(work, &everything, &one, &email->take.files, error);
    return attached_files_add_inline(&email->take.files, work, name, file->type, file->data, key, error) &&
           (put_key(email, file->content_id, key) || error_too_large(error));
}

// "Subject.eml"
static bool add_original(struct incoming_email *email, struct work *work, struct error *error) {
    struct buffer name = buffer_new(2048);
    buffer_add_text(
        &name, text_cut(email->mail.subject.length ? email->mail.subject : email->message_id, NAME_LIMIT));
    buffer_add_string(&name, ".eml");
    struct mail_attachment file = {arena_copy(work->arena, buffer_text(&name)), TEXT("message/rfc822"),
                                   email->bytes, TEXT_NULL};
    buffer_free(&name);
    return add_file(email, work, &file, error);
}

bool email_files(struct incoming_email *email, struct work *work, struct error *error) {
    const struct mail_message *mail = &email->mail;
    email->take.files = (struct attached_files){.closed = true};
    if ((mail->file_count || mail->problem) && !attached_files_check_storage(work->help_desk, error))
        return false;
    for (size_t i = 0; i < mail->file_count && !mail->unreadable; i++)
        if (!add_file(email, work, &mail->files[i], error)) return false;
    return !mail->problem || add_original(email, work, error);
}
