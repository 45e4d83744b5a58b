// SPDX-License-Identifier: GPL-2.0-or-later
// The ban list and the help desk's ticket filters.
#include "ops/create/filter.h"

#include "base/buffer.h"
#include "markup/html.h"
#include "ops/create/assignees.h"
#include "ops/create/filter_data.h"
#include "ops/create/filter_rule.h"
#include "ops/create/forms.h"
#include "ops/create/limit.h"
#include "store/create/rows.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define NOTICE_MAX  4096
#define ADDRESS_MAX 255 // characters
#define BAN_LIST    TEXT("SYSTEM BAN LIST")

// What PHP calls a ticket of this source in a filter's target.
static struct text target_of(struct text source) {
    if (text_equal_ignoring_case(source, TEXT("email"))) return TEXT("Email");
    if (text_equal_ignoring_case(source, TEXT("api"))) return TEXT("API");
    return TEXT("Web");
}

bool ticket_filter_concerns(const struct filter_row *filter, struct text source, int64_t email_id) {
    bool meant = text_equal_ignoring_case(filter->target, TEXT("Any")) ||
                 text_equal_ignoring_case(filter->target, target_of(source));
    if (!meant) return false;
    if (email_id && filter->email_id && filter->email_id != email_id) return false;
    return !filter->email_id || filter->email_id == email_id ||
           !text_equal_ignoring_case(filter->target, TEXT("Email"));
}

// All rules, or one; without a rule, none.
static bool fits(const struct filter_row *filter, const struct filter_data *data) {
    bool fit = false;
    for (size_t i = 0; i < filter->rule_count; i++) {
        const struct filter_rule_row *rule = &filter->rules[i];
        fit = filter_rule_fits(rule->how, rule->value, filter_datum(data, rule->what));
        if (fit != filter->match_all) return fit;
    }
    return fit;
}

// Notes a refusal in the help desk's log, made harmless: agents look at it in a browser.
static bool note_refusal(struct create_draft *draft, struct text reason, struct error *error) {
    static const struct markup_options no_frames;
    struct buffer text = buffer_new(NOTICE_MAX), clean = buffer_new(NOTICE_MAX * 2);
    buffer_add_string(&text, "Ticket rejected (");
    buffer_add_text(&text, text_cut(filter_requester(draft), 255));
    buffer_add_string(&text, ") ");
    buffer_add_text(&text, reason);
    bool done = markup_clean_html(buffer_text(&text), &no_frames, &clean, error);
    done = done && syslog_insert(&draft->work, "Warning", SYSLOG_WARNING, TEXT("Ticket denied"),
                                 buffer_text(&clean), text_of(draft->context->client_address), error);
    buffer_free(&text);
    buffer_free(&clean);
    return done;
}

// Whoever asked is told of his own address, not of another one that he may have named in a Reply-To.
static bool deny(struct create_draft *draft, struct text reason, struct error *error) {
    struct text asked = draft->asked_email.data ? draft->asked_email : draft->request.email;
    struct text email = asked.data ? text_cut(asked, 255) : TEXT("");
    if (!note_refusal(draft, reason, error)) return false;
    return error_set(error, ERROR_DENIED,
                     "Unable to create new ticket :Ticket denied: %.*s\n\n"
                     "This help desk is for use by authorized users only",
                     (int)email.length, email.data);
}

static bool reject(struct create_draft *draft, struct text filter_name, struct error *error) {
    struct buffer reason = buffer_new(NOTICE_MAX);
    buffer_add_string(&reason, "by filter \"");
    buffer_add_text(&reason, text_cut(filter_name, 255));
    buffer_add_char(&reason, '"');
    deny(draft, buffer_text(&reason), error);
    buffer_free(&reason);
    return false;
}

bool ticket_filters_refuse_banned(struct create_draft *draft, struct error *error) {
    return reject(draft, BAN_LIST, error);
}

bool ticket_filters_refuse_unregistered(struct create_draft *draft, struct error *error) {
    return deny(draft, TEXT("(unregistered client)"), error);
}

