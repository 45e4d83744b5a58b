// SPDX-License-Identifier: GPL-2.0-or-later
// POST /tickets/reply.json: an agent's response to a ticket, and a new status for it.
#include "mail/reply_mail.h"
#include "ops/change/change.h"
#include "ops/change/parties.h"
#include "ops/entry/canned_text.h"
#include "ops/entry/recipients.h"
#include "ops/operations.h"
#include "ops/reply/request.h"

struct reply {
    struct reply_request request;
    struct reply_target target;
    struct thread_entry entry;
    struct reply_mail_recipients recipients;
    int64_t former_staff_id; // whose the locked ticket was
};

// The canned response's text where the request has none of its own, with the ticket's values filled in.
static bool read_canned_text(struct change *change, struct reply *reply, struct error *error) {
    struct reply_request *request = &reply->request;
    if (request->canned_id <= 0) return true;
    if (request->response.length && !text_equal(request->response, TEXT("0"))) return true;
    if (text_is_null(reply->target.canned_text))
        return error_set(error, ERROR_UNPROCESSABLE, "missing response parameter ");
    return canned_text_fill(change->context, &change->work, change->ticket_id, CANNED_BY_AGENT,
                            reply->target.canned_text, &request->response, error);
}

static bool is_chosen(const struct reply_request *request, int64_t file_id) {
    for (size_t i = 0; i < request->canned_file_count; i++)
        if (request->canned_file_ids[i] == file_id) return true;
    return request->canned_file_count == 0;
}

static bool add_canned_files(struct change *change, struct reply *reply, struct error *error) {
    for (size_t i = 0; i < reply->target.canned_file_count; i++) {
        const struct stored_file *file = &reply->target.canned_files[i];
        struct attached_file attached = {.file = *file, .name = file->name};
        if (is_chosen(&reply->request, attached.file.id) &&
            !attached_files_add(&reply->entry.files, &change->arena, &attached, error))
            return false;
    }
    return true;
}

static bool make_entry(struct change *change, struct reply *reply, struct error *error) {
    struct reply_request *request = &reply->request;
    struct thread_entry *entry = &reply->entry;
    return thread_entry_take_files(&change->work, reply->target.message_field, &request->files, entry,
                                   error) &&
           read_canned_text(change, reply, error) && add_canned_files(change, reply, error) &&
           thread_entry_make(&change->work, request->response, ENTRY_RESPONSE, entry, error);
}

static bool add_entry(struct change *change, struct reply *reply, struct error *error) {
    reply->entry.row = (struct new_entry){
        .type = "R",
        .source = TEXT(""),
        .title = TEXT_NULL,
        .ip_address = reply->request.ip_address,
    };
    return change_add_entry(change, &change->actor, &reply->entry, error);
}

static bool prepare(struct change *change, struct reply *reply, struct error *error) {
    struct reply_request *request = &reply->request;
    struct change_parties parties = {request->ticket_number, request->staff_username, request->canned_id,
                                     "a reply"};
    change->around.drafts = request->status_id != 0;
    change->around.with_collaborators = request->mail.collaborators;
    request->mail.known = &change->around.collaborators;
    return change_find_parties(change, &parties, &reply->target, error) && make_entry(change, reply, error) &&
           add_entry(change, reply, error);
}

static bool find_recipients(struct change *change, struct reply *reply, struct error *error) {
    const struct locked_ticket *ticket = &change->ticket;
    struct new_entry *entry = &reply->entry.row;
    struct reply_mail_owner owner = {ticket->owner_id, ticket->owner_name, ticket->owner_address};
    struct text format = help_desk_config(&change->help_desk, "client_name_format");
    if (change->context->settings->mail_enabled &&
        !reply_mail_recipients(change->work.db, &change->arena, &reply->request.mail, ticket->thread_id,
                               &owner, format, &reply->recipients, error))
        return false;
    entry->flags |= reply->recipients.entry_flags;
    return entry_recipients_json(&reply->recipients, &change->arena, &entry->recipients, error);
}

static bool decide(struct change *change, void *operation, struct error *error) {
    struct reply *reply = operation;
    struct locked_ticket *ticket = &change->ticket;
    struct ticket_state *state = &ticket->state;
    reply->entry.row.parent_id = ticket->last_message_id ? ticket->last_message_id : reply->request.parent_id;
    change->responded = true;
    reply->former_staff_id = state->staff_id;
    change->saves = !state->answered || state->had_gone_reference;
    state->answered = true;
    return find_recipients(change, reply, error) &&
           change_set_status(change, reply->request.status_id, change->actor.id, error);
}

static bool queue_mail(struct change *change, void *operation, struct error *error) {
    const struct reply *reply = operation;
    struct reply_mail mail = {
        .ticket_id = change->ticket.id,
        .thread_id = change->ticket.thread_id,
        .entry_id = reply->entry.id,
        .staff_id = change->actor.id,
        .assignee_id = reply->former_staff_id,
        .from_email_id = reply->request.from_email_id,
        .signature = reply->request.signature,
        .recipients = &reply->recipients,
        .secret_salt = text_of(change->context->settings->secret_salt),
    };
    return reply_mail_enqueue(change->work.db, &change->arena, &mail, error);
}

static bool tell(struct change *change, void *operation, struct outcome *outcome, struct error *error) {
    bool current = change->context->settings->shape == SHAPE_CURRENT;
    (void)operation;
    (void)error;
    outcome->kind = ANSWER_JSON;
    outcome->text = current ? TEXT("{\"status_code\":\"0\",\"status_msg\":\"reply posted successfully\"}")
                            : TEXT("{\"status_code\":\"0\",\"status_msg\":\"success\"}");
    return true;
}

bool ticket_reply(struct operation_context *context, struct answer *answer, struct error *error) {
    static const struct change_steps steps = {.decide = decide, .mail = queue_mail, .answer = tell};
    struct reply reply = {0};
    struct change change;
    change_open(&change, context);
    bool done = reply_request_read(context->body, context->settings->reply_email_default, &change.arena,
                                   &reply.request, error) &&
                prepare(&change, &reply, error) && change_run(&change, &steps, &reply, answer, error);
    reply_request_free(&reply.request);
    change_close(&change);
    return done;
}
