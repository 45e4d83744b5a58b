// SPDX-License-Identifier: GPL-2.0-or-later
// Forms, fields and items out of rows.
#include "store/catalog/forms.h"

#include "store/row.h"
#include "store/statements.h"

struct forms {
    struct catalog_form *items;
    size_t count;
};

static void add_form(const struct row *row, struct forms *forms) {
    struct catalog_form *form = arena_append(row->arena, &forms->items, &forms->count, sizeof *forms->items);
    if (!form) return;
    *form = (struct catalog_form){
        .id = row_integer(row, CATALOG_FORM_ID),
        .of_topic = row_integer(row, CATALOG_FORM_OF_TOPIC),
        .type = row_copy(row, CATALOG_FORM_TYPE),
        .title = row_copy(row, CATALOG_FORM_TITLE),
        .instructions = row_copy(row, CATALOG_FORM_INSTRUCTIONS),
        .extra = row_copy(row, CATALOG_FORM_EXTRA),
    };
}

static void add_field(const struct row *row, struct catalog_form *form) {
    struct catalog_field *field = arena_append(row->arena, &form->fields, &form->field_count, sizeof *field);
    if (!field) return;
    *field = (struct catalog_field){
        .id = row_integer(row, CATALOG_FIELD_ID),
        .flags = row_integer(row, CATALOG_FIELD_FLAGS),
        .type = row_copy(row, CATALOG_FIELD_TYPE),
        .name = row_copy(row, CATALOG_FIELD_NAME),
        .label = row_copy(row, CATALOG_FIELD_LABEL),
        .hint = row_copy(row, CATALOG_FIELD_HINT),
        .configuration = row_copy(row, CATALOG_FIELD_CONFIGURATION),
    };
}

static bool is_last(const struct row *row, const struct forms *forms) {
    if (!forms->count) return false;
    const struct catalog_form *last = &forms->items[forms->count - 1];
    return last->id == row_integer(row, CATALOG_FORM_ID) &&
           last->of_topic == row_integer(row, CATALOG_FORM_OF_TOPIC);
}

static void take_field(const struct row *row, void *into) {
    struct forms *forms = into;
    if (!is_last(row, forms)) add_form(row, forms);
    if (row->arena->failed || row_is_null(row, CATALOG_FIELD_ID)) return;
    add_field(row, &forms->items[forms->count - 1]);
}

bool catalog_forms_read(struct db *db, int64_t topic_id, struct arena *arena, struct catalog_form **forms,
                        size_t *count, struct error *error) {
    struct forms read = {NULL, 0};
    struct query query = QUERY(STATEMENT_CATALOG_FORMS_OF_TOPIC, db_integer(topic_id));
    bool done = row_each(db, query, arena, take_field, &read, error);
    *forms = read.items;
    *count = read.count;
    return done && (!arena->failed || error_too_large(error));
}

static void take_item(const struct row *row, void *into) {
    *(struct catalog_item *)into = (struct catalog_item){
        .id = row_integer(row, CATALOG_ITEM_ID),
        .list_id = row_integer(row, CATALOG_ITEM_LIST),
        .status = row_integer(row, CATALOG_ITEM_STATUS),
        .value = row_copy(row, CATALOG_ITEM_VALUE),
        .abbreviation = row_copy(row, CATALOG_ITEM_ABBREVIATION),
        .properties = row_copy(row, CATALOG_ITEM_PROPERTIES),
    };
}

static bool read_items(struct db *db, struct query query, struct arena *arena, struct catalog_item **items,
                       size_t *count, struct error *error) {
    return row_all(db, query, arena, take_item, ROW_LIST(items, count), error) &&
           (!arena->failed || error_too_large(error));
}

bool catalog_items_of_forms_read(struct db *db, int64_t topic_id, struct arena *arena,
                                 struct catalog_item **items, size_t *count, struct error *error) {
    return read_items(db, QUERY(STATEMENT_CATALOG_ITEMS_OF_FORMS, db_integer(topic_id)), arena, items, count,
                      error);
}

bool catalog_items_read(struct db *db, int64_t list_id, struct arena *arena, struct catalog_item **items,
                        size_t *count, struct error *error) {
    return read_items(db, QUERY(STATEMENT_CATALOG_ITEMS, db_integer(list_id)), arena, items, count, error);
}

static void take_property(const struct row *row, void *into) {
    *(struct catalog_field *)into = (struct catalog_field){
        .id = row_integer(row, CATALOG_PROPERTY_ID),
        .type = row_copy(row, CATALOG_PROPERTY_TYPE),
        .name = row_copy(row, CATALOG_PROPERTY_NAME),
        .label = row_copy(row, CATALOG_PROPERTY_LABEL),
    };
}

bool catalog_properties_read(struct db *db, int64_t list_id, struct arena *arena,
                             struct catalog_field **fields, size_t *count, struct error *error) {
    return row_all(db, QUERY(STATEMENT_CATALOG_PROPERTIES, db_integer(list_id)), arena, take_property,
                   ROW_LIST(fields, count), error) &&
           (!arena->failed || error_too_large(error));
}

static void take_list(const struct row *row, void *into) {
    *(struct catalog_list *)into = (struct catalog_list){
        .id = row_integer(row, CATALOG_LIST_ID),
        .name = row_copy(row, CATALOG_LIST_NAME),
        .plural = row_copy(row, CATALOG_LIST_PLURAL),
        .type = row_copy(row, CATALOG_LIST_TYPE),
    };
}

int catalog_list_read(struct db *db, int64_t list_id, struct arena *arena, struct catalog_list *list,
                      struct error *error) {
    return row_first(db, QUERY(STATEMENT_CATALOG_LIST, db_integer(list_id)), arena, take_list, list, error);
}