static bool is_switched_on(const struct node_list *list, int64_t id, int64_t flag) {
    const struct node *node = help_desk_node(list, id);
    return node && node->flags & flag;
}

// An action that asks for something of the new ticket.
static void wish(struct create_draft *draft, const struct matched_action *action) {
    struct create_wishes *wishes = &draft->wishes;
    const struct help_desk *help_desk = &draft->help_desk;
    struct text type = action->type;
    int64_t id = matched_action_id(action);
    if (text_equal(type, TEXT("noresp"))) wishes->autorespond = false;
    if (!id) return;
    if (text_equal(type, TEXT("dept")) && is_switched_on(&help_desk->departments, id, DEPARTMENT_FLAG_ACTIVE))
        wishes->department_id = id;
    if (text_equal(type, TEXT("topic")) && is_switched_on(&help_desk->topics, id, TOPIC_FLAG_ACTIVE))
        wishes->topic_id = id;
    if (text_equal(type, TEXT("pri"))) {
        wishes->priority_id = id;
        wishes->has_priority = true;
        wishes->priority_is_loose = false;
    }
    if (text_equal(type, TEXT("sla"))) wishes->sla_id = id;
    if (text_equal(type, TEXT("team"))) wishes->team_id = id;
    if (text_equal(type, TEXT("agent"))) wishes->staff_id = id;
    if (text_equal(type, TEXT("status"))) wishes->status_id = id;
    if (text_equal(type, TEXT("canned"))) wishes->canned_id = id;
}

// Gathers the actions of all filters that fit.
static bool match(struct create_draft *draft, struct error *error) {
    struct filter_data data;
    draft->actions = NULL;
    draft->action_count = 0;
    if (!draft->desk.filter_count) return true;
    if (!filter_data_read(draft, &data, error)) return false;
    for (size_t i = 0; i < draft->desk.filter_count; i++) {
        const struct filter_row *filter = &draft->desk.filters[i];
        if (!ticket_filter_concerns(filter, draft->request.source, draft->request.internal.email_id) ||
            !fits(filter, &data))
            continue;
        for (size_t j = 0; j < filter->action_count; j++) {
            struct matched_action *action =
                arena_append(&draft->arena, &draft->actions, &draft->action_count, sizeof *action);
            if (!action) return error_too_large(error);
            *action = (struct matched_action){filter->name, filter->actions[j].type,
                                              filter->actions[j].configuration};
        }
        if (filter->stop_on_match) break;
    }
    return true;
}

// The address that "replyto" would put in the requester's place; empty: nothing to do.
static struct text other_requester(const struct create_draft *draft) {
    struct text other = text_trim(filter_internal_text(draft, "reply-to"));
    bool is_same = text_equal_ignoring_case(other, draft->request.email) ||
                   text_equal_ignoring_case(other, filter_requester(draft));
    return is_same || draft->request.internal.user_id ? TEXT("") : other;
}

static bool set_field(struct create_draft *draft, const char *name, struct text value) {
    struct input *fields = &draft->request.fields;
    for (size_t i = 0; i < fields->count; i++) {
        if (!text_equal(fields->members[i].name, text_of(name))) continue;
        fields->members[i] =
            (struct input){.kind = INPUT_TEXT, .name = fields->members[i].name, .text = value};
        return true;
    }
    struct input *members = arena_take(&draft->arena, (fields->count + 1) * sizeof *members);
    if (!members) return false;
    if (fields->count) memcpy(members, fields->members, fields->count * sizeof *members);
    members[fields->count++] = (struct input){.kind = INPUT_TEXT, .name = text_of(name), .text = value};
    fields->members = members;
    return true;
}

