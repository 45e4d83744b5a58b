// SPDX-License-Identifier: GPL-2.0-or-later
// Paths and their operations.
#include "openapi/parts.h"

#include "base/scope.h"
#include "base/words.h"

#include <stdio.h>
#include <string.h>

#define TAG_SIZE 64
#define TAG_PHP  "osTicket's own"

static const char *const methods[] = {
    [METHOD_GET] = "get",     [METHOD_HEAD] = "head",     [METHOD_POST] = "post",     [METHOD_PUT] = "put",
    [METHOD_PATCH] = "patch", [METHOD_DELETE] = "delete", [METHOD_OTHER] = "options",
};

// Under which head an operation stands: what reads by its scope, what writes by the first word of its path.
static void tag_of(const struct operation *operation, char tag[TAG_SIZE]) {
    int word = (int)strcspn(operation->path + 1, "/.");
    if (operation->of_php)
        snprintf(tag, TAG_SIZE, "%s", TAG_PHP);
    else if (operation->method != METHOD_GET)
        snprintf(tag, TAG_SIZE, "change %.*s", word, operation->path + 1);
    else if (operation->scope)
        snprintf(tag, TAG_SIZE, "%s", scope_name(operation->scope));
    else
        snprintf(tag, TAG_SIZE, "%.*s", word, operation->path + 1);
}

static bool has_tag_before(const struct operation *operation) {
    char tag[TAG_SIZE], other[TAG_SIZE];
    tag_of(operation, tag);
    for (const struct operation *before = operations; before < operation; before++) {
        tag_of(before, other);
        if (strcmp(tag, other) == 0) return true;
    }
    return false;
}

static const char *help_of_tag(const struct operation *operation) {
    if (operation->of_php) return "Calls that osTicket's PHP has as well";
    if (operation->method != METHOD_GET) return "What writes";
    return operation->scope ? "What is read with this scope" : "What any good key reads";
}

void openapi_tags(struct json_writer *json) {
    char tag[TAG_SIZE];
    json_open_array(json);
    for (size_t i = 0; i < operation_count; i++) {
        if (has_tag_before(&operations[i])) continue;
        tag_of(&operations[i], tag);
        json_open_object(json);
        json_text_member(json, "name", text_of(tag));
        json_text_member(json, "description", text_of(help_of_tag(&operations[i])));
        json_close_object(json);
    }
    json_close_array(json);
}

// What the row says beside its line of help.
static void write_description(struct json_writer *json, const struct operation *operation) {
    json_name(json, "description");
    json_open_string(json);
    json_string_part(json, text_of(operation->help));
    json_string_part(json, TEXT("."));
    if (operation->scope) {
        json_string_part(json, TEXT(" Asks for the scope `"));
        json_string_part(json, text_of(scope_name(operation->scope)));
        json_string_part(json, TEXT("`."));
    }
    if (operation->narrowed == NARROWED_REFUSED)
        json_string_part(json, TEXT(" Refused to keys that see some tickets only."));
    if (operation->profile) {
        json_string_part(json, TEXT(" With `Accept: application/json; profile="));
        json_string_part(json, text_of(operation->profile));
        json_string_part(json, TEXT("` it is answered in JSON, failures included."));
    }
    if (operation->with_head) json_string_part(json, TEXT(" HEAD is answered, too."));
    json_close_string(json);
}

// The media type of a body where the row names none: PHP goes by the path's ending, not by Content-Type.
static struct text type_of_body(const struct operation *operation) {
    const char *ending = strrchr(operation->path, '.');
    if (operation->media_types) return text_of(operation->media_types);
    if (ending && strcmp(ending, ".xml") == 0) return TEXT("application/xml");
    if (ending && strcmp(ending, ".email") == 0) return TEXT("message/rfc822");
    return TEXT("application/json");
}

// The same JSON as a part of a form, and files beside it. OpenAPI 3.1, 4.8.15 (Encoding Object).
static void write_form(struct json_writer *json, const struct operation *operation) {
    json_name(json, "multipart/form-data");
    json_open_object(json);
    json_name(json, "schema");
    json_open_object(json);
    json_text_member(json, "type", TEXT("object"));
    json_name(json, "required");
    json_open_array(json);
    json_string(json, operation->form_part);
    json_close_array(json);
    json_name(json, "properties");
    json_open_object(json);
    json_name(json, operation->form_part);
    openapi_reference(json, "schemas", operation->takes);
    json_name(json, "files");
    openapi_reference(json, "schemas", "FormFiles");
    json_close_object(json);
    json_close_object(json);
    json_name(json, "encoding");
    json_open_object(json);
    json_name(json, operation->form_part);
    json_open_object(json);
    json_text_member(json, "contentType", TEXT("application/json"));
    json_close_object(json);
    json_close_object(json);
    json_close_object(json);
}

static void write_body(struct json_writer *json, const struct operation *operation) {
    struct text types = type_of_body(operation);
    json_open_object(json);
    json_name(json, "required");
    json_boolean(json, operation->method != METHOD_DELETE);
    json_name(json, "content");
    json_open_object(json);
    for (struct text type; list_next(&types, &type);) {
        json_name_text(json, type);
        json_open_object(json);
        json_name(json, "schema");
        openapi_reference(json, "schemas", operation->takes);
        json_close_object(json);
    }
    if (operation->form_part) write_form(json, operation);
    json_close_object(json);
    json_close_object(json);
}

static void write_operation(struct json_writer *json, const struct operation *operation) {
    char tag[TAG_SIZE];
    tag_of(operation, tag);
    json_name(json, methods[operation->method]);
    json_open_object(json);
    json_text_member(json, "operationId", text_of(operation->name));
    json_text_member(json, "summary", text_of(operation->help));
    write_description(json, operation);
    json_name(json, "tags");
    json_open_array(json);
    json_string(json, tag);
    json_close_array(json);
    json_text_member(json, "x-scope", operation->scope ? text_of(scope_name(operation->scope)) : TEXT_NULL);
    json_name(json, "x-clients"); // also with a client's token
    json_boolean(json, operation->for_clients);
    json_name(json, "x-head"); // a HEAD beside the GET
    json_boolean(json, operation->with_head);
    json_name(json, "parameters");
    openapi_parameters(json, operation);
    if (operation->takes) {
        json_name(json, "requestBody");
        write_body(json, operation);
    }
    json_name(json, "responses");
    openapi_responses(json, operation);
    json_close_object(json);
}

static bool has_path_before(size_t row) {
    for (size_t i = 0; i < row; i++)
        if (strcmp(operations[i].path, operations[row].path) == 0) return true;
    return false;
}

void openapi_paths(struct json_writer *json) {
    json_open_object(json);
    for (size_t row = 0; row < operation_count; row++) {
        if (has_path_before(row)) continue;
        json_name_text(json, text_of(operations[row].path));
        json_open_object(json);
        for (size_t i = row; i < operation_count; i++)
            if (strcmp(operations[i].path, operations[row].path) == 0) write_operation(json, &operations[i]);
        json_close_object(json);
    }
    json_close_object(json);
}
