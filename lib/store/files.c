// SPDX-License-Identifier: GPL-2.0-or-later
// Stored files.
#include "store/files.h"

#include "base/buffer.h"
#include "crypto/random.h"
#include "db/db.h"
#include "store/slots.h"
#include "store/statements.h"

#include <string.h>
#include <strings.h>

#define CHUNK_SIZE    512000 // as osTicket cuts them
#define FILE_NAME_MAX 255    // characters
#define FILE_TYPE_MAX 255

// So many bytes go into one statement: all its values must fit into the server's max_allowed_packet, which is
// no less than a mebibyte.
#define CHUNKS_MAX_BYTES (2 * CHUNK_SIZE)

#define COUNT(array) (sizeof(array) / sizeof *(array))

static size_t at_most(size_t count, size_t most) {
    return count < most ? count : most;
}

// Values of a statement with slots: column by column, NULL where nothing is set.
static void clear_slots(struct db_value *values, size_t columns) {
    for (size_t i = 0; i < columns * SLOT_COUNT; i++) values[i] = db_text(TEXT_NULL);
}

void stored_file_take(struct db_rows *rows, unsigned first, struct arena *arena, struct stored_file *file) {
    struct text key = db_rows_text(rows, first + 1);
    size_t length = at_most(key.length, FILE_KEY_SIZE - 1);
    memset(file, 0, sizeof *file);
    file->id = db_rows_integer(rows, first);
    if (length) memcpy(file->key, key.data, length);
    file->name = arena_copy(arena, db_rows_text(rows, first + 2));
}

enum { SEARCH_COLUMNS = 3 };

static bool find_some(struct db *db, struct arena *arena, struct file_search *searches, size_t count,
                      struct error *error) {
    struct db_value values[SLOT_COUNT * SEARCH_COLUMNS];
    struct db_rows *rows;
    int more;
    clear_slots(values, SEARCH_COLUMNS);
    for (size_t i = 0; i < count; i++) {
        struct db_value *slot = &values[i * SEARCH_COLUMNS];
        slot[2] = db_text(searches[i].key);
        if (!text_is_null(searches[i].key)) continue;
        slot[0] = db_string(searches[i].signature);
        slot[1] = db_integer((int64_t)searches[i].size);
    }
    if (!db_query(db, STATEMENT_FILES_FIND, values, COUNT(values), &rows, error)) return false;
    while ((more = db_rows_next(rows, error)) > 0) {
        int64_t slot = db_rows_integer(rows, 0);
        if (slot < 0 || (size_t)slot >= count) continue;
        searches[slot].found = true;
        stored_file_take(rows, 1, arena, &searches[slot].file);
    }
    db_rows_close(&rows);
    return more == 0;
}

bool files_find(struct db *db, struct arena *arena, struct file_search *searches, size_t count,
                struct error *error) {
    for (size_t i = 0; i < count; i += SLOT_COUNT)
        if (!find_some(db, arena, searches + i, at_most(count - i, SLOT_COUNT), error)) return false;
    return true;
}

bool new_file_name(struct new_file *file, struct error *error) {
    char prefix[FILE_KEY_PREFIX_LENGTH + 1];
    memset(&file->file, 0, sizeof file->file);
    file->file.name = text_cut(file->name, FILE_NAME_MAX);
    if (!random_text(FILE_KEY_ALPHABET, prefix, FILE_KEY_PREFIX_LENGTH, error)) return false;
    return (file_signature(file->data, file->signature) && file_key(file->data, prefix, file->file.key)) ||
           error_set(error, ERROR_INTERNAL, "a file could not be hashed");
}

static struct text lower_case(struct arena *arena, struct text text) {
    struct text copy = arena_copy(arena, text_cut(text, FILE_TYPE_MAX));
    char *bytes = (char *)(uintptr_t)copy.data;
    for (size_t i = 0; i < copy.length; i++)
        if (bytes[i] >= 'A' && bytes[i] <= 'Z') bytes[i] = (char)(bytes[i] + 32);
    return copy;
}

// The ids that several files of one statement got: they need not follow each other.
static bool read_ids(struct db *db, struct new_file *const *files, size_t count, struct error *error) {
    struct db_value keys[SLOT_COUNT];
    struct db_rows *rows;
    int more;
    clear_slots(keys, 1);
    for (size_t i = 0; i < count; i++) keys[i] = db_string(files[i]->file.key);
    if (!db_query(db, STATEMENT_FILE_IDS, keys, COUNT(keys), &rows, error)) return false;
    while ((more = db_rows_next(rows, error)) > 0)
        for (size_t i = 0; i < count; i++)
            if (text_equal(db_rows_text(rows, 1), text_of(files[i]->file.key)))
                files[i]->file.id = db_rows_integer(rows, 0);
    db_rows_close(&rows);
    return more == 0;
}

enum { FILE_COLUMNS = 5 };

