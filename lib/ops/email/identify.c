// SPDX-License-Identifier: GPL-2.0-or-later
// Who sent a mail, and what it names.
#include "ops/email/identify.h"

#include "base/buffer.h"
#include "crypto/digest.h"
#include "markup/body.h"
#include "mime/words.h"
#include "ops/email/text.h"
#include "pattern/pattern.h"
#include "store/email/rows.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#define NAME_MAX_BYTES 1024
#define NO_SUBJECT     "[No Subject]"

#define FURTHER_IDS_MAX 240 // beyond those of the question

#define NUMBER_SOUGHT_IN 4096 // characters of a subject
#define NUMBER_MAX       256  // bytes of a ticket's number with its #

// ---- the sender

// The first that somebody could have, else the first.
static const struct mail_address *best_of(const struct mail_address_list *list) {
    for (size_t i = 0; i < list->count; i++)
        if (mail_address_could_be(list->items[i].address)) return &list->items[i];
    return NULL;
}

static const struct mail_address *sender_of(const struct mail_message *mail) {
    const struct mail_address_list *const lists[] = {&mail->from, &mail->sender, &mail->reply_to};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        const struct mail_address *sender = best_of(lists[i]);
        if (sender) return sender;
    }
    return NULL;
}

// "Jane (room 3)"; in one line, and like a subject without its tags where it is HTML.
static struct text name_of(const struct mail_address *sender, struct arena *arena) {
    struct buffer name = buffer_new(NAME_MAX_BYTES);
    buffer_add_text(&name, text_cut(sender->name, 200));
    if (sender->comment.length) {
        buffer_add_string(&name, " (");
        buffer_add_text(&name, text_cut(sender->comment, 100));
        buffer_add_char(&name, ')');
    }
    for (size_t i = 0; i < name.length; i++)
        if ((unsigned char)name.data[i] < ' ') name.data[i] = ' ';
    struct text said = buffer_text(&name);
    if (markup_has_markup(said)) said = text_trim(email_without_tags(said, arena));
    struct text copy = arena_copy(arena, said.length ? said : sender->address);
    buffer_free(&name);
    return copy;
}

static bool find_sender(struct incoming_email *email, struct error *error) {
    const struct mail_address *sender = sender_of(&email->mail);
    if (!sender)
        return error_set(error, ERROR_BAD_REQUEST,
                         "Unable to create new ticket :user\nIncomplete client information");
    email->sender = sender->address;
    email->sender_name = name_of(sender, &email->arena);
    return true;
}

// ---- its own Message-ID

struct text email_made_message_id(struct incoming_email *email, bool with_body) {
    char hash[DIGEST_HEX_SIZE(DIGEST_MD5_SIZE)], id[sizeof hash + 16];
    struct text of = with_body ? email->bytes : email->mail.raw_header;
    if (!digest_md5_hex(of, hash)) return TEXT("<@local>");
    snprintf(id, sizeof id, "<%s@local>", hash);
    return arena_copy(&email->arena, text_of(id));
}

static struct text without_angles(struct text id) {
    if (id.length && id.data[0] == '<') id = (struct text){id.data + 1, id.length - 1};
    if (id.length && id.data[id.length - 1] == '>') id.length--;
    return id;
}

static bool read_own(const struct incoming_email *email, struct text id, struct message_tag *tag) {
    return message_id_read(id, text_of(email->context->settings->secret_salt), tag);
}

static void find_message_id(struct incoming_email *email) {
    struct text id = email->mail.message_id;
    email->has_message_id = id.length > 0;
    if (!email->has_message_id) id = email_made_message_id(email, false);
    email->message_id = text_cut(id, EMAIL_MESSAGE_ID_MAX);
    email->is_own = read_own(email, without_angles(text_trim(id)), &email->own_tag);
    email->question.message_id = email->message_id;
}

// ---- what it answers

static void add_tag(struct incoming_email *email, const struct message_tag *tag) {
    struct email_question *question = &email->question;
    if (question->tag_count == EMAIL_IDS_MAX) return;
    email->tags[question->tag_count] = *tag;
    question->tags[question->tag_count++] = (struct email_tag){tag->entry_id, tag->thread_id};
}

