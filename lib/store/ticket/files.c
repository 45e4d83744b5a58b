// SPDX-License-Identifier: GPL-2.0-or-later
// Stored files.
#include "store/ticket/files.h"

#include "base/buffer.h"
#include "crypto/random.h"
#include "db/db.h"
#include "store/statements.h"
#include "store/text_fit.h"

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

void stored_file_take(struct stored_file *file, int64_t id, struct text key, struct text name) {
    size_t length = at_most(key.length, FILE_KEY_SIZE - 1);
    memset(file, 0, sizeof *file);
    file->id = id;
    if (length) memcpy(file->key, key.data, length);
    file->name = name;
}

static void take_file(struct db_rows *rows, unsigned first, struct arena *arena, struct stored_file *file) {
    stored_file_take(file, db_rows_integer(rows, first), db_rows_text(rows, first + 1),
                     arena_copy(arena, db_rows_text(rows, first + 2)));
}

void file_searches_bind(const struct file_search *searches, size_t count, struct db_value *values) {
    for (size_t i = 0; i < SLOT_COUNT; i++) {
        bool by_content = i < count && text_is_null(searches[i].key);
        *values++ = by_content ? db_string(searches[i].signature) : db_text(TEXT_NULL);
        *values++ = by_content ? db_integer((int64_t)searches[i].size) : db_text(TEXT_NULL);
        *values++ = db_text(i < count ? searches[i].key : TEXT_NULL);
    }
}

void file_search_take(struct db_rows *rows, unsigned first, struct arena *arena, struct file_search *searches,
                      size_t count) {
    int64_t slot = db_rows_integer(rows, first);
    if (slot < 0 || (size_t)slot >= count) return;
    searches[slot].found = true;
    take_file(rows, first + 1, arena, &searches[slot].file);
}

static bool find_some(struct db *db, struct arena *arena, struct file_search *searches, size_t count,
                      struct error *error) {
    struct db_value values[SEARCH_VALUES];
    struct db_rows *rows;
    int more;
    file_searches_bind(searches, count, values);
    if (!db_query(db, STATEMENT_FILES_FIND, values, COUNT(values), &rows, error)) return false;
    while ((more = db_rows_next(rows, error)) > 0) file_search_take(rows, 0, arena, searches, count);
    db_rows_close(&rows);
    return more == 0;
}

bool files_find(struct db *db, struct arena *arena, struct file_search *searches, size_t count,
                struct error *error) {
    for (size_t i = 0; i < count; i += SLOT_COUNT)
        if (!find_some(db, arena, searches + i, at_most(count - i, SLOT_COUNT), error)) return false;
    return true;
}

bool new_file_name(struct work *work, struct new_file *file, struct error *error) {
    char prefix[FILE_KEY_PREFIX_LENGTH + 1];
    if (!text_fit(work, "file", "name", false, &file->name, error) ||
        !text_fit(work, "file", "type", false, &file->type, error))
        return false;
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

enum { FILE_COLUMNS = 5 };

// The ids of several files follow each other nearly always. That is taken for true until their chunks are
// written, by which it is seen.
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
    for (size_t i = 0; i < count; i++) files[i]->file.id = (int64_t)(id + i);
    return true;
}

enum { CHUNK_COLUMNS = 5 };

// Chunks that wait for their statement.
struct chunks {
    struct db *db;
    struct chunk {
        struct new_file *file;
        size_t number;
        struct text part;
    } items[SLOT_COUNT];
    size_t count;
    size_t bytes;
};

// `written`: how many chunks found their file under the id that it was thought to have.
static bool send_chunks(const struct chunks *chunks, uint64_t *written, struct error *error) {
    struct db_value values[SLOT_COUNT * CHUNK_COLUMNS];
    clear_slots(values, CHUNK_COLUMNS);
    for (size_t i = 0; i < chunks->count; i++) {
        const struct chunk *chunk = &chunks->items[i];
        values[i] = values[i + 3 * SLOT_COUNT] = db_integer(chunk->file->file.id);
        values[i + SLOT_COUNT] = db_integer((int64_t)chunk->number);
        values[i + 2 * SLOT_COUNT] = db_text(chunk->part);
        values[i + 4 * SLOT_COUNT] = db_string(chunk->file->file.key);
    }
    return db_execute(chunks->db, STATEMENT_FILE_CHUNKS_INSERT, values, COUNT(values), written, NULL, error);
}

// Reads the ids that the files really have, and keeps the chunks of those that were thought to have others.
static bool correct_ids(struct chunks *chunks, struct error *error) {
    struct db_value keys[SLOT_COUNT];
    int64_t ids[SLOT_COUNT] = {0};
    struct db_rows *rows;
    size_t kept = 0;
    int more;
    clear_slots(keys, 1);
    for (size_t i = 0; i < chunks->count; i++) keys[i] = db_string(chunks->items[i].file->file.key);
    if (!db_query(chunks->db, STATEMENT_FILE_IDS, keys, COUNT(keys), &rows, error)) return false;
    while ((more = db_rows_next(rows, error)) > 0)
        for (size_t i = 0; i < chunks->count; i++)
            if (text_equal(db_rows_text(rows, 1), keys[i].text)) ids[i] = db_rows_integer(rows, 0);
    db_rows_close(&rows);
    for (size_t i = 0; i < chunks->count; i++) {
        if (ids[i] == chunks->items[i].file->file.id) continue;
        chunks->items[kept] = chunks->items[i];
        ids[kept++] = ids[i];
    }
    chunks->count = kept;
    for (size_t i = 0; i < kept; i++) chunks->items[i].file->file.id = ids[i];
    return more == 0;
}

static bool flush_chunks(struct chunks *chunks, struct error *error) {
    uint64_t written = chunks->count;
    if (!chunks->count) return true;
    if (!send_chunks(chunks, &written, error)) return false;
    if (written < chunks->count && (!correct_ids(chunks, error) || !send_chunks(chunks, &written, error)))
        return false;
    if (written < chunks->count) return error_set(error, ERROR_INTERNAL, "a file was not stored");
    chunks->count = chunks->bytes = 0;
    return true;
}

static bool add_chunk(struct chunks *chunks, const struct chunk *chunk, struct error *error) {
    bool full = chunks->count == SLOT_COUNT || chunks->bytes + chunk->part.length > CHUNKS_MAX_BYTES;
    if (full && !flush_chunks(chunks, error)) return false;
    chunks->items[chunks->count++] = *chunk;
    chunks->bytes += chunk->part.length;
    return true;
}

static bool insert_chunks(struct db *db, struct new_file *const *files, size_t count, struct error *error) {
    struct chunks chunks = {.db = db};
    for (size_t i = 0; i < count; i++) {
        struct text data = files[i]->data;
        struct chunk chunk = {.file = files[i]};
        for (; data.length; chunk.number++) {
            chunk.part = (struct text){data.data, at_most(data.length, CHUNK_SIZE)};
            if (!add_chunk(&chunks, &chunk, error)) return false;
            data = (struct text){data.data + chunk.part.length, data.length - chunk.part.length};
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
        if (file) take_file(rows, 0, arena, file);
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
