// SPDX-License-Identifier: GPL-2.0-or-later
// The entry that a mail becomes: what it says, from whom. spec: piping.md 4.4, 4.5.
#include "ops/email/posting.h"

#include "base/buffer.h"
#include "markup/escape.h"
#include "ops/change/actor.h"
#include "ops/email/files.h"
#include "store/entry_flags.h"

#define LINE_MAX_BYTES 4096

// "Received From: Jane <jane@example.org>" in front of what somebody says whom nobody knows here.
static bool name_sender(struct posting *posting, struct arena *arena, struct error *error) {
    const struct incoming_email *email = posting->email;
    struct buffer line = buffer_new(LINE_MAX_BYTES),
                  text = buffer_new(email->text.length + 2 * LINE_MAX_BYTES);
    buffer_add_string(&line, "Received From: ");
    buffer_add_text(&line, text_cut(email->sender_name, 300));
    buffer_add_format(&line, " <%.*s>", (int)text_cut(email->sender, 300).length, email->sender.data);
    if (email->is_html) {
        buffer_add_string(&text, "<div>");
        markup_escape(buffer_text(&line), &text);
        buffer_add_string(&text, "<br /><br /></div>");
    } else {
        buffer_add_text(&text, buffer_text(&line));
        buffer_add_string(&text, "\n\n");
    }
    buffer_add_text(&text, email->text);
    posting->email->text = arena_copy(arena, buffer_text(&text));
    bool done = !text.failed && posting->email->text.data;
    buffer_free(&line);
    buffer_free(&text);
    return done || error_too_large(error);
}

static struct actor actor_of(const struct posting *posting, struct change *change) {
    const struct incoming_email *email = posting->email;
    struct actor nobody = actor_user(0, email->sender_name, TEXT("SYSTEM"));
    switch (posting->author->kind) {
    case EMAIL_AUTHOR_OWNER:
    case EMAIL_AUTHOR_COLLABORATOR:
        return actor_user(posting->author->user_id, email->sender_name, TEXT("SYSTEM"));
    case EMAIL_AUTHOR_AGENT: return actor_agent(posting->author->agent, &change->help_desk, &change->arena);
    default: return nobody;
    }
}

// The owner, too, is marked so by PHP where he answers what went to a collaborator.
static bool writes_as_collaborator(const struct posting *posting) {
    return posting->author->kind == EMAIL_AUTHOR_COLLABORATOR ||
           (posting->author->kind == EMAIL_AUTHOR_OWNER && posting->match->way == EMAIL_WAY_OWN_ID &&
            posting->match->identity == 'C');
}

static int64_t flags_of(const struct posting *posting) {
    int64_t flags = posting->email->take.entry_flags;
    if (writes_as_collaborator(posting)) flags |= ENTRY_FLAG_COLLABORATOR;
    if (posting->author->kind == EMAIL_AUTHOR_UNKNOWN || posting->author->kind == EMAIL_AUTHOR_REPORT)
        flags |= ENTRY_FLAG_SYSTEM;
    if (posting->thread->is_merged) flags |= ENTRY_FLAG_OF_CHILD;
    return flags;
}

bool posting_make_entry(struct posting *posting, struct change *change, struct error *error) {
    struct incoming_email *email = posting->email;
    struct thread_entry *entry = &posting->entry;
    struct actor actor = actor_of(posting, change);
    if (!email_files(email, &change->work, error)) return false;
    if (posting->author->kind == EMAIL_AUTHOR_UNKNOWN && !name_sender(posting, &change->arena, error))
        return false;
    entry->files = email->take.files;
    entry->tail = email->take.tail;
    if (!thread_entry_make(&change->work, email->text, email->is_html ? ENTRY_HTML : ENTRY_TEXT, entry,
                           error))
        return false;
    entry->row = (struct new_entry){
        .parent_id = posting->match->entry_id,
        .type = email_author_writes_note(posting->author) ? "N" : "M",
        .flags = flags_of(posting),
        .source = TEXT("Email"),
        .title = TEXT_NULL,
        .recipients = email->take.recipients,
    };
    if (!change_add_entry(change, &actor, entry, error)) return false;
    // PHP notes from where an agent's note came, and of a message nothing.
    if (posting->author->kind != EMAIL_AUTHOR_AGENT) entry->row.ip_address = TEXT("");
    return true;
}
