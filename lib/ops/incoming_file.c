// SPDX-License-Identifier: GPL-2.0-or-later
// Files that come with a request.
#include "ops/incoming_file.h"

#include "base/buffer.h"
#include "crypto/base64.h"
#include "markup/data_url.h"
#include "ops/file_groups.h"

#include <string.h>

#define PIECES_MAX 256 // extensions and types of a field's configuration

static bool malformed(size_t index, const char *what, struct error *error) {
    return error_set(error, ERROR_BAD_REQUEST, "attachments: element %zu %s", index, what);
}

static bool take_name(struct text name, size_t index, struct incoming_file *file, struct error *error) {
    file->name = text_trim(name);
    if (!file->name.length) return malformed(index, "has no file name", error);
    for (size_t i = 0; i < file->name.length; i++)
        if ((unsigned char)file->name.data[i] < 0x20)
            return malformed(index, "has control characters in its name", error);
    return true;
}

// "NAME": "data:…" or "NAME": "plain text".
static bool take_data_url(struct text name, const struct json_value *value, size_t index, struct arena *arena,
                          struct incoming_file *file, struct error *error) {
    struct data_url url;
    if (json_kind(value) != JSON_TEXT) return malformed(index, "must be {\"name\": \"data:...\"}", error);
    struct text text = json_value_text(value);
    struct buffer bytes = buffer_new(text.length * 4 + 16);
    bool done = take_name(name, index, file, error) && markup_parse_data_url(text, &url, &bytes, error);
    if (done) {
        file->type = arena_copy(arena, url.type);
        file->data = url.is_url ? arena_copy(arena, url.data) : text;
    }
    buffer_free(&bytes);
    return done;
}

// {"name":…,"type":…,"data":…,"encoding":…}
static bool take_described(const struct json_value *value, size_t index, struct arena *arena,
                           struct incoming_file *file, struct error *error) {
    const struct json_value *type = json_member(value, "type"), *encoding = json_member(value, "encoding");
    struct text data = json_value_text(json_member(value, "data"));
    if (!take_name(json_value_text(json_member(value, "name")), index, file, error)) return false;
    if (json_kind(type) > JSON_NULL && json_kind(type) != JSON_TEXT)
        return malformed(index, "has a type that is no string", error);
    if (json_kind(encoding) > JSON_NULL &&
        !text_equal_ignoring_case(json_value_text(encoding), TEXT("base64")))
        return malformed(index, "has an encoding other than \"base64\"", error);
    file->type = json_value_text(type).length ? json_value_text(type) : TEXT("text/plain");
    file->data = data;
    if (json_kind(encoding) <= JSON_NULL) return true;
    struct buffer decoded = buffer_new(data.length + 16);
    base64_decode_lenient(data, &decoded);
    file->data = arena_copy(arena, buffer_text(&decoded));
    buffer_free(&decoded);
    return true;
}

static bool is_described(const struct json_value *value) {
    return json_kind(json_member(value, "name")) == JSON_TEXT &&
           json_kind(json_member(value, "data")) == JSON_TEXT;
}

static struct incoming_file *add_file(struct arena *arena, struct incoming_files *files,
                                      struct error *error) {
    if (files->count == INCOMING_FILES_MAX) {
        error_set(error, ERROR_TOO_LARGE, "attachments: more than %d files", INCOMING_FILES_MAX);
        return NULL;
    }
    struct incoming_file *file = arena_append(arena, &files->items, &files->count, sizeof *file);
    if (!file) error_set(error, ERROR_TOO_LARGE, "attachments: too large");
    return file;
}

static bool read_element(const struct json_value *value, size_t index, struct arena *arena,
                         struct incoming_files *files, struct error *error) {
    struct text name;
    const struct json_value *data;
    void *cursor = NULL;
    struct incoming_file *file = add_file(arena, files, error);
    if (!file) return false;
    if (is_described(value)) return take_described(value, index, arena, file, error);
    if (!json_next_member(value, &cursor, &name, &data))
        return malformed(index, "must be {\"name\": \"data:...\"}", error);
    return take_data_url(name, data, index, arena, file, error);
}

static bool read_object(const struct json_value *object, struct arena *arena, struct incoming_files *files,
                        struct error *error) {
    struct text name;
    const struct json_value *value;
    void *cursor = NULL;
    for (size_t index = 0; json_next_member(object, &cursor, &name, &value); index++) {
        struct incoming_file *file = add_file(arena, files, error);
        if (!file || !take_data_url(name, value, index, arena, file, error)) return false;
    }
    return true;
}

bool incoming_files_read(const struct json_value *attachments, struct arena *arena,
                         struct incoming_files *files, struct error *error) {
    bool done = true;
    files->items = NULL;
    files->count = 0;
    switch (json_kind(attachments)) {
    case JSON_ABSENT:
    case JSON_NULL: return true;
    case JSON_TEXT:
        // An unset form field of a client.
        if (json_value_text(attachments).length == 0) return true;
        return error_set(error, ERROR_BAD_REQUEST, "attachments must be a list of files");
    case JSON_OBJECT:
        done = is_described(attachments) ? read_element(attachments, 0, arena, files, error)
                                         : read_object(attachments, arena, files, error);
        break;
    case JSON_ARRAY:
        for (size_t i = 0; done && i < json_count(attachments); i++)
            done = read_element(json_element(attachments, i), i, arena, files, error);
        break;
    default: return error_set(error, ERROR_BAD_REQUEST, "attachments must be a list of files");
    }
    if (done && arena->failed) return error_set(error, ERROR_TOO_LARGE, "attachments: too large");
    return done;
}

