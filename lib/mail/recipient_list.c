// SPDX-License-Identifier: GPL-2.0-or-later
// The recipients of a mail as its row in the queue has them.
#include "mail/recipient_list.h"

#include "mail/header_text.h"

#include <inttypes.h>

void recipient_list_add(const struct reply_mail_recipient *recipient, struct buffer *list) {
    buffer_add_format(list, "%s\t%" PRId64 "\t%" PRId64 "\t", recipient->copy ? "cc" : "to", recipient->id,
                      recipient->user_id);
    buffer_add_text(list, recipient->address);
    buffer_add_char(list, '\t');
    mail_one_line(recipient->name, list); // no tab, no line end
    buffer_add_char(list, '\n');
}

// Takes off what stands before the next `end`; all of it when there is none.
static struct text field(struct text *rest, char end) {
    size_t length = 0;
    while (length < rest->length && rest->data[length] != end) length++;
    struct text taken = {rest->data, length};
    size_t step = length < rest->length ? length + 1 : length;
    *rest = (struct text){rest->data + step, rest->length - step};
    return taken;
}

void recipient_list_read(struct text list, struct arena *arena, struct reply_mail_recipient **items,
                         size_t *count) {
    *items = NULL;
    *count = 0;
    while (list.length) {
        struct text line = field(&list, '\n');
        struct text kind = field(&line, '\t'), id = field(&line, '\t'), user = field(&line, '\t');
        struct reply_mail_recipient read = {.address = field(&line, '\t')};
        read.name = line;
        read.copy = text_equal(kind, TEXT("cc"));
        if (!text_to_int64(id, &read.id) || !text_to_int64(user, &read.user_id) ||
            !mail_address_is_usable(read.address))
            continue;
        struct reply_mail_recipient *item = arena_append(arena, items, count, sizeof *item);
        if (item) *item = read;
    }
}
