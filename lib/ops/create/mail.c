// SPDX-License-Identifier: GPL-2.0-or-later
// What a new ticket sends: a canned reply or an autoresponse, alerts, the notice of too many open tickets,
// and mails of filters. spec: creating.md D.1, B.6.
#include "ops/create/creation.h"

#include "base/buffer.h"
#include "mail/ticket_mail.h"
#include "ops/change/actor.h"
#include "ops/entry/canned_text.h"
#include "ops/entry/thread_entry.h"
#include "store/create/rows.h"
#include "store/entry_flags.h"
#include "store/ticket/files.h"
#include "json/reader.h"

#include <inttypes.h>

#define NOTICE_MAX    4096
#define ASSIGNER      TEXT("SYSTEM (Auto Assignment)")
#define CANNED_POSTER TEXT("SYSTEM (Canned Reply)")

static struct ticket_mail about(const struct creation *creation, int64_t entry_id) {
    return (struct ticket_mail){
        .ticket_id = creation->ticket_id,
        .thread_id = creation->thread_id,
        .entry_id = entry_id,
        .owner = {creation->user_id, creation->user_name, creation->user_address},
        .client_name_format = help_desk_config(&creation->draft->help_desk, "client_name_format"),
        .secret_salt = text_of(creation->draft->context->settings->secret_salt),
        .tags_entry = creation->draft->mail != NULL,
    };
}

static bool mails(const struct creation *creation) {
    return creation->draft->context->settings->mail_enabled;
}

static bool add_canned_files(struct creation *creation, struct attached_files *files, struct error *error) {
    struct stored_file *canned;
    size_t count;
    if (!canned_files(creation->db, creation->draft->wishes.canned_id, creation->arena, &canned, &count,
                      error))
        return false;
    for (size_t i = 0; i < count; i++) {
        struct attached_file attached = {.file = canned[i], .name = canned[i].name};
        if (!attached_files_add(files, creation->arena, &attached, error)) return false;
    }
    return true;
}

// The response of the canned reply, with the ticket's values filled in. 1: there is one, 0: none, -1:
// failure.
static int make_canned_reply(struct creation *creation, struct thread_entry *entry, struct error *error) {
    struct create_draft *draft = creation->draft;
    struct text text;
    if (!add_canned_files(creation, &entry->files, error)) return -1;
    int found = canned_response(creation->db, draft->wishes.canned_id, creation->arena, &text, error);
    if (found <= 0) return found;
    bool done = canned_text_fill(draft->context, creation->work, creation->ticket_id, CANNED_BY_FILTER, text,
                                 &text, error) &&
                thread_entry_make(creation->work, text, ENTRY_RESPONSE, entry, error);
    return done ? 1 : -1;
}

// 1: written, 0: there is no such response, -1: failure.
static int write_canned_reply(struct creation *creation, int64_t *entry_id, struct error *error) {
    struct thread_entry entry = {0};
    if (creation->draft->wishes.canned_id <= 0) return 0;
    int found = make_canned_reply(creation, &entry, error);
    if (found <= 0) return found;
    entry.row = (struct new_entry){
        .parent_id = creation->message_id,
        .type = "R",
        .flags = ENTRY_FLAG_SYSTEM,
        .poster = CANNED_POSTER,
        .source = TEXT(""),
        .title = TEXT_NULL,
        .ip_address = text_of(creation->draft->context->client_address),
    };
    if (!thread_entry_write(creation->work, creation->thread_id, &entry, error) ||
        !thread_responded(creation->db, creation->thread_id, error))
        return -1;
    *entry_id = entry.id;
    return 1;
}

static bool department_responds(const struct creation *creation) {
    const struct create_desk *desk = &creation->draft->desk;
    for (size_t i = 0; i < desk->department_count; i++)
        if (desk->departments[i].id == creation->decision->department_id)
            return desk->departments[i].auto_response;
    return true;
}

static bool queue_news(struct creation *creation, bool autorespond, struct error *error) {
    struct ticket_mail mail = about(creation, creation->message_id);
    bool responds =
        autorespond && help_desk_switch(&creation->draft->help_desk, "ticket_autoresponder", false);
    return !mails(creation) ||
           ticket_mail_new(creation->db, creation->arena, &mail, responds, creation->decision->alert, error);
}

static bool queue_canned(struct creation *creation, int64_t entry_id, struct error *error) {
    struct ticket_mail mail = about(creation, entry_id);
    return !mails(creation) || !creation->decision->autorespond ||
           ticket_mail_canned_reply(creation->db, creation->arena, &mail, error);
}

static bool queue_assignment(struct creation *creation, int64_t staff_id, int64_t team_id,
                             struct error *error) {
    struct ticket_mail mail = about(creation, 0);
    const struct actor *assigner =
        creation->decision->chosen_by_agent ? creation->draft->beside.assigner : NULL;
    bool by_agent = assigner && assigner->kind == ACTOR_AGENT;
    struct ticket_mail_assignment assignment = {
        .staff_id = staff_id, .team_id = team_id, .assigner = by_agent ? assigner->name : ASSIGNER};
    if (!mails(creation) || (!staff_id && !team_id)) return true;
    if (by_agent && staff_id == assigner->id) return true; // he knows
    return ticket_mail_alert_assigned(creation->db, &mail, &assignment, error);
}

