// SPDX-License-Identifier: GPL-2.0-or-later
// Whether a mail was here before, or belongs to a thread.
#include "ops/email/match.h"

#include "base/buffer.h"
#include "crypto/file_key.h"
#include "mime/fields.h"
#include "ops/email/identify.h"
#include "ops/entry/body.h"

#include <string.h>

static const struct email_place *nearest(const struct email_place *places, size_t count, bool with_entry) {
    const struct email_place *best = NULL;
    for (size_t i = 0; i < count; i++)
        if ((!with_entry || places[i].entry_id) && (!best || places[i].place < best->place))
            best = &places[i];
    return best;
}

static struct email_match by_own_id(const struct incoming_email *email, bool with_entry) {
    const struct email_place *place = nearest(email->facts.own, email->facts.own_count, with_entry);
    if (!place || place->place >= email->question.tag_count) return (struct email_match){0};
    const struct message_tag *tag = &email->tags[place->place];
    return (struct email_match){EMAIL_WAY_OWN_ID, place->thread_id, place->entry_id, tag->type,
                                tag->person_id};
}

// A Message-ID that differs from a known one in letter case or accents alone names that mail.
static int64_t alike(const struct incoming_email *email, int64_t *entry_id) {
    for (size_t i = 0; i < email->facts.seen_count; i++)
        if (!text_equal(email->facts.seen[i].message_id, email->message_id)) {
            *entry_id = email->facts.seen[i].entry_id;
            return email->facts.seen[i].thread_id;
        }
    return 0;
}

static bool is_placed(const struct incoming_email *email) {
    return by_own_id(email, true).way || email->facts.known_count;
}

bool email_look_further(struct incoming_email *email, struct error *error) {
    struct email_question *question = &email->question;
    for (size_t at = 0; at < email->further_count && !is_placed(email); at += question->id_count) {
        size_t left = email->further_count - at;
        question->id_count = left < EMAIL_IDS_MAX ? left : EMAIL_IDS_MAX;
        for (size_t i = 0; i < question->id_count; i++) question->ids[i] = email->further_ids[at + i];
        question->claim_seconds = 0;
        if (!email_look(email->context->db, question, &email->arena, &email->help_desk, &email->facts, error))
            return false;
    }
    return true;
}

struct email_match email_match(const struct incoming_email *email) {
    const struct email_facts *facts = &email->facts;
    struct email_match match = by_own_id(email, true);
    if (match.way) return match;
    const struct email_place *known = nearest(facts->known, facts->known_count, true);
    if (known) return (struct email_match){EMAIL_WAY_KNOWN, known->thread_id, known->entry_id, '?', 0};
    match.thread_id = alike(email, &match.entry_id);
    if (match.thread_id) {
        match.way = EMAIL_WAY_KNOWN;
        return match;
    }
    if (facts->by_number.thread_id && facts->by_number.entry_id)
        return (struct email_match){EMAIL_WAY_NUMBER, facts->by_number.thread_id, facts->by_number.entry_id,
                                    'U', 0};
    return by_own_id(email, false);
}

// ---- seen before

static bool is_from(struct incoming_email *email, struct text headers) {
    struct mail_fields fields = mail_fields_read(headers, &email->arena);
    struct mail_address_list from = {0};
    mail_addresses_read(mail_field_joined(&fields, "From", ", ", &email->arena), &email->arena, &from);
    for (size_t i = 0; i < from.count; i++)
        if (text_equal_ignoring_case(from.items[i].address, email->sender)) return true;
    // Where the sender stood elsewhere, or the header is not there, the id alone has to do.
    return from.count == 0;
}

static const struct email_seen *find_seen(struct incoming_email *email) {
    for (size_t i = 0; i < email->facts.seen_count; i++) {
        const struct email_seen *seen = &email->facts.seen[i];
        if (text_equal(seen->message_id, email->message_id) && is_from(email, seen->headers)) return seen;
    }
    return NULL;
}

// The signatures of the files, as the statement has those of an entry.
static struct text signatures(struct incoming_email *email) {
    struct buffer all = buffer_new(1 << 16);
    char signature[FILE_KEY_SIZE];
    for (size_t i = 0; i < email->mail.file_count; i++) {
        if (!email->mail.files[i].data.length || !file_signature(email->mail.files[i].data, signature))
            continue;
        if (all.length) buffer_add_char(&all, ' ');
        buffer_add_string(&all, signature);
    }
    struct text copy = arena_copy(&email->arena, buffer_text(&all));
    buffer_free(&all);
    return copy;
}

static bool says_the_same(struct incoming_email *email, const struct email_seen *seen, bool *same,
                          struct error *error) {
    struct work work = {.db = email->context->db, .arena = &email->arena, .help_desk = &email->help_desk};
    struct attached_files files = {.closed = true};
    struct entry_body body;
    if (!entry_body_make(&work, email->text, email->take.tail, email->is_html ? ENTRY_HTML : ENTRY_TEXT,
                         &body, &files, error))
        return false;
    struct text had = seen->signatures.data ? seen->signatures : TEXT("");
    *same =
        text_equal(body.body, seen->body.data ? seen->body : TEXT("")) && text_equal(signatures(email), had);
    return true;
}

int email_seen(struct incoming_email *email, const struct email_seen **seen, struct error *error) {
    bool same = true;
    *seen = find_seen(email);
    if (!*seen || email->has_message_id) return *seen != NULL;
    if (!says_the_same(email, *seen, &same, error)) return -1;
    if (same) return 1;
    // Another mail with the same header: known by all of it from now on.
    // The claim of the one with this header stands for all of them.
    email->question.claim_seconds = 0;
    email->message_id = email->question.message_id = email_made_message_id(email, true);
    if (!email_look(email->context->db, &email->question, &email->arena, &email->help_desk, &email->facts,
                    error))
        return -1;
    *seen = find_seen(email);
    return *seen != NULL;
}
