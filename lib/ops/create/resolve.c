// SPDX-License-Identifier: GPL-2.0-or-later
// What becomes of a request that may become a ticket.
#include "ops/create/resolve.h"

#include "base/buffer.h"
#include "ops/create/assignees.h"
#include "ops/create/filter.h"
#include "ops/ticket/due_date.h"
#include "store/help_desk.h"

#define STAMP_MAX              32
#define TOPIC_FLAG_OWN_NUMBERS 1
#define DEFAULT_NUMBER_FORMAT  "######"

static int64_t first_of(int64_t a, int64_t b) {
    return a ? a : b;
}

static const struct mailbox_row *mailbox(const struct create_draft *draft, int64_t id) {
    for (size_t i = 0; id && i < draft->desk.mailbox_count; i++)
        if (draft->desk.mailboxes[i].id == id) return &draft->desk.mailboxes[i];
    return NULL;
}

static const struct sla_row *sla(const struct create_draft *draft, int64_t id) {
    for (size_t i = 0; id && i < draft->desk.sla_count; i++)
        if (draft->desk.slas[i].id == id) return &draft->desk.slas[i];
    return NULL;
}

static const struct department_row *department(const struct create_draft *draft, int64_t id) {
    for (size_t i = 0; i < draft->desk.department_count; i++)
        if (draft->desk.departments[i].id == id) return &draft->desk.departments[i];
    return NULL;
}

// A filter's topic, or else that of the mailbox where the request named none.
static bool settle_topic(struct create_draft *draft, const struct mailbox_row *email, struct error *error) {
    struct create_desk *desk = &draft->desk;
    int64_t wanted = draft->wishes.topic_id;
    struct topic_row before = desk->topic;
    if (wanted && wanted != desk->topic.id &&
        !create_desk_topic(draft->context->db, wanted, &draft->arena, desk, error))
        return false;
    if (desk->topic_requested || (wanted && wanted == desk->topic.id) || !email || !email->topic_id)
        return true;
    if (!create_desk_topic(draft->context->db, email->topic_id, &draft->arena, desk, error)) return false;
    if (!desk->topic.active) desk->topic = before;
    return true;
}

static struct answer_value *answer_named(struct create_draft *draft, const char *name) {
    struct form_answers *answers = &draft->ticket_answers;
    for (size_t i = 0; i < answers->count; i++)
        if (text_equal(answers->values[i].field->name, text_of(name))) return &answers->values[i];
    return NULL;
}

static void answer_priority(struct create_draft *draft, struct answer_value *answer, int64_t id) {
    bool loose = draft->wishes.has_priority && draft->wishes.priority_is_loose;
    const struct ticket_priority *known = loose ? NULL : help_desk_priority(&draft->help_desk, id);
    answer->value = answer->shown = known ? known->description : TEXT_NULL;
    answer->has_value_id = true;
    answer->value_id = id > INT32_MAX ? INT32_MAX : id < INT32_MIN ? INT32_MIN : id;
    answer->cdata = known ? arena_integer(&draft->arena, id) : TEXT("");
}

// The form's own answer comes first; else what priorityId or a filter says, known or not; else that of
// mailbox, topic and help desk. Where the form was answered with no priority that there is, the name stays
// away: PHP reads the form once more when it saves it.
static void settle_priority(struct create_draft *draft, const struct mailbox_row *email) {
    struct answer_value *answer = answer_named(draft, "priority");
    if (!answer || (answer->has_value_id && answer->value_id)) return;
    int64_t id = first_of(first_of(email ? email->priority_id : 0, draft->desk.topic.priority_id),
                          help_desk_number(&draft->help_desk, "default_priority_id", 0));
    answer_priority(draft, answer, draft->wishes.has_priority ? draft->wishes.priority_id : id);
    if (answer->unknown) answer->value = answer->shown = TEXT_NULL;
}

static bool lacks_answers(const struct form_answers *answers) {
    for (size_t i = 0; i < answers->count; i++)
        if (answers->values[i].stored && answers->values[i].field->flags & FIELD_FLAG_CLOSE_REQUIRED &&
            text_is_null(answers->values[i].value))
            return true;
    return false;
}

// A ticket that cannot be closed is not made: PHP makes it all the same, and answers with this.
static bool check_closeable(const struct create_draft *draft, struct error *error) {
    bool lacks = lacks_answers(&draft->ticket_answers);
    for (size_t i = 0; i < draft->topic_answer_count; i++)
        lacks = lacks || lacks_answers(&draft->topic_answers[i]);
    if (lacks)
        return error_set(error, ERROR_BAD_REQUEST,
                         "Unable to create new ticket :err\nThis ticket is missing data on  one or more "
                         "required fields  and cannot be closed");
    if (help_desk_switch(&draft->help_desk, "require_topic_to_close", false) && !draft->desk.topic.id)
        return error_set(error, ERROR_BAD_REQUEST,
                         "Unable to create new ticket :err\nThis ticket is missing a Help Topic and cannot "
                         "be closed");
    return true;
}

