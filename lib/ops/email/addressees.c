// SPDX-License-Identifier: GPL-2.0-or-later
// To whom a mail went.
#include "ops/email/addressees.h"

#include "base/buffer.h"
#include "contact/mail_address_syntax.h"
#include "store/entry_flags.h"
#include "json/writer.h"

#include <ctype.h>
#include <inttypes.h>
#include <string.h>
#include <strings.h>

#define JOINING_MAX 50    // who become collaborators by one mail: each may be a new user
#define LISTED_MAX  65000 // bytes of thread_entry.recipients

const struct email_mailbox *email_mailbox_at(const struct email_facts *facts, struct text address) {
    for (size_t i = 0; i < facts->mailbox_count; i++)
        if (text_equal_ignoring_case(facts->mailboxes[i].address, address)) return &facts->mailboxes[i];
    return NULL;
}

// The texts of one of the two lists, "Name <address>".
struct listing {
    struct text *items;
    size_t count;
    size_t *places; // where they stood before repetitions went
    size_t place_count, place;
};

static bool holds(const struct listing *listing, struct text item) {
    for (size_t i = 0; i < listing->count; i++)
        if (text_equal(listing->items[i], item)) return true;
    return false;
}

static void list(struct incoming_email *email, struct listing *listing, struct text item, bool once) {
    size_t place = listing->place++;
    if (once && holds(listing, item)) return;
    struct text *slot = arena_append(&email->arena, &listing->items, &listing->count, sizeof *slot);
    size_t *at = arena_append(&email->arena, &listing->places, &listing->place_count, sizeof *at);
    if (slot) *slot = item;
    if (at) *at = place;
}

// "Name <address>", in which PHP leaves a blank in the place of a name that is not there.
static struct text listed(struct incoming_email *email, struct text name, struct text address) {
    struct buffer item = buffer_new(8192);
    buffer_add_text(&item, name);
    buffer_add_string(&item, " <");
    buffer_add_text(&item, address);
    buffer_add_char(&item, '>');
    struct text copy = arena_copy(&email->arena, buffer_text(&item));
    buffer_free(&item);
    return copy;
}

// A mailbox without a name is its address.
static struct text listed_mailbox(struct incoming_email *email, const struct email_mailbox *mailbox) {
    return mailbox->name.length ? listed(email, mailbox->name, mailbox->address) : mailbox->address;
}

static struct text lowered(struct incoming_email *email, struct text address) {
    struct text copy = arena_copy(&email->arena, address);
    char *bytes = (char *)(uintptr_t)copy.data;
    for (size_t i = 0; i < copy.length && bytes[i] != '@'; i++)
        bytes[i] = (char)tolower((unsigned char)bytes[i]);
    return copy;
}

static void reach(struct incoming_email *email, const struct email_mailbox *mailbox) {
    if (!email->reached_mailbox) email->mailbox_id = mailbox->id;
    email->reached_mailbox = true;
    for (size_t i = 0; i < email->mailbox_count; i++)
        if (email->mailboxes[i] == mailbox->id) return;
    int64_t *slot = arena_append(&email->arena, &email->mailboxes, &email->mailbox_count, sizeof *slot);
    if (slot) *slot = mailbox->id;
}

static bool is_in(const struct mail_address_list *list, struct text address) {
    for (size_t i = 0; i < list->count; i++)
        if (text_equal_ignoring_case(list->items[i].address, address)) return true;
    return false;
}

// "no-reply@…", "noreply@…"
static bool takes_no_answer(struct text address) {
    return (address.length > 8 && strncasecmp(address.data, "no-reply", 8) == 0) ||
           (address.length > 7 && strncasecmp(address.data, "noreply", 7) == 0);
}

static bool may_join(const struct incoming_email *email, struct text address) {
    if (!mail_address_is_valid(address) || is_in(&email->mail.delivered_to, address) ||
        text_equal_ignoring_case(address, email->sender))
        return false;
    return email_is_as_php(email, AS_PHP_LIST_JOIN) ||
           (!is_in(&email->mail.list_post, address) && !takes_no_answer(address));
}

static void join(struct incoming_email *email, struct text name, struct text address, bool copied) {
    struct create_by_mail *take = &email->take;
    struct mail_addressee *items = (struct mail_addressee *)(uintptr_t)take->addressees;
    struct mail_addressee *item = arena_append(&email->arena, &items, &take->addressee_count, sizeof *item);
    take->addressees = items;
    if (item) *item = (struct mail_addressee){name, address, copied};
}

