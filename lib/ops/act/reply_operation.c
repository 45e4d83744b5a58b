// SPDX-License-Identifier: GPL-2.0-or-later
// POST /tickets/{number}/reply.json: an agent's response, by osTicket's panel's rules. spec:
// operations.md 4.10; acting.md 3.2.
#include "mail/reply_mail.h"
#include "markup/search.h"
#include "ops/act/act.h"
#include "ops/act/canned.h"
#include "ops/act/copies.h"
#include "ops/act/locking.h"
#include "ops/entry/recipients.h"
#include "ops/operations.h"
#include "store/ticket/mailbox_choice.h"

#define PLAIN_MAX (64 << 20)

struct response {
    struct text text;
    struct reference canned; // its text where there is no other, and its files
    struct reference status_name;
    const struct ticket_status *status; // NULL: it stays
    struct reply_mail_wish wish;
    struct copies copies;
    int64_t from_email_id;
    enum mail_signature signature;
    struct reply_mail_recipients recipients;
};

static bool read_choice(struct act *act, const char *member, const char *const *words, size_t count,
                        size_t *choice, struct error *error) {
    struct text text;
    if (!act_text(act, member, &text, error)) return false;
    if (text_is_null(text)) return true;
    for (size_t i = 0; i < count; i++) {
        if (!text_equal(text, text_of(words[i]))) continue;
        *choice = i;
        return true;
    }
    return act_refuse(ERROR_UNPROCESSABLE, member, error, "%s has to be one of %s, %s, %s", member, words[0],
                      words[1], words[2]);
}

static bool read_recipients(struct act *act, struct response *response, struct error *error) {
    static const char *const words[] = {"all", "user", "none"};
    size_t to = 0;
    if (!read_choice(act, "to", words, 3, &to, error) || !copies_read(act, &response->copies, error))
        return false;
    response->wish.owner = to != 2;
    response->wish.collaborators = to == 0;
    response->wish.known = &response->copies.active;
    return true;
}

static bool read_sender(struct act *act, struct response *response, struct error *error) {
    static const char *const words[] = {"none", "mine", "dept"};
    static const enum mail_signature signatures[] = {MAIL_SIGNATURE_NONE, MAIL_SIGNATURE_MINE,
                                                     MAIL_SIGNATURE_DEPARTMENT};
    size_t signature = 0;
    struct reference from;
    if (!read_choice(act, "signature", words, 3, &signature, error) ||
        !act_reference(act, "from", &from, error))
        return false;
    response->signature = signatures[signature];
    response->from_email_id = from.id;
    return text_is_null(from.name) || act_refuse(ERROR_UNPROCESSABLE, "from", error,
                                                 "from has to be the id of a mailbox of the help desk");
}

// Whether anything of it can be read or seen.
static bool says_something(const struct act *act, struct text text, struct error *error) {
    struct buffer plain = buffer_new(PLAIN_MAX);
    if (act_text_is_empty(act, text)) return false;
    if (!act->is_html || text_find(text, TEXT("<img"), 0) >= 0) return true;
    bool says = markup_searchable_html(text, &plain, error) && text_trim(buffer_text(&plain)).length;
    buffer_free(&plain);
    return says;
}

static bool read_request(struct act *act, struct response *response, struct error *error) {
    if (!act_text(act, "response", &response->text, error) ||
        !act_reference(act, "canned", &response->canned, error) ||
        !act_reference(act, "status", &response->status_name, error) ||
        !read_recipients(act, response, error) || !read_sender(act, response, error))
        return false;
    if (act_gives(act, "comments"))
        return act_refuse(ERROR_UNPROCESSABLE, "comments", error, "A reply has no comments: write a note");
    if (text_is_null(response->text) && reference_is_given(response->canned)) return true;
    if (says_something(act, response->text, error)) return true;
    return error->code != ERROR_NONE ||
           act_refuse(ERROR_UNPROCESSABLE, "response", error, "Response required");
}

static bool prepare(struct act *act, struct response *response, struct error *error) {
    act->change.around.drafts = true;
    if (!act_find(act, error)) return false;
    if (!act->agent)
        return act_refuse(ERROR_UNPROCESSABLE, "staffUserName", error,
                          "staffUserName is missing: the agent who replies");
    act_heed_lock(act);
    act->note.row = (struct new_entry){.type = "R", .source = TEXT(""), .title = TEXT_NULL};
    return (!reference_is_given(response->status_name) ||
            act_status(act, "status", response->status_name, &response->status, error)) &&
           act_take_files(act, error) && act_take_canned(act, response->canned, &response->text, error) &&
           act_make_note(act, response->text, error);
}

