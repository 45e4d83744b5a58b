// SPDX-License-Identifier: GPL-2.0-or-later
// POST /tickets/reply.json: an agent's response to a ticket, and a new status for it.
//
// The request is read, the parties are looked up, and everything that can be refused is refused before the
// first write; then one transaction holds the ticket's row and writes all or nothing.
#include "base/arena.h"
#include "base/buffer.h"
#include "base/wake.h"
#include "contact/person_name.h"
#include "mail/reply_mail.h"
#include "ops/entry/attached_files.h"
#include "ops/entry/body.h"
#include "ops/entry/canned_text.h"
#include "ops/entry/recipients.h"
#include "ops/entry/text_fit.h"
#include "ops/idempotency.h"
#include "ops/native_version.h"
#include "ops/operations.h"
#include "ops/plugins.h"
#include "ops/reply/request.h"
#include "ops/ticket/search_index.h"
#include "ops/ticket/status_change.h"
#include "store/help_desk.h"
#include "store/ticket/files.h"
#include "store/ticket/reply_target.h"
#include "store/ticket/thread.h"
#include "store/ticket/ticket_lock.h"
#include "store/transaction.h"
#include "json/writer.h"

#include <string.h>

#define ARENA_MAX       (128 << 20)
#define NAME_MAX_BYTES  1024
#define ENTRY_FLAG_HTML 64 // "balanced"

struct reply {
    struct operation_context *context;
    struct db *db;
    struct arena arena;
    struct text_fitting fitting;
    struct reply_request request;
    struct reply_target target;
    struct help_desk help_desk;
    struct attachment_policy policy;
    struct locked_ticket ticket;
    struct ticket_surroundings around;
    struct attached_files files;
    struct entry_body body;
    struct reply_mail_recipients recipients;
    int64_t entry_id;
    bool mailed;
};

static bool failure(enum error_code code, const char *message, struct error *error) {
    error_set(error, code, "%s", message);
    return error_envelope(error, "tickets");
}

// A reply is done here even where a plugin listens, unless it shall not.
static bool check_native(struct reply *reply, struct error *error) {
    const struct operation_settings *settings = reply->context->settings;
    const struct plugin_row *plugin = NULL;
    if (!native_version_check(&reply->help_desk, error)) return false;
    if (!settings->reply_hands_over) return true;
    int found =
        plugins_listening(reply->db, &reply->help_desk, text_of(settings->ignored_plugins), &plugin, error);
    return found == 0 ||
           (found > 0 &&
            error_set(error, ERROR_NOT_NATIVE,
                      "the plugin \"%.*s\" is active on this help desk, and only PHP can ask it about a "
                      "reply",
                      (int)text_cut(plugin->name, 60).length, plugin->name.data));
}

static bool find_parties(struct reply *reply, struct error *error) {
    if (!reply_target_find(reply->db, reply->request.ticket_number, reply->request.staff_username,
                           reply->request.canned_id, &reply->arena, &reply->target, &reply->help_desk, error))
        return false;
    if (!check_native(reply, error)) return false;
    if (!reply->target.ticket_id) return error_set(error, ERROR_NOT_FOUND, "Ticket not found");
    if (!reply->target.staff.id)
        return failure(ERROR_NOT_FOUND, "there is no agent with this user name", error);
    return true;
}

static bool read_policy(struct reply *reply, struct error *error) {
    if (!reply->request.files.count) return true;
    if (!attached_files_check_storage(&reply->help_desk, error)) return false;
    attachment_policy_read(reply->target.message_field, &reply->help_desk, &reply->arena, &reply->policy);
    return true;
}

// The canned response's text where the request has none of its own, with the ticket's values filled in.
static bool read_canned_text(struct reply *reply, struct error *error) {
    struct reply_request *request = &reply->request;
    if (request->canned_id <= 0) return true;
    if (request->response.length && !text_equal(request->response, TEXT("0"))) return true;
    if (text_is_null(reply->target.canned_text))
        return error_set(error, ERROR_UNPROCESSABLE, "missing response parameter ");
    return canned_text_fill(reply->context, &reply->help_desk, reply->target.ticket_id,
                            reply->target.canned_text, &reply->arena, &request->response, error);
}

