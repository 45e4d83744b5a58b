// SPDX-License-Identifier: GPL-2.0-or-later
// GET /tickets/{number}/attachments.json, and the files of an entry.
#include "ops/read/files.h"

#include "ops/operations.h"
#include "ops/read/parts.h"
#include "ops/read/values.h"

#include <stdio.h>

#define ESCAPE_SIZE 4 // of "%2F"

// As it may stand in a path (RFC 3986, 2.3).
static bool is_unreserved(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

// The path behind the prefix, by the ticket's id where it has no number: "/tickets/310042/attachments/3".
static void write_path(struct ticket_read *read, int64_t id) {
    struct json_writer *json = &read->json;
    struct text name = read->context->subject->name;
    char end[64];
    json_name(json, "href");
    json_open_string(json);
    json_string_part(json, TEXT("/tickets/"));
    for (size_t i = 0; i < name.length; i++) {
        char escape[ESCAPE_SIZE];
        snprintf(escape, sizeof escape, "%%%02X", (unsigned)(unsigned char)name.data[i]);
        bool plain = is_unreserved(name.data[i]) || name.data[i] == ':';
        json_string_part(json, plain ? (struct text){name.data + i, 1} : text_of(escape));
    }
    snprintf(end, sizeof end, "/attachments/%lld", (long long)id);
    json_string_part(json, text_of(end));
    json_close_string(json);
}

void file_write(struct ticket_read *read, const struct shown_file *file) {
    struct json_writer *json = &read->json;
    json_open_object(json);
    json_integer_member(json, "id", file->id);
    json_integer_member(json, "entry_id", file->entry_id);
    json_text_member(json, "name", file->name);
    json_integer_member(json, "size", file->size);
    json_text_member(json, "type", file->type);
    value_boolean(json, "inline", file->is_inline);
    json_text_member(json, "cid", file->key);
    json_text_member(json, "sha", file->signature);
    write_path(read, file->id);
    json_close_object(json);
}

const struct shown_file *files_of_entry(const struct shown_file *files, size_t count, int64_t entry_id,
                                        size_t *found) {
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (files[middle].entry_id < entry_id)
            low = middle + 1;
        else
            high = middle;
    }
    for (*found = 0; low + *found < count && files[low + *found].entry_id == entry_id;) ++*found;
    return *found ? files + low : NULL;
}

bool part_attachments(struct ticket_read *read, struct error *error) {
    struct shown_file *files;
    size_t count;
    bool long_bodies;
    const struct entry_wish wish = {&read->ticket, view_types(read->view), read->view};
    if (!shown_files_read(read->context->db, &wish, &read->arena, &files, &count, &long_bodies, error))
        return false;
    json_name(&read->json, "attachments");
    json_open_array(&read->json);
    for (size_t i = 0; i < count; i++) file_write(read, &files[i]);
    json_close_array(&read->json);
    return true;
}

bool ticket_attachments(struct operation_context *context, struct answer *answer, struct error *error) {
    return ticket_read_run(context, answer, part_attachments, error);
}
