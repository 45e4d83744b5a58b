// SPDX-License-Identifier: GPL-2.0-or-later
// The mail of a reply, as far as the reply's own transaction is concerned.
#include "mail/reply_mail.h"

#include "contact/person_name.h"
#include "mail/header_text.h"
#include "mail/message_id.h"
#include "mail/recipient_list.h"
#include "store/entry_flags.h"
#include "store/mail/content.h"
#include "store/mail/queue.h"

#include <inttypes.h>
#include <stdio.h>

#define LIST_MAX (64 * 1024) // of the column

// A user's name as the help desk shows it, and whether the format left a blank behind it ("First L." of who
// has one name); without one the address as far as its @.
static struct text shown_name(struct text name, struct text address, struct text format, bool *blank,
                              struct arena *arena) {
    struct person_name parts;
    struct buffer out = buffer_new(PERSON_NAME_MAX * 4), line = buffer_new(PERSON_NAME_MAX * 4);
    ptrdiff_t at = text_find(address, TEXT("@"), 0);
    person_name_split(name.length ? name : (struct text){address.data, at > 0 ? (size_t)at : 0}, &parts);
    person_name_format(&parts, format, &out);
    *blank = out.length > 1 && out.data[out.length - 1] == ' ';
    mail_one_line(buffer_text(&out), &line);
    struct text copy = arena_copy(arena, buffer_text(&line));
    buffer_free(&out);
    buffer_free(&line);
    return copy;
}

static void add_recipient(struct reply_mail_recipient recipient, struct text format, struct arena *arena,
                          struct reply_mail_recipients *recipients) {
    struct text address = text_trim(recipient.address);
    if (!mail_address_is_usable(address)) return;
    struct reply_mail_recipient *item =
        arena_append(arena, &recipients->items, &recipients->count, sizeof *item);
    bool blank;
    if (!item) return;
    *item = recipient;
    item->address = arena_copy(arena, address);
    item->name = shown_name(recipient.name, address, format, &blank, arena);
    struct buffer display = buffer_new(PERSON_NAME_MAX * 8);
    buffer_add_text(&display, item->name);
    buffer_add_string(&display, blank ? "  <" : " <");
    buffer_add_text(&display, address);
    buffer_add_char(&display, '>');
    item->display = arena_copy(arena, buffer_text(&display));
    buffer_free(&display);
}

static bool is_wanted(const struct reply_mail_wish *wish, int64_t user_id) {
    if (!wish->only) return true;
    for (size_t i = 0; i < wish->only_count; i++)
        if (wish->only[i] == user_id) return true;
    return false;
}

static bool add_collaborators(struct db *db, struct arena *arena, const struct reply_mail_wish *wish,
                              int64_t thread_id, struct text format, struct reply_mail_recipients *recipients,
                              struct error *error) {
    struct mail_collaborators found;
    const struct mail_collaborators *active = wish->known ? wish->known : &found;
    if (!wish->known && !mail_collaborators_load(db, thread_id, arena, &found, error)) return false;
    for (size_t i = 0; i < active->count; i++) {
        const struct mail_collaborator *c = &active->items[i];
        struct reply_mail_recipient recipient = {true, c->id, c->user_id, c->name, c->address, TEXT_NULL};
        if (is_wanted(wish, c->user_id)) add_recipient(recipient, format, arena, recipients);
    }
    return true;
}

bool reply_mail_recipients(struct db *db, struct arena *arena, const struct reply_mail_wish *wish,
                           int64_t thread_id, const struct reply_mail_owner *owner,
                           struct text client_name_format, struct reply_mail_recipients *recipients,
                           struct error *error) {
    *recipients = (struct reply_mail_recipients){0};
    if (wish->owner) {
        struct reply_mail_recipient recipient = {false,       owner->user_id, owner->user_id,
                                                 owner->name, owner->address, TEXT_NULL};
        add_recipient(recipient, client_name_format, arena, recipients);
    }
    if (wish->collaborators &&
        !add_collaborators(db, arena, wish, thread_id, client_name_format, recipients, error))
        return false;
    if (recipients->count)
        recipients->entry_flags = recipients->count > 1 ? ENTRY_FLAG_REPLY_ALL : ENTRY_FLAG_REPLY_USER;
    return !arena->failed || error_set(error, ERROR_TOO_LARGE, "the ticket has too many recipients");
}

static const char *const signature_names[] = {
    [MAIL_SIGNATURE_NONE] = "none",
    [MAIL_SIGNATURE_MINE] = "mine",
    [MAIL_SIGNATURE_DEPARTMENT] = "dept",
};

bool reply_mail_enqueue(struct db *db, struct arena *arena, const struct reply_mail *mail,
                        struct error *error) {
    struct message_tag tag = {'M', 0, (uint32_t)mail->entry_id, (uint32_t)mail->thread_id};
    struct buffer list = buffer_new(LIST_MAX), id = buffer_new(128);
    char assignee[16];
    (void)arena;
    snprintf(assignee, sizeof assignee, "s%" PRIu32, (uint32_t)mail->assignee_id);
    for (size_t i = 0; i < mail->recipients->count; i++)
        recipient_list_add(&mail->recipients->items[i], &list);
    bool done = message_id_make(&tag, mail->secret_salt, &id, error);
    if (done && list.failed) done = error_set(error, ERROR_TOO_LARGE, "the ticket has too many recipients");
    if (done) {
        struct mail_order order = {.ticket_id = mail->ticket_id,
                                   .thread_id = mail->thread_id,
                                   .entry_id = mail->entry_id,
                                   .tag_entry_id = mail->entry_id,
                                   .tag_thread_id = mail->thread_id,
                                   .staff_id = mail->staff_id,
                                   .assignee = mail->assignee_id ? text_of(assignee) : TEXT_NULL,
                                   .from_email_id = mail->from_email_id,
                                   .signature = signature_names[mail->signature],
                                   .sender_id = mail->sender_id,
                                   .sender = text_cut(mail->sender, 255),
                                   .recipients = buffer_text(&list),
                                   .message_id = buffer_text(&id),
                                   .queued = mail->queued};
        done = mail_queue_add_reply(db, &order, error);
    }
    buffer_free(&list);
    buffer_free(&id);
    return done;
}
