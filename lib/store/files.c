// SPDX-License-Identifier: GPL-2.0-or-later
// Stored files.
#include "store/files.h"

#include "base/buffer.h"
#include "crypto/random.h"
#include "db/db.h"
#include "store/statements.h"

#include <string.h>
#include <strings.h>

#define CHUNK_SIZE    512000 // as osTicket cuts them
#define FILE_NAME_MAX 255    // characters
#define FILE_TYPE_MAX 255

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void take_file(struct db_rows *rows, struct arena *arena, struct stored_file *file) {
    struct text key = db_rows_text(rows, 1);
    size_t length = key.length < FILE_KEY_SIZE ? key.length : FILE_KEY_SIZE - 1;
    memset(file, 0, sizeof *file);
    file->id = db_rows_integer(rows, 0);
    if (length) memcpy(file->key, key.data, length);
    file->name = arena_copy(arena, db_rows_text(rows, 2));
}

static int find_file(struct db *db, unsigned statement, const struct db_value *values, size_t count,
                     struct arena *arena, struct stored_file *file, struct error *error) {
    struct db_rows *rows;
    if (!db_query(db, statement, values, count, &rows, error)) return -1;
    int found = db_rows_next(rows, error);
    if (found > 0) take_file(rows, arena, file);
    db_rows_close(&rows);
    return found;
}

int file_by_key(struct db *db, struct text key, struct arena *arena, struct stored_file *file,
                struct error *error) {
    struct db_value value = db_text(key);
    return find_file(db, STATEMENT_FILE_BY_KEY, &value, 1, arena, file, error);
}

static bool insert_chunks(struct db *db, int64_t file_id, struct text data, struct error *error) {
    for (size_t offset = 0, chunk = 0; offset < data.length; offset += CHUNK_SIZE, chunk++) {
        size_t left = data.length - offset;
        struct text part = {data.data + offset, left < CHUNK_SIZE ? left : CHUNK_SIZE};
        struct db_value values[] = {db_integer(file_id), db_integer((int64_t)chunk), db_text(part)};
        if (!db_execute(db, STATEMENT_FILE_CHUNK_INSERT, values, COUNT(values), NULL, NULL, error))
            return false;
    }
    return true;
}

static struct text lower_case(struct arena *arena, struct text text) {
    struct text copy = arena_copy(arena, text_cut(text, FILE_TYPE_MAX));
    char *bytes = (char *)(uintptr_t)copy.data;
    for (size_t i = 0; i < copy.length; i++)
        if (bytes[i] >= 'A' && bytes[i] <= 'Z') bytes[i] = (char)(bytes[i] + 32);
    return copy;
}

static bool make_key(struct text data, char key[FILE_KEY_SIZE], struct error *error) {
    char prefix[FILE_KEY_PREFIX_LENGTH + 1];
    if (!random_text(FILE_KEY_ALPHABET, prefix, FILE_KEY_PREFIX_LENGTH, error)) return false;
    return file_key(data, prefix, key) || error_set(error, ERROR_INTERNAL, "a file could not be hashed");
}

bool file_store(struct db *db, struct text name, struct text type, struct text data, bool always_new,
                struct arena *arena, struct stored_file *file, struct error *error) {
    char signature[FILE_KEY_SIZE];
    uint64_t id = 0;
    if (!file_signature(data, signature))
        return error_set(error, ERROR_INTERNAL, "a file could not be hashed");
    struct db_value same[] = {db_string(signature), db_integer((int64_t)data.length)};
    if (!always_new) {
        int found = find_file(db, STATEMENT_FILE_FIND, same, COUNT(same), arena, file, error);
        if (found != 0) return found > 0;
    }
    memset(file, 0, sizeof *file);
    if (!make_key(data, file->key, error)) return false;
    file->name = arena_copy(arena, text_cut(name, FILE_NAME_MAX));
    struct db_value values[] = {db_text(lower_case(arena, type)), same[1], db_string(file->key), same[0],
                                db_text(file->name)};
    if (!db_execute(db, STATEMENT_FILE_INSERT, values, COUNT(values), NULL, &id, error)) return false;
    file->id = (int64_t)id;
    return insert_chunks(db, file->id, data, error);
}

bool canned_files(struct db *db, int64_t canned_id, struct arena *arena, struct stored_file **files,
                  size_t *count, struct error *error) {
    struct db_value value = db_integer(canned_id);
    struct db_rows *rows;
    int more;
    *files = NULL;
    *count = 0;
    if (!db_query(db, STATEMENT_CANNED_FILES, &value, 1, &rows, error)) return false;
    while ((more = db_rows_next(rows, error)) > 0) {
        struct stored_file *file = arena_append(arena, files, count, sizeof *file);
        if (file) take_file(rows, arena, file);
    }
    db_rows_close(&rows);
    return more == 0;
}

// The first column of the first row.
static int find_text(struct db *db, unsigned statement, const struct db_value *values, size_t count,
                     struct arena *arena, struct text *text, struct error *error) {
    struct db_rows *rows;
    *text = TEXT_NULL;
    if (!db_query(db, statement, values, count, &rows, error)) return -1;
    int found = db_rows_next(rows, error);
    if (found > 0) *text = arena_copy(arena, db_rows_text(rows, 0));
    db_rows_close(&rows);
    return found;
}

int canned_response(struct db *db, int64_t canned_id, struct arena *arena, struct text *response,
                    struct error *error) {
    struct db_value value = db_integer(canned_id);
    return find_text(db, STATEMENT_CANNED_RESPONSE, &value, 1, arena, response, error);
}

bool message_field_configuration(struct db *db, struct arena *arena, struct text *configuration,
                                 struct error *error) {
    return find_text(db, STATEMENT_MESSAGE_FIELD, NULL, 0, arena, configuration, error) >= 0;
}

bool attachment_insert(struct db *db, int64_t entry_id, const struct stored_file *file, struct text name,
                       bool inlined, struct error *error) {
    bool same = !name.length || text_equal_ignoring_case(name, file->name);
    struct db_value values[] = {db_integer(entry_id), db_integer(file->id),
                                db_text(same ? TEXT_NULL : text_cut(name, FILE_NAME_MAX)),
                                db_integer(inlined)};
    return db_execute(db, STATEMENT_ATTACHMENT_INSERT, values, COUNT(values), NULL, NULL, error);
}
