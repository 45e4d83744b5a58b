// SPDX-License-Identifier: GPL-2.0-or-later
// A mail as an entry of a thread.
#include "ops/email/post.h"

#include "base/buffer.h"
#include "mail/ticket_mail.h"
#include "markup/escape.h"
#include "ops/change/actor.h"
#include "ops/change/change.h"
#include "ops/create/addressees.h"
#include "ops/email/text.h"
#include "store/create/desk.h"
#include "store/email/rows.h"
#include "store/entry_flags.h"
#include "json/reader.h"
#include "json/writer.h"

#include <inttypes.h>
#include <stdio.h>

#define DATA_MAX       1020
#define LINE_MAX_BYTES 4096

struct posting {
    struct incoming_email *email;
    const struct email_match *match;
    const struct email_thread *thread;
    const struct email_author *author;
    struct thread_entry entry;
    struct create_draft draft; // for users whom the mail brings along
    struct creation creation;
    int64_t *referred; // departments, by this mail
    size_t referred_count;
    bool confirms; // the author is told that his message came
};

static bool is_note(const struct email_author *author) {
    return author->kind == EMAIL_AUTHOR_AGENT || author->kind == EMAIL_AUTHOR_REPORT;
}

static bool is_by_machine(const struct incoming_email *email) {
    return email->mail.automation.automatic || email->mail.automation.bounce;
}

// ---- may it go there

static bool allows_reopening(const struct ticket_status *status) {
    struct error ignored = {0};
    struct json_value *properties =
        status->properties.length ? json_parse(status->properties, &ignored) : NULL;
    const struct json_value *allow = json_member(properties, "allowreopen");
    struct text text = json_value_text(allow);
    bool allows = json_value_boolean(allow) || json_value_integer(allow) != 0 ||
                  (text.length && !text_equal(text, TEXT("0")));
    json_free(&properties);
    return allows;
}

// Department and topic are looked at when the ticket is locked: an archived one keeps it closed.
bool email_may_post(const struct incoming_email *email, const struct email_thread *thread,
                    const struct email_author *author) {
    const struct ticket_status *status = help_desk_status(&email->help_desk, thread->status_id);
    if (thread->is_task || is_note(author) || ticket_status_is(status, "open")) return true;
    return ticket_status_is(status, "closed") && allows_reopening(status);
}

// ---- the entry

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
    case EMAIL_AUTHOR_AGENT: return actor_agent(&email->facts.agent, &change->help_desk, &change->arena);
    default: return nobody;
    }
}

static int64_t flags_of(const struct posting *posting) {
    int64_t flags = posting->email->take.entry_flags;
    if (posting->author->kind == EMAIL_AUTHOR_COLLABORATOR) flags |= ENTRY_FLAG_COLLABORATOR;
    if (posting->author->kind == EMAIL_AUTHOR_UNKNOWN || posting->author->kind == EMAIL_AUTHOR_REPORT)
        flags |= ENTRY_FLAG_SYSTEM;
    if (posting->thread->is_merged) flags |= ENTRY_FLAG_OF_CHILD;
    return flags;
}

