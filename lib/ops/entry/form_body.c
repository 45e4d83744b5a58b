// SPDX-License-Identifier: GPL-2.0-or-later
// A body of several parts.
#include "ops/entry/form_body.h"

#include "base/media_type_syntax.h"
#include "mime/form_data.h"
#include "ops/entry/file_description.h"

#define ARENA_MAX  (4 << 20) // of names; the bytes of files are not copied
#define NAME_SHOWN 60

// What JSON is sent as: in a page only a Blob, which is a file, has a media type.
#define JSON_TYPES "application/json,text/plain,application/octet-stream"

struct form_sorting {
    struct form_body *form;
    const char *wanted; // the part with the JSON
    struct text json;
    struct error *error;
};

bool form_body_is(const struct operation *operation, struct text content_type) {
    return operation->form_part && form_data_is(content_type);
}

static bool take_json(struct form_sorting *sorting, const struct form_part *part) {
    if (!text_is_null(sorting->json))
        return error_set(sorting->error, ERROR_BAD_REQUEST, "The form has two parts %s", sorting->wanted);
    if (!text_is_null(part->type) && !media_type_is_one_of(part->type, JSON_TYPES))
        return error_set(sorting->error, ERROR_BAD_REQUEST,
                         "The form's part %s has to be JSON, of the type application/json", sorting->wanted);
    sorting->json = part->content;
    return true;
}

static bool refuse(const struct form_sorting *sorting, const struct form_part *part, const char *what) {
    struct text name = text_cut(part->name, NAME_SHOWN);
    return error_set(sorting->error, ERROR_BAD_REQUEST, "The form's part \"%.*s\" %s", (int)name.length,
                     name.data, what);
}

static bool take_file(struct form_sorting *sorting, const struct form_part *part) {
    struct incoming_files *files = &sorting->form->files;
    if (!part->file_name.length && !part->content.length) return true;
    if (files->count == INCOMING_FILES_MAX)
        return error_set(sorting->error, ERROR_TOO_LARGE, "The form has more than %d files",
                         INCOMING_FILES_MAX);
    struct incoming_file *file =
        arena_append(&sorting->form->arena, &files->items, &files->count, sizeof *file);
    if (!file) return error_too_large(sorting->error);
    const char *trouble = file_of_bytes(part->file_name, part->type, part->content, file);
    return !trouble || refuse(sorting, part, trouble);
}

static bool take_part(struct form_sorting *sorting, const struct form_part *part) {
    if (text_equal(part->name, text_of(sorting->wanted))) return take_json(sorting, part);
    if (!text_is_null(part->file_name)) return take_file(sorting, part);
    if (text_starts_with(part->type, TEXT("multipart/")))
        return refuse(sorting, part, "holds parts of its own: send each file as a part of the form");
    return refuse(sorting, part, "is neither the JSON nor a file: files have a filename");
}

bool form_body_open(struct form_body *form, const struct operation *operation, struct text content_type,
                    struct operation_context *context, struct error *error) {
    struct form_sorting sorting = {form, operation->form_part, TEXT_NULL, error};
    struct form_data data;
    *form = (struct form_body){.arena = arena_new(ARENA_MAX)};
    if (!form_data_read(content_type, context->body, INCOMING_FILES_MAX + 1, &form->arena, &data, error))
        return false;
    for (size_t i = 0; i < data.count; i++)
        if (!take_part(&sorting, &data.parts[i])) return false;
    if (text_is_null(sorting.json))
        return error_set(error, ERROR_BAD_REQUEST, "The form has no part %s, which holds the JSON",
                         operation->form_part);
    context->body = sorting.json;
    context->files = &form->files;
    return true;
}

void form_body_close(struct form_body *form) {
    arena_free(&form->arena);
}
