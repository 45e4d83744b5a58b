// SPDX-License-Identifier: GPL-2.0-or-later
// POST /tickets/reply.json: an agent's response to a ticket, and a new status for it.
//
// The request is read, the parties are looked up, and everything that can be refused is refused before the
// first write; then one transaction holds the ticket's row and writes all or nothing.
#include "base/arena.h"
#include "base/buffer.h"
#include "mail/reply_mail.h"
#include "mail/ticket_variables.h"
#include "mail/wake.h"
#include "ops/operations.h"
#include "ops/reply_body.h"
#include "ops/reply_request.h"
#include "ops/status_change.h"
#include "ops/ticket_search.h"
#include "store/files.h"
#include "store/help_desk.h"
#include "store/person_name.h"
#include "store/reply_target.h"
#include "store/thread.h"
#include "store/ticket_lock.h"
#include "store/transaction.h"
#include "json/writer.h"

#include <string.h>

#define ARENA_MAX       (128 << 20)
#define CANNED_MAX      (1 << 20)
#define NAME_MAX_BYTES  1024
#define ENTRY_FLAG_HTML 64 // "balanced"

struct reply {
    struct operation_context *context;
    struct db *db;
    struct arena arena;
    struct reply_request request;
    struct reply_target target;
    struct help_desk help_desk;
    struct attachment_policy policy;
    struct stored_file *canned_files;
    size_t canned_file_count;
    struct locked_ticket ticket;
    struct attached_files files;
    struct reply_body body;
    struct reply_mail_recipients recipients;
    int64_t entry_id;
    bool mailed;
};

static bool failure(enum error_code code, const char *message, struct error *error) {
    error_set(error, code, "%s", message);
    return error_envelope(error, "tickets");
}

static bool find_parties(struct reply *reply, struct error *error) {
    if (!reply_target_find(reply->db, reply->request.ticket_number, reply->request.staff_username,
                           &reply->arena, &reply->target, error))
        return false;
    if (!reply->target.ticket_id) return error_set(error, ERROR_NOT_FOUND, "Ticket not found");
    if (!reply->target.staff.id)
        return failure(ERROR_NOT_FOUND, "there is no agent with this user name", error);
    return help_desk_load(reply->db, &reply->arena, &reply->help_desk, error);
}

// Files can only be kept where this server can write them: in the database.
static bool check_storage(const struct reply *reply, struct error *error) {
    struct text storage = help_desk_config(&reply->help_desk, "default_storage_bk");
    if (!storage.length || text_equal(storage, TEXT("D"))) return true;
    return error_set(error, ERROR_NOT_NATIVE,
                     "this help desk keeps files outside its database, which only PHP can write");
}

// File names and the address go into columns that may not hold every character.
static bool fit_texts(struct reply *reply, struct error *error) {
    struct incoming_files *files = &reply->request.files;
    for (size_t i = 0; i < files->count; i++)
        if (!text_fit(reply->db, &reply->arena, "file", "name", false, &files->items[i].name, error) ||
            !text_fit(reply->db, &reply->arena, "file", "type", false, &files->items[i].type, error))
            return false;
    return text_fit(reply->db, &reply->arena, "thread_entry", "ip_address", false, &reply->request.ip_address,
                    error);
}

static bool read_policy(struct reply *reply, struct error *error) {
    struct text configuration;
    if (!reply->request.files.count) return true;
    if (!check_storage(reply, error) ||
        !message_field_configuration(reply->db, &reply->arena, &configuration, error))
        return false;
    attachment_policy_read(configuration, &reply->help_desk, &reply->arena, &reply->policy);
    return true;
}

// The canned response's text where the request has none of its own, with the ticket's values filled in.
static bool read_canned_text(struct reply *reply, struct error *error) {
    struct reply_request *request = &reply->request;
    struct text text;
    if (request->response.length && !text_equal(request->response, TEXT("0"))) return true;
    int found = canned_response(reply->db, request->canned_id, &reply->arena, &text, error);
    if (found < 0) return false;
    if (found == 0) return error_set(error, ERROR_UNPROCESSABLE, "missing response parameter ");
    struct buffer expanded = buffer_new(CANNED_MAX);
    bool done =
        ticket_variables_expand(reply->db, &reply->arena, reply->context->log, reply->target.ticket_id,
                                text_of(reply->context->settings->secret_salt), text, true, &expanded, error);
    if (done) request->response = arena_copy(&reply->arena, buffer_text(&expanded));
    buffer_free(&expanded);
    return done;
}

static bool read_canned(struct reply *reply, struct error *error) {
    if (reply->request.canned_id <= 0) return true;
    return read_canned_text(reply, error) &&
           canned_files(reply->db, reply->request.canned_id, &reply->arena, &reply->canned_files,
                        &reply->canned_file_count, error);
}

