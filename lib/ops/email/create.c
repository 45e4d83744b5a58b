// SPDX-License-Identifier: GPL-2.0-or-later
// A mail as a new ticket.
#include "ops/email/create.h"

#include "markup/body.h"
#include "ops/create/address.h"
#include "ops/create/draft.h"
#include "ops/create/filter.h"
#include "ops/create/forms.h"
#include "ops/create/limit.h"
#include "ops/create/native.h"
#include "ops/create/resolve.h"
#include "ops/create/write.h"
#include "ops/email/addressees.h"
#include "ops/email/files.h"
#include "ops/email/refer.h"
#include "ops/email/text.h"
#include "ops/entry/title.h"
#include "store/work.h"

#include <inttypes.h>
#include <string.h>

#define ARENA_MAX  (128 << 20)
#define FIELDS_MAX 12

static void add(struct input *map, const char *name, struct text text) {
    if (text.data)
        map->members[map->count++] = (struct input){.kind = INPUT_TEXT, .name = text_of(name), .text = text};
}

static struct text first_address(const struct mail_address_list *list) {
    return list->count ? list->items[0].address : TEXT_NULL;
}

// A list of {"name":…,"email":…}, as filters want them: without the help desk's own mailboxes.
static bool add_recipients(struct incoming_email *email, struct input *fields) {
    const struct mail_address_list *lists[] = {&email->mail.to, &email->mail.cc};
    struct input list = {.kind = INPUT_LIST, .name = TEXT("recipients")};
    for (size_t i = 0; i < 2; i++)
        for (size_t j = 0; j < lists[i]->count; j++) {
            if (email_mailbox_at(&email->facts, lists[i]->items[j].address)) continue;
            struct input *map = arena_append(&email->arena, &list.members, &list.count, sizeof *map);
            struct input *members = arena_take(&email->arena, 2 * sizeof *members);
            if (!map || !members) return false;
            *map = (struct input){.kind = INPUT_MAP, .members = members};
            add(map, "name", lists[i]->items[j].name);
            add(map, "email", lists[i]->items[j].address);
        }
    if (list.count) fields->members[fields->count++] = list;
    return true;
}

// A subject that is HTML loses its tags, as in PHP, which leaves a title without what scripts say; one that
// only speaks of tags stays as it was typed.
static struct text settle_subject(struct incoming_email *email) {
    static const struct markup_options no_frames;
    struct buffer clean = buffer_new(1 << 20);
    struct error ignored = {0};
    email->take.title = TEXT_NULL;
    if (!markup_has_markup(email->subject)) return email->subject;
    if (markup_clean_html(email->subject, &no_frames, &clean, &ignored))
        email->take.title = arena_copy(
            &email->arena,
            text_cut(text_trim(email_without_tags(buffer_text(&clean), &email->arena)), ENTRY_TITLE_MAX));
    buffer_free(&clean);
    return email_without_tags(email->subject, &email->arena);
}

// What PHP takes out of a mail, under PHP's names: a field of the ticket form that has one of them is filled
// by it.
static bool fill_fields(struct incoming_email *email, struct input *fields) {
    const struct mail_message *mail = &email->mail;
    *fields = (struct input){.kind = INPUT_MAP,
                             .members = arena_take(&email->arena, FIELDS_MAX * sizeof *fields->members)};
    if (!fields->members) return false;
    add(fields, "email", email->sender);
    add(fields, "name", email->sender_name);
    add(fields, "subject", settle_subject(email));
    add(fields, "mid", email->message_id);
    add(fields, "header", mail->header);
    add(fields, "in-reply-to", mail->in_reply_to);
    add(fields, "references", mail->references);
    add(fields, "reply-to", first_address(&mail->reply_to));
    add(fields, "reply-to-name",
        mail->reply_to.count && mail->reply_to.items[0].name.length ? mail->reply_to.items[0].name
                                                                    : TEXT_NULL);
    return add_recipients(email, fields);
}

// The priority of the urgency that the mail claims, where the help desk listens to it.
static int64_t priority_of(const struct incoming_email *email) {
    const struct help_desk *desk = &email->help_desk;
    if (!email->mail.urgency || !help_desk_switch(desk, "use_email_priority", false)) return 0;
    for (size_t i = 0; i < desk->priority_count; i++)
        if (desk->priorities[i].urgency == email->mail.urgency) return desk->priorities[i].id;
    return 0;
}

