// SPDX-License-Identifier: GPL-2.0-or-later
// Which answers are shown.
#include "store/read/answer_choice.h"

#include "store/help_desk.h"
#include "store/read/ticket_column_statements.h"
#include "store/read/ticket_columns.h"
#include "store/row.h"

#include <string.h>

struct field_answer field_answer_of(const struct row *part) {
    return (struct field_answer){.field_id = row_integer(part, FIELD_ANSWER_FIELD),
                                 .form_sort = row_integer(part, FIELD_ANSWER_FORM_SORT),
                                 .form_id = row_integer(part, FIELD_ANSWER_FORM),
                                 .value = row_text(part, FIELD_ANSWER_VALUE),
                                 .is_choice = !row_is_null(part, FIELD_ANSWER_VALUE_ID),
                                 .value_id = row_integer(part, FIELD_ANSWER_VALUE_ID)};
}

// Whether `ranks` are above those of the answer chosen before, which they replace then.
static bool is_above(struct answer_choice *choice, int which, const int64_t ranks[4]) {
    int64_t *best = choice->ranks[which];
    for (size_t i = 0; choice->met[which]; i++) {
        if (i == 4 || ranks[i] < best[i]) return false;
        if (ranks[i] > best[i]) break;
    }
    choice->met[which] = true;
    memcpy(best, ranks, sizeof choice->ranks[which]);
    return true;
}

static void take_priority(struct answer_choice *choice, const struct field_answer *answer) {
    choice->priority_id = answer->is_choice ? answer->value_id : -1;
    choice->priority_text = answer->is_choice ? TEXT_NULL : arena_copy(choice->arena, answer->value);
}

void answer_choice_of_ticket(struct answer_choice *choice, const struct field_answer *answer,
                             const struct answer_field *field) {
    const int64_t ranks[4] = {field->sort, field->id};
    if (text_equal_ignoring_case(field->name, TEXT("subject"))) {
        if (is_above(choice, SHOWN_SUBJECT, ranks))
            choice->subject = arena_copy(choice->arena, answer->value);
    } else if (text_equal_ignoring_case(field->name, TEXT("priority"))) {
        if (is_above(choice, SHOWN_PRIORITY, ranks)) take_priority(choice, answer);
    }
}

void answer_choice_of_owner(struct answer_choice *choice, const struct field_answer *answer,
                            const struct answer_field *field) {
    const int64_t ranks[4] = {-answer->form_sort, -answer->form_id, -field->sort, -field->id};
    if (!text_equal_ignoring_case(field->name, TEXT("phone")) || !is_above(choice, SHOWN_PHONE, ranks))
        return;
    choice->phone = answer->value.data ? arena_copy(choice->arena, answer->value) : TEXT("");
    choice->phone_format = arena_copy(choice->arena, field->phone_format);
}

void answer_choice_show(const struct answer_choice *choice, struct ticket_columns *ticket) {
    if (choice->met[SHOWN_SUBJECT]) ticket->subject = choice->subject;
    if (choice->met[SHOWN_PRIORITY]) {
        ticket->priority_id = choice->priority_id;
        ticket->priority_text = choice->priority_text;
    }
    if (choice->met[SHOWN_PHONE]) {
        ticket->phone = choice->phone;
        ticket->phone_format = choice->phone_format;
    }
}
