// SPDX-License-Identifier: GPL-2.0-or-later
// The help desk's rows that creating a ticket looks at.
#include "store/create/desk.h"

#include "db/db.h"
#include "store/statements.h"

#include <string.h>

// Columns of STATEMENT_CREATE_DESK. N1 to N9 are numbers, T1 to T4 texts.
enum { KIND, ID, PARENT, PLACE, N1, N2, N3, N4, N5, N6, N7, N8, N9, T1, T2, T3, T4 };

// Rows come in the order of their places, kinds mixed: what belongs to what is put together at the end.
struct loading {
    struct db_rows *rows;
    struct arena *arena;
    const struct create_desk_wish *wish;
    struct text domain;
    struct create_desk *desk;
    struct topic_row default_topic;
    struct field_row *fields;
    size_t field_count;
    struct filter_rule_of {
        int64_t filter_id;
        struct filter_rule_row row;
    } * rules;
    size_t rule_count;
    struct filter_action_of {
        int64_t filter_id;
        struct filter_action_row row;
    } * actions;
    size_t action_count;
    size_t topic_form_index; // of the topic's forms, the ticket form among them
    int64_t ticket_form_sort;
    struct text ticket_form_extra;
    bool ticket_form_listed;
};

static int64_t number(const struct loading *loading, unsigned column) {
    return db_rows_integer(loading->rows, column);
}

static struct text copied(const struct loading *loading, unsigned column) {
    return arena_copy(loading->arena, db_rows_text(loading->rows, column));
}

static void take_form(struct loading *loading) {
    struct text type = db_rows_text(loading->rows, T1);
    bool of_users = text_equal(type, TEXT("U"));
    struct form_row *form = of_users ? &loading->desk->user_form : &loading->desk->ticket_form;
    form->id = number(loading, ID);
    form->type = of_users ? TEXT("U") : TEXT("T");
    form->sort = 1;
}

static void take_topic_form(struct loading *loading) {
    struct create_desk *desk = loading->desk;
    int64_t sort = (int64_t)loading->topic_form_index++;
    if (text_equal(db_rows_text(loading->rows, T1), TEXT("T"))) {
        loading->ticket_form_listed = true;
        loading->ticket_form_sort = sort;
        loading->ticket_form_extra = copied(loading, T2);
        return;
    }
    struct form_row *form =
        arena_append(loading->arena, &desk->topic_forms, &desk->topic_form_count, sizeof *form);
    if (!form) return;
    form->id = number(loading, N1);
    form->type = copied(loading, T1);
    form->sort = sort ? sort : 1; // as in PHP, where none stands for the first place
    form->extra = copied(loading, T2);
}

static void take_field(struct loading *loading) {
    struct field_row *field =
        arena_append(loading->arena, &loading->fields, &loading->field_count, sizeof *field);
    if (!field) return;
    field->id = number(loading, ID);
    field->form_id = number(loading, PARENT);
    field->flags = number(loading, N1);
    field->sort = number(loading, PLACE);
    field->type = copied(loading, T1);
    field->label = copied(loading, T2);
    field->name = copied(loading, T3);
    field->configuration = copied(loading, T4);
}

#define TOPIC_FLAG_ACTIVE 2

static void take_topic_row(const struct loading *loading, struct topic_row *topic) {
    topic->id = number(loading, ID);
    topic->flags = number(loading, N1);
    topic->active = (topic->flags & TOPIC_FLAG_ACTIVE) != 0;
    topic->department_id = number(loading, N2);
    topic->priority_id = number(loading, N3);
    topic->sla_id = number(loading, N4);
    topic->status_id = number(loading, N5);
    topic->staff_id = number(loading, N6);
    topic->team_id = number(loading, N7);
    topic->sequence_id = number(loading, N8);
    topic->no_autoresponse = number(loading, N9) != 0;
    topic->number_format = copied(loading, T1);
}

static void take_topic(struct loading *loading) {
    int64_t id = number(loading, ID);
    loading->desk->topic_requested = loading->desk->topic_requested || id == loading->wish->topic_id;
    take_topic_row(loading, id == loading->wish->topic_id ? &loading->desk->topic : &loading->default_topic);
}

static void take_user(struct loading *loading) {
    struct user_row *user = &loading->desk->user;
    user->id = number(loading, ID);
    user->organization_id = number(loading, PARENT);
    user->default_email_id = number(loading, N1);
    user->open_tickets = number(loading, N2);
    user->name = copied(loading, T1);
    user->address = copied(loading, T2);
    user->created = copied(loading, T3);
}

static bool ends_with(struct text text, struct text end) {
    return text.length >= end.length &&
           text_equal_ignoring_case((struct text){text.data + text.length - end.length, end.length}, end);
}