static bool make_entry(struct posting *posting, struct change *change, struct error *error) {
    struct incoming_email *email = posting->email;
    struct thread_entry *entry = &posting->entry;
    struct actor actor = actor_of(posting, change);
    if (!email_files(email, &change->work, error)) return false;
    if (posting->author->kind == EMAIL_AUTHOR_UNKNOWN && !name_sender(posting, &change->arena, error))
        return false;
    entry->files = email->take.files;
    if (!thread_entry_make(&change->work, email->text, email->is_html ? ENTRY_HTML : ENTRY_TEXT, entry,
                           error))
        return false;
    entry->row = (struct new_entry){
        .parent_id = posting->thread->is_merged ? 0 : posting->match->entry_id,
        .type = is_note(posting->author) ? "N" : "M",
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

// ---- who takes part, who sees it

static bool has_id(const int64_t *ids, size_t count, int64_t id) {
    for (size_t i = 0; i < count; i++)
        if (ids[i] == id) return true;
    return false;
}

static bool was_transferred_from(const struct posting *posting, int64_t mailbox_id) {
    const struct email_thread *thread = posting->thread;
    int64_t usual = help_desk_number(&posting->email->help_desk, "default_email_id", 0);
    for (size_t i = 0; i < thread->transferred_count; i++)
        if ((thread->transferred[i] ? thread->transferred[i] : usual) == mailbox_id) return true;
    return false;
}

static const struct email_mailbox *mailbox_of(const struct incoming_email *email, int64_t id) {
    for (size_t i = 0; i < email->facts.mailbox_count; i++)
        if (email->facts.mailboxes[i].id == id) return &email->facts.mailboxes[i];
    return NULL;
}

// A mailbox of another department that was written to lets that department see the ticket.
static bool refer(struct posting *posting, struct change *change, struct error *error) {
    const struct incoming_email *email = posting->email;
    for (size_t i = 0; i < email->mailbox_count; i++) {
        const struct email_mailbox *mailbox = mailbox_of(email, email->mailboxes[i]);
        if (!mailbox) continue;
        int64_t department = mailbox->department_id;
        char data[64];
        if (!help_desk_node(&change->help_desk.departments, department) ||
            department == change->ticket.state.department_id || was_transferred_from(posting, mailbox->id) ||
            has_id(posting->referred, posting->referred_count, department) ||
            has_id(posting->thread->referred, posting->thread->referred_count, department))
            continue;
        int64_t *slot =
            arena_append(&change->arena, &posting->referred, &posting->referred_count, sizeof *slot);
        if (!slot) return error_too_large(error);
        *slot = department;
        snprintf(data, sizeof data, "{\"dept\":%" PRId64 "}", department);
        if (!change_add_event(change, "referred", arena_copy(&change->arena, text_of(data)), error))
            return false;
    }
    return true;
}

static bool add_collab_event(struct change *change, struct text data, int64_t user_id, struct error *error) {
    if (text_is_null(data)) return true;
    if (!change_add_event(change, "collab", data, error)) return false;
    struct new_event *event = &change->events[change->event_count - 1];
    event->uid = user_id;
    event->by_user = user_id != 0;
    return true;
}

// A user who answers a mail of the ticket's takes part from now on.
static bool join_author(struct posting *posting, struct change *change, struct error *error) {
    const struct email_author *author = posting->author;
    struct new_collaborator row = {author->user_id, COLLABORATOR_ACTIVE | COLLABORATOR_IN_COPY};
    struct buffer data = buffer_new(DATA_MAX);
    if (author->kind != EMAIL_AUTHOR_COLLABORATOR || author->collaborator_id) return true;
    buffer_add_format(&data, "{\"add\":{\"%" PRId64 "\":{\"name\":", author->user_id);
    json_quote(author->user_name, &data);
    buffer_add_string(&data, "}}}");
    struct text copy = data.failed ? TEXT_NULL : arena_copy(&change->arena, buffer_text(&data));
    buffer_free(&data);
    return collaborators_insert(change->work.db, change->ticket.thread_id, &row, 1, error) &&
           add_collab_event(change, copy, 0, error);
}

// Those who take part already, the author among them.
static int64_t *present(const struct posting *posting, struct arena *arena, size_t *count) {
    const struct email_thread *thread = posting->thread;
    int64_t *ids = arena_take(arena, (thread->party_count + 1) * sizeof *ids);
    *count = 0;
    if (!ids) return NULL;
    for (size_t i = 0; i < thread->party_count; i++) ids[(*count)++] = thread->parties[i].user_id;
    if (posting->author->user_id) ids[(*count)++] = posting->author->user_id;
    return ids;
}

static bool join_addressees(struct posting *posting, struct change *change, struct error *error) {
    const struct create_by_mail *take = &posting->email->take;
    struct addressee_thread thread = {change->ticket.thread_id, posting->thread->owner_id, NULL, 0,
                                      posting->author->kind == EMAIL_AUTHOR_OWNER};
    struct text event;
    thread.present = present(posting, &change->arena, &thread.present_count);
    if (is_note(posting->author) || !take->addressee_count) return true;
    if (!thread.present) return error_too_large(error);
    return addressees_join(&posting->creation, take->addressees, take->addressee_count, &thread, &event,
                           error) &&
           add_collab_event(change, event, posting->author->user_id, error) &&
           search_replace(&change->work, posting->creation.search, posting->creation.search_count, error);
}

// ---- the ticket

static int64_t status_when_reopened(const struct change *change) {
    const struct ticket_status *status = help_desk_status(&change->help_desk, change->ticket.state.status_id);
    int64_t usual = help_desk_number(&change->help_desk, "default_ticket_status_id", 1), id = 0;
    struct error ignored = {0};
    struct json_value *properties =
        status && status->properties.length ? json_parse(status->properties, &ignored) : NULL;
    const struct json_value *target = json_member(properties, "reopenstatus");
    id = json_value_integer(target);
    if (json_kind(target) == JSON_TEXT && !text_to_int64(json_value_text(target), &id)) id = 0;
    json_free(&properties);
    return ticket_status_is(help_desk_status(&change->help_desk, id), "open") ? id : usual;
}

static bool is_reopened(const struct posting *posting, const struct change *change) {
    const struct ticket_state *state = &change->ticket.state;
    return !is_by_machine(posting->email) &&
           ticket_status_is(help_desk_status(&change->help_desk, state->status_id), "closed") &&
           !help_desk_is_archived(&change->help_desk, state->department_id, state->topic_id);
}

static bool decide(struct change *change, void *operation, struct error *error) {
    struct posting *posting = operation;
    if (!refer(posting, change, error) || !join_author(posting, change, error) ||
        !join_addressees(posting, change, error))
        return false;
    if (is_note(posting->author)) return true;
    change->saves = change->messaged = true;
    change->ticket.state.answered = false;
    change->ticket.state.last_update = change->help_desk.now;
    posting->confirms = !is_by_machine(posting->email) && posting->author->user_id;
    return true;
}

static bool write_rows(struct change *change, void *operation, struct error *error) {
    struct posting *posting = operation;
    struct incoming_email *email = posting->email;
    struct db *db = change->work.db;
    for (size_t i = 0; i < posting->referred_count; i++)
        if (!email_refer(db, change->ticket.thread_id, posting->referred[i], error)) return false;
    return email_row_insert(db, posting->entry.id, email->message_id, email->mail.header, error) &&
           (!posting->thread->is_merged ||
            email_note_merged(db, posting->entry.id, posting->thread->own_id, error));
}

static bool reopen(struct change *change, void *operation, struct error *error) {
    struct posting *posting = operation;
    if (!decide(change, posting, error)) return false;
    return is_note(posting->author) || !is_reopened(posting, change) ||
           change_set_status(change, status_when_reopened(change), 0, error);
}

// ---- mails

static struct ticket_mail about(const struct posting *posting, const struct change *change) {
    const struct email_author *author = posting->author;
    return (struct ticket_mail){
        .ticket_id = change->ticket.id,
        .thread_id = change->ticket.thread_id,
        .entry_id = posting->entry.id,
        .owner = {author->user_id, author->user_name, author->user_address},
        .client_name_format = help_desk_config(&change->help_desk, "client_name_format"),
        .secret_salt = text_of(change->context->settings->secret_salt),
        .tags_entry = true,
    };
}

static bool queue_mail(struct change *change, void *operation, struct error *error) {
    const struct posting *posting = operation;
    struct ticket_mail mail = about(posting, change);
    struct db *db = change->work.db;
    if (is_note(posting->author))
        return ticket_mail_alert_note(db, &mail, posting->email->facts.agent.id, error);
    if (is_by_machine(posting->email)) return true;
    return (!posting->confirms || !help_desk_switch(&change->help_desk, "message_autoresponder", false) ||
            ticket_mail_message_had(db, &change->arena, &mail, posting->author->collaborator_id, error)) &&
           ticket_mail_alert_message(db, &mail, error);
}

static bool tell(struct change *change, void *operation, struct outcome *outcome, struct error *error) {
    const struct posting *posting = operation;
    (void)change, (void)error;
    *outcome = (struct outcome){.kind = ANSWER_TEXT, .created = true, .text = posting->thread->number};
    return true;
}

// ---- all of it

// Only where addressees may become users: their form and its columns.
static bool open_creation(struct posting *posting, struct change *change, struct error *error) {
    const struct create_desk_wish nobody = {.email = TEXT("")};
    posting->draft = (struct create_draft){
        .context = change->context, .arena = arena_new(64 << 20), .help_desk = change->help_desk};
    posting->creation = (struct creation){
        .draft = &posting->draft, .db = change->work.db, .arena = &change->arena, .work = &change->work};
    return is_note(posting->author) || !posting->email->take.addressee_count ||
           create_desk_load(change->work.db, &nobody, &change->arena, &posting->draft.desk, error);
}

static bool run(struct posting *posting, struct change *change, struct outcome *written,
                struct error *error) {
    static const struct change_steps steps = {
        .decide = reopen, .write = write_rows, .mail = queue_mail, .answer = tell};
    change->help_desk = posting->email->help_desk;
    change->ticket_id = posting->thread->object_id;
    change->actor = actor_system();
    return open_creation(posting, change, error) && make_entry(posting, change, error) &&
           change_write(change, &steps, posting, written, error);
}

bool email_post(struct incoming_email *email, const struct email_match *match,
                const struct email_thread *thread, const struct email_author *author,
                struct email_outcome *outcome, struct error *error) {
    struct posting posting = {.email = email, .match = match, .thread = thread, .author = author};
    struct outcome written;
    struct change change;
    change_open(&change, email->context);
    bool done = run(&posting, &change, &written, error);
    if (done) {
        outcome->result = is_note(author) ? EMAIL_NOTE : EMAIL_MESSAGE;
        outcome->mailed = written.mailed;
        snprintf(outcome->number, sizeof outcome->number, "%.*s", (int)thread->number.length,
                 thread->number.data);
    }
    arena_free(&posting.draft.arena);
    change_close(&change);
    return done;
}
