// SPDX-License-Identifier: GPL-2.0-or-later
// The mails of a new ticket, put into the queue.
#include "mail/ticket_mail.h"

#include "mail/address_list.h"
#include "mail/header_text.h"
#include "mail/mail_kind.h"
#include "mail/message_id.h"
#include "mail/recipient_list.h"
#include "store/mail/queue.h"

#include <inttypes.h>
#include <stdio.h>

#define LIST_MAX (64 * 1024) // of the column

// Queues `order` for `count` recipients, with a Message-ID that names the thread and, of `type`, the person;
// and `second` behind it, unless it is NULL.
static bool queue_both(struct db *db, struct mail_order *order, char type, int64_t person_id,
                       const struct reply_mail_recipient *recipients, size_t count, struct text secret_salt,
                       const struct mail_order *second, struct error *error) {
    struct message_tag tag = {type, (uint32_t)person_id, (uint32_t)order->tag_entry_id,
                              (uint32_t)order->tag_thread_id};
    struct buffer list = buffer_new(LIST_MAX), id = buffer_new(128);
    for (size_t i = 0; i < count; i++) recipient_list_add(&recipients[i], &list);
    bool done = message_id_make(&tag, secret_salt, &id, error);
    if (done && list.failed) done = error_set(error, ERROR_TOO_LARGE, "a mail has too many recipients");
    order->recipients = buffer_text(&list);
    order->message_id = buffer_text(&id);
    done = done && mail_queue_add_two(db, order, second, error);
    buffer_free(&list);
    buffer_free(&id);
    return done;
}

static bool queue(struct db *db, struct mail_order *order, char type, int64_t person_id,
                  const struct reply_mail_recipient *recipients, size_t count, struct text secret_salt,
                  struct error *error) {
    return queue_both(db, order, type, person_id, recipients, count, secret_salt, NULL, error);
}

static struct mail_order about(const struct ticket_mail *mail, const char *kind) {
    return (struct mail_order){.kind = kind,
                               .ticket_id = mail->ticket_id,
                               .thread_id = mail->thread_id,
                               .entry_id = mail->entry_id,
                               .tag_entry_id = mail->tags_entry ? mail->entry_id : 0,
                               .tag_thread_id = mail->thread_id,
                               .signature = "none",
                               .queued = mail->queued};
}

// To the owner, and `second` behind it, unless it is NULL.
static bool to_owner_and(struct db *db, struct arena *arena, const struct ticket_mail *mail, char type,
                         struct mail_order *order, const struct mail_order *second, struct error *error) {
    const struct reply_mail_wish wish = {.owner = true};
    struct reply_mail_recipients found;
    if (!reply_mail_recipients(db, arena, &wish, mail->thread_id, &mail->owner, mail->client_name_format,
                               &found, error))
        return false;
    if (!found.count) return !second || mail_queue_add(db, second, error);
    order->signature = "dept";
    return queue_both(db, order, type, mail->owner.user_id, found.items, found.count, mail->secret_salt,
                      second, error);
}

static bool to_owner(struct db *db, struct arena *arena, const struct ticket_mail *mail,
                     struct mail_order *order, struct error *error) {
    return to_owner_and(db, arena, mail, 'U', order, NULL, error);
}

bool ticket_mail_canned_reply(struct db *db, struct arena *arena, const struct ticket_mail *mail,
                              struct error *error) {
    struct mail_order order = about(mail, MAIL_KIND_CANNED_REPLY);
    order.tag_entry_id = mail->entry_id; // it carries the entry, as a reply's mail does
    order.mailbox = MAIL_MAILBOX_DEPARTMENT;
    return to_owner(db, arena, mail, &order, error);
}

bool ticket_mail_over_limit(struct db *db, struct arena *arena, const struct ticket_mail *mail,
                            struct error *error) {
    struct mail_order order = about(mail, MAIL_KIND_OVER_LIMIT);
    order.mailbox = MAIL_MAILBOX_AUTORESPONSE;
    order.only_if = "overlimit_notice_active";
    return to_owner(db, arena, mail, &order, error);
}