// Whether a comma list of domains has this one: ".example.org" stands for all below it. As PHP, which asks
// the database first for lists in which the domain occurs, the statement leaves out those that name it only
// so.
static bool has_domain(struct text list, struct text domain) {
    while (domain.length && list.length) {
        ptrdiff_t comma = text_find(list, TEXT(","), 0);
        size_t length = comma < 0 ? list.length : (size_t)comma;
        struct text item = text_trim((struct text){list.data, length});
        bool below = item.length > 1 && item.data[0] == '.';
        if (below ? ends_with(domain, item) : text_equal_ignoring_case(domain, item)) return true;
        size_t behind = comma < 0 ? list.length : length + 1;
        list = (struct text){list.data + behind, list.length - behind};
    }
    return false;
}

// The organization of a known user, or for an unknown one the first that has his domain.
static void take_organization(struct loading *loading) {
    struct user_row *user = &loading->desk->user;
    int64_t id = number(loading, ID);
    bool fits = user->id
                    ? user->organization_id == id
                    : !user->organization_id && has_domain(db_rows_text(loading->rows, T3), loading->domain);
    if (!fits) return;
    user->organization_id = id;
    user->organization_status = number(loading, N1);
    user->organization_name = copied(loading, T1);
    user->organization_manager = copied(loading, T2);
}

static void take_filter(struct loading *loading) {
    struct create_desk *desk = loading->desk;
    struct filter_row *filter =
        arena_append(loading->arena, &desk->filters, &desk->filter_count, sizeof *filter);
    if (!filter) return;
    filter->id = number(loading, ID);
    filter->email_id = number(loading, N1);
    filter->match_all = number(loading, N2) != 0;
    filter->stop_on_match = number(loading, N3) != 0;
    filter->name = copied(loading, T1);
    filter->target = copied(loading, T2);
}

static void take_rule(struct loading *loading) {
    struct filter_rule_of *rule =
        arena_append(loading->arena, &loading->rules, &loading->rule_count, sizeof *rule);
    if (!rule) return;
    rule->filter_id = number(loading, PARENT);
    rule->row.active = number(loading, N1) != 0;
    rule->row.what = copied(loading, T1);
    rule->row.how = copied(loading, T2);
    rule->row.value = copied(loading, T3);
}

static void take_action(struct loading *loading) {
    struct filter_action_of *action =
        arena_append(loading->arena, &loading->actions, &loading->action_count, sizeof *action);
    if (!action) return;
    action->filter_id = number(loading, PARENT);
    action->row.type = copied(loading, T1);
    action->row.configuration = copied(loading, T2);
}

static void take_ban(struct loading *loading) {
    loading->desk->banned = number(loading, ID) != 0;
}

static void take_item(struct loading *loading) {
    struct create_desk *desk = loading->desk;
    struct list_item_row *item =
        arena_append(loading->arena, &desk->list_items, &desk->list_item_count, sizeof *item);
    if (!item) return;
    item->id = number(loading, ID);
    item->list_id = number(loading, PARENT);
    item->value = copied(loading, T1);
    item->abbreviation = copied(loading, T2);
}

static void take_department(struct loading *loading) {
    struct create_desk *desk = loading->desk;
    struct department_row *row =
        arena_append(loading->arena, &desk->departments, &desk->department_count, sizeof *row);
    if (!row) return;
    row->id = number(loading, ID);
    row->sla_id = number(loading, N1);
    row->auto_response = number(loading, N2) != 0;
}

static void take_sla(struct loading *loading) {
    struct create_desk *desk = loading->desk;
    struct sla_row *row = arena_append(loading->arena, &desk->slas, &desk->sla_count, sizeof *row);
    if (!row) return;
    row->id = number(loading, ID);
    row->flags = number(loading, N1);
    row->grace_hours = number(loading, N2);
    row->schedule_id = number(loading, N3);
    row->name = copied(loading, T1);
}

static void take_mailbox(struct loading *loading) {
    struct create_desk *desk = loading->desk;
    struct mailbox_row *row =
        arena_append(loading->arena, &desk->mailboxes, &desk->mailbox_count, sizeof *row);
    if (!row) return;
    row->id = number(loading, ID);
    row->department_id = number(loading, N1);
    row->priority_id = number(loading, N2);
    row->topic_id = number(loading, N3);
    row->no_autoresponse = number(loading, N4) != 0;
    row->address = copied(loading, T1);
}

static void take_sequence(struct loading *loading) {
    struct create_desk *desk = loading->desk;
    struct sequence_row *row =
        arena_append(loading->arena, &desk->sequences, &desk->sequence_count, sizeof *row);
    if (!row) return;
    row->id = number(loading, ID);
    row->padding = copied(loading, T1);
}

