// SPDX-License-Identifier: GPL-2.0-or-later
// The fields of forms with their answers.
#include "store/edit/form_fields.h"

#include "store/create/row_statements.h"
#include "store/row.h"
#include "store/row_batch.h"
#include "store/statements.h"
#include "store/text_fit.h"

#include <string.h>

#define VALUE_MAX_BYTES 65535

static const char *const letters[] = {
    [FORM_OF_TICKET] = "T", [FORM_OF_USER] = "U", [FORM_OF_ORGANIZATION] = "O"};

// A form that was added to a user or an organization is of another type, and has none.
static bool has_column(struct text form_type) {
    return form_type.length == 1 && strchr("TUO", form_type.data[0]);
}

static void take_field(const struct row *row, void *into) {
    struct ticket_form_fields *fields = into;
    struct ticket_form_field *field = arena_append(row->arena, &fields->items, &fields->count, sizeof *field);
    if (!field) return;
    *field = (struct ticket_form_field){
        .id = row_integer(row, FORM_FIELD_ID),
        .sort = row_integer(row, FORM_FIELD_PLACE),
        .flags = row_integer(row, FORM_FIELD_FLAGS),
        .entry_id = row_integer(row, FORM_FIELD_ENTRY),
        .has_column = has_column(row_text(row, FORM_FIELD_FORM_TYPE)),
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
        arena_append(row->arena, &fields->columns.items, &fields->columns.count, sizeof *column);
    if (!column) return;
    column->narrow = row_is_true(row, FORM_FIELD_COLUMN_IS_NARROW);
    column->name = row_copy(row, FORM_FIELD_COLUMN_NAME);
}

static void take_row(const struct row *row, void *into) {
    static const struct row_kind kinds[] = {
        {"field", take_field}, {"item", take_item}, {"column", take_column}};
    row_take_kind(row, FORM_FIELD_KIND, kinds, sizeof kinds / sizeof *kinds, into);
}

bool ticket_form_fields_read(struct work *work, enum form_of of, int64_t object_id,
                             struct ticket_form_fields *fields, struct error *error) {
    static const unsigned statements_of[][2] = {
        [FORM_OF_TICKET] = {STATEMENT_FORM_FIELDS_AND_COLUMNS, STATEMENT_FORM_FIELDS},
        [FORM_OF_USER] = {STATEMENT_FORM_FIELDS_AND_COLUMNS_OF_USER, STATEMENT_FORM_FIELDS_OF_USER},
        [FORM_OF_ORGANIZATION] = {STATEMENT_FORM_FIELDS_AND_COLUMNS_OF_ORGANIZATION,
                                  STATEMENT_FORM_FIELDS_OF_ORGANIZATION},
    };
    const struct db_value object = db_integer(object_id);
    *fields = (struct ticket_form_fields){.columns.trusted = cdata_trust_use(work->trust)};
    return row_each(work->db, QUERY(statements_of[of][fields->columns.trusted], object, object), work->arena,
                    take_row, fields, error) &&
           (!work->arena->failed || error_too_large(error));
}

bool form_entry_ensure(struct db *db, enum form_of of, int64_t object_id, struct error *error) {
    const struct db_value type = db_string(letters[of]), object = db_integer(object_id);
    const struct db_value values[] = {object, type, type, type, object};
    return db_execute(db, STATEMENT_FORM_ENTRY_ENSURE, values, 5, NULL, NULL, error);
}

// One row's values.
static bool bind_answer(struct work *work, const struct ticket_form_answer *answer, struct db_value *values,
                        struct error *error) {
    const struct ticket_form_field *field = answer->field;
    struct text value = answer->value;
    if (!text_fit(work, "form_entry_values", TEXT("value"), false, &value, error)) return false;
    if (value.length > VALUE_MAX_BYTES)
        return error_set(error, ERROR_TOO_LARGE, "%.*s is longer than %d bytes",
                         (int)text_cut(field->label, 60).length, field->label.data, VALUE_MAX_BYTES);
    values[FORM_VALUE_ENTRY] = db_integer(field->entry_id);
    values[FORM_VALUE_FIELD] = db_integer(field->id);
    values[FORM_VALUE_VALUE] = db_text(value);
    values[FORM_VALUE_VALUE_ID] = answer->has_value_id ? db_integer(answer->value_id) : db_text(TEXT_NULL);
    return true;
}

bool ticket_form_answers_set(struct work *work, const struct ticket_form_answer *answers, size_t count,
                             struct error *error) {
    struct db_value *values = arena_take(work->arena, (count + 1) * FORM_VALUES_COUNT * sizeof *values);
    if (!values) return error_too_large(error);
    for (size_t i = 0; i < count; i++)
        if (!bind_answer(work, &answers[i], values + i * FORM_VALUES_COUNT, error)) return false;
    return row_batch_insert(work->db, STATEMENT_FORM_ANSWERS_SET, values, FORM_VALUES_COUNT, count, error);
}

bool ticket_forms_place(struct db *db, int64_t ticket_id, struct error *error) {
    const struct db_value value = db_integer(ticket_id);
    return db_execute(db, STATEMENT_TICKET_FORMS_PLACE, &value, 1, NULL, NULL, error);
}
