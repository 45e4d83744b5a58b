// SPDX-License-Identifier: GPL-2.0-or-later
// A mail as an entry of a thread.
#include "ops/email/post.h"

#include "mail/ticket_mail.h"
#include "ops/change/client_message.h"
#include "ops/email/posting.h"
#include "store/create/desk.h"
#include "store/email/rows.h"

#define ARENA_MAX (64 << 20)

static bool is_note(const struct posting *posting) {
    return email_author_writes_note(posting->author);
}

static bool is_by_machine(const struct incoming_email *email) {
    return email->mail.automation.automatic || email->mail.automation.bounce;
}

bool email_may_post(const struct incoming_email *email, const struct email_thread *thread,
                    const struct email_author *author) {
    return thread->is_task || email_author_writes_note(author) ||
           client_message_is_taken(&email->help_desk, thread->status_id, thread->department_id,
                                   thread->topic_id);
}

// ---- the ticket

static bool decide(struct change *change, void *operation, struct error *error) {
    struct posting *posting = operation;
    if (!email_refer(posting->email, posting->thread, change, &posting->referrals, error) ||
        !posting_join(posting, change, error))
        return false;
    return is_note(posting) || client_message_decide(change, !is_by_machine(posting->email), error);
}

static bool write_rows(struct change *change, void *operation, struct error *error) {
    struct posting *posting = operation;
    struct incoming_email *email = posting->email;
    struct db *db = change->work.db;
    return email_refer_write(&posting->referrals, change, error) &&
           email_row_insert(db, posting->entry.id, email->message_id, email->mail.header, error) &&
           (!posting->thread->is_merged ||
            email_note_merged(db, posting->entry.id, posting->thread->own_id, error));
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
    const struct email_author *author = posting->author;
    struct ticket_mail mail = about(posting, change);
    struct db *db = change->work.db;
    if (is_note(posting))
        return ticket_mail_alert_note(db, &mail, author->agent ? author->agent->id : 0, error);
    if (is_by_machine(posting->email)) return true;
    const struct ticket_mail_message message = {
        .by_collaborator = author->collaborator_id != 0,
        .confirms = author->user_id && posting->thread->confirms &&
                    !posting->email->mail.automation.unanswered &&
                    help_desk_switch(&change->help_desk, "message_autoresponder", false),
        .alerts = true,
    };
    return ticket_mail_message(db, &change->arena, &mail, &message, error);
}

// An answer to an entry of a merged ticket is its parent's; one that names no more than the thread is told as
// the merged ticket's.
static struct text number_told(const struct posting *posting, const struct change *change) {
    bool of_parent = posting->thread->is_merged && posting->match->entry_id;
    return of_parent ? change->ticket.number : posting->thread->number;
}

static bool tell(struct change *change, void *operation, struct outcome *outcome, struct error *error) {
    (void)error;
    *outcome = (struct outcome){.kind = ANSWER_TEXT, .created = true, .text = number_told(operation, change)};
    return true;
}

// ---- all of it

// Only where addressees may become users: their form and its columns.
static bool open_creation(struct posting *posting, struct change *change, struct error *error) {
    const struct create_desk_wish nobody = {.email = TEXT(""), .trust = change->context->trust};
    posting->draft = (struct create_draft){
        .context = change->context, .arena = arena_new(ARENA_MAX), .help_desk = change->help_desk};
    posting->creation = (struct creation){
        .draft = &posting->draft, .db = change->work.db, .arena = &change->arena, .work = &change->work};
    return is_note(posting) || !posting->email->take.addressee_count ||
           create_desk_load(change->work.db, &nobody, &change->arena, &posting->draft.desk, error);
}

static bool run(struct posting *posting, struct change *change, struct outcome *written,
                struct error *error) {
    static const struct change_steps steps = {
        .decide = decide, .write = write_rows, .mail = queue_mail, .answer = tell};
    change->help_desk = posting->email->help_desk;
    change->ticket_id = posting->thread->object_id;
    change->actor = actor_system();
    return open_creation(posting, change, error) && posting_make_entry(posting, change, error) &&
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
        email_tell(outcome, email_author_writes_note(author) ? EMAIL_NOTE : EMAIL_MESSAGE,
                   number_told(&posting, &change));
        outcome->mailed = written.mailed;
    }
    arena_free(&posting.draft.arena);
    change_close(&change);
    return done;
}
