// SPDX-License-Identifier: GPL-2.0-or-later
// Writes a new ticket: one transaction.
#include "ops/create/write.h"

#include "base/buffer.h"
#include "contact/person_name.h"
#include "mail/reply_mail.h"
#include "ops/create/creation.h"
#include "ops/create/number.h"
#include "ops/entry/recipients.h"
#include "ops/entry/thread_entry.h"
#include "ops/entry/title.h"
#include "store/claims.h"
#include "store/create/rows.h"
#include "store/create/ticket_numbers.h"
#include "store/email/rows.h"
#include "store/entry_flags.h"
#include "store/transaction.h"

#define NUMBER_MAX_BYTES 256
#define NUMBER_TRIES     1000
#define DISPLAY_MAX      2048
#define ASSIGNER         TEXT("SYSTEM (Auto Assignment)")

struct writing {
    struct creation creation;
    struct thread_entry message;
    struct claims *claims; // the number's, to be given back
};

// What may be attached stands in the configuration of the ticket form's message field.
static bool take_files(struct writing *writing, struct error *error) {
    struct creation *creation = &writing->creation;
    const struct form_row *form = &creation->draft->desk.ticket_form;
    struct text configuration = TEXT_NULL;
    for (size_t i = 0; i < form->field_count; i++)
        if (text_equal(form->fields[i].name, TEXT("message"))) configuration = form->fields[i].configuration;
    if (creation->draft->mail) return true; // its files were gathered with its texts
    return thread_entry_take_files(creation->work, configuration, &creation->draft->request.files,
                                   &writing->message, error);
}

static bool store_files(struct writing *writing, struct error *error) {
    struct creation *creation = &writing->creation;
    const struct create_request *request = &creation->draft->request;
    const struct create_by_mail *mail = creation->draft->mail;
    if (mail) writing->message.files = mail->files;
    if (mail) writing->message.tail = mail->tail;
    return !request->has_message ||
           (thread_entry_make(creation->work, request->message,
                              request->message_is_html ? ENTRY_HTML : ENTRY_TEXT, &writing->message, error) &&
            attached_files_store(creation->work, &writing->message.files, error));
}

// The sequence's next number, in the transaction just begun.
static bool take_number(struct writing *writing, bool *taken, struct error *error) {
    struct creation *creation = &writing->creation;
    struct buffer number = buffer_new(NUMBER_MAX_BYTES);
    int found =
        ticket_number_next(creation->db, &creation->decision->number, &number, writing->claims, taken, error);
    if (found > 0 && !*taken)
        creation->number = writing->claims->number.name = arena_copy(creation->arena, buffer_text(&number));
    buffer_free(&number);
    if (found == 0)
        return error_set(error, ERROR_RETRYABLE, "the sequence of ticket numbers was just deleted");
    return found > 0 &&
           (*taken || !text_is_null(creation->number) || error_set(error, ERROR_TOO_LARGE, "out of memory"));
}

// Begins the transaction. The number of a sequence comes first in it, although the sequence is then held
// while files are stored: a number that is taken ends the transaction, and any read before it would fix the
// snapshot in which the number is looked for. A random one was claimed before.
static bool begin(void *operation, struct error *error) {
    struct writing *writing = operation;
    struct db *db = writing->creation.db;
    for (int i = 0; i < NUMBER_TRIES; i++) {
        bool taken = false;
        if (!transaction_begin(db, error)) return false;
        if (!writing->creation.decision->number.sequence_id) return true;
        if (!take_number(writing, &taken, error)) return false;
        if (!taken) return true;
        if (!transaction_commit(db, error)) return false;
    }
    return error_set(error, ERROR_UNAVAILABLE, "the next ticket numbers of the sequence are all taken");
}

static bool claim_number(struct writing *writing, struct error *error) {
    struct creation *creation = &writing->creation;
    const struct number_source *source = &creation->decision->number;
    if (source->sequence_id) return true;
    struct buffer number = buffer_new(NUMBER_MAX_BYTES);
    bool done = ticket_number_random(creation->db, source->format, &number, writing->claims, error);
    if (done)
        creation->number = writing->claims->number.name = arena_copy(creation->arena, buffer_text(&number));
    buffer_free(&number);
    return done && (!text_is_null(creation->number) || error_set(error, ERROR_TOO_LARGE, "out of memory"));
}

