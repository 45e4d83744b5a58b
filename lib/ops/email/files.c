// SPDX-License-Identifier: GPL-2.0-or-later
// The files of a mail.
#include "ops/email/files.h"

#include "base/buffer.h"
#include "ops/email/file_type.h"
#include "ops/email/pictures.h"

#define NAME_LIMIT 250 // characters

static bool add_file(struct incoming_email *email, struct work *work, const struct mail_attachment *file,
                     struct email_picture *picture, struct error *error) {
    static const struct attachment_policy everything = {.enabled = true};
    struct text name = text_cut(file->name, NAME_LIMIT + 5);
    struct text type = file->type.length ? file->type : email_file_type(name, file->data);
    struct incoming_file incoming = {name, type, file->data};
    struct incoming_files one = {&incoming, 1};
    if (!picture || !picture->shown)
        return attached_files_take(work, &everything, &one, &email->take.files, error);
    return attached_files_add_inline(&email->take.files, work, name, type, file->data, picture->key, error);
}

// Pictures that only the quotation shows are the help desk's own: they stay out, as in PHP.
static bool add_files(struct incoming_email *email, struct work *work, struct error *error) {
    const struct mail_message *mail = &email->mail;
    struct arena *arena = &email->arena;
    struct email_pictures pictures =
        email_pictures_find(email->is_html ? email->text : TEXT(""), mail, arena);
    struct email_pictures quoted =
        email_pictures_find(email->is_html ? email->quoted : TEXT(""), mail, arena);
    for (size_t i = 0; !arena->failed && i < mail->file_count; i++)
        if ((pictures.files[i].shown || !quoted.files[i].shown) &&
            !add_file(email, work, &mail->files[i], &pictures.files[i], error))
            return false;
    email->text = email_pictures_put(&pictures, email->text, arena);
    return !arena->failed || error_too_large(error);
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
    return add_file(email, work, &file, NULL, error);
}

bool email_files(struct incoming_email *email, struct work *work, struct error *error) {
    const struct mail_message *mail = &email->mail;
    email->take.files = (struct attached_files){.closed = true};
    if ((mail->file_count || mail->problem) && !attached_files_check_storage(work->help_desk, error))
        return false;
    if (!mail->unreadable && !add_files(email, work, error)) return false;
    return !mail->problem || add_original(email, work, error);
}
