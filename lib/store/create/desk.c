// SPDX-License-Identifier: GPL-2.0-or-later
// The help desk's rows that creating a ticket looks at.
#include "store/create/desk.h"

#include "base/words.h"
#include "store/help_desk.h"
#include "store/row.h"
#include "store/statements.h"
#include "store/ticket/files.h"

#include <stdlib.h>
#include <string.h>

#define DESK_VALUES 16 // without those of the files that are sought

// Its place among its kind: by `sort`, then by id.
struct place {
    int64_t sort, id;
};

// Rows come in any order: what belongs to what is sorted and put together at the end.
struct loading {
    const struct create_desk_wish *wish;
    struct text domain;
    struct create_desk *desk;
    struct topic_row default_topic;
    struct field_row *fields;
    size_t field_count;
    struct filter_rule_of {
        struct place place;
        int64_t filter_id;
        struct filter_rule_row row;
    } * rules;
    size_t rule_count;
    struct filter_action_of {
        struct place place;
        int64_t filter_id;
        struct filter_action_row row;
    } * actions;
    size_t action_count;
    struct topic_form_of {
        struct place place;
        int64_t form_id;
        struct text type, extra;
    } * topic_forms; // the ticket form among them
    size_t topic_form_count;
};

static struct place place_of(const struct row *row) {
    return (struct place){row_integer(row, CREATE_PLACE), row_integer(row, CREATE_FORM_ID)};
}

static int compare_places(struct place a, struct place b) {
    int by_sort = (a.sort > b.sort) - (a.sort < b.sort);
    return by_sort ? by_sort : (a.id > b.id) - (a.id < b.id);
}

static void take_form(const struct row *row, void *into) {
    struct loading *loading = into;
    struct text type = row_text(row, CREATE_FORM_TYPE);
    bool of_users = text_equal(type, TEXT("U"));
    struct form_row *form = of_users ? &loading->desk->user_form : &loading->desk->ticket_form;
    form->id = row_integer(row, CREATE_FORM_ID);
    form->type = of_users ? TEXT("U") : TEXT("T");
    form->sort = 1;
}

static void take_topic_form(const struct row *row, void *into) {
    struct loading *loading = into;
    struct topic_form_of *form =
        arena_append(row->arena, &loading->topic_forms, &loading->topic_form_count, sizeof *form);
    if (!form) return;
    form->place = place_of(row);
    form->form_id = row_integer(row, CREATE_TOPIC_FORM_FORM);
    form->type = row_copy(row, CREATE_TOPIC_FORM_TYPE);
    form->extra = row_copy(row, CREATE_TOPIC_FORM_EXTRA);
}

