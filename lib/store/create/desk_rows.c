// SPDX-License-Identifier: GPL-2.0-or-later
// The rows of CREATE_DESK, kind by kind.
#include "store/create/desk_rows.h"

#include "store/create/address_domain.h"
#include "store/help_desk.h"
#include "store/statements.h"
#include "store/ticket/files.h"

static struct desk_place place_of(const struct row *row) {
    return (struct desk_place){row_integer(row, CREATE_PLACE), row_integer(row, CREATE_FORM_ID)};
}

static void take_form(const struct row *row, void *into) {
    struct desk_loading *loading = into;
    struct text type = row_text(row, CREATE_FORM_TYPE);
    bool of_users = text_equal(type, TEXT("U"));
    struct form_row *form = of_users ? &loading->desk->user_form : &loading->desk->ticket_form;
    form->id = row_integer(row, CREATE_FORM_ID);
    form->type = of_users ? TEXT("U") : TEXT("T");
    form->sort = 1;
}

static void take_topic_form(const struct row *row, void *into) {
    struct desk_loading *loading = into;
    struct topic_form_of *form =
        arena_append(row->arena, &loading->topic_forms, &loading->topic_form_count, sizeof *form);
    if (!form) return;
    form->place = place_of(row);
    form->form_id = row_integer(row, CREATE_TOPIC_FORM_FORM);
    form->type = row_copy(row, CREATE_TOPIC_FORM_TYPE);
    form->extra = row_copy(row, CREATE_TOPIC_FORM_EXTRA);
}

static void take_field(const struct row *row, void *into) {
    struct desk_loading *loading = into;
    struct field_row *field =
        arena_append(row->arena, &loading->fields, &loading->field_count, sizeof *field);
    if (!field) return;
    field->id = row_integer(row, CREATE_FIELD_ID);
    field->form_id = row_integer(row, CREATE_FIELD_FORM);
    field->flags = row_integer(row, CREATE_FIELD_FLAGS);
    field->sort = row_integer(row, CREATE_FIELD_SORT);
    field->type = row_copy(row, CREATE_FIELD_TYPE);
    field->label = row_copy(row, CREATE_FIELD_LABEL);
    field->name = row_copy(row, CREATE_FIELD_NAME);
    field->configuration = row_copy(row, CREATE_FIELD_CONFIGURATION);
}

void desk_take_topic(const struct row *row, void *into) {
    struct topic_row *topic = into;
    topic->id = row_integer(row, CREATE_TOPIC_ID);
    topic->flags = row_integer(row, CREATE_TOPIC_FLAGS);
    topic->active = (topic->flags & TOPIC_FLAG_ACTIVE) != 0;
    topic->department_id = row_integer(row, CREATE_TOPIC_DEPARTMENT);
    topic->priority_id = row_integer(row, CREATE_TOPIC_PRIORITY);
    topic->sla_id = row_integer(row, CREATE_TOPIC_SLA);
    topic->status_id = row_integer(row, CREATE_TOPIC_STATUS);
    topic->staff_id = row_integer(row, CREATE_TOPIC_STAFF);
    topic->team_id = row_integer(row, CREATE_TOPIC_TEAM);
    topic->sequence_id = row_integer(row, CREATE_TOPIC_SEQUENCE);
    topic->no_autoresponse = row_is_true(row, CREATE_TOPIC_NO_AUTORESPONSE);
    topic->number_format = row_copy(row, CREATE_TOPIC_NUMBER_FORMAT);
}

static void take_topic(const struct row *row, void *into) {
    struct desk_loading *loading = into;
    int64_t id = row_integer(row, CREATE_TOPIC_ID);
    loading->desk->topic_requested = loading->desk->topic_requested || id == loading->wish->topic_id;
    desk_take_topic(row, id == loading->wish->topic_id ? &loading->desk->topic : &loading->default_topic);
}