bool ticket_mail_new(struct db *db, struct arena *arena, const struct ticket_mail *mail, bool responds,
                     bool alerts, struct error *error) {
    struct mail_order response = about(mail, MAIL_KIND_AUTORESPONSE),
                      alert = about(mail, MAIL_KIND_NEW_TICKET);
    response.mailbox = MAIL_MAILBOX_AUTORESPONSE;
    alert.spread = true;
    alert.mailbox = MAIL_MAILBOX_DEPARTMENT;
    alert.only_if = "ticket_alert_active";
    if (!responds) return !alerts || mail_queue_add(db, &alert, error);
    return to_owner_and(db, arena, mail, 'U', &response, alerts ? &alert : NULL, error);
}

// One mail for all of them, and `second` behind it, unless it is NULL.
static bool tell_others(struct db *db, const struct ticket_mail *mail,
                        const struct reply_mail_recipients *others, const struct mail_order *second,
                        struct error *error) {
    struct mail_order notice = about(mail, MAIL_KIND_NOTICE);
    notice.mailbox = MAIL_MAILBOX_DEPARTMENT;
    notice.tag_entry_id = mail->entry_id; // it carries the entry, as a reply's mail does
    return queue_both(db, &notice, 'M', 0, others->items, others->count, mail->secret_salt, second, error);
}

bool ticket_mail_message(struct db *db, struct arena *arena, const struct ticket_mail *mail,
                         const struct ticket_mail_message *message, struct error *error) {
    struct mail_order receipt = about(mail, MAIL_KIND_MESSAGE_HAD), alert = about(mail, MAIL_KIND_MESSAGE);
    const struct mail_order *last = message->alerts ? &alert : NULL;
    bool tells = message->others && message->others->count;
    receipt.mailbox = MAIL_MAILBOX_AUTORESPONSE;
    alert.spread = true;
    alert.mailbox = MAIL_MAILBOX_DEPARTMENT;
    alert.only_if = "message_alert_active";
    if (message->confirms && !to_owner_and(db, arena, mail, message->by_collaborator ? 'C' : 'U', &receipt,
                                           tells ? NULL : last, error))
        return false;
    if (tells) return tell_others(db, mail, message->others, last, error);
    return message->confirms || !last || mail_queue_add(db, last, error);
}

bool ticket_mail_alert_note(struct db *db, const struct ticket_mail *mail, int64_t staff_id,
                            struct error *error) {
    return ticket_mail_alert_note_to(db, mail, staff_id, 0, error);
}

bool ticket_mail_alert_note_to(struct db *db, const struct ticket_mail *mail, int64_t staff_id,
                               int64_t assignee_id, struct error *error) {
    struct mail_order order = about(mail, MAIL_KIND_ACTIVITY);
    char assignee[16];
    snprintf(assignee, sizeof assignee, "s%" PRIu32, (uint32_t)assignee_id);
    if (assignee_id) order.assignee = text_of(assignee);
    order.tag_entry_id = mail->entry_id; // an agent's answer finds the note that he answers
    order.spread = true;
    order.staff_id = staff_id;
    order.mailbox = MAIL_MAILBOX_ALERTS;
    order.only_if = "note_alert_active";
    return mail_queue_add(db, &order, error);
}

