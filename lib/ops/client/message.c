// SPDX-License-Identifier: GPL-2.0-or-later
// POST /tickets/{number}/message.json: what a client writes, as the portal takes it. spec: operations.md 4.2;
// acting.md 3.3.
#include "mail/ticket_mail.h"
#include "ops/act/act.h"
#include "ops/change/client_message.h"
#include "ops/entry/incoming_file.h"
#include "ops/entry/recipients.h"
#include "ops/operations.h"
#include "store/edit/client_target.h"
#include "store/entry_flags.h"

#define MEMBERS "message,user,attachments,alert,autorespond,add_collaborator"

struct message {
    struct text text;
    struct reference user; // none: the ticket's owner
    bool alerts, confirms, joins;
    struct client_target from;
    struct reply_mail_recipients others;
};

// ---- the request

static bool refuse_agents_members(const struct act *act, struct error *error) {
    static const char *const members[] = {"staffUserName", "comments"};
    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        if (act_gives(act, members[i]))
            return act_refuse(ERROR_UNPROCESSABLE, members[i], error,
                              "%s: a message is a client's, not an agent's", members[i]);
    if (text_trim(act->change.context->acting_as).length)
        return act_refuse(ERROR_UNPROCESSABLE, "staffUserName", error,
                          "X-Act-As: a message is a client's, not an agent's");
    return true;
}

static bool read_files(struct act *act, struct error *error) {
    struct arena *arena = &act->change.arena;
    struct input given;
    return (input_of_json(json_member(act->body, "attachments"), arena, &given, error) &&
            incoming_files_read(&given, arena, &act->files, error) &&
            incoming_files_join(act->change.context->files, arena, &act->files, error)) ||
           error_field(error, TEXT("attachments"));
}

static bool read_request(struct act *act, struct message *message, struct error *error) {
    if (!refuse_agents_members(act, error) || !act_text(act, "message", &message->text, error) ||
        !act_reference(act, "user", &message->user, error) ||
        !act_switch(act, "alert", true, &message->alerts, error) ||
        !act_switch(act, "autorespond", true, &message->confirms, error) ||
        !act_switch(act, "add_collaborator", false, &message->joins, error))
        return false;
    return !act_text_is_empty(act, message->text) ||
           act_refuse(ERROR_UNPROCESSABLE, "message", error, "Message required");
}

// A key that sees a user's tickets writes as this user.
static bool heed_view(const struct act *act, struct message *message, struct error *error) {
    const struct key_rules *rules = &act->change.context->principal->rules;
    if (rules->view == KEY_VIEW_ORGANIZATION)
        return error_set(error, ERROR_SCOPE, "Keys with an organization's view write no messages");
    if (rules->view != KEY_VIEW_USER) return true;
    if (!reference_is_given(message->user)) message->user.id = rules->view_id;
    message->joins = false;
    if (!principal_is_client(act->change.context->principal)) return true;
    // Whom else there is a client is not told, and who gets mail is not for him to say.
    message->user = (struct reference){.id = rules->view_id};
    message->alerts = message->confirms = true;
    return true;
}

// ---- who writes

static bool is_view_of_another(const struct act *act, const struct client_target *from) {
    const struct key_rules *rules = &act->change.context->principal->rules;
    return rules->view == KEY_VIEW_USER && from->user_id != rules->view_id;
}

// A merged ticket's parent takes the message, and is what the answer tells of.
static bool key_sees(const struct act *act, int64_t ticket_id, struct error *error) {
    bool sees;
    if (!act_key_sees(act, ticket_id, &sees, error)) return false;
    return sees || error_set(error, ERROR_NOT_FOUND, "There is no such ticket");
}

static bool find_client(struct act *act, struct message *message, struct error *error) {
    struct change *change = &act->change;
    struct client_target *from = &message->from;
    int found = client_target_find(change->work.db, change->ticket_id, message->user.id, message->user.name,
                                   &change->arena, from, error);
    if (found < 0) return false;
    if (found && !from->user_id)
        return act_refuse(ERROR_UNPROCESSABLE, "user", error,
                          reference_is_given(message->user) ? "user: there is no such user"
                                                            : "user: the ticket has no owner");
    if (!found || (!from->sees && !message->joins) || is_view_of_another(act, from))
        return error_set(error, ERROR_NOT_FOUND, "There is no such ticket");
    if (from->ticket_id != change->ticket_id && !key_sees(act, from->ticket_id, error)) return false;
    change->ticket_id = from->ticket_id;
    const struct client_row client = {from->user_id, from->name, from->address, from->has_account};
    change->actor = actor_client(&client, &change->help_desk, &change->arena);
    return true;
}

// ---- the entry