// A mailbox that osTicket's panel would offer him, whichever server its mail goes through: the ticket's
// department's, or one of his departments.
static bool may_send_from(const struct act *act, int64_t email_id, struct error *error) {
    const struct change *change = &act->change;
    const struct mailbox_choice choice = {
        .department_id = change->ticket.state.department_id,
        .default_department_id = help_desk_number(&change->help_desk, "default_dept_id", 0),
        .default_id = help_desk_number(&change->help_desk, "default_email_id", 0),
        .departments = act->agent->departments,
    };
    int may = email_id ? mailbox_is_offered(change->work.db, email_id, &choice, error) : 1;
    if (!may)
        return act_refuse(ERROR_UNPROCESSABLE, "from", error,
                          "from: the ticket's department and the agent have no such mailbox");
    return may > 0;
}

static bool may_be_mailed(const struct thread_look *look, struct error *error) {
    return !look->owner_is_banned ||
           error_set(error, ERROR_DENIED,
                     "The owner's address is in the ban list: it has to be taken out to reply");
}

// A response makes an open ticket that is no agent's the agent's own, unless the help desk or the department
// do not want it. spec: acting.md 3.2.
static void claim(struct act *act) {
    struct change *change = &act->change;
    struct ticket_state *state = &change->ticket.state;
    const struct node *department = help_desk_node(&change->help_desk.departments, state->department_id);
    bool claims = help_desk_switch(&change->help_desk, "auto_claim_tickets", true) &&
                  !(department && department->flags & DEPARTMENT_FLAG_NO_CLAIM);
    if (!claims || state->staff_id ||
        !ticket_status_is(help_desk_status(&change->help_desk, state->status_id), "open"))
        return;
    state->staff_id = act->agent->staff.id;
    change->saves = true;
}

static bool find_recipients(struct act *act, struct response *response, struct error *error) {
    struct change *change = &act->change;
    const struct locked_ticket *ticket = &change->ticket;
    const struct reply_mail_owner owner = {ticket->owner_id, ticket->owner_name, ticket->owner_address};
    struct text format = help_desk_config(&change->help_desk, "client_name_format");
    if (!reply_mail_recipients(change->work.db, &change->arena, &response->wish, ticket->thread_id, &owner,
                               format, &response->recipients, error))
        return false;
    act->note.row.flags |= response->recipients.entry_flags;
    return entry_recipients_json(&response->recipients, &change->arena, &act->note.row.recipients, error);
}

static bool decide(struct act *act, void *operation, struct error *error) {
    struct response *response = operation;
    struct change *change = &act->change;
    struct ticket_state *state = &change->ticket.state;
    bool was_answered = state->answered;
    // Its parent may be another client's. osTicket's panel offers no reply there either.
    if (ticket_is_merged(&change->ticket))
        return error_set(error, ERROR_CONFLICT, "The ticket was merged into another one: reply to that one");
    act->note.row.parent_id = change->ticket.last_message_id;
    change->responded = true;
    act_release_lock(act);
    // Whoever joins does so while the ticket is as it was: the events tell whose it was then.
    if (!copies_find(act, &response->copies, error) || !may_be_mailed(&response->copies.look, error) ||
        !may_send_from(act, response->from_email_id, error) ||
        !copies_decide(act, &response->copies, error) ||
        (response->status && !act_set_status(act, "status", response->status, error)))
        return false;
    claim(act);
    state->answered = true;
    change->saves = change->saves || !was_answered || state->had_gone_reference;
    return find_recipients(act, response, error);
}

static bool write(struct act *act, void *operation, struct error *error) {
    const struct response *response = operation;
    return copies_write(act, &response->copies, error) && act_forget_writing(act, "response", error);
}

static bool queue_mail(struct act *act, void *operation, struct error *error) {
    const struct response *response = operation;
    const struct change *change = &act->change;
    bool is_hidden = help_desk_switch(&change->help_desk, "hide_staff_name", false);
    struct reply_mail mail = {
        .ticket_id = change->ticket.id,
        .thread_id = change->ticket.thread_id,
        .entry_id = act->note.id,
        .staff_id = change->actor.id,
        .assignee_id = act->former_staff_id,
        .from_email_id = response->from_email_id,
        .signature = response->signature,
        .sender_id = change->actor.id,
        .sender = is_hidden ? TEXT_NULL : change->actor.name,
        .recipients = &response->recipients,
        .secret_salt = text_of(change->context->settings->secret_salt),
        .queued = &act->mails,
    };
    return reply_mail_enqueue(change->work.db, &act->change.arena, &mail, error);
}

bool ticket_reply_to(struct operation_context *context, struct answer *answer, struct error *error) {
    static const struct act_steps steps = {
        .right = "ticket.reply", .created = true, .decide = decide, .write = write, .mail = queue_mail};
    struct response response = {0};
    struct act act;
    bool done = act_open(&act, context, "response,canned,attachments,to,cc,signature,from,status", error) &&
                read_request(&act, &response, error) && prepare(&act, &response, error) &&
                act_run(&act, &steps, &response, answer, error);
    act_close(&act);
    return done;
}