static bool has_address(const struct create_request *request) {
    return request->ip_address.length && !text_equal(request->ip_address, TEXT("0"));
}

static struct text ip_address(const struct creation *creation) {
    const struct create_request *request = &creation->draft->request;
    return has_address(request) ? request->ip_address : text_of(creation->draft->context->client_address);
}

static bool write_ticket(struct writing *writing, struct error *error) {
    struct creation *creation = &writing->creation;
    const struct create_decision *decision = creation->decision;
    struct text now = creation->draft->help_desk.now;
    struct new_ticket ticket = {
        .number = creation->number,
        .ip_address = ip_address(creation),
        .source = decision->source,
        .user_id = creation->user_id,
        .status_id = decision->status_id,
        .department_id = decision->department_id,
        .sla_id = decision->sla_id,
        .topic_id = decision->topic_id,
        .staff_id = decision->staff_id,
        .team_id = decision->team_id,
        .email_id = decision->email_id,
        .created = now,
        .due = decision->due,
        .closed = decision->closed && decision->status_changed ? now : TEXT_NULL,
        .has_message = creation->draft->request.has_message,
    };
    return ticket_insert(creation->work, &ticket, &creation->ticket_id, &creation->thread_id, error);
}

static struct text make_title(struct creation *creation) {
    const struct answer_value *subject = form_answer_named(&creation->draft->ticket_answers, "subject");
    const struct create_by_mail *mail = creation->draft->mail;
    if (mail && mail->title.data) return mail->title;
    return entry_title_make(subject && subject->value.length ? subject->value : TEXT_NULL, creation->arena);
}

// A user's name as the help desk shows its clients'.
static struct text shown_name(struct creation *creation, struct text whole) {
    struct text format = help_desk_config(&creation->draft->help_desk, "client_name_format");
    struct buffer shown = buffer_new(DISPLAY_MAX);
    struct person_name name;
    person_name_split(whole, &name);
    person_name_format(&name, format, &shown);
    struct text copy = arena_copy(creation->arena, buffer_text(&shown));
    buffer_free(&shown);
    return copy;
}

// Where somebody takes part beside the owner, who posts it, the message says to whom it went.
static bool list_recipients(struct creation *creation, struct new_entry *entry, struct error *error) {
    const struct reply_mail_wish wish = {.collaborators = true};
    const struct reply_mail_owner nobody = {0};
    struct text format = help_desk_config(&creation->draft->help_desk, "client_name_format");
    const struct create_by_mail *mail = creation->draft->mail;
    struct reply_mail_recipients recipients;
    if (mail) {
        entry->flags |= mail->entry_flags;
        entry->recipients = mail->recipients;
        return true;
    }
    if (!creation->collaborator_count) return true;
    if (!reply_mail_recipients(creation->db, creation->arena, &wish, creation->thread_id, &nobody, format,
                               &recipients, error))
        return false;
    entry->flags |= recipients.entry_flags;
    return entry_recipients_json(&recipients, creation->arena, &entry->recipients, error);
}

static struct text source_of(const struct create_request *request) {
    if (request->shown_source.length) return request->shown_source;
    return request->source.length ? request->source : TEXT("API");
}

static bool write_message(struct writing *writing, struct error *error) {
    struct creation *creation = &writing->creation;
    struct thread_entry *message = &writing->message;
    const struct create_request *request = &creation->draft->request;
    struct search_row row;
    if (!request->has_message)
        return attached_files_note_refusals(creation->work, creation->thread_id, &message->policy,
                                            &request->files, error);
    message->row = (struct new_entry){
        .user_id = creation->user_id,
        .type = "M",
        .flags = ENTRY_FLAG_ORIGINAL,
        .poster = shown_name(creation, creation->user_name),
        // The portal's has neither: it hands its fields over under other names.
        .source = request->by_client ? TEXT("") : source_of(request),
        .title = request->by_client ? TEXT_NULL : make_title(creation),
        // An address that is sent and is none is left empty here, as in PHP, though not with the ticket.
        .ip_address = request->ip_address.data && !has_address(request) ? TEXT("") : ip_address(creation),
    };
    if (!list_recipients(creation, &message->row, error) ||
        !thread_entry_write(creation->work, creation->thread_id, message, error))
        return false;
    creation->message_id = message->id;
    return !thread_entry_search(message, &row) || creation_add_search(creation, row, error);
}

