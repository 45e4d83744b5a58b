// SPDX-License-Identifier: GPL-2.0-or-later
// Files that come with a request.
#include "ops/entry/incoming_file.h"

#include "ops/entry/file_description.h"

#include <string.h>

struct reading {
    struct arena *arena;
    struct incoming_files *files;
    struct error *error;
};

static bool malformed(const struct reading *reading, size_t index, const char *what) {
    return error_set(reading->error, ERROR_BAD_REQUEST, "attachments: element %zu %s", index, what);
}

static bool misshapen(const struct reading *reading, size_t index) {
    return malformed(reading, index, "must be {\"name\": \"data:...\"}");
}

static bool is_given(const struct input *value) {
    return value && value->kind > INPUT_NULL;
}

static bool add_file(const struct reading *reading, size_t index,
                     const struct file_description *description) {
    struct incoming_files *files = reading->files;
    if (files->count == INCOMING_FILES_MAX)
        return error_set(reading->error, ERROR_TOO_LARGE, "attachments: more than %d files",
                         INCOMING_FILES_MAX);
    struct incoming_file *file = arena_append(reading->arena, &files->items, &files->count, sizeof *file);
    if (!file) return error_set(reading->error, ERROR_TOO_LARGE, "attachments: too large");
    const char *trouble = file_description_read(description, reading->arena, file);
    return !trouble || malformed(reading, index, trouble);
}