static bool lock_ticket(struct reply *reply, struct error *error) {
    struct ticket_surroundings *around = &reply->around;
    around->drafts = reply->request.status_id != 0;
    around->with_collaborators = reply->request.mail.collaborators;
    around->searches = reply->files.searches;
    around->search_count = reply->files.search_count < SLOT_COUNT ? reply->files.search_count : SLOT_COUNT;
    int found = ticket_lock(reply->db, reply->target.ticket_id, around, &reply->arena, &reply->ticket, error);
    reply->files.answered = around->search_count;
    reply->request.mail.known = &around->collaborators;
    if (found < 0) return false;
    if (found == 0) return error_set(error, ERROR_NOT_FOUND, "Ticket not found");
    if (!help_desk_status(&reply->help_desk, reply->ticket.state.status_id))
        return failure(ERROR_NOT_FOUND, "the ticket has no valid status", error);
    if (!reply->ticket.thread_id) return failure(ERROR_NOT_FOUND, "the ticket has no thread", error);
    return true;
}

static bool is_chosen(const struct reply_request *request, int64_t file_id) {
    for (size_t i = 0; i < request->canned_file_count; i++)
        if (request->canned_file_ids[i] == file_id) return true;
    return request->canned_file_count == 0;
}

static bool gather_files(struct reply *reply, struct error *error) {
    for (size_t i = 0; i < reply->target.canned_file_count; i++) {
        const struct stored_file *file = &reply->target.canned_files[i];
        struct attached_file attached = {.file = *file, .name = file->name};
        if (is_chosen(&reply->request, attached.file.id) &&
            !attached_files_add(&reply->files, &reply->arena, &attached, error))
            return false;
    }
    return attached_files_take(&reply->fitting, &reply->policy, &reply->request.files, &reply->files, error);
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

static bool write_entry_with_recipients(struct reply *reply, struct error *error) {
    struct text recipients;
    return entry_recipients_json(&reply->recipients, &reply->arena, &recipients, error) &&
           write_entry(reply, recipients, error);
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
    return ticket_save(reply->db, ticket, change.annuls_closed, error) &&
           ticket_search_make(&reply->arena, &reply->help_desk, reply->around.answers,
                              reply->around.answer_count, ticket->id, ticket->number, &rows[1], error) &&
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

// All that can be made before the ticket is locked, so that nobody waits for it.
static bool make_entry(struct reply *reply, struct error *error) {
    return gather_files(reply, error) &&
           entry_body_make(&reply->fitting, &reply->help_desk, reply->request.response, ENTRY_RESPONSE,
                           &reply->body, &reply->files, error) &&
           attached_files_seek(&reply->files, &reply->arena, error);
}

static bool write_all(struct reply *reply, struct error *error) {
    return lock_ticket(reply, error) &&
           attached_files_note_refusals(&reply->fitting, reply->ticket.thread_id, &reply->policy,
                                        &reply->request.files, error) &&
           find_recipients(reply, error) && write_entry_with_recipients(reply, error) &&
           attached_files_write(reply->db, &reply->arena, reply->entry_id, &reply->files, error) &&
           update_ticket(reply, error) && queue_mail(reply, error);
}

static struct text answer_text(const struct reply *reply) {
    bool current = reply->context->settings->shape == SHAPE_CURRENT;
    return current ? TEXT("{\"status_code\":\"0\",\"status_msg\":\"reply posted successfully\"}")
                   : TEXT("{\"status_code\":\"0\",\"status_msg\":\"success\"}");
}

static bool write_in_transaction(struct reply *reply, struct error *error) {
    if (!transaction_begin(reply->db, error)) return false;
    if (write_all(reply, error) &&
        idempotency_remember(reply->context, ANSWER_JSON, false, answer_text(reply), error) &&
        transaction_commit(reply->db, error))
        return true;
    transaction_rollback(reply->db);
    return false;
}

bool ticket_reply(struct operation_context *context, struct answer *answer, struct error *error) {
    struct reply reply = {.context = context, .db = context->db, .arena = arena_new(ARENA_MAX)};
    reply.fitting = (struct text_fitting){.db = context->db, .arena = &reply.arena};
    bool done =
        reply_request_read(context->body, context->settings->reply_email_default, &reply.arena,
                           &reply.request, error) &&
        find_parties(&reply, error) &&
        text_fit(&reply.fitting, "thread_entry", "ip_address", false, &reply.request.ip_address, error) &&
        read_policy(&reply, error) && read_canned_text(&reply, error) && make_entry(&reply, error) &&
        write_in_transaction(&reply, error);
    if (done) {
        answer->kind = ANSWER_JSON;
        output_add_text(answer->output, answer_text(&reply));
    }
    if (done && reply.mailed) wake_send(context->settings->mail_wake);
    reply_request_free(&reply.request);
    arena_free(&reply.arena);
    return done;
}