static void take_request(struct incoming_email *email, struct create_draft *draft) {
    struct create_request *request = &draft->request;
    request->by_mail = true;
    request->source = TEXT("Email");
    request->email = email->sender;
    request->name = email->sender_name;
    request->alert = request->autorespond = true;
    request->has_message = true;
    request->message_is_html = email->is_html;
    request->message = email->text;
    request->internal.email_id = email->mailbox_id;
    draft->wishes =
        (struct create_wishes){.priority_id = priority_of(email), .autorespond = true, .alert = true};
    draft->wishes.has_priority = draft->wishes.priority_id != 0;
}

static bool open_draft(struct incoming_email *email, struct create_draft *draft, struct error *error) {
    *draft = (struct create_draft){
        .context = email->context, .arena = arena_new(ARENA_MAX), .help_desk = email->help_desk};
    draft->work = (struct work){.db = email->context->db,
                                .arena = &draft->arena,
                                .help_desk = &draft->help_desk,
                                .trust = email->context->trust};
    take_request(email, draft);
    if (!fill_fields(email, &draft->request.fields)) return error_too_large(error);
    draft->mail = &email->take;
    return true;
}

// With the files that are there already: they are gathered by then.
static bool load_desk(struct incoming_email *email, struct create_draft *draft, struct error *error) {
    struct attached_files *files = &email->take.files;
    struct create_desk_wish wish = {
        .email = draft->request.email,
        .default_topic_id = help_desk_number(&draft->help_desk, "default_help_topic", 0),
        .counts_tickets = create_has_limit(&draft->help_desk),
        .trust = draft->context->trust,
    };
    if (!attached_files_seek(files, &draft->arena, &wish.search_count, error)) return false;
    wish.searches = files->searches;
    return create_desk_load(draft->context->db, &wish, &draft->arena, &draft->desk, error);
}

static bool check_registered(struct create_draft *draft, struct error *error) {
    const struct user_row *user = &draft->desk.user;
    if (user->id || user->organization_id ||
        help_desk_switch(&draft->help_desk, "accept_unregistered_email", true))
        return true;
    return ticket_filters_refuse_unregistered(draft, error);
}

static bool gather(struct incoming_email *email, struct create_draft *draft, struct error *error) {
    if (!email_files(email, &draft->work, error)) return false;
    draft->request.message = email->text; // with the keys of its pictures
    email->take.message_id = email->message_id;
    email->take.header = email->mail.header;
    email->take.automatic = email->mail.automation.automatic || email->mail.automation.unanswered;
    email->take.bounce = email->mail.automation.bounce;
    return email_refer_new(email, error);
}

static bool prepare(struct incoming_email *email, struct create_draft *draft,
                    struct create_decision *decision, struct error *error) {
    return create_check_address_length(draft, error) && gather(email, draft, error) &&
           load_desk(email, draft, error) && create_check_native(draft, error) &&
           create_fill_forms(draft, error) && ticket_filters_apply(draft, error) &&
           create_check_limit(draft, error) && check_registered(draft, error) &&
           create_validate(draft, error) && create_resolve(draft, decision, error);
}

bool email_create(struct incoming_email *email, struct email_outcome *outcome, struct error *error) {
    struct create_draft draft;
    struct create_decision decision;
    struct outcome created;
    bool done = open_draft(email, &draft, error) && prepare(email, &draft, &decision, error) &&
                create_write(&draft, &decision, &created, error);
    if (done) {
        email_tell(outcome, EMAIL_NEW_TICKET, created.text);
        outcome->mailed = created.mailed;
    }
    arena_free(&draft.arena);
    return done;
}

bool email_refuse_banned(struct incoming_email *email, struct error *error) {
    struct create_draft draft;
    bool done = open_draft(email, &draft, error);
    draft.desk.user = (struct user_row){.id = email->facts.user_id, .address = email->facts.user_address};
    done = done && ticket_filters_refuse_banned(&draft, error);
    arena_free(&draft.arena);
    return done;
}