static bool is_among(const struct text *ids, size_t count, struct text id) {
    for (size_t i = 0; i < count; i++)
        if (text_equal(ids[i], id)) return true;
    return false;
}

static void add_further(struct incoming_email *email, struct text id) {
    struct text *slot = arena_append(&email->arena, &email->further_ids, &email->further_count, sizeof *slot);
    if (slot) *slot = id;
}

static void add_id(struct incoming_email *email, struct text id) {
    struct email_question *question = &email->question;
    struct message_tag tag;
    if (read_own(email, without_angles(id), &tag)) {
        add_tag(email, &tag);
        return;
    }
    if (is_among(question->ids, question->id_count, id) ||
        is_among(email->further_ids, email->further_count, id))
        return;
    id = text_cut(id, EMAIL_MESSAGE_ID_MAX);
    if (question->id_count < EMAIL_IDS_MAX)
        question->ids[question->id_count++] = id;
    else if (email->further_count < FURTHER_IDS_MAX)
        add_further(email, id);
}

// "<x@y>" from right to left: the last is the nearest.
static void add_ids(struct incoming_email *email, struct text field) {
    for (size_t end = field.length; end > 0;) {
        if (field.data[--end] != '>') continue;
        size_t start = end;
        while (start > 0 && field.data[start] != '<') start--;
        struct text id = {field.data + start, end + 1 - start};
        if (field.data[start] == '<' && memchr(id.data, '@', id.length)) add_id(email, id);
        end = start;
    }
}

// A Message-ID of ours runs as far as its mailbox's address does.
static size_t own_length(struct text text, size_t at) {
    size_t end = at;
    while (end < text.length && (isalnum((unsigned char)text.data[end]) || strchr("+/=_-.@", text.data[end])))
        end++;
    return end - at;
}

// Those behind a mark, wherever it stands.
static void add_marked(struct incoming_email *email, struct text text, struct text mark) {
    struct message_tag tag;
    for (ptrdiff_t hit = text_find(text, mark, 0); hit >= 0; hit = text_find(text, mark, (size_t)hit + 1)) {
        size_t at = (size_t)hit + mark.length;
        while (at < text.length && (text.data[at] == ' ' || text.data[at] == '<')) at++;
        struct text id = {text.data + at, own_length(text, at)};
        if (read_own(email, id, &tag)) add_tag(email, &tag);
    }
}

static void find_ids(struct incoming_email *email) {
    const struct mail_message *mail = &email->mail;
    if (mail->automation.report) {
        add_marked(email, mail->returned, TEXT("Message-ID:"));
        add_marked(email, mail->returned, TEXT("Message-Id:"));
        add_marked(email, mail->returned, TEXT("Ref-Mid:"));
    }
    add_ids(email, mail->in_reply_to.data ? mail->in_reply_to : TEXT(""));
    add_ids(email, mail->references.data ? mail->references : TEXT(""));
    for (size_t i = 0; i < mail->text_count; i++) {
        add_marked(email, mail->texts[i].text, TEXT("mid-"));
        add_marked(email, mail->texts[i].text, TEXT("Ref-Mid:"));
    }
}

// "[#404709]": behind the first # that something stands at, without blanks, up to the last character that is
// no punctuation of any script.
static void find_number(struct incoming_email *email) {
    struct text looked_at = text_cut(email->subject, NUMBER_SOUGHT_IN), found;
    struct error ignored = {0};
    if (!pattern_find(TEXT("/#[^\\p{C}\\p{Z}]*[^\\p{C}\\p{Z}\\p{P}]/u"), looked_at, &found, &ignored) ||
        !found.data)
        return;
    if (found.length <= NUMBER_MAX) email->question.number = (struct text){found.data + 1, found.length - 1};
}

bool email_identify(struct incoming_email *email, struct error *error) {
    struct text subject = email->mail.subject;
    bool has = text_trim(subject).length && !text_equal(text_trim(subject), TEXT("0"));
    email->subject = has ? subject : TEXT(NO_SUBJECT);
    email->question = (struct email_question){.number = TEXT("")};
    if (!find_sender(email, error)) return false;
    email->question.sender = email->sender;
    find_message_id(email);
    find_ids(email);
    find_number(email);
    return true;
}