// The remark that goes with an assignment by the request.
static bool write_note(struct writing *writing, struct error *error) {
    struct creation *creation = &writing->creation;
    const struct create_decision *decision = creation->decision;
    struct text note = creation->draft->request.internal.note;
    const struct assignee *to = decision->staff_id ? create_assignee(decision, false, decision->staff_id)
                                                   : create_assignee(decision, true, decision->team_id);
    struct thread_entry entry = {0};
    if (!decision->chosen_by_agent || !to || !note.length) return true;
    if (!thread_entry_make(creation->work, note, ENTRY_RESPONSE, &entry, error)) return false;
    struct buffer title = buffer_new(DISPLAY_MAX);
    buffer_add_string(&title, "Ticket Assigned to ");
    buffer_add_text(&title, to->name);
    entry.row = (struct new_entry){
        .type = "N",
        .flags = ENTRY_FLAG_SYSTEM,
        .poster = ASSIGNER,
        .source = TEXT(""),
        .title = buffer_text(&title),
        .ip_address = text_of(creation->draft->context->client_address),
    };
    bool done = thread_entry_write(creation->work, creation->thread_id, &entry, error);
    buffer_free(&title);
    return done;
}

// The mail itself, by which its answers are found.
static bool write_mail_row(struct creation *creation, struct error *error) {
    const struct create_by_mail *mail = creation->draft->mail;
    return !mail ||
           (email_row_insert(creation->db, creation->message_id, mail->message_id, mail->header, error) &&
            creation_write_addressees(creation, error));
}

static bool write_beside(struct creation *creation, struct error *error) {
    const struct create_beside *beside = &creation->draft->beside;
    return !beside->write || beside->write(creation, beside->with, error);
}

// The bare number, unless somebody has more to say.
static bool answer_with(struct creation *creation, struct outcome *outcome, struct error *error) {
    const struct create_beside *beside = &creation->draft->beside;
    *outcome = (struct outcome){ANSWER_TEXT, true, creation->number, creation->mailed};
    return !beside->answer || beside->answer(creation, beside->with, outcome, error);
}

static bool write_all(void *operation, struct outcome *outcome, struct error *error) {
    struct writing *writing = operation;
    struct creation *creation = &writing->creation;
    return creation_write_user(creation, error) && write_ticket(writing, error) &&
           store_files(writing, error) && transaction_send(creation->db, error) &&
           creation_write_forms(creation, error) && creation_write_collaborators(creation, error) &&
           write_message(writing, error) && write_mail_row(creation, error) && write_note(writing, error) &&
           write_beside(creation, error) && creation_write_referrals(creation, error) &&
           creation_write_history(creation, error) && creation_write_mail(creation, error) &&
           search_replace(creation->work, creation->search, creation->search_count, error) &&
           answer_with(creation, outcome, error) && (!creation->arena->failed || error_too_large(error));
}

static bool run(struct writing *writing, struct outcome *created, struct error *error) {
    struct operation_context context = *writing->creation.draft->context;
    struct unit_of_work unit = {.begin = begin,
                                .write = write_all,
                                .operation = writing,
                                .is_rehearsal = writing->creation.draft->beside.is_rehearsal};
    context.claims = writing->claims;
    return unit_of_work_run(&context, &unit, created, error);
}

bool create_write(struct create_draft *draft, const struct create_decision *decision, struct outcome *created,
                  struct error *error) {
    struct db *db = draft->context->db;
    struct claims own = {.given_back = false};
    // Those of a mail are given back by whoever took it in.
    struct claims *claims = draft->context->claims ? draft->context->claims : &own;
    struct writing writing = {.creation = {.draft = draft,
                                           .decision = decision,
                                           .db = db,
                                           .arena = &draft->arena,
                                           .work = &draft->work},
                              .claims = claims};
    bool done = take_files(&writing, error) && claim_number(&writing, error) && run(&writing, created, error);
    if (claims == &own && !own.given_back) claims_release(db, &own);
    if (done && draft->arena.failed) // nothing that was written can lack anything: each copy was looked at
        return error_set(error, ERROR_INTERNAL, "memory ran out behind the commit");
    return done;
}
