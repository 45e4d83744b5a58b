// SPDX-License-Identifier: GPL-2.0-or-later
// Files that come with a request.
#include "ops/incoming_file.h"

#include "base/buffer.h"
#include "base/number.h"
#include "crypto/base64.h"
#include "markup/data_url.h"
#include "ops/file_groups.h"
#include "ops/media_type.h"
#include "json/reader.h"

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

// A file's bytes are its own: the charset that a client gives them is no more than their label.
static struct text file_bytes(const struct data_url *url, struct arena *arena) {
    struct buffer bytes = buffer_new(url->content.length);
    if (!url->is_base64) return url->content;
    data_url_bytes(url, &bytes);
    struct text copy = arena_copy(arena, buffer_text(&bytes));
    buffer_free(&bytes);
    return copy;
}

// "NAME": "data:…" or "NAME": "plain text".
static bool take_data_url(const struct input *value, size_t index, struct arena *arena,
                          struct incoming_file *file, struct error *error) {
    struct data_url url;
    if (value->kind != INPUT_TEXT) return malformed(index, "must be {\"name\": \"data:...\"}", error);
    if (!take_name(value->name, index, file, error)) return false;
    data_url_read(value->text, &url);
    file->type = url.type;
    file->data = file_bytes(&url, arena);
    return true;
}

static bool is_given(const struct input *value) {
    return value && value->kind > INPUT_NULL;
}

static struct text member_text(const struct input *map, const char *name) {
    const struct input *member = input_member(map, text_of(name));
    return member && member->kind == INPUT_TEXT ? member->text : TEXT_NULL;
}

static bool has_text(const struct input *map, const char *name) {
    const struct input *member = input_member(map, text_of(name));
    return member && member->kind == INPUT_TEXT;
}

static void decode_base64(bool (*decode)(struct text text, struct buffer *out), struct arena *arena,
                          struct incoming_file *file) {
    struct buffer decoded = buffer_new(file->data.length + 16);
    file->data = decode(file->data, &decoded) ? arena_copy(arena, buffer_text(&decoded)) : TEXT("");
    buffer_free(&decoded);
}

static bool decode_leniently(struct text text, struct buffer *out) {
    base64_decode_lenient(text, out);
    return true;
}

// {"name":…,"type":…,"data":…,"encoding":…}
static bool take_described(const struct input *value, size_t index, struct arena *arena,
                           struct incoming_file *file, struct error *error) {
    const struct input *type = input_member(value, TEXT("type"));
    const struct input *encoding = input_member(value, TEXT("encoding"));
    if (!take_name(member_text(value, "name"), index, file, error)) return false;
    if (is_given(type) && type->kind != INPUT_TEXT)
        return malformed(index, "has a type that is no string", error);
    if (is_given(encoding) && !text_equal_ignoring_case(member_text(value, "encoding"), TEXT("base64")))
        return malformed(index, "has an encoding other than \"base64\"", error);
    file->type = is_given(type) && type->text.length ? type->text : TEXT("text/plain");
    file->data = member_text(value, "data");
    if (is_given(encoding)) decode_base64(decode_leniently, arena, file);
    return true;
}

static bool is_described(const struct input *value) {
    return has_text(value, "name") && has_text(value, "data");
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

static bool read_element(const struct input *value, size_t index, struct arena *arena,
                         struct incoming_files *files, struct error *error) {
    struct incoming_file *file = add_file(arena, files, error);
    if (!file) return false;
    if (is_described(value)) return take_described(value, index, arena, file, error);
    if (value->kind != INPUT_MAP || !value->count)
        return malformed(index, "must be {\"name\": \"data:...\"}", error);
    return take_data_url(&value->members[0], index, arena, file, error);
}

static bool read_object(const struct input *object, struct arena *arena, struct incoming_files *files,
                        struct error *error) {
    for (size_t index = 0; index < object->count; index++) {
        struct incoming_file *file = add_file(arena, files, error);
        if (!file || !take_data_url(&object->members[index], index, arena, file, error)) return false;
    }
    return true;
}

static bool finish(bool done, const struct arena *arena, struct error *error) {
    if (done && arena->failed) return error_set(error, ERROR_TOO_LARGE, "attachments: too large");
    return done;
}

bool incoming_files_read(const struct input *attachments, struct arena *arena, struct incoming_files *files,
                         struct error *error) {
    bool done = true;
    *files = (struct incoming_files){0};
    if (!is_given(attachments)) return true;
    // The empty text is an unset form field of a client.
    if (attachments->kind == INPUT_TEXT && attachments->text.length == 0) return true;
    switch (attachments->kind) {
    case INPUT_MAP:
        done = is_described(attachments) ? read_element(attachments, 0, arena, files, error)
                                         : read_object(attachments, arena, files, error);
        break;
    case INPUT_LIST:
        for (size_t i = 0; done && i < attachments->count; i++)
            done = read_element(&attachments->members[i], i, arena, files, error);
        break;
    default: return error_set(error, ERROR_BAD_REQUEST, "attachments must be a list of files");
    }
    return finish(done, arena, error);
}

// <file name="…" type="…" encoding="base64">data</file>
static bool read_file_element(const struct input *value, size_t index, struct arena *arena,
                              struct incoming_files *files, struct error *error) {
    struct incoming_file *file = add_file(arena, files, error);
    if (!file) return false;
    if (!take_name(member_text(value, "name"), index, file, error)) return false;
    file->data = member_text(value, INPUT_OWN_TEXT_NAME);
    if (!file->data.data) file->data = TEXT("");
    if (text_equal_ignoring_case(member_text(value, "encoding"), TEXT("base64")))
        decode_base64(base64_decode_strict, arena, file);
    file->type = member_text(value, "type");
    if (!file->type.length) file->type = media_type_of(file->data);
    return true;
}

bool incoming_files_read_xml(const struct input *attachments, struct arena *arena,
                             struct incoming_files *files, struct error *error) {
    const struct input *file = input_member(attachments, TEXT("file"));
    bool done = true;
    *files = (struct incoming_files){0};
    if (!is_given(attachments) || (attachments->kind == INPUT_TEXT && attachments->text.length == 0))
        return true;
    if (!file) return error_set(error, ERROR_BAD_REQUEST, "attachments must hold elements <file>");
    if (file->kind != INPUT_LIST)
        return finish(read_file_element(file, 0, arena, files, error), arena, error);
    for (size_t i = 0; done && i < file->count; i++)
        done = read_file_element(&file->members[i], i, arena, files, error);
    return finish(done, arena, error);
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
    // Without such a text osTicket looks at no extension, whatever groups of types there are.
    if (text_is_null(list)) policy->extension_count = 0;
}

// The field's own limit, else the help desk's. What is no number limits to nothing. Where neither has any,
// because the help desk's system settings were never saved, PHP lets no file in.
static void read_limit(const struct json_value *size, const struct help_desk *help_desk,
                       struct attachment_policy *policy) {
    struct text limit = help_desk_config(help_desk, "max_file_size");
    enum json_kind kind = json_kind(size);
    if (kind == JSON_TEXT) limit = json_value_text(size);
    policy->is_limited = !text_is_null(limit) || kind > JSON_NULL;
    policy->max_size = number_whole(limit);
    if (kind > JSON_NULL && kind != JSON_TEXT) policy->max_size = json_value_integer(size);
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
    read_limit(size, help_desk, policy);
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
    if (policy->is_limited && (int64_t)file->data.length > policy->max_size) return "File size is too large";
    return file->data.length ? NULL : ATTACHMENT_EMPTY;
}