static bool replace_requester(struct create_draft *draft, struct text address, struct error *error) {
    struct text name = filter_internal_text(draft, "reply-to-name");
    struct create_desk_wish wish = {
        .email = address,
        .topic_id = draft->request.topic_id,
        .default_topic_id = help_desk_number(&draft->help_desk, "default_help_topic", 0),
        .counts_tickets = create_has_limit(&draft->help_desk),
        .trust = draft->context->trust,
    };
    if (text_cut(address, ADDRESS_MAX).length < address.length)
        return error_set(error, ERROR_BAD_REQUEST,
                         "Unable to create new ticket :user\nIncomplete client information");
    if (text_is_null(draft->asked_email)) draft->asked_email = draft->request.email;
    draft->request.email = address;
    if (name.length) draft->request.name = name;
    if (!set_field(draft, "email", address) || (name.length && !set_field(draft, "name", name)))
        return error_too_large(error);
    draft->user_answers = draft->ticket_answers = (struct form_answers){0};
    draft->topic_answers = NULL;
    draft->topic_answer_count = 0;
    draft->user_errors = draft->ticket_errors = draft->topic_errors = (struct form_errors){0};
    return create_desk_load(draft->context->db, &wish, &draft->arena, &draft->desk, error) &&
           create_fill_forms(draft, error);
}

// Acts on what matched, in its order. `*again`: another requester stands there now.
static bool act(struct create_draft *draft, bool *again, struct error *error) {
    for (size_t i = 0; i < draft->action_count; i++) {
        const struct matched_action *action = &draft->actions[i];
        if (text_equal(action->type, TEXT("reject"))) return reject(draft, action->filter_name, error);
        if (!text_equal(action->type, TEXT("replyto"))) {
            wish(draft, action);
            continue;
        }
        struct text other = other_requester(draft);
        if (!other.length) continue;
        *again = true;
        return replace_requester(draft, other, error);
    }
    return true;
}

static bool pass(struct create_draft *draft, bool *again, struct error *error) {
    *again = false;
    if (draft->desk.banned) return reject(draft, BAN_LIST, error);
    return match(draft, error) && act(draft, again, error);
}

bool ticket_filters_apply(struct create_draft *draft, struct error *error) {
    bool again;
    // The address is the Reply-To one after the first time, so that there is no third.
    return pass(draft, &again, error) && (!again || pass(draft, &again, error));
}

static bool is_asked_for(const struct create_draft *draft, struct text what) {
    for (size_t i = 0; i < draft->desk.filter_count; i++)
        for (size_t j = 0; j < draft->desk.filters[i].rule_count; j++)
            if (text_equal(draft->desk.filters[i].rules[j].what, what)) return true;
    return false;
}

static bool asks_for_priority(const struct create_draft *draft) {
    char what[32];
    for (size_t i = 0; i < draft->ticket_answers.count; i++) {
        const struct form_field *field = draft->ticket_answers.values[i].field;
        if (!text_equal(field->name, TEXT("priority"))) continue;
        snprintf(what, sizeof what, "field.%" PRId64, field->id);
        if (is_asked_for(draft, text_of(what))) return true;
    }
    return false;
}

bool ticket_filters_match_again(struct create_draft *draft, struct error *error) {
    return (!draft->wishes.topic_id && !asks_for_priority(draft)) || match(draft, error);
}

static bool action_is_known(struct text type) {
    static const char *const types[] = {"reject", "replyto", "noresp", "canned", "dept",   "pri",
                                        "sla",    "team",    "agent",  "topic",  "status", "email"};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (text_equal(type, text_of(types[i]))) return true;
    return false;
}

// "field.20.77" asks for a property of a list's item, which is not read here.
static bool asks_for_property(struct text what) {
    return text_starts_with(what, TEXT("field.")) && text_find(what, TEXT("."), sizeof "field." - 1) >= 0;
}

bool ticket_filter_is_known(const struct filter_row *filter, struct text *what, struct text *why) {
    for (size_t i = 0; i < filter->rule_count; i++) {
        const struct filter_rule_row *rule = &filter->rules[i];
        bool asks = asks_for_property(rule->what);
        if (!asks && filter_rule_is_known(rule->how)) continue;
        *what = asks ? rule->what : rule->how;
        *why = asks ? TEXT("a rule about") : TEXT("the operator");
        return false;
    }
    for (size_t i = 0; i < filter->action_count; i++) {
        if (action_is_known(filter->actions[i].type)) continue;
        *what = filter->actions[i].type;
        *why = TEXT("the action");
        return false;
    }
    return true;
}