// With the help desk's URL below the text, as PHP's mails to the administration have it.
static bool tell_administration(struct creation *creation, struct text subject, const struct buffer *text,
                                struct error *error) {
    const struct help_desk *help_desk = &creation->draft->help_desk;
    struct buffer whole = buffer_new(NOTICE_MAX + 4096);
    if (!mails(creation)) return true;
    buffer_add_text(&whole, buffer_text(text));
    buffer_add_string(&whole, "\n\n");
    buffer_add_text(&whole, help_desk_url(help_desk));
    bool done = ticket_mail_administration(creation->db, help_desk_config(help_desk, "admin_email"),
                                           text_of(creation->draft->context->settings->secret_salt), subject,
                                           buffer_text(&whole), error);
    buffer_free(&whole);
    return done;
}

// The owner is told, and the administration of that.
static bool tell_owner(struct creation *creation, int64_t open, int64_t limit, struct error *error) {
    struct ticket_mail mail = about(creation, 0);
    struct buffer text = buffer_new(NOTICE_MAX);
    if (!mails(creation)) return true;
    buffer_add_string(&text, "Maximum open tickets reached for ");
    buffer_add_text(&text, creation->user_address);
    buffer_add_format(&text,
                      ".\nOpen tickets: %" PRId64 "\nMax allowed: %" PRId64 "\n\nNotice sent to the user.",
                      open, limit);
    bool done = ticket_mail_over_limit(creation->db, creation->arena, &mail, error) &&
                tell_administration(creation, TEXT("Overlimit Notice"), &text, error);
    buffer_free(&text);
    return done;
}

// The ticket that fills the limit is told of once; those beyond it are refused.
static bool note_limit(struct creation *creation, bool autorespond, struct error *error) {
    const struct help_desk *help_desk = &creation->draft->help_desk;
    int64_t limit = help_desk_number(help_desk, "max_open_tickets", 0);
    int64_t open = creation->draft->desk.user.open_tickets + !creation->decision->closed;
    if (limit <= 0 || open != limit) return true;
    struct buffer title = buffer_new(NOTICE_MAX), text = buffer_new(NOTICE_MAX);
    buffer_add_string(&title, "Maximum Open Tickets Limit (");
    buffer_add_text(&title, creation->user_address);
    buffer_add_char(&title, ')');
    buffer_add_format(&text, "Maximum open tickets (%" PRId64 ") reached for ", limit);
    buffer_add_text(&text, creation->user_address);
    bool done = syslog_insert(creation->work, "Warning", SYSLOG_WARNING, buffer_text(&title),
                              buffer_text(&text), text_of(creation->draft->context->client_address), error) &&
                tell_administration(creation, buffer_text(&title), &text, error);
    if (done && autorespond && help_desk_switch(help_desk, "overlimit_notice_active", false))
        done = tell_owner(creation, open, limit, error);
    buffer_free(&title);
    buffer_free(&text);
    return done;
}

// {"recipients":…,"subject":…,"message":…,"from":"2"}
static bool queue_filter_mail(struct creation *creation, const struct matched_action *action,
                              struct error *error) {
    struct error ignored = {0};
    struct ticket_mail mail = about(creation, creation->message_id);
    struct json_value *root =
        action->configuration.length ? json_parse(action->configuration, &ignored) : NULL;
    const struct json_value *from = json_member(root, "from");
    int64_t from_id = json_value_integer(from);
    if (json_kind(from) == JSON_TEXT && !text_to_int64(json_value_text(from), &from_id)) from_id = 0;
    bool done = ticket_mail_filter(
        creation->db, creation->arena, &mail, from_id, json_value_text(json_member(root, "recipients")),
        json_value_text(json_member(root, "subject")), json_value_text(json_member(root, "message")), error);
    json_free(&root);
    return done;
}

static bool queue_filter_mails(struct creation *creation, struct error *error) {
    const struct create_draft *draft = creation->draft;
    for (size_t i = 0; mails(creation) && i < draft->action_count; i++)
        if (text_equal(draft->actions[i].type, TEXT("email")) &&
            !queue_filter_mail(creation, &draft->actions[i], error))
            return false;
    return true;
}

bool creation_write_mail(struct creation *creation, struct error *error) {
    const struct create_decision *decision = creation->decision;
    int64_t canned_id = 0;
    if (!queue_assignment(creation, decision->staff_id, 0, error) ||
        !queue_assignment(creation, 0, decision->alert_team ? decision->team_id : 0, error))
        return false;
    int canned = write_canned_reply(creation, &canned_id, error);
    bool autorespond = decision->autorespond && !canned && department_responds(creation);
    if (canned < 0 || (canned && !queue_canned(creation, canned_id, error))) return false;
    creation->mailed = mails(creation);
    return queue_news(creation, autorespond, error) && note_limit(creation, autorespond, error) &&
           queue_filter_mails(creation, error);
}