static void take_user(const struct row *row, void *into) {
    struct desk_loading *loading = into;
    struct user_row *user = &loading->desk->user;
    user->id = row_integer(row, CREATE_USER_ID);
    user->organization_id = row_integer(row, CREATE_USER_ORGANIZATION);
    user->default_email_id = row_integer(row, CREATE_USER_DEFAULT_EMAIL);
    user->open_tickets = row_integer(row, CREATE_USER_OPEN_TICKETS);
    user->has_account = row_is_true(row, CREATE_USER_HAS_ACCOUNT);
    user->name = row_copy(row, CREATE_USER_NAME);
    user->address = row_copy(row, CREATE_USER_ADDRESS);
    user->created = row_copy(row, CREATE_USER_CREATED);
}

// The organization of a known user, or for an unknown one the first that has his domain.
static void take_organization(const struct row *row, void *into) {
    struct desk_loading *loading = into;
    struct user_row *user = &loading->desk->user;
    int64_t id = row_integer(row, CREATE_ORGANIZATION_ID);
    bool fits =
        user->id ? user->organization_id == id
                 : (!user->organization_id || id < user->organization_id) &&
                       address_domain_is_listed(row_text(row, CREATE_ORGANIZATION_DOMAINS), loading->domain);
    if (!fits) return;
    user->organization_id = id;
    user->organization_status = row_integer(row, CREATE_ORGANIZATION_STATUS);
    user->organization_name = row_copy(row, CREATE_ORGANIZATION_NAME);
    user->organization_manager = row_copy(row, CREATE_ORGANIZATION_MANAGER);
}

static void take_filter(const struct row *row, void *into) {
    struct desk_loading *loading = into;
    struct create_desk *desk = loading->desk;
    struct filter_row *filter = arena_append(row->arena, &desk->filters, &desk->filter_count, sizeof *filter);
    if (!filter) return;
    filter->id = row_integer(row, CREATE_FILTER_ID);
    filter->order = row_integer(row, CREATE_FILTER_ORDER);
    filter->email_id = row_integer(row, CREATE_FILTER_MAILBOX);
    filter->match_all = row_is_true(row, CREATE_FILTER_MATCHES_ALL);
    filter->stop_on_match = row_is_true(row, CREATE_FILTER_STOPS);
    filter->name = row_copy(row, CREATE_FILTER_NAME);
    filter->target = row_copy(row, CREATE_FILTER_TARGET);
}

static void take_rule(const struct row *row, void *into) {
    struct desk_loading *loading = into;
    struct filter_rule_of *rule =
        arena_append(row->arena, &loading->rules, &loading->rule_count, sizeof *rule);
    if (!rule) return;
    rule->place = place_of(row);
    rule->filter_id = row_integer(row, CREATE_RULE_FILTER);
    rule->row.active = row_is_true(row, CREATE_RULE_IS_ACTIVE);
    rule->row.what = row_copy(row, CREATE_RULE_WHAT);
    rule->row.how = row_copy(row, CREATE_RULE_HOW);
    rule->row.value = row_copy(row, CREATE_RULE_VALUE);
}

static void take_action(const struct row *row, void *into) {
    struct desk_loading *loading = into;
    struct filter_action_of *action =
        arena_append(row->arena, &loading->actions, &loading->action_count, sizeof *action);
    if (!action) return;
    action->place = place_of(row);
    action->filter_id = row_integer(row, CREATE_ACTION_FILTER);
    action->row.type = row_copy(row, CREATE_ACTION_TYPE);
    action->row.configuration = row_copy(row, CREATE_ACTION_CONFIGURATION);
}

static void take_ban(const struct row *row, void *into) {
    struct desk_loading *loading = into;
    loading->desk->banned = row_is_true(row, CREATE_BAN_RULE);
}

static void take_item(const struct row *row, void *into) {
    struct desk_loading *loading = into;
    struct create_desk *desk = loading->desk;
    struct list_item_row *item =
        arena_append(row->arena, &desk->list_items, &desk->list_item_count, sizeof *item);
    if (!item) return;
    item->id = row_integer(row, CREATE_ITEM_ID);
    item->sort = row_integer(row, CREATE_ITEM_SORT);
    item->list_id = row_integer(row, CREATE_ITEM_LIST);
    item->value = row_copy(row, CREATE_ITEM_VALUE);
    item->abbreviation = row_copy(row, CREATE_ITEM_ABBREVIATION);
}