static void take_field(const struct row *row, void *into) {
    struct loading *loading = into;
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

static void take_topic_row(const struct row *row, void *into) {
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
    struct loading *loading = into;
    int64_t id = row_integer(row, CREATE_TOPIC_ID);
    loading->desk->topic_requested = loading->desk->topic_requested || id == loading->wish->topic_id;
    take_topic_row(row, id == loading->wish->topic_id ? &loading->desk->topic : &loading->default_topic);
}

static void take_user(const struct row *row, void *into) {
    struct loading *loading = into;
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

static bool ends_with(struct text text, struct text end) {
    return text.length >= end.length &&
           text_equal_ignoring_case((struct text){text.data + text.length - end.length, end.length}, end);
}

// Whether a comma list of domains has this one: ".example.org" stands for all below it. As PHP, which asks
// the database first for lists in which the domain occurs, the statement leaves out those that name it only
// so.
static bool has_domain(struct text list, struct text domain) {
    for (struct text item; domain.length && list_next(&list, &item);) {
        item = text_trim(item);
        bool below = item.length > 1 && item.data[0] == '.';
        if (below ? ends_with(domain, item) : text_equal_ignoring_case(domain, item)) return true;
    }
    return false;
}

// The organization of a known user, or for an unknown one the first that has his domain.
static void take_organization(const struct row *row, void *into) {
    struct loading *loading = into;
    struct user_row *user = &loading->desk->user;
    int64_t id = row_integer(row, CREATE_ORGANIZATION_ID);
    bool fits = user->id ? user->organization_id == id
                         : (!user->organization_id || id < user->organization_id) &&
                               has_domain(row_text(row, CREATE_ORGANIZATION_DOMAINS), loading->domain);
    if (!fits) return;
    user->organization_id = id;
    user->organization_status = row_integer(row, CREATE_ORGANIZATION_STATUS);
    user->organization_name = row_copy(row, CREATE_ORGANIZATION_NAME);
    user->organization_manager = row_copy(row, CREATE_ORGANIZATION_MANAGER);
}

static void take_filter(const struct row *row, void *into) {
    struct loading *loading = into;
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
    struct loading *loading = into;
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
    struct loading *loading = into;
    struct filter_action_of *action =
        arena_append(row->arena, &loading->actions, &loading->action_count, sizeof *action);
    if (!action) return;
    action->place = place_of(row);
    action->filter_id = row_integer(row, CREATE_ACTION_FILTER);
    action->row.type = row_copy(row, CREATE_ACTION_TYPE);
    action->row.configuration = row_copy(row, CREATE_ACTION_CONFIGURATION);
}

static void take_ban(const struct row *row, void *into) {
    struct loading *loading = into;
    loading->desk->banned = row_is_true(row, CREATE_BAN_RULE);
}

static void take_item(const struct row *row, void *into) {
    struct loading *loading = into;
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
    struct loading *loading = into;
    struct create_desk *desk = loading->desk;
    struct department_row *record =
        arena_append(row->arena, &desk->departments, &desk->department_count, sizeof *record);
    if (!record) return;
    record->id = row_integer(row, CREATE_DEPARTMENT_ID);
    record->sla_id = row_integer(row, CREATE_DEPARTMENT_SLA);
    record->auto_response = row_is_true(row, CREATE_DEPARTMENT_AUTORESPONSE);
}

static void take_sla(const struct row *row, void *into) {
    struct loading *loading = into;
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
    struct loading *loading = into;
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
    struct loading *loading = into;
    struct create_desk *desk = loading->desk;
    struct sequence_row *record =
        arena_append(row->arena, &desk->sequences, &desk->sequence_count, sizeof *record);
    if (!record) return;
    record->id = row_integer(row, CREATE_SEQUENCE_ID);
    record->padding = row_copy(row, CREATE_SEQUENCE_PADDING);
}

static void take_column(const struct row *row, void *into) {
    struct loading *loading = into;
    struct create_desk *desk = loading->desk;
    struct cdata_column *record =
        arena_append(row->arena, &desk->columns, &desk->column_count, sizeof *record);
    if (!record) return;
    record->of_user = row_is_true(row, CREATE_COLUMN_IS_OF_USER);
    record->narrow = row_is_true(row, CREATE_COLUMN_IS_NARROW);
    record->name = row_copy(row, CREATE_COLUMN_NAME);
    record->place = row_integer(row, CREATE_COLUMN_PLACE);
}

static void take_file(const struct row *row, void *into) {
    const struct create_desk_wish *wish = ((struct loading *)into)->wish;
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

static void take_row(const struct row *row, void *into) {
    row_take_kind(row, CREATE_KIND, kinds, sizeof kinds / sizeof *kinds, into);
}

// ---- in their order

static int compare_placed(const void *one, const void *other) {
    return compare_places(*(const struct place *)one, *(const struct place *)other);
}

static int compare_fields(const void *one, const void *other) {
    const struct field_row *a = one, *b = other;
    return compare_places((struct place){a->sort, a->id}, (struct place){b->sort, b->id});
}

static int compare_filters(const void *one, const void *other) {
    const struct filter_row *a = one, *b = other;
    return compare_places((struct place){a->order, a->id}, (struct place){b->order, b->id});
}

static int compare_items(const void *one, const void *other) {
    const struct list_item_row *a = one, *b = other;
    return compare_places((struct place){a->sort, a->id}, (struct place){b->sort, b->id});
}

static int compare_columns(const void *one, const void *other) {
    const struct cdata_column *a = one, *b = other;
    return compare_places((struct place){a->place, a->of_user}, (struct place){b->place, b->of_user});
}

#define SORT(items, count, compare)                                                                          \
    do {                                                                                                     \
        if (count) qsort(items, count, sizeof *(items), compare);                                            \
    } while (0)

static void sort_rows(struct loading *loading) {
    struct create_desk *desk = loading->desk;
    SORT(loading->topic_forms, loading->topic_form_count, compare_placed);
    SORT(loading->fields, loading->field_count, compare_fields);
    SORT(loading->rules, loading->rule_count, compare_placed);
    SORT(loading->actions, loading->action_count, compare_placed);
    SORT(desk->filters, desk->filter_count, compare_filters);
    SORT(desk->list_items, desk->list_item_count, compare_items);
    SORT(desk->columns, desk->column_count, compare_columns);
}

// The topic's forms; the ticket form itself only has its place among them.
static void give_topic_forms(const struct loading *loading, struct arena *arena) {
    struct create_desk *desk = loading->desk;
    for (size_t i = 0; i < loading->topic_form_count; i++) {
        const struct topic_form_of *of = &loading->topic_forms[i];
        if (text_equal(of->type, TEXT("T"))) {
            desk->ticket_form.sort = (int64_t)i;
            desk->ticket_form.extra = of->extra;
            continue;
        }
        struct form_row *form =
            arena_append(arena, &desk->topic_forms, &desk->topic_form_count, sizeof *form);
        if (!form) return;
        form->id = of->form_id;
        form->type = of->type;
        form->sort = i ? (int64_t)i : 1; // as in PHP, where none stands for the first place
        form->extra = of->extra;
    }
}

static void give_fields(const struct loading *loading, struct arena *arena, struct form_row *form) {
    for (size_t i = 0; i < loading->field_count; i++) {
        if (loading->fields[i].form_id != form->id) continue;
        struct field_row *field = arena_append(arena, &form->fields, &form->field_count, sizeof *field);
        if (field) *field = loading->fields[i];
    }
}

static void give_rules(const struct loading *loading, struct arena *arena, struct filter_row *filter) {
    for (size_t i = 0; i < loading->rule_count; i++) {
        if (loading->rules[i].filter_id != filter->id) continue;
        struct filter_rule_row *rule = arena_append(arena, &filter->rules, &filter->rule_count, sizeof *rule);
        if (rule) *rule = loading->rules[i].row;
    }
    for (size_t i = 0; i < loading->action_count; i++) {
        if (loading->actions[i].filter_id != filter->id) continue;
        struct filter_action_row *action =
            arena_append(arena, &filter->actions, &filter->action_count, sizeof *action);
        if (action) *action = loading->actions[i].row;
    }
}

static void put_together(const struct loading *loading, struct arena *arena) {
    struct create_desk *desk = loading->desk;
    if (!desk->topic_requested) desk->topic = loading->default_topic;
    give_topic_forms(loading, arena);
    give_fields(loading, arena, &desk->user_form);
    give_fields(loading, arena, &desk->ticket_form);
    for (size_t i = 0; i < desk->topic_form_count; i++) give_fields(loading, arena, &desk->topic_forms[i]);
    for (size_t i = 0; i < desk->filter_count; i++) give_rules(loading, arena, &desk->filters[i]);
}

static struct text domain_of(struct text address) {
    const char *at = address.length ? memrchr(address.data, '@', address.length) : NULL;
    if (!at) return TEXT("");
    return text_trim((struct text){at + 1, (size_t)(address.data + address.length - at - 1)});
}

static bool read_rows(struct db *db, struct loading *loading, struct arena *arena, struct error *error) {
    const struct create_desk_wish *wish = loading->wish;
    struct db_value topic = db_integer(wish->topic_id), user = db_integer(wish->user_id);
    struct db_value email = db_key(wish->email.data ? wish->email : TEXT(""));
    struct db_value values[DESK_VALUES + SEARCH_VALUES] = {
        topic,
        topic,
        topic,
        db_integer(wish->default_topic_id),
        db_integer(wish->counts_tickets),
        user,
        email,
        user,
        email,
        user,
        email,
        db_key(loading->domain.length ? loading->domain : TEXT("@")),
        user,
        email,
        email,
        topic,
    };
    struct query query = {STATEMENT_CREATE_DESK, values, DESK_VALUES};
    if (wish->search_count) {
        query = (struct query)QUERY_OF(STATEMENT_CREATE_DESK_AND_FILES, values);
        file_searches_bind(wish->searches, wish->search_count, values + DESK_VALUES);
    }
    return row_each(db, query, arena, take_row, loading, error);
}

bool create_desk_load(struct db *db, const struct create_desk_wish *wish, struct arena *arena,
                      struct create_desk *desk, struct error *error) {
    struct loading loading = {.wish = wish, .desk = desk, .domain = domain_of(wish->email)};
    memset(desk, 0, sizeof *desk);
    if (!read_rows(db, &loading, arena, error)) return false;
    sort_rows(&loading);
    put_together(&loading, arena);
    return !arena->failed || error_set(error, ERROR_TOO_LARGE, "the help desk's rows do not fit into memory");
}

bool create_desk_topic(struct db *db, int64_t topic_id, struct arena *arena, struct create_desk *desk,
                       struct error *error) {
    struct query query = QUERY(STATEMENT_CREATE_TOPIC, db_integer(topic_id));
    return row_first(db, query, arena, take_topic_row, &desk->topic, error) >= 0;
}