static bool insert_rows(struct db *db, struct arena *arena, struct new_file *const *files, size_t count,
                        struct error *error) {
    struct db_value values[SLOT_COUNT * FILE_COLUMNS + 1];
    uint64_t id = 0;
    clear_slots(values, FILE_COLUMNS);
    for (size_t i = 0; i < count; i++) {
        const struct new_file *file = files[i];
        values[i] = db_text(lower_case(arena, file->type));
        values[i + SLOT_COUNT] = db_integer((int64_t)file->data.length);
        values[i + 2 * SLOT_COUNT] = db_string(file->file.key);
        values[i + 3 * SLOT_COUNT] = db_string(file->signature);
        values[i + 4 * SLOT_COUNT] = db_text(file->file.name);
    }
    values[SLOT_COUNT * FILE_COLUMNS] = db_integer((int64_t)count);
    if (!db_execute(db, STATEMENT_FILES_INSERT, values, COUNT(values), NULL, &id, error)) return false;
    files[0]->file.id = (int64_t)id;
    return count == 1 || read_ids(db, files, count, error);
}

enum { CHUNK_COLUMNS = 3 };

// Chunks that wait for their statement.
struct chunks {
    struct db *db;
    struct db_value values[SLOT_COUNT * CHUNK_COLUMNS + 1];
    size_t count;
    size_t bytes;
};

static bool flush_chunks(struct chunks *chunks, struct error *error) {
    if (!chunks->count) return true;
    chunks->values[SLOT_COUNT * CHUNK_COLUMNS] = db_integer((int64_t)chunks->count);
    bool done = db_execute(chunks->db, STATEMENT_FILE_CHUNKS_INSERT, chunks->values, COUNT(chunks->values),
                           NULL, NULL, error);
    clear_slots(chunks->values, CHUNK_COLUMNS);
    chunks->count = chunks->bytes = 0;
    return done;
}

static bool add_chunk(struct chunks *chunks, int64_t file_id, size_t number, struct text part,
                      struct error *error) {
    if ((chunks->count == SLOT_COUNT || chunks->bytes + part.length > CHUNKS_MAX_BYTES) &&
        !flush_chunks(chunks, error))
        return false;
    chunks->values[chunks->count] = db_integer(file_id);
    chunks->values[chunks->count + SLOT_COUNT] = db_integer((int64_t)number);
    chunks->values[chunks->count + 2 * SLOT_COUNT] = db_text(part);
    chunks->count++;
    chunks->bytes += part.length;
    return true;
}

static bool insert_chunks(struct db *db, struct new_file *const *files, size_t count, struct error *error) {
    struct chunks chunks = {.db = db};
    clear_slots(chunks.values, CHUNK_COLUMNS);
    for (size_t i = 0; i < count; i++) {
        struct text data = files[i]->data;
        for (size_t number = 0; data.length; number++) {
            struct text part = {data.data, at_most(data.length, CHUNK_SIZE)};
            if (!add_chunk(&chunks, files[i]->file.id, number, part, error)) return false;
            data = (struct text){data.data + part.length, data.length - part.length};
        }
    }
    return flush_chunks(&chunks, error);
}

bool files_insert(struct db *db, struct arena *arena, struct new_file *const *files, size_t count,
                  struct error *error) {
    for (size_t i = 0; i < count; i += SLOT_COUNT)
        if (!insert_rows(db, arena, files + i, at_most(count - i, SLOT_COUNT), error)) return false;
    return insert_chunks(db, files, count, error);
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
        if (file) stored_file_take(rows, 0, arena, file);
    }
    db_rows_close(&rows);
    return more == 0;
}

int canned_response(struct db *db, int64_t canned_id, struct arena *arena, struct text *response,
                    struct error *error) {
    struct db_value value = db_integer(canned_id);
    struct db_rows *rows;
    *response = TEXT_NULL;
    if (!db_query(db, STATEMENT_CANNED_RESPONSE, &value, 1, &rows, error)) return -1;
    int found = db_rows_next(rows, error);
    if (found > 0) *response = arena_copy(arena, db_rows_text(rows, 0));
    db_rows_close(&rows);
    return found;
}

enum { ATTACHMENT_COLUMNS = 3 };

static bool attach_some(struct db *db, int64_t entry_id, const struct attachment *attachments, size_t count,
                        struct error *error) {
    struct db_value values[SLOT_COUNT * ATTACHMENT_COLUMNS + 2], *slots = values + 1;
    clear_slots(slots, ATTACHMENT_COLUMNS);
    values[0] = db_integer(entry_id);
    for (size_t i = 0; i < count; i++) {
        struct text name = attachments[i].name;
        bool same = !name.length || text_equal_ignoring_case(name, attachments[i].file->name);
        slots[i] = db_integer(attachments[i].file->id);
        slots[i + SLOT_COUNT] = db_text(same ? TEXT_NULL : text_cut(name, FILE_NAME_MAX));
        slots[i + 2 * SLOT_COUNT] = db_integer(attachments[i].inlined);
    }
    slots[SLOT_COUNT * ATTACHMENT_COLUMNS] = db_integer((int64_t)count);
    return db_execute(db, STATEMENT_ATTACHMENTS_INSERT, values, COUNT(values), NULL, NULL, error);
}

bool attachments_insert(struct db *db, int64_t entry_id, const struct attachment *attachments, size_t count,
                        struct error *error) {
    for (size_t i = 0; i < count; i += SLOT_COUNT)
        if (!attach_some(db, entry_id, attachments + i, at_most(count - i, SLOT_COUNT), error)) return false;
    return true;
}
