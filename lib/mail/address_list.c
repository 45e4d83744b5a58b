// SPDX-License-Identifier: GPL-2.0-or-later
// Addresses that somebody typed.
#include "mail/address_list.h"

#include "mail/mail_address.h"
#include "mail/message.h"

#include <gmime/gmime.h>

#define LIST_MAX (64 * 1024)

static bool has(const struct address_list *list, struct text address) {
    for (size_t i = 0; i < list->count; i++)
        if (text_equal_ignoring_case(list->items[i].address, address)) return true;
    return false;
}

static void add(struct text name, struct text address, struct arena *arena, struct address_list *list) {
    struct buffer line = buffer_new(LIST_MAX);
    mail_one_line(name, &line);
    if (mail_address_is_usable(address) && !has(list, address)) {
        struct reply_mail_recipient *item = arena_append(arena, &list->items, &list->count, sizeof *item);
        struct text copy = arena_copy(arena, buffer_text(&line));
        if (item) *item = (struct reply_mail_recipient){.name = copy, .address = arena_copy(arena, address)};
    }
    buffer_free(&line);
}

static void add_all(InternetAddressList *parsed, struct arena *arena, struct address_list *list) {
    for (int i = 0; i < internet_address_list_length(parsed); i++) {
        InternetAddress *item = internet_address_list_get_address(parsed, i);
        if (INTERNET_ADDRESS_IS_GROUP(item))
            add_all(internet_address_group_get_members(INTERNET_ADDRESS_GROUP(item)), arena, list);
        else
            add(text_of(internet_address_get_name(item)),
                text_of(internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(item))), arena, list);
    }
}

// Without "%{user}"; whether there was one.
static bool take_user_out(struct text text, struct buffer *rest) {
    bool found = false;
    for (size_t from = 0; from < text.length;) {
        ptrdiff_t at = text_find(text, TEXT("%{user}"), from);
        size_t end = at < 0 ? text.length : (size_t)at;
        buffer_add(rest, text.data + from, end - from);
        from = at < 0 ? end : end + TEXT("%{user}").length;
        found = found || at >= 0;
    }
    return found;
}

bool address_list_read(struct text text, const struct reply_mail_owner *user, struct arena *arena,
                       struct address_list *list, struct error *error) {
    struct buffer rest = buffer_new(LIST_MAX);
    *list = (struct address_list){0};
    message_library_start();
    if (take_user_out(text, &rest)) add(user->name, text_trim(user->address), arena, list);
    InternetAddressList *parsed = internet_address_list_parse(NULL, rest.data);
    if (parsed) {
        add_all(parsed, arena, list);
        g_object_unref(parsed);
    }
    bool done = !rest.failed && !arena->failed;
    buffer_free(&rest);
    return done || error_set(error, ERROR_TOO_LARGE, "the list of addresses is too long");
}