static void take_column(struct loading *loading) {
    struct create_desk *desk = loading->desk;
    struct cdata_column *row = arena_append(loading->arena, &desk->columns, &desk->column_count, sizeof *row);
    if (!row) return;
    row->of_user = number(loading, N1) != 0;
    row->narrow = number(loading, N2) != 0;
    row->name = copied(loading, T1);
}

static const struct {
    const char *kind;
    void (*take)(struct loading *loading);
} kinds[] = {
    {"form", take_form},         {"topic form", take_topic_form},
    {"field", take_field},       {"topic", take_topic},
    {"user", take_user},         {"organization", take_organization},
    {"filter", take_filter},     {"rule", take_rule},
    {"ban", take_ban},           {"action", take_action},
    {"item", take_item},         {"dept", take_department},
    {"sla", take_sla},           {"mailbox", take_mailbox},
    {"sequence", take_sequence}, {"column", take_column},
};

static void take_row(struct loading *loading) {
    struct text kind = db_rows_text(loading->rows, KIND);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (text_equal(kind, text_of(kinds[i].kind))) kinds[i].take(loading);
}

static void give_fields(struct loading *loading, struct form_row *form) {
    for (size_t i = 0; i < loading->field_count; i++) {
        if (loading->fields[i].form_id != form->id) continue;
        struct field_row *field =
            arena_append(loading->arena, &form->fields, &form->field_count, sizeof *field);
        if (field) *field = loading->fields[i];
    }
}

static void give_rules(struct loading *loading, struct filter_row *filter) {
    for (size_t i = 0; i < loading->rule_count; i++) {
        if (loading->rules[i].filter_id != filter->id) continue;
        struct filter_rule_row *rule =
            arena_append(loading->arena, &filter->rules, &filter->rule_count, sizeof *rule);
        if (rule) *rule = loading->rules[i].row;
    }
    for (size_t i = 0; i < loading->action_count; i++) {
        if (loading->actions[i].filter_id != filter->id) continue;
        struct filter_action_row *action =
            arena_append(loading->arena, &filter->actions, &filter->action_count, sizeof *action);
        if (action) *action = loading->actions[i].row;
    }
}

static void put_together(struct loading *loading) {
    struct create_desk *desk = loading->desk;
    if (!desk->topic_requested) desk->topic = loading->default_topic;
    if (loading->ticket_form_listed) {
        desk->ticket_form.sort = loading->ticket_form_sort;
        desk->ticket_form.extra = loading->ticket_form_extra;
    }
    give_fields(loading, &desk->user_form);
    give_fields(loading, &desk->ticket_form);
    for (size_t i = 0; i < desk->topic_form_count; i++) give_fields(loading, &desk->topic_forms[i]);
    for (size_t i = 0; i < desk->filter_count; i++) give_rules(loading, &desk->filters[i]);
}

static struct text domain_of(struct text address) {
    const char *at = address.length ? memrchr(address.data, '@', address.length) : NULL;
    if (!at) return TEXT("");
    return text_trim((struct text){at + 1, (size_t)(address.data + address.length - at - 1)});
}

static bool read_rows(struct db *db, struct loading *loading, struct error *error) {
    const struct create_desk_wish *wish = loading->wish;
    struct db_value topic = db_integer(wish->topic_id), user = db_integer(wish->user_id);
    struct db_value email = db_key(wish->email.data ? wish->email : TEXT(""));
    struct db_value values[] = {topic,
                                topic,
                                topic,
                                db_integer(wish->default_topic_id),
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
                                topic};
    int more;
    if (!db_query(db, STATEMENT_CREATE_DESK, values, sizeof values / sizeof *values, &loading->rows, error))
        return false;
    while ((more = db_rows_next(loading->rows, error)) > 0) take_row(loading);
    db_rows_close(&loading->rows);
    return more == 0;
}

bool create_desk_load(struct db *db, const struct create_desk_wish *wish, struct arena *arena,
                      struct create_desk *desk, struct error *error) {
    struct loading loading = {.arena = arena, .wish = wish, .desk = desk, .domain = domain_of(wish->email)};
    memset(desk, 0, sizeof *desk);
    if (!read_rows(db, &loading, error)) return false;
    put_together(&loading);
    return !arena->failed || error_set(error, ERROR_TOO_LARGE, "the help desk's rows do not fit into memory");
}

bool create_desk_topic(struct db *db, int64_t topic_id, struct arena *arena, struct create_desk *desk,
                       struct error *error) {
    struct db_value value = db_integer(topic_id);
    struct loading loading = {.arena = arena, .desk = desk};
    if (!db_query(db, STATEMENT_CREATE_TOPIC, &value, 1, &loading.rows, error)) return false;
    int found = db_rows_next(loading.rows, error);
    if (found > 0) take_topic_row(&loading, &desk->topic);
    db_rows_close(&loading.rows);
    return found >= 0;
}