static void take_all(struct incoming_email *email, const struct mail_address_list *addresses, bool copied,
                     struct listing *to, struct listing *own) {
    for (size_t i = 0; i < addresses->count; i++) {
        const struct mail_address *item = &addresses->items[i];
        struct text address = lowered(email, item->address);
        const struct email_mailbox *mailbox = email_mailbox_at(&email->facts, address);
        if (mailbox) {
            reach(email, mailbox);
            list(email, to, listed_mailbox(email, mailbox), true);
            continue;
        }
        list(email, own, listed(email, item->name, address), own == to);
        if (may_join(email, address)) join(email, item->name, address, copied);
    }
}

// Mailboxes alone: others who stand there were not written to.
static void take_mailboxes(struct incoming_email *email, const struct mail_address_list *addresses,
                           struct listing *to) {
    for (size_t i = 0; i < addresses->count; i++) {
        const struct email_mailbox *mailbox = email_mailbox_at(&email->facts, addresses->items[i].address);
        if (!mailbox) continue;
        reach(email, mailbox);
        if (to) list(email, to, listed_mailbox(email, mailbox), true);
    }
}

// ["a","b"], or where repetitions went {"0":"a","2":"b"}.
static void add_list(const struct listing *listing, struct buffer *out) {
    bool gaps = listing->count && listing->places[listing->count - 1] + 1 != listing->count;
    bool room = true;
    buffer_add_char(out, gaps ? '{' : '[');
    for (size_t i = 0; i < listing->count && room; i++) {
        struct buffer item = buffer_new(LISTED_MAX);
        if (gaps) buffer_add_format(&item, "\"%zu\":", listing->places[i]);
        json_quote(listing->items[i], &item);
        room = !item.failed && out->length + item.length + 16 < LISTED_MAX;
        if (room && i) buffer_add_char(out, ',');
        if (room) buffer_add_text(out, buffer_text(&item));
        buffer_free(&item);
    }
    buffer_add_char(out, gaps ? '}' : ']');
}

// In PHP the list comes first that was needed first; mailboxes in Cc stand in that of To.
static bool begins_with_to(const struct incoming_email *email, const struct listing *cc) {
    return email->mail.to.count || !cc->count ||
           email_mailbox_at(&email->facts, email->mail.cc.items[0].address);
}

static void write_lists(struct incoming_email *email, const struct listing *to, const struct listing *cc) {
    struct buffer json = buffer_new(LISTED_MAX + 64);
    bool to_first = begins_with_to(email, cc);
    buffer_add_string(&json, to_first ? "{\"to\":" : "{\"cc\":");
    add_list(to_first ? to : cc, &json);
    if (!to_first || cc->count) {
        buffer_add_string(&json, to_first ? ",\"cc\":" : ",\"to\":");
        add_list(to_first ? cc : to, &json);
    }
    buffer_add_char(&json, '}');
    email->take.recipients = arena_copy(&email->arena, buffer_text(&json));
    email->take.entry_flags = to->count + cc->count > 1 ? ENTRY_FLAG_REPLY_ALL : ENTRY_FLAG_REPLY_USER;
    buffer_free(&json);
}

static int64_t fallback(const struct incoming_email *email) {
    return email->fetched_from ? email->fetched_from
                               : help_desk_number(&email->help_desk, "default_email_id", 0);
}

bool email_addressees(struct incoming_email *email, struct error *error) {
    const struct mail_message *mail = &email->mail;
    struct listing to = {0}, cc = {0};
    take_all(email, &mail->to, false, &to, &to);
    take_all(email, &mail->cc, true, &to, &cc);
    take_mailboxes(email, &mail->delivered_to, &to);
    take_mailboxes(email, &mail->bcc, NULL);
    take_mailboxes(email, &mail->original_to, NULL);
    if (!email->reached_mailbox) email->mailbox_id = fallback(email);
    write_lists(email, &to, &cc);
    // Without a mailbox of ours among them nobody knows how the mail came here.
    if (!email->reached_mailbox || !help_desk_switch(&email->help_desk, "add_email_collabs", true))
        email->take.addressee_count = 0;
    if (email->take.addressee_count > JOINING_MAX) email->take.addressee_count = JOINING_MAX;
    return !email->arena.failed || error_too_large(error);
}
