// SPDX-License-Identifier: GPL-2.0-or-later
// What the ticket form's message field lets in.
#include "ops/entry/attachment_policy.h"

#include "base/number.h"
#include "ops/entry/file_groups.h"
#include "json/reader.h"

#include <string.h>

#define PIECES_MAX 256 // extensions and types of a field's configuration

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
