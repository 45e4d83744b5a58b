// SPDX-License-Identifier: GPL-2.0-or-later
// What the forms of a new ticket or user were answered.
#include "ops/create/creation.h"

#include "base/buffer.h"
#include "ops/ticket/search_index.h"
#include "store/create/rows.h"
#include "json/reader.h"

#include <inttypes.h>
#include <stdio.h>

#define EXTRA_MAX 65536

// One row each for the fields that keep their answer here.
static bool gather_values(struct creation *creation, const struct form_answers *answers,
                          struct new_form_value **values, size_t *count, struct error *error) {
    for (size_t i = 0; i < answers->count; i++) {
        const struct answer_value *answer = &answers->values[i];
        if (!answer->stored) continue;
        struct new_form_value *value = arena_append(creation->arena, values, count, sizeof *value);
        if (!value) return error_too_large(error);
        *value = (struct new_form_value){answer->field->id, answer->field->label, answer->value,
                                         answer->has_value_id, answer->value_id};
    }
    return true;
}

static bool save_cdata(struct creation *creation, const struct form_answers *answers, bool of_user,
                       int64_t object_id, struct error *error) {
    struct cdata_value *values = NULL;
    size_t count = 0;
    for (size_t i = 0; i < answers->count; i++) {
        const struct answer_value *answer = &answers->values[i];
        struct cdata_column column;
        if (!answer->stored || !cdata_column_of(&creation->draft->desk.columns, of_user, answer->field->id,
                                                answer->field->name, creation->arena, &column))
            continue;
        struct cdata_value *value = arena_append(creation->arena, &values, &count, sizeof *value);
        if (!value) return error_too_large(error);
        *value = (struct cdata_value){column, answer->cdata.data ? answer->cdata : TEXT("")};
    }
    enum cdata_of of = of_user ? CDATA_OF_USER : CDATA_OF_TICKET;
    return cdata_save(creation->work, of, object_id, values, count, error);
}

bool creation_write_answers(struct creation *creation, const struct form_answers *answers, bool of_user,
                            int64_t object_id, struct text extra, struct error *error) {
    struct new_form_value *values = NULL;
    size_t count = 0;
    struct new_form_entry entry = {
        .form_id = answers->form->id,
        .object_type = of_user ? "U" : "T",
        .object_id = object_id,
        .sort = of_user ? 1 : answers->form->sort,
        .extra = extra,
    };
    return gather_values(creation, answers, &values, &count, error) &&
           form_entry_insert(creation->work, &entry, values, count, error) &&
           (answers->form->type == 'G' || save_cdata(creation, answers, of_user, object_id, error));
}

bool creation_list_answers(struct creation *creation, const struct form_answers *answers,
                           struct form_answer **list, size_t *count, struct error *error) {
    for (size_t i = 0; i < answers->count; i++) {
        const struct answer_value *answer = &answers->values[i];
        if (!answer->stored) continue;
        struct form_answer *item = arena_append(creation->arena, list, count, sizeof *item);
        if (!item) return error_too_large(error);
        *item = (struct form_answer){
            .field_id = answer->field->id,
            .name = answer->field->name,
            .type = answer->field->type,
            .configuration = answer->field->configuration,
            .value = answer->value,
            .value_id = answer->has_value_id ? arena_integer(creation->arena, answer->value_id) : TEXT_NULL,
            .sort = answer->field->sort,
        };
    }
    return true;
}

static bool is_listed(const struct json_value *ids, int64_t id) {
    for (size_t i = 0; i < json_count(ids); i++) {
        const struct json_value *item = json_element(ids, i);
        int64_t listed = json_value_integer(item);
        if (json_kind(item) == JSON_TEXT && !text_to_int64(json_value_text(item), &listed)) continue;
        if (listed == id) return true;
    }
    return false;
}

// {"disable":[20,21]}: which fields of the form the topic switches off; null where no topic has a say.
static struct text extra_of(struct creation *creation, const struct form_row *form) {
    struct error ignored = {0};
    struct json_value *root = form->extra.length ? json_parse(form->extra, &ignored) : NULL;
    struct buffer extra = buffer_new(EXTRA_MAX);
    bool first = true;
    if (!form->extra.data) return TEXT_NULL;
    buffer_add_string(&extra, "{\"disable\":[");
    for (size_t i = 0; i < form->field_count; i++) {
        const struct field_row *field = &form->fields[i];
        if (!(field->flags & FIELD_FLAG_ENABLED) || !is_listed(json_member(root, "disable"), field->id))
            continue;
        buffer_add_format(&extra, "%s%" PRId64, first ? "" : ",", field->id);
        first = false;
    }
    buffer_add_string(&extra, "]}");
    struct text copy = arena_copy(creation->arena, buffer_text(&extra));
    buffer_free(&extra);
    json_free(&root);
    return copy;
}

// By the fields' places in their forms, whichever form that is, as they are read from the database later.
static void order_answers(struct form_answer *answers, size_t count) {
    for (size_t i = 1; i < count; i++) {
        struct form_answer answer = answers[i];
        size_t at = i;
        for (; at > 0 && answers[at - 1].sort > answer.sort; at--) answers[at] = answers[at - 1];
        answers[at] = answer;
    }
}

static bool add_search(struct creation *creation, struct error *error) {
    const struct create_draft *draft = creation->draft;
    struct form_answer *answers = NULL;
    size_t count = 0;
    struct search_row row;
    if (!creation_list_answers(creation, &draft->ticket_answers, &answers, &count, error)) return false;
    for (size_t i = 0; i < draft->topic_answer_count; i++)
        if (!creation_list_answers(creation, &draft->topic_answers[i], &answers, &count, error)) return false;
    order_answers(answers, count);
    return ticket_search_make(creation->work, answers, count, creation->ticket_id, creation->number, &row,
                              error) &&
           creation_add_search(creation, row, error);
}

bool creation_write_forms(struct creation *creation, struct error *error) {
    const struct create_draft *draft = creation->draft;
    if (!creation_write_answers(creation, &draft->ticket_answers, false, creation->ticket_id,
                                extra_of(creation, &draft->desk.ticket_form), error))
        return false;
    for (size_t i = 0; i < draft->topic_answer_count; i++)
        if (!creation_write_answers(creation, &draft->topic_answers[i], false, creation->ticket_id,
                                    extra_of(creation, &draft->desk.topic_forms[i]), error))
            return false;
    return add_search(creation, error);
}
