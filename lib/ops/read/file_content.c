// SPDX-License-Identifier: GPL-2.0-or-later
// GET /tickets/{number}/attachments/{id}: what is in a file. spec: operations.md 3.5.
#include "store/storage/file_content.h"
#include "base/media_type_syntax.h"
#include "ops/operations.h"
#include "ops/parameters.h"
#include "ops/read/byte_range.h"
#include "ops/read/stored_file.h"
#include "ops/read/ticket_read.h"
#include "ops/reading.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define UNKNOWN_TYPE "application/octet-stream"
// What a browser may show in a page: it runs nothing that is in them.
#define SHOWN_TYPES "image/png,image/jpeg,image/gif,image/webp"

// Whether a signature may be an entity tag.
static bool is_tag(struct text text) {
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.+/=";
    for (size_t i = 0; i < text.length; i++)
        if (!text.data[i] || !strchr(plain, text.data[i])) return false;
    return text.length && text.length <= ANSWER_VERSION_MAX;
}

static void describe(const struct content_file *file, bool inlined, struct answer *answer) {
    struct text type = media_type_without_parameters(file->type); // as its sender called it
    if (!media_type_is_well_formed(type) || type.length > ANSWER_TYPE_MAX) type = TEXT(UNKNOWN_TYPE);
    struct text name = file->name.length ? file->name : TEXT("file");
    while (name.length > ANSWER_NAME_MAX) name = text_cut(name, ANSWER_NAME_MAX / 4);
    struct answer_file *described = &answer->file;
    snprintf(described->type, sizeof described->type, "%.*s", (int)type.length, type.data);
    snprintf(described->name, sizeof described->name, "%.*s", (int)name.length, name.data);
    described->is_shown = inlined && media_type_is_one_of(type, SHOWN_TYPES);
    described->size = described->length = file->size;
    if (is_tag(file->signature))
        snprintf(answer->version, sizeof answer->version, "%.*s", (int)file->signature.length,
                 file->signature.data);
}

// Whether Range counts: If-Range, where it is there, has to name this version (RFC 9110, 13.1.5).
static bool takes_range(const struct operation_context *context, const char *version) {
    struct text tag = context->range_if;
    if (text_is_null(tag)) return true;
    return *version && tag.length == strlen(version) + 2 && tag.data[0] == '"' &&
           version_is_known(tag, version);
}

static bool choose_part(const struct operation_context *context, struct answer *answer, struct error *error) {
    struct answer_file *file = &answer->file;
    if (!takes_range(context, answer->version)) return true;
    switch (byte_range_read(context->range, file->size, &file->first, &file->length)) {
    case BYTE_RANGE_NONE:
        file->first = 0;
        file->length = file->size;
        return true;
    case BYTE_RANGE_PART: file->is_part = true; return true;
    case BYTE_RANGE_BEYOND: break;
    }
    return error_set(error, ERROR_RANGE, "The file has %lld bytes", (long long)file->size);
}

static bool find(struct ticket_read *read, struct content_file *file, struct error *error) {
    const struct entry_wish wish = {&read->ticket, view_types(read->view), read->view};
    int found = content_file_read(read->context->db, &wish, parameter_integer(read->context, "id", 0),
                                  &read->arena, file, error);
    if (found == 0) error_set(error, ERROR_NOT_FOUND, "The ticket has no such file");
    if (found <= 0) return false;
    return file->storage != FILE_ELSEWHERE ||
           error_set(error, ERROR_NOT_NATIVE, "The file is kept by a plugin, outside the database");
}

static bool send_stored(struct ticket_read *read, const struct content_file *file, struct error *error) {
    struct answer *answer = read->answer;
    int opened = stored_file_open(read->context, file, &read->arena, error);
    bool done = opened >= 0 && choose_part(read->context, answer, error) &&
                (read->context->without_body ||
                 stored_file_copy(opened, answer->file.first, answer->file.length, answer->output, error));
    if (opened >= 0) close(opened);
    return done;
}

static bool send(struct ticket_read *read, const struct content_file *file, struct error *error) {
    struct answer *answer = read->answer;
    describe(file, parameter_is(read->context, "inline", "1"), answer);
    answer->unchanged = *answer->version && version_is_known(read->context->known_versions, answer->version);
    if (answer->unchanged) return true;
    if (file->storage == FILE_IN_FOLDER) return send_stored(read, file, error);
    if (!choose_part(read->context, answer, error)) return false;
    return read->context->without_body || !answer->file.length ||
           content_copy(read->context->db, file, answer->file.first, answer->file.length, answer->output,
                        error);
}

bool ticket_file(struct operation_context *context, struct answer *answer, struct error *error) {
    struct ticket_read read = {.context = context,
                               .answer = answer,
                               .arena = arena_new(REQUEST_ARENA_MAX),
                               .view = view_of(context)};
    struct content_file file;
    bool done = ticket_read_look(&read, error) && find(&read, &file, error) && send(&read, &file, error);
    arena_free(&read.arena);
    return done;
}