// Open and closed are what a new ticket can be; anything else is the default.
static bool settle_status(struct create_draft *draft, struct create_decision *decision, struct error *error) {
    int64_t fallback = help_desk_number(&draft->help_desk, "default_ticket_status_id", 1);
    int64_t id = first_of(first_of(draft->wishes.status_id, draft->desk.topic.status_id), fallback);
    const struct ticket_status *status = help_desk_status(&draft->help_desk, id);
    bool closes = status && text_equal_ignoring_case(status->state, TEXT("closed"));
    bool opens = status && text_equal_ignoring_case(status->state, TEXT("open"));
    decision->status_changed = id != fallback && (opens || closes);
    if (decision->status_changed && closes && !check_closeable(draft, error)) return false;
    if (!decision->status_changed) status = help_desk_status(&draft->help_desk, fallback);
    decision->status = status;
    decision->status_id = status ? status->id : fallback;
    decision->closed = status && text_equal_ignoring_case(status->state, TEXT("closed"));
    return true;
}

static void settle_due_date(struct create_draft *draft, const struct sla_row *row,
                            struct create_decision *decision) {
    const struct node *node = help_desk_node(&draft->help_desk.departments, decision->department_id);
    struct due_dates due_dates = due_dates_new(&draft->help_desk);
    struct buffer due = buffer_new(STAMP_MAX);
    struct due_terms terms = {
        .sla_active = row && row->flags & SLA_FLAG_ACTIVE,
        .grace_hours = row ? row->grace_hours : 0,
        .sla_schedule_id = row ? row->schedule_id : 0,
        .department_schedule_id = node ? node->schedule_id : 0,
        .since = draft->help_desk.now,
    };
    bool reckoned = due_date_by_sla(&due_dates, &terms, &due);
    decision->due = reckoned ? arena_copy(&draft->arena, buffer_text(&due)) : TEXT_NULL;
    buffer_free(&due);
    due_dates_free(&due_dates);
}

// A topic's own SLA comes before the department's: PHP takes it for the request's wish.
static void settle_sla(struct create_draft *draft, struct create_decision *decision) {
    const struct department_row *row = department(draft, decision->department_id);
    int64_t id = first_of(draft->wishes.sla_id, draft->desk.topic.sla_id);
    id = first_of(id, row ? row->sla_id : 0);
    id = first_of(id, help_desk_number(&draft->help_desk, "default_sla_id", 0));
    const struct sla_row *found = sla(draft, id);
    decision->sla_id = found ? id : 0;
    settle_due_date(draft, found, decision);
}

static void settle_number(const struct create_draft *draft, struct create_decision *decision) {
    const struct topic_row *topic = &draft->desk.topic;
    struct number_source *number = &decision->number;
    bool own = topic->id && topic->flags & TOPIC_FLAG_OWN_NUMBERS;
    int64_t id = own ? topic->sequence_id : help_desk_number(&draft->help_desk, "ticket_sequence_id", 0);
    number->format = own ? topic->number_format : help_desk_config(&draft->help_desk, "ticket_number_format");
    if (own && !number->format.length) number->format = TEXT(DEFAULT_NUMBER_FORMAT);
    if (text_is_null(number->format)) number->format = TEXT("");
    for (size_t i = 0; i < draft->desk.sequence_count; i++) {
        if (draft->desk.sequences[i].id != id) continue;
        number->sequence_id = id;
        number->padding = draft->desk.sequences[i].padding;
    }
}

static bool is_system_address(const struct create_draft *draft) {
    const struct user_row *user = &draft->desk.user;
    struct text address = user->id ? user->address : draft->request.email;
    for (size_t i = 0; i < draft->desk.mailbox_count; i++)
        if (text_equal_ignoring_case(draft->desk.mailboxes[i].address, address)) return true;
    return false;
}

// Machines are not answered, and of what mail systems send nobody is told.
static void settle_mail(const struct create_draft *draft, const struct mailbox_row *email,
                        struct create_decision *decision) {
    bool by_machine = draft->mail && (draft->mail->automatic || draft->mail->bounce);
    decision->alert = draft->wishes.alert && !(draft->mail && draft->mail->bounce);
    decision->autorespond = draft->wishes.autorespond && !by_machine && !(email && email->no_autoresponse) &&
                            !draft->desk.topic.no_autoresponse && !is_system_address(draft);
}

// A mailbox does not lead into a department that is switched off, nor does a filter where there is a mailbox.
static int64_t settle_department(const struct create_draft *draft, const struct mailbox_row *email) {
    int64_t usual = help_desk_number(&draft->help_desk, "default_dept_id", 0);
    int64_t id = first_of(draft->wishes.department_id, email ? email->department_id : 0);
    const struct node *node = help_desk_node(&draft->help_desk.departments, id);
    if (email && node && !(node->flags & DEPARTMENT_FLAG_ACTIVE)) id = usual;
    return first_of(id, first_of(draft->desk.topic.department_id, usual));
}

bool create_resolve(struct create_draft *draft, struct create_decision *decision, struct error *error) {
    const struct mailbox_row *email = mailbox(draft, draft->request.internal.email_id);
    *decision = (struct create_decision){.source = TEXT("API")};
    if (email) decision->email_id = email->id;
    if (email || draft->request.by_mail) decision->source = TEXT("Email");
    if (draft->request.shown_source.length) decision->source = draft->request.shown_source;
    if (!settle_topic(draft, email, error)) return false;
    decision->topic_id = draft->desk.topic.id;
    decision->department_id = settle_department(draft, email);
    settle_priority(draft, email);
    if (!ticket_filters_match_again(draft, error)) return false;
    if (!settle_status(draft, decision, error)) return false;
    settle_sla(draft, decision);
    settle_number(draft, decision);
    settle_mail(draft, email, decision);
    if (!create_assignees_settle(draft, decision, error)) return false;
    return !draft->arena.failed || error_too_large(error);
}
