// SPDX-License-Identifier: GPL-2.0-or-later
// Guards the reader of mails: any bytes are taken apart within the arena, and everything that comes out as
// text is UTF-8.
#include "mime/message.h"

#include <stdint.h>
#include <stdlib.h>

#define ARENA_MAX (64 << 20)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_text(struct text text) {
    if (text.data && !text_is_utf8(text)) abort();
}

static void check_addresses(const struct mail_address_list *list) {
    for (size_t i = 0; i < list->count; i++) {
        check_text(list->items[i].name);
        check_text(list->items[i].comment);
        check_text(list->items[i].address);
    }
}

static void check(const struct mail_message *mail) {
    check_text(mail->header);
    check_text(mail->message_id);
    check_text(mail->subject);
    check_text(mail->in_reply_to);
    check_text(mail->references);
    check_addresses(&mail->from);
    check_addresses(&mail->to);
    check_addresses(&mail->cc);
    for (size_t i = 0; i < mail->text_count; i++) check_text(mail->texts[i].text);
    for (size_t i = 0; i < mail->file_count; i++) {
        if (!mail->files[i].name.length) abort();
        check_text(mail->files[i].name);
        if (!text_is_ascii(mail->files[i].type)) abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena arena = arena_new(ARENA_MAX);
    struct mail_reading reading = {.rich_text = size % 2};
    struct mail_message mail;
    struct error error = {0};
    if (mail_message_read((struct text){(const char *)data, size}, &reading, &arena, &mail, &error))
        check(&mail);
    arena_free(&arena);
    return 0;
}