// osTicket's Message-IDs of these name the note, where there is one, and nothing else. spec: creating.md D.3.
bool ticket_mail_alert_assigned(struct db *db, const struct ticket_mail *mail,
                                const struct ticket_mail_assignment *assignment, struct error *error) {
    struct mail_order order = about(mail, MAIL_KIND_ASSIGNED);
    char assignee[16];
    bool agent = assignment->staff_id != 0;
    snprintf(assignee, sizeof assignee, "%c%" PRIu32, agent ? 's' : 't',
             (uint32_t)(agent ? assignment->staff_id : assignment->team_id));
    order.spread = true;
    order.tag_entry_id = mail->entry_id;
    order.tag_thread_id = mail->entry_id ? mail->thread_id : 0;
    order.staff_id = assignment->assigner_id;
    order.mailbox = MAIL_MAILBOX_DEPARTMENT;
    order.assignee = text_of(assignee);
    order.assigner = assignment->assigner_id ? TEXT_NULL : text_cut(assignment->assigner, 255);
    order.comments = assignment->comments;
    order.only_if = "assigned_alert_active";
    return mail_queue_add(db, &order, error);
}

// As of an assignment.
bool ticket_mail_alert_transfer(struct db *db, const struct ticket_mail *mail, int64_t staff_id,
                                struct error *error) {
    struct mail_order order = about(mail, MAIL_KIND_TRANSFER);
    order.spread = true;
    order.tag_entry_id = mail->entry_id;
    order.tag_thread_id = mail->entry_id ? mail->thread_id : 0;
    order.staff_id = staff_id;
    order.mailbox = MAIL_MAILBOX_DEPARTMENT;
    order.comments = mail->entry_id ? TEXT_NULL : TEXT("");
    order.only_if = "transfer_alert_active";
    return mail_queue_add(db, &order, error);
}

// Its Message-ID names nothing but the agent.
bool ticket_mail_alert_overdue(struct db *db, const struct ticket_mail *mail, int64_t from_email_id,
                               struct error *error) {
    struct mail_order order = about(mail, MAIL_KIND_OVERDUE);
    order.spread = true;
    order.tag_thread_id = 0;
    order.from_email_id = from_email_id;
    order.mailbox = MAIL_MAILBOX_DEPARTMENT;
    order.only_if = "overdue_alert_active";
    return mail_queue_add(db, &order, error);
}

static bool to_one(struct db *db, struct arena *arena, const struct ticket_mail *mail,
                   struct mail_order order, const struct reply_mail_recipient *to, struct error *error) {
    struct buffer addressee = buffer_new(4096);
    if (to->name.length) {
        buffer_add_text(&addressee, to->name);
        buffer_add_char(&addressee, ' ');
    }
    buffer_add_format(&addressee, to->name.length ? "<%.*s>" : "%.*s", (int)to->address.length,
                      to->address.data);
    order.addressee = text_cut(arena_copy(arena, buffer_text(&addressee)), 255);
    buffer_free(&addressee);
    return queue(db, &order, '?', 0, to, 1, mail->secret_salt, error);
}

bool ticket_mail_filter(struct db *db, struct arena *arena, const struct ticket_mail *mail,
                        int64_t from_email_id, struct text recipients, struct text subject, struct text body,
                        struct error *error) {
    struct mail_order order = about(mail, MAIL_KIND_FILTER);
    struct address_list list;
    order.tag_entry_id = 0; // it carries none: there is nothing to answer above
    order.from_email_id = from_email_id;
    order.mailbox = MAIL_MAILBOX_DEFAULT;
    order.subject = subject;
    order.body = body;
    if (!address_list_read(recipients, &mail->owner, arena, &list, error)) return false;
    for (size_t i = 0; i < list.count; i++)
        if (!to_one(db, arena, mail, order, &list.items[i], error)) return false;
    return true;
}

bool ticket_mail_administration(struct db *db, struct text admin_email, struct text secret_salt,
                                struct text subject, struct text text, struct error *error) {
    struct reply_mail_recipient to = {.address = text_trim(admin_email)};
    struct mail_order order = {.kind = MAIL_KIND_ADMINISTRATION,
                               .mailbox = MAIL_MAILBOX_ALERTS,
                               .signature = "none",
                               .subject = subject,
                               .body = text};
    if (!mail_address_is_usable(to.address)) return true;
    return queue(db, &order, 'M', 0, &to, 1, secret_salt, error);
}
