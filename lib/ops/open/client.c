// SPDX-License-Identifier: GPL-2.0-or-later
// A new ticket that a client opens with his token.
#include "ops/open/client.h"

#include "base/number.h"
#include "forms/disabled.h"
#include "forms/form.h"
#include "ops/catalog/topic_seen.h"
#include "ops/create/creation.h"
#include "ops/entry/attachment_policy.h"
#include "store/ticket_view.h"
#include "json/reader.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define SOURCE     TEXT("Web")
#define NAME_SHOWN 60

static bool is_of_client(const struct create_draft *draft) {
    return principal_is_client(draft->context->principal);
}

bool open_client_begin(struct create_draft *draft, struct error *error) {
    const struct principal *principal = draft->context->principal;
    struct create_request *request = &draft->request;
    if (!is_of_client(draft)) return true;
    if (principal->rules.has_tickets)
        return error_set(error, ERROR_SCOPE, "The token is for some tickets only, and opens no other");
    request->by_client = true;
    request->source = request->shown_source = SOURCE;
    request->email = TEXT("");
    request->name = request->ip_address = TEXT_NULL;
    request->alert = request->autorespond = true;
    request->has_priority_id = request->priority_is_loose = false;
    request->priority_id = 0;
    request->internal = (struct create_internal){.user_id = principal->user_id};
    return true;
}

// ---- the help topic

static bool refuse_topic(struct error *error) {
    error_set(error, ERROR_UNPROCESSABLE, "topicId: Select a Help Topic");
    return error_field(error, TEXT("topicId"));
}

static bool check_topic(struct create_draft *draft, struct error *error) {
    const struct operation_context *context = draft->context;
    const struct catalog_place *found;
    struct catalog_topic *items;
    struct audience audience;
    size_t count;
    if (!audience_read(context, &draft->arena, &audience, error) ||
        !catalog_topics_read(context->db, &draft->arena, &items, &count, error))
        return false;
    const struct places topics = PLACES_OF(items, count);
    found = draft->desk.topic_requested ? place_with(&topics, draft->desk.topic.id) : NULL;
    return (found && topic_is_seen(&audience, &topics, (const struct catalog_topic *)found)) ||
           refuse_topic(error);
}

// ---- the fields

// By name, and of a form of the topic by its id.
static bool is_field(const struct form_row *form, const struct field_row *field, struct text name) {
    char id[24];
    snprintf(id, sizeof id, "%" PRId64, field->id);
    return (field->name.length && text_equal(field->name, name)) ||
           (!text_equal(form->type, TEXT("T")) && text_equal(text_of(id), name));
}

static bool form_asks_for(const struct form_row *form, struct text name) {
    struct error ignored = {0};
    struct json_value *extra = form->extra.length ? json_parse(form->extra, &ignored) : NULL;
    bool asks = false;
    for (size_t i = 0; i < form->field_count && !asks; i++) {
        const struct field_row *field = &form->fields[i];
        asks = is_field(form, field, name) &&
               form_field_is_for_clients(field->flags, topic_disables_field(extra, field->id));
    }
    json_free(&extra);
    return asks;
}

static bool is_asked_for(const struct create_desk *desk, struct text name) {
    bool asked = text_equal(name, TEXT("topicId")) || form_asks_for(&desk->ticket_form, name);
    for (size_t i = 0; i < desk->topic_form_count && !asked; i++)
        asked = form_asks_for(&desk->topic_forms[i], name);
    return asked;
}

// The portal takes these for nothing.
static bool is_blank(struct text text, bool is_html) {
    size_t i = 0;
    if (!is_html) return !text_trim(text).length || text_equal(text_trim(text), TEXT("0"));
    while (i < text.length && memchr(" <>br/\t\n\r", text.data[i], 9)) i++;
    return i == text.length || text_equal(text, TEXT("0"));
}

static void keep_what_is_asked_for(struct create_draft *draft) {
    struct create_request *request = &draft->request;
    struct input *fields = &request->fields;
    size_t kept = 0;
    if (is_blank(request->message, request->message_is_html)) request->has_message = false;
    if (!form_asks_for(&draft->desk.ticket_form, TEXT("message"))) {
        request->has_message = false;
        request->files.count = 0;
    }
    if (!request->has_message) request->message = TEXT("");
    for (size_t i = 0; i < fields->count; i++) {
        struct text name = fields->members[i].name;
        bool keeps =
            text_equal(name, TEXT("message")) ? request->has_message : is_asked_for(&draft->desk, name);
        if (keeps) fields->members[kept++] = fields->members[i];
    }
    fields->count = kept;
}

// ---- the files

static struct text message_configuration(const struct form_row *form) {
    for (size_t i = 0; i < form->field_count; i++)
        if (text_equal(form->fields[i].name, TEXT("message"))) return form->fields[i].configuration;
    return TEXT_NULL;
}

// The portal refuses a file where it is chosen; where none are wanted at all, it does not ask for any.
static bool check_files(struct create_draft *draft, struct error *error) {
    struct incoming_files *files = &draft->request.files;
    struct attachment_policy policy;
    attachment_policy_read(message_configuration(&draft->desk.ticket_form), &draft->help_desk, &draft->arena,
                           &policy);
    if (!policy.enabled) files->count = 0;
    for (size_t i = 0; i < files->count; i++) {
        const char *refusal = attachment_policy_refusal(&policy, &files->items[i]);
        struct text name = text_cut(files->items[i].name, NAME_SHOWN);
        if (!refusal) continue;
        error_set(error, ERROR_UNPROCESSABLE, "%.*s: %s", (int)name.length, name.data, refusal);
        return error_field(error, TEXT("attachments"));
    }
    return !draft->arena.failed || error_too_large(error);
}

// ---- what is done beside

// A key that sees some departments only signs no token for another.
static bool check_department(struct creation *creation, void *with, struct error *error) {
    const struct key_rules *rules = &creation->draft->context->principal->rules;
    (void)with;
    int seen = ticket_view_has(creation->db, rules, creation->ticket_id, error);
    return seen > 0 ||
           (seen == 0 && error_set(error, ERROR_DENIED, "A ticket of this help topic is not for this token"));
}

bool open_client_narrow(struct create_draft *draft, struct actor *opener, struct error *error) {
    const struct user_row *user = &draft->desk.user;
    if (!is_of_client(draft)) return true;
    if (!check_topic(draft, error)) return false;
    keep_what_is_asked_for(draft);
    const struct client_row client = {user->id, user->name, user->address, user->has_account};
    *opener = actor_client(&client, &draft->help_desk, &draft->arena);
    draft->beside.opener = opener;
    if (draft->context->principal->rules.has_departments) draft->beside.write = check_department;
    return check_files(draft, error);
}