static struct text lower_copy(struct arena *arena, const char *before, struct text text) {
    size_t start = strlen(before);
    char *copy = arena_take(arena, start + text.length + 1);
    if (!copy) return TEXT_NULL;
    memcpy(copy, before, start);
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];
        copy[start + i] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
    }
    return (struct text){copy, start + text.length};
}

static void add_text(struct arena *arena, struct text **list, size_t *count, struct text text) {
    struct text *slot = *count < PIECES_MAX ? arena_append(arena, list, count, sizeof *slot) : NULL;
    if (slot) *slot = text;
}

// One piece of "`.doc, pdf image/png": a piece with a slash is a type, any other an extension, with or
// without its dot.
static void add_piece(struct arena *arena, struct attachment_policy *policy, struct text piece) {
    if (memchr(piece.data, '/', piece.length)) {
        add_text(arena, &policy->types, &policy->type_count, piece);
        return;
    }
    add_text(arena, &policy->extensions, &policy->extension_count,
             lower_copy(arena, piece.data[0] == '.' ? "" : ".", piece));
}

static void add_pieces(struct arena *arena, struct attachment_policy *policy, struct text list) {
    for (size_t i = 0; i < list.length;) {
        size_t start = i;
        while (i < list.length && !strchr(", \t\r\n", list.data[i])) i++;
        if (i > start) add_piece(arena, policy, (struct text){list.data + start, i - start});
        i++;
    }
}

static void add_group(struct arena *arena, struct attachment_policy *policy, struct text group) {
    for (size_t i = 0; i < file_group_type_count; i++) {
        if (!text_equal(group, text_of(file_group_types[i].group))) continue;
        add_text(arena, &policy->types, &policy->type_count, text_of(file_group_types[i].type));
        add_pieces(arena, policy, text_of(file_group_types[i].extensions));
    }
}

static void read_restrictions(const struct json_value *configuration, const struct help_desk *help_desk,
                              struct arena *arena, struct attachment_policy *policy) {
    const struct json_value *extensions = json_member(configuration, "extensions");
    const struct json_value *groups = json_member(configuration, "mimetypes"), *ignored;
    struct text name;
    void *cursor = NULL;
    struct text list = json_kind(extensions) == JSON_ABSENT ? help_desk_config(help_desk, "allowed_filetypes")
                                                            : json_value_text(extensions);
    while (json_next_member(groups, &cursor, &name, &ignored)) add_group(arena, policy, name);
    // What the configuration holds lives only as long as its tree.
    if (text_find(list, TEXT(".*"), 0) < 0) add_pieces(arena, policy, arena_copy(arena, list));
}

void attachment_policy_read(struct text configuration, const struct help_desk *help_desk, struct arena *arena,
                            struct attachment_policy *policy) {
    struct error ignored = {0};
    struct json_value *root = configuration.length ? json_parse(configuration, &ignored) : NULL;
    const struct json_value *enabled = json_member(root, "attachments"), *size = json_member(root, "size");
    memset(policy, 0, sizeof *policy);
    policy->enabled = help_desk_switch(help_desk, "allow_attachments", true);
    if (json_kind(enabled) > JSON_NULL)
        policy->enabled =
            json_value_boolean(enabled) || json_value_integer(enabled) != 0 ||
            (json_value_text(enabled).length && !text_equal(json_value_text(enabled), TEXT("0")));
    policy->max_size = help_desk_number(help_desk, "max_file_size", 0);
    if (json_kind(size) == JSON_INTEGER) policy->max_size = json_value_integer(size);
    if (json_kind(size) == JSON_TEXT && !text_to_int64(json_value_text(size), &policy->max_size))
        policy->max_size = 0;
    read_restrictions(root, help_desk, arena, policy);
    json_free(&root);
}

static bool contains(const struct text *list, size_t count, struct text text) {
    for (size_t i = 0; i < count; i++)
        if (text_equal_ignoring_case(list[i], text)) return true;
    return false;
}

static bool is_allowed(const struct attachment_policy *policy, const struct incoming_file *file) {
    if (contains(policy->types, policy->type_count, file->type) || policy->extension_count == 0) return true;
    const char *dot = memrchr(file->name.data, '.', file->name.length);
    if (!dot) return false;
    return contains(policy->extensions, policy->extension_count,
                    (struct text){dot, (size_t)(file->name.data + file->name.length - dot)});
}

const char *attachment_policy_refusal(const struct attachment_policy *policy,
                                      const struct incoming_file *file) {
    if (!is_allowed(policy, file)) return "File type is not allowed";
    if (policy->max_size > 0 && file->data.length > (uint64_t)policy->max_size)
        return "File size is too large";
    return file->data.length ? NULL : "Unable to save file";
}