// The part of a description that a member of this name is; NULL when it is none.
static struct text *part_of(struct file_description *description, struct text name) {
    const struct {
        const char *name;
        struct text *part;
    } parts[] = {
        {"name", &description->name},         {"filename", &description->name},
        {"type", &description->type},         {"mimetype", &description->type},
        {"encoding", &description->encoding}, {"data", &description->data},
        {"content", &description->data},      {INPUT_OWN_TEXT_NAME, &description->data},
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (text_equal_ignoring_case(name, text_of(parts[i].name))) return parts[i].part;
    return NULL;
}

// Whether the members of this object describe a file. Else their names are those of files.
static bool is_described(const struct input *value) {
    struct file_description ignored;
    for (size_t i = 0; value->kind == INPUT_MAP && i < value->count; i++)
        if (part_of(&ignored, value->members[i].name)) return true;
    return false;
}

// <data encoding="base64">…</data>: what its attributes say counts where the file itself says nothing.
static bool take_parts(const struct input *value, struct file_description *description, unsigned depth) {
    for (size_t i = 0; i < value->count; i++) {
        const struct input *member = &value->members[i];
        struct text *part = part_of(description, member->name);
        if (!part || !is_given(member)) continue;
        bool nested = member->kind == INPUT_MAP && part == &description->data && depth == 0;
        if (nested && !take_parts(member, description, 1)) return false;
        if (nested) continue;
        if (member->kind != INPUT_TEXT) return false;
        if (!part->length) *part = member->text;
    }
    return true;
}

static bool read_described(const struct reading *reading, const struct input *value, size_t index,
                           struct text name) {
    struct file_description description = {.name = TEXT_NULL};
    if (!take_parts(value, &description, 0))
        return malformed(reading, index, "has a name, type, encoding or data that is no string");
    if (text_is_null(description.name)) description.name = name;
    return add_file(reading, index, &description);
}

// "NAME": "data:…", or "NAME": {"type":…, "data":…}.
static bool read_member(const struct reading *reading, const struct input *member, size_t index) {
    struct file_description description = {
        .name = member->name, .data = member->text, .raw_type = TEXT("text/plain")};
    if (is_described(member)) return read_described(reading, member, index, member->name);
    if (member->kind != INPUT_TEXT) return misshapen(reading, index);
    return add_file(reading, index, &description);
}

static bool read_element(const struct reading *reading, const struct input *value, size_t index) {
    if (value->kind != INPUT_MAP || !value->count) return misshapen(reading, index);
    if (is_described(value)) return read_described(reading, value, index, TEXT_NULL);
    for (size_t i = 0; i < value->count; i++)
        if (!read_member(reading, &value->members[i], index)) return false;
    return true;
}

// {"NAME": "data:…", …}, or with elements as a list has them under any names.
static bool read_object(const struct reading *reading, const struct input *object) {
    if (is_described(object)) return read_described(reading, object, 0, TEXT_NULL);
    for (size_t i = 0; i < object->count; i++) {
        const struct input *member = &object->members[i];
        bool element = member->kind == INPUT_MAP && !is_described(member);
        if (!(element ? read_element : read_member)(reading, member, i)) return false;
    }
    return true;
}

static bool finish(bool done, const struct reading *reading) {
    if (done && reading->arena->failed)
        return error_set(reading->error, ERROR_TOO_LARGE, "attachments: too large");
    return done;
}

bool incoming_files_read(const struct input *attachments, struct arena *arena, struct incoming_files *files,
                         struct error *error) {
    struct reading reading = {arena, files, error};
    bool done = true;
    *files = (struct incoming_files){0};
    if (!is_given(attachments)) return true;
    // The empty text is an unset form field of a client.
    if (attachments->kind == INPUT_TEXT && attachments->text.length == 0) return true;
    switch (attachments->kind) {
    case INPUT_MAP: done = read_object(&reading, attachments); break;
    case INPUT_LIST:
        for (size_t i = 0; done && i < attachments->count; i++)
            done = read_element(&reading, &attachments->members[i], i);
        break;
    default: return error_set(error, ERROR_BAD_REQUEST, "attachments must be a list of files");
    }
    return finish(done, &reading);
}

// <file name="…">data</file>. Any other element is a file as well, if it has something to say of one. An
// empty <file/> is an empty file, as in PHP.
static bool read_xml_element(const struct reading *reading, const struct input *value, struct text tag,
                             size_t index) {
    struct file_description description = {.name = TEXT_NULL};
    if (value->kind == INPUT_TEXT && text_find(tag, TEXT("."), 0) > 0) description.name = tag;
    if (value->kind == INPUT_TEXT)
        description.data = value->text;
    else if (value->kind != INPUT_MAP || !take_parts(value, &description, 0))
        return malformed(reading, index, "has a name, type, encoding or data that is no text");
    if (text_is_null(description.data) && text_equal(tag, TEXT("file"))) description.data = TEXT("");
    return add_file(reading, index, &description);
}

// What may stand in <attachments> beside files, as its attributes.
static bool is_about_all(const struct input *child) {
    static const char *const names[] = {INPUT_OWN_TEXT_NAME, "count", "size", "number", "total", "type",
                                        "encoding"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (text_equal_ignoring_case(child->name, text_of(names[i]))) return child->kind == INPUT_TEXT;
    return text_starts_with(child->name, TEXT("xmlns"));
}

static bool read_xml_elements(const struct reading *reading, const struct input *parent) {
    size_t index = 0;
    for (size_t i = 0; i < parent->count; i++) {
        const struct input *child = &parent->members[i];
        size_t count = is_about_all(child) ? 0 : child->kind == INPUT_LIST ? child->count : 1;
        for (size_t k = 0; k < count; k++) {
            const struct input *element = child->kind == INPUT_LIST ? &child->members[k] : child;
            if (!read_xml_element(reading, element, child->name, index++)) return false;
        }
    }
    return true;
}

static bool read_xml_parent(const struct reading *reading, const struct input *parent) {
    if (parent->kind == INPUT_TEXT && parent->text.length == 0) return true;
    if (parent->kind != INPUT_MAP)
        return error_set(reading->error, ERROR_BAD_REQUEST, "attachments must hold elements <file>");
    if (input_member(parent, INPUT_OWN_TEXT) && !input_member(parent, TEXT("file")))
        return read_xml_element(reading, parent, TEXT("attachments"), 0);
    return read_xml_elements(reading, parent);
}

bool incoming_files_read_xml(const struct input *attachments, struct arena *arena,
                             struct incoming_files *files, struct error *error) {
    struct reading reading = {arena, files, error};
    *files = (struct incoming_files){0};
    if (!is_given(attachments)) return true;
    bool done = true;
    if (attachments->kind != INPUT_LIST) return finish(read_xml_parent(&reading, attachments), &reading);
    for (size_t i = 0; done && i < attachments->count; i++)
        done = read_xml_parent(&reading, &attachments->members[i]);
    return finish(done, &reading);
}

bool incoming_files_join(const struct incoming_files *beside, struct arena *arena,
                         struct incoming_files *files, struct error *error) {
    for (size_t i = 0; beside && i < beside->count; i++) {
        if (files->count == INCOMING_FILES_MAX)
            return error_set(error, ERROR_TOO_LARGE, "attachments: more than %d files", INCOMING_FILES_MAX);
        struct incoming_file *file = arena_append(arena, &files->items, &files->count, sizeof *file);
        if (!file) return error_set(error, ERROR_TOO_LARGE, "attachments: too large");
        *file = beside->items[i];
    }
    return true;
}