static bool lock_ticket(struct reply *reply, struct error *error) {
    int found = ticket_lock(reply->db, reply->target.ticket_id, &reply->arena, &reply->ticket, error);
    if (found < 0) return false;
    if (found == 0) return error_set(error, ERROR_NOT_FOUND, "Ticket not found");
    if (!help_desk_status(&reply->help_desk, reply->ticket.state.status_id))
        return failure(ERROR_NOT_FOUND, "the ticket has no valid status", error);
    if (!reply->ticket.thread_id) return failure(ERROR_NOT_FOUND, "the ticket has no thread", error);
    return true;
}

// A refused file is not lost without a word: the thread says so.
static bool note_refusal(struct reply *reply, const struct incoming_file *file, const char *refusal,
                         struct error *error) {
    int64_t note_id;
    struct buffer text = buffer_new(CANNED_MAX);
    buffer_add_text(&text, file->name);
    buffer_add_format(&text, ": %s", refusal);
    struct new_entry note = {
        .thread_id = reply->ticket.thread_id,
        .type = "N",
        .flags = ENTRY_FLAG_SYSTEM,
        .poster = TEXT("SYSTEM"),
        .source = TEXT(""),
        .title = TEXT("File Import Error"),
        .body = buffer_text(&text),
        .format = "text",
        .ip_address = TEXT(""),
    };
    bool done = thread_entry_insert(reply->db, &note, &note_id, error);
    buffer_free(&text);
    return done;
}

static bool store_incoming(struct reply *reply, const struct incoming_file *file, struct error *error) {
    struct attached_file attached = {.name = file->name};
    const char *refusal = attachment_policy_refusal(&reply->policy, file);
    if (refusal) return note_refusal(reply, file, refusal, error);
    return file_store(reply->db, file->name, file->type, file->data, false, &reply->arena, &attached.file,
                      error) &&
           attached_files_add(&reply->files, &reply->arena, &attached, error);
}

static bool is_chosen(const struct reply_request *request, int64_t file_id) {
    for (size_t i = 0; i < request->canned_file_count; i++)
        if (request->canned_file_ids[i] == file_id) return true;
    return request->canned_file_count == 0;
}

static bool gather_files(struct reply *reply, struct error *error) {
    for (size_t i = 0; i < reply->canned_file_count; i++) {
        struct attached_file attached = {reply->canned_files[i], reply->canned_files[i].name, false};
        if (is_chosen(&reply->request, attached.file.id) &&
            !attached_files_add(&reply->files, &reply->arena, &attached, error))
            return false;
    }
    for (size_t i = 0; reply->policy.enabled && i < reply->request.files.count; i++)
        if (!store_incoming(reply, &reply->request.files.items[i], error)) return false;
    return true;
}

static bool find_recipients(struct reply *reply, struct error *error) {
    const struct locked_ticket *ticket = &reply->ticket;
    struct reply_mail_owner owner = {ticket->owner_id, ticket->owner_name, ticket->owner_address};
    struct text format = help_desk_config(&reply->help_desk, "client_name_format");
    if (!reply->context->settings->mail_enabled) return true;
    return reply_mail_recipients(reply->db, &reply->arena, &reply->request.mail, ticket->thread_id, &owner,
                                 format, &reply->recipients, error);
}

static bool write_entry(struct reply *reply, struct text recipients, struct error *error) {
    const struct staff *staff = &reply->target.staff;
    struct text format = help_desk_config(&reply->help_desk, "agent_name_format");
    bool html = strcmp(reply->body.format, "html") == 0;
    struct person_name name;
    struct buffer poster = buffer_new(NAME_MAX_BYTES);
    person_name_of_agent(staff->first_name, staff->last_name, &name);
    person_name_format(&name, text_is_null(format) ? TEXT("full") : format, &poster);
    struct new_entry entry = {
        .parent_id = reply->ticket.last_message_id ? reply->ticket.last_message_id : reply->request.parent_id,
        .thread_id = reply->ticket.thread_id,
        .staff_id = staff->id,
        .type = "R",
        .flags = (html ? ENTRY_FLAG_HTML : 0) | reply->recipients.entry_flags,
        .poster = buffer_text(&poster),
        .source = TEXT(""),
        .title = TEXT_NULL,
        .body = reply->body.body,
        .format = reply->body.format,
        .ip_address = reply->request.ip_address.length ? reply->request.ip_address
                                                       : text_of(reply->context->client_address),
        .recipients = recipients,
    };
    bool done = thread_entry_insert(reply->db, &entry, &reply->entry_id, error);
    buffer_free(&poster);
    return done;
}

// {"to":{"1":"Jane <jane@example.org>"},"cc":{"4":"…"}}
static void add_recipients(const struct reply_mail_recipients *recipients, bool copies, struct buffer *json) {
    bool first = true;
    for (size_t i = 0; i < recipients->count; i++) {
        if (recipients->items[i].copy != copies) continue;
        if (first) buffer_add_format(json, "%s\"%s\":{", json->length > 1 ? "," : "", copies ? "cc" : "to");
        buffer_add_format(json, "%s\"%lld\":", first ? "" : ",", (long long)recipients->items[i].id);
        json_quote(recipients->items[i].display, json);
        first = false;
    }
    if (!first) buffer_add_char(json, '}');
}