static void take_department(const struct row *row, void *into) {
    struct desk_loading *loading = into;
    struct create_desk *desk = loading->desk;
    struct department_row *record =
        arena_append(row->arena, &desk->departments, &desk->department_count, sizeof *record);
    if (!record) return;
    record->id = row_integer(row, CREATE_DEPARTMENT_ID);
    record->sla_id = row_integer(row, CREATE_DEPARTMENT_SLA);
    record->auto_response = row_is_true(row, CREATE_DEPARTMENT_AUTORESPONSE);
}

static void take_sla(const struct row *row, void *into) {
    struct desk_loading *loading = into;
    struct create_desk *desk = loading->desk;
    struct sla_row *record = arena_append(row->arena, &desk->slas, &desk->sla_count, sizeof *record);
    if (!record) return;
    record->id = row_integer(row, CREATE_SLA_ID);
    record->flags = row_integer(row, CREATE_SLA_FLAGS);
    record->grace_hours = row_integer(row, CREATE_SLA_GRACE);
    record->schedule_id = row_integer(row, CREATE_SLA_SCHEDULE);
    record->name = row_copy(row, CREATE_SLA_NAME);
}

static void take_mailbox(const struct row *row, void *into) {
    struct desk_loading *loading = into;
    struct create_desk *desk = loading->desk;
    struct mailbox_row *record =
        arena_append(row->arena, &desk->mailboxes, &desk->mailbox_count, sizeof *record);
    if (!record) return;
    record->id = row_integer(row, CREATE_MAILBOX_ID);
    record->department_id = row_integer(row, CREATE_MAILBOX_DEPARTMENT);
    record->priority_id = row_integer(row, CREATE_MAILBOX_PRIORITY);
    record->topic_id = row_integer(row, CREATE_MAILBOX_TOPIC);
    record->no_autoresponse = row_is_true(row, CREATE_MAILBOX_NO_AUTORESPONSE);
    record->address = row_copy(row, CREATE_MAILBOX_ADDRESS);
}

static void take_sequence(const struct row *row, void *into) {
    struct desk_loading *loading = into;
    struct create_desk *desk = loading->desk;
    struct sequence_row *record =
        arena_append(row->arena, &desk->sequences, &desk->sequence_count, sizeof *record);
    if (!record) return;
    record->id = row_integer(row, CREATE_SEQUENCE_ID);
    record->padding = row_copy(row, CREATE_SEQUENCE_PADDING);
}

static void take_column(const struct row *row, void *into) {
    struct desk_loading *loading = into;
    struct create_desk *desk = loading->desk;
    struct cdata_column *record =
        arena_append(row->arena, &desk->columns.items, &desk->columns.count, sizeof *record);
    if (!record) return;
    record->of_user = row_is_true(row, CREATE_COLUMN_IS_OF_USER);
    record->narrow = row_is_true(row, CREATE_COLUMN_IS_NARROW);
    record->name = row_copy(row, CREATE_COLUMN_NAME);
    record->place = row_integer(row, CREATE_COLUMN_PLACE);
}

static void take_file(const struct row *row, void *into) {
    const struct create_desk_wish *wish = ((struct desk_loading *)into)->wish;
    const struct row part = row_part(row, CREATE_FILE_SOUGHT);
    file_search_take(&part, wish->searches, wish->search_count);
}

static const struct row_kind kinds[] = {
    {"form", take_form},         {"topic form", take_topic_form},
    {"field", take_field},       {"topic", take_topic},
    {"user", take_user},         {"organization", take_organization},
    {"filter", take_filter},     {"rule", take_rule},
    {"ban", take_ban},           {"action", take_action},
    {"item", take_item},         {"dept", take_department},
    {"sla", take_sla},           {"mailbox", take_mailbox},
    {"sequence", take_sequence}, {"column", take_column},
    {"file", take_file},
};

void desk_take_row(const struct row *row, void *into) {
    row_take_kind(row, CREATE_KIND, kinds, sizeof kinds / sizeof *kinds, into);
}
