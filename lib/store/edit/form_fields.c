// SPDX-License-Identifier: GPL-2.0-or-later
// The fields of a ticket's forms with their answers.
#include "store/edit/form_fields.h"

#include "store/row.h"
#include "store/statements.h"
#include "store/text_fit.h"

#define VALUE_MAX_BYTES 65535

static void take_field(const struct row *row, void *into) {
    struct ticket_form_fields *fields = into;
    struct ticket_form_field *field = arena_append(row->arena, &fields->items, &fields->count, sizeof *field);
    if (!field) return;
    *field = (struct ticket_form_field){
        .id = row_integer(row, FORM_FIELD_ID),
        .sort = row_integer(row, FORM_FIELD_PLACE),
        .flags = row_integer(row, FORM_FIELD_FLAGS),
        .entry_id = row_integer(row, FORM_FIELD_ENTRY),
        .is_of_ticket = text_equal(row_text(row, FORM_FIELD_FORM_TYPE), TEXT("T")),
        .is_off = row_is_true(row, FORM_FIELD_IS_OFF),
        .type = row_copy(row, FORM_FIELD_TYPE),
        .label = row_copy(row, FORM_FIELD_LABEL),
        .name = row_copy(row, FORM_FIELD_NAME),
        .configuration = row_copy(row, FORM_FIELD_CONFIGURATION),
        .is_answered = !row_is_null(row, FORM_FIELD_ANSWER),
        .value = row_copy(row, FORM_FIELD_VALUE),
        .has_value_id = !row_is_null(row, FORM_FIELD_VALUE_ID),
        .value_id = row_integer(row, FORM_FIELD_VALUE_ID),
    };
}

static void take_item(const struct row *row, void *into) {
    struct ticket_form_fields *fields = into;
    struct list_item_row *item =
        arena_append(row->arena, &fields->list_items, &fields->list_item_count, sizeof *item);
    if (!item) return;
    item->id = row_integer(row, FORM_FIELD_ITEM_ID);
    item->list_id = row_integer(row, FORM_FIELD_ITEM_LIST);
    item->value = row_copy(row, FORM_FIELD_ITEM_VALUE);
    item->abbreviation = row_copy(row, FORM_FIELD_ITEM_ABBREVIATION);
}

static void take_column(const struct row *row, void *into) {
    struct ticket_form_fields *fields = into;
    struct cdata_column *column =
        arena_append(row->arena, &fields->columns, &fields->column_count, sizeof *column);
    if (!column) return;
    column->narrow = row_is_true(row, FORM_FIELD_COLUMN_IS_NARROW);
    column->name = row_copy(row, FORM_FIELD_COLUMN_NAME);
}

static void take_row(const struct row *row, void *into) {
    static const struct row_kind kinds[] = {
        {"field", take_field}, {"item", take_item}, {"column", take_column}};
    row_take_kind(row, FORM_FIELD_KIND, kinds, sizeof kinds / sizeof *kinds, into);
}

bool ticket_form_fields_read(struct db *db, int64_t ticket_id, struct arena *arena,
                             struct ticket_form_fields *fields, struct error *error) {
    const struct db_value ticket = db_integer(ticket_id);
    *fields = (struct ticket_form_fields){0};
    return row_each(db, QUERY(STATEMENT_FORM_FIELDS, ticket, ticket), arena, take_row, fields, error) &&
           (!arena->failed || error_too_large(error));
}

bool ticket_form_answer_set(struct work *work, const struct ticket_form_field *field,
                            const struct ticket_form_answer *answer, struct error *error) {
    struct text value = answer->value;
    if (!text_fit(work, "form_entry_values", "value", false, &value, error)) return false;
    if (value.length > VALUE_MAX_BYTES)
        return error_set(error, ERROR_TOO_LARGE, "%.*s is longer than %d bytes",
                         (int)text_cut(field->label, 60).length, field->label.data, VALUE_MAX_BYTES);
    const struct db_value values[FORM_ANSWER_VALUES_COUNT] = {
        [FORM_ANSWER_SET_VALUE] = db_text(value),
        [FORM_ANSWER_SET_HAS_ID] = db_integer(answer->has_value_id),
        [FORM_ANSWER_SET_ID] = db_integer(answer->value_id),
        [FORM_ANSWER_OF_ENTRY] = db_integer(field->entry_id),
        [FORM_ANSWER_OF_FIELD] = db_integer(field->id),
    };
    return db_execute(work->db, STATEMENT_FORM_ANSWER_SET, values, FORM_ANSWER_VALUES_COUNT, NULL, NULL,
                      error);
}

bool ticket_forms_place(struct db *db, int64_t ticket_id, struct error *error) {
    const struct db_value value = db_integer(ticket_id);
    return db_execute(db, STATEMENT_TICKET_FORMS_PLACE, &value, 1, NULL, NULL, error);
}