static bool write_entry_with_recipients(struct reply *reply, struct error *error) {
    struct buffer json = buffer_new(CANNED_MAX);
    if (reply->recipients.count) {
        buffer_add_char(&json, '{');
        add_recipients(&reply->recipients, false, &json);
        add_recipients(&reply->recipients, true, &json);
        buffer_add_char(&json, '}');
    }
    bool done = write_entry(reply, json.length ? buffer_text(&json) : TEXT_NULL, error);
    buffer_free(&json);
    return done;
}

static bool attach_files(struct reply *reply, struct error *error) {
    for (size_t i = 0; i < reply->files.count; i++) {
        const struct attached_file *file = &reply->files.items[i];
        if (!attachment_insert(reply->db, reply->entry_id, &file->file, file->name, file->inlined, error))
            return false;
    }
    return true;
}

// A department or topic that is gone is forgotten, as PHP does with each save of a ticket.
static void forget_what_is_gone(struct reply *reply) {
    struct ticket_state *state = &reply->ticket.state;
    bool department = help_desk_node(&reply->help_desk.departments, state->department_id) != NULL;
    bool topic = help_desk_node(&reply->help_desk.topics, state->topic_id) != NULL;
    state->had_gone_reference |= (state->department_id && !department) || (state->topic_id && !topic);
    if (!department) state->department_id = 0;
    if (!topic) state->topic_id = 0;
}

static bool update_ticket(struct reply *reply, struct error *error) {
    struct status_change change;
    struct search_row rows[2] = {{"H", reply->entry_id, TEXT(""), reply->body.search}};
    struct locked_ticket *ticket = &reply->ticket;
    const struct staff *staff = &reply->target.staff;
    forget_what_is_gone(reply);
    if (!status_change_decide(reply->db, &reply->arena, &reply->help_desk, ticket, staff,
                              reply->request.status_id, &change, error))
        return false;
    if (ticket->state.answered && !ticket->state.had_gone_reference && !change.event)
        return thread_responded(reply->db, ticket->thread_id, error) &&
               search_replace(reply->db, rows, 1, error);
    return ticket_save(reply->db, ticket, error) &&
           ticket_search_compose(reply->db, &reply->arena, ticket->id, ticket->number, &rows[1], error) &&
           search_replace(reply->db, rows, 2, error) &&
           status_change_write(reply->db, ticket, staff, &change, error);
}

static bool queue_mail(struct reply *reply, struct error *error) {
    struct reply_mail mail = {
        .ticket_id = reply->ticket.id,
        .thread_id = reply->ticket.thread_id,
        .entry_id = reply->entry_id,
        .staff_id = reply->target.staff.id,
        .from_email_id = reply->request.from_email_id,
        .signature = reply->request.signature,
        .recipients = &reply->recipients,
        .secret_salt = text_of(reply->context->settings->secret_salt),
    };
    if (!reply->context->settings->mail_enabled) return true;
    reply->mailed = true;
    return reply_mail_enqueue(reply->db, &reply->arena, &mail, error);
}

static bool write_all(struct reply *reply, struct error *error) {
    return lock_ticket(reply, error) && gather_files(reply, error) &&
           reply_body_make(reply->db, &reply->arena, &reply->help_desk, reply->request.response, &reply->body,
                           &reply->files, error) &&
           find_recipients(reply, error) && write_entry_with_recipients(reply, error) &&
           attach_files(reply, error) && update_ticket(reply, error) && queue_mail(reply, error);
}

static bool write_in_transaction(struct reply *reply, struct error *error) {
    if (!transaction_begin(reply->db, error)) return false;
    if (write_all(reply, error) && transaction_commit(reply->db, error)) return true;
    transaction_rollback(reply->db);
    return false;
}

static void write_answer(const struct operation_context *context, struct answer *answer) {
    struct json_writer json;
    bool current = context->settings->shape == SHAPE_CURRENT;
    answer->kind = ANSWER_JSON;
    json_writer_init(&json, answer->output);
    json_open_object(&json);
    json_text_member(&json, "status_code", TEXT("0"));
    json_text_member(&json, "status_msg", current ? TEXT("reply posted successfully") : TEXT("success"));
    json_close_object(&json);
}

bool ticket_reply(struct operation_context *context, struct answer *answer, struct error *error) {
    struct reply reply = {.context = context, .db = context->db, .arena = arena_new(ARENA_MAX)};
    bool done = reply_request_read(context->body, context->settings->reply_email_default, &reply.arena,
                                   &reply.request, error) &&
                find_parties(&reply, error) && fit_texts(&reply, error) && read_policy(&reply, error) &&
                read_canned(&reply, error) && write_in_transaction(&reply, error);
    if (done) write_answer(context, answer);
    if (done && reply.mailed) mail_wake_send(context->settings->mail_wake);
    reply_request_free(&reply.request);
    arena_free(&reply.arena);
    return done;
}
