// SPDX-License-Identifier: GPL-2.0-or-later
// What of this help desk only PHP can do.
#include "ops/create/native.h"

#include "ops/create/filter.h"
#include "ops/entry/attached_files.h"
#include "ops/plugins.h"

#define LONG_BODY 65000 // characters from which on a body is kept as a file

static bool check_plugins(const struct create_draft *draft, struct error *error) {
    const struct operation_context *context = draft->context;
    return plugins_check(context->db, &draft->help_desk, text_of(context->settings->ignored_plugins),
                         "a new ticket", error);
}

static bool brings_files(const struct create_request *request) {
    return request->files.count || text_cut(request->message, LONG_BODY).length < request->message.length ||
           (request->message_is_html && text_find(request->message, TEXT("data:"), 0) >= 0);
}

static bool check_files(const struct create_draft *draft, struct error *error) {
    return !brings_files(&draft->request) || attached_files_check_storage(&draft->help_desk, error);
}

static bool check_form(const struct form_row *row, struct error *error) {
    for (size_t i = 0; i < row->field_count; i++) {
        const struct field_row *field = &row->fields[i];
        struct form_field known = {.id = field->id,
                                   .flags = field->flags,
                                   .type = field->type,
                                   .name = field->name,
                                   .configuration = field->configuration};
        if (!form_field_is_known(&known))
            return error_set(
                error, ERROR_NOT_NATIVE,
                form_type_is_known(field->type)
                    ? "the form field \"%.*s\" of the type \"%.*s\" has a configuration that only PHP reads"
                    : "the form field \"%.*s\" is of the type \"%.*s\", which only PHP knows",
                (int)text_cut(field->label, 60).length, field->label.data,
                (int)text_cut(field->type, 60).length, field->type.data);
    }
    return true;
}

static bool check_forms(const struct create_draft *draft, struct error *error) {
    const struct create_desk *desk = &draft->desk;
    if (!desk->user.id && !check_form(&desk->user_form, error)) return false;
    for (size_t i = 0; i < desk->topic_form_count; i++)
        if (!check_form(&desk->topic_forms[i], error)) return false;
    return check_form(&desk->ticket_form, error);
}

static bool check_filters(const struct create_draft *draft, struct error *error) {
    const struct create_request *request = &draft->request;
    for (size_t i = 0; i < draft->desk.filter_count; i++) {
        const struct filter_row *filter = &draft->desk.filters[i];
        struct text what, why;
        if (!ticket_filter_concerns(filter, request->source, request->internal.email_id) ||
            ticket_filter_is_known(filter, &what, &why))
            continue;
        return error_set(error, ERROR_NOT_NATIVE,
                         "the ticket filter \"%.*s\" has %.*s \"%.*s\", which only "
                         "PHP knows",
                         (int)text_cut(filter->name, 60).length, filter->name.data, (int)why.length, why.data,
                         (int)text_cut(what, 60).length, what.data);
    }
    return true;
}

bool create_check_native(struct create_draft *draft, struct error *error) {
    return check_plugins(draft, error) && check_files(draft, error) && check_forms(draft, error) &&
           check_filters(draft, error);
}