// The portal refuses the message with its files; it drops them without a word where none are wanted at all.
static bool check_files(const struct thread_entry *entry, struct error *error) {
    for (size_t i = 0; entry->policy.enabled && i < entry->incoming->count; i++) {
        const struct incoming_file *file = &entry->incoming->items[i];
        const char *refusal = attachment_policy_refusal(&entry->policy, file);
        struct text name = text_cut(file->name, 60);
        if (refusal)
            return act_refuse(ERROR_UNPROCESSABLE, "attachments", error, "%.*s: %s", (int)name.length,
                              name.data, refusal);
    }
    return true;
}

static bool make_entry(struct act *act, struct message *message, struct error *error) {
    struct thread_entry *entry = &act->note;
    entry->row = (struct new_entry){.type = "M", .source = TEXT(""), .title = TEXT_NULL};
    return thread_entry_take_files(&act->change.work, message->from.message_field, &act->files, entry,
                                   error) &&
           check_files(entry, error) && act_make_note(act, message->text, error);
}

static bool prepare(struct act *act, struct message *message, struct error *error) {
    struct ticket_surroundings *around = &act->change.around;
    around->drafts = around->with_collaborators = true;
    return heed_view(act, message, error) && act_find(act, error) && find_client(act, message, error) &&
           make_entry(act, message, error);
}

// Owner and active collaborators, without the author.
static bool find_others(struct act *act, struct message *message, struct error *error) {
    struct change *change = &act->change;
    const struct locked_ticket *ticket = &change->ticket;
    const struct mail_collaborators *known = &change->around.collaborators;
    const struct reply_mail_owner owner = {ticket->owner_id, ticket->owner_name, ticket->owner_address};
    int64_t *ids = arena_take(&change->arena, (known->count + 1) * sizeof *ids);
    struct reply_mail_wish wish = {.owner = ticket->owner_id != message->from.user_id,
                                   .collaborators = true,
                                   .only = ids,
                                   .known = known};
    if (!ids) return error_too_large(error);
    for (size_t i = 0; i < known->count; i++)
        if (known->items[i].user_id != message->from.user_id)
            ids[wish.only_count++] = known->items[i].user_id;
    return reply_mail_recipients(change->work.db, &change->arena, &wish, ticket->thread_id, &owner,
                                 help_desk_config(&change->help_desk, "client_name_format"), &message->others,
                                 error) &&
           entry_recipients_json(&message->others, &change->arena, &act->note.row.recipients, error);
}

static bool is_owner(const struct act *act, const struct message *message) {
    return act->change.ticket.owner_id == message->from.user_id;
}

static bool decide(struct act *act, void *operation, struct error *error) {
    struct message *message = operation;
    struct change *change = &act->change;
    const struct ticket_state *state = &change->ticket.state;
    const struct client_target *from = &message->from;
    if (!client_message_is_taken(&change->help_desk, state->status_id, state->department_id, state->topic_id))
        return act_refuse(ERROR_CONFLICT, NULL, error,
                          "This ticket is marked as closed and cannot be reopened.");
    if (!find_others(act, message, error)) return false;
    act->note.row.flags |= message->others.entry_flags;
    // An owner may have been a collaborator, and be called one still.
    if (!is_owner(act, message) || from->collaborator_id) act->note.row.flags |= ENTRY_FLAG_COLLABORATOR;
    return (is_owner(act, message) || from->collaborator_id ||
            client_message_join(change, from->user_id, from->name, error)) &&
           client_message_decide(change, true, error);
}

static bool write(struct act *act, void *operation, struct error *error) {
    const struct locked_ticket *ticket = &act->change.ticket;
    (void)operation;
    return !ticket->has_drafts || client_drafts_delete(act->change.work.db, ticket->id, error);
}

static bool queue_mail(struct act *act, void *operation, struct error *error) {
    const struct message *message = operation;
    const struct help_desk *help_desk = &act->change.help_desk;
    const struct client_target *from = &message->from;
    struct ticket_mail mail = act_mail(act, act->note.id);
    mail.owner = (struct reply_mail_owner){from->user_id, from->name, from->address};
    mail.tags_entry = true;
    const struct ticket_mail_message told = {
        .by_collaborator = !is_owner(act, message),
        .confirms = message->confirms && from->confirmed && !from->is_mailbox &&
                    help_desk_switch(help_desk, "message_autoresponder", false),
        .alerts = message->alerts,
        .others = message->confirms && help_desk_switch(help_desk, "message_autoresponder_collabs", true)
                      ? &message->others
                      : NULL,
    };
    return ticket_mail_message(act->change.work.db, &act->change.arena, &mail, &told, error);
}

bool ticket_message(struct operation_context *context, struct answer *answer, struct error *error) {
    static const struct act_steps steps = {
        .created = true, .decide = decide, .write = write, .mail = queue_mail};
    struct message message = {0};
    struct act act;
    bool done = act_open_for_client(&act, context, MEMBERS, error) && read_request(&act, &message, error) &&
                read_files(&act, error) && prepare(&act, &message, error) &&
                act_run(&act, &steps, &message, answer, error);
    act_close(&act);
    return done;
}
