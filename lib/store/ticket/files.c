// SPDX-License-Identifier: GPL-2.0-or-later
// Stored files.
#include "store/ticket/files.h"

#include "base/buffer.h"
#include "crypto/random.h"
#include "store/row.h"
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

void file_searches_bind(const struct file_search *searches, size_t count, struct db_value *values) {
    for (size_t i = 0; i < SLOT_COUNT; i++) {
        bool by_content = i < count && text_is_null(searches[i].key);
        values[i] = by_content ? db_string(searches[i].signature) : db_text(TEXT_NULL);
        values[SLOT_COUNT + i] = db_text(i < count ? searches[i].key : TEXT_NULL);
    }
}

static bool is_sought(const struct file_search *search, const struct row *part) {
    if (!text_is_null(search->key)) return text_equal(search->key, row_text(part, SOUGHT_FILE_KEY));
    return row_integer(part, SOUGHT_FILE_SIZE) == (int64_t)search->size &&
           text_equal(text_of(search->signature), row_text(part, SOUGHT_FILE_SIGNATURE));
}

void file_search_take(const struct row *part, struct file_search *searches, size_t count) {
    int64_t id = row_integer(part, SOUGHT_FILE_ID);
    for (struct file_search *search = searches; search < searches + at_most(count, SLOT_COUNT); search++) {
        if (!is_sought(search, part) || (search->found && search->file.id <= id)) continue;
        search->found = true;
        stored_file_take(&search->file, id, row_text(part, SOUGHT_FILE_KEY),
                         row_copy(part, SOUGHT_FILE_NAME));
    }
}

struct searches {
    struct file_search *items;
    size_t count;
};

static void take_found(const struct row *row, void *into) {
    const struct searches *searches = into;
    file_search_take(row, searches->items, searches->count);
}

static bool find_some(struct db *db, struct arena *arena, struct file_search *searches, size_t count,
                      struct error *error) {
    struct db_value values[SEARCH_VALUES];
    struct searches some = {searches, count};
    file_searches_bind(searches, count, values);
    return row_each(db, QUERY_OF(STATEMENT_FILES_FIND, values), arena, take_found, &some, error);
}

bool files_find(struct db *db, struct arena *arena, struct file_search *searches, size_t count,
                struct error *error) {
    for (size_t i = 0; i < count; i += SLOT_COUNT)
        if (!find_some(db, arena, searches + i, at_most(count - i, SLOT_COUNT), error)) return false;
    return true;
}

bool new_file_name(struct work *work, struct new_file *file, struct error *error) {
    char prefix[FILE_KEY_PREFIX_LENGTH + 1];
    if (!text_fit(work, "file", TEXT("name"), false, &file->name, error) ||
        !text_fit(work, "file", TEXT("type"), false, &file->type, error))
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

// The ids of several files follow each other nearly always. That is taken for true until their chunks are
// written, by which it is seen.
static bool insert_rows(struct db *db, struct arena *arena, struct new_file *const *files, size_t count,
                        struct error *error) {
    struct db_value values[SLOT_COUNT * FILE_VALUES_COUNT + 1];
    uint64_t id = 0;
    clear_slots(values, FILE_VALUES_COUNT);
    for (size_t i = 0; i < count; i++) {
        const struct new_file *file = files[i];
        values[FILE_VALUE_TYPE * SLOT_COUNT + i] = db_text(lower_case(arena, file->type));
        values[FILE_VALUE_SIZE * SLOT_COUNT + i] = db_integer((int64_t)file->data.length);
        values[FILE_VALUE_KEY * SLOT_COUNT + i] = db_string(file->file.key);
        values[FILE_VALUE_SIGNATURE * SLOT_COUNT + i] = db_string(file->signature);
        values[FILE_VALUE_NAME * SLOT_COUNT + i] = db_text(file->file.name);
    }
    values[SLOT_COUNT * FILE_VALUES_COUNT] = db_integer((int64_t)count);
    if (!db_execute(db, STATEMENT_FILES_INSERT, values, COUNT(values), NULL, &id, error)) return false;
    for (size_t i = 0; i < count; i++) files[i]->file.id = (int64_t)(id + i);
    return true;
}

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
    struct db_value values[SLOT_COUNT * CHUNK_ALL_VALUES_COUNT];
    clear_slots(values, CHUNK_ALL_VALUES_COUNT);
    for (size_t i = 0; i < chunks->count; i++) {
        const struct chunk *chunk = &chunks->items[i];
        values[CHUNK_VALUE_FILE * SLOT_COUNT + i] = db_integer(chunk->file->file.id);
        values[CHUNK_VALUE_NUMBER * SLOT_COUNT + i] = db_integer((int64_t)chunk->number);
        values[CHUNK_VALUE_DATA * SLOT_COUNT + i] = db_text(chunk->part);
        values[CHUNK_VALUE_OWNER * SLOT_COUNT + i] = db_integer(chunk->file->file.id);
        values[CHUNK_VALUE_OWNER_KEY * SLOT_COUNT + i] = db_string(chunk->file->file.key);
    }
    return db_execute(chunks->db, STATEMENT_FILE_CHUNKS_INSERT, values, COUNT(values), written, NULL, error);
}

struct real_ids {
    const struct db_value *keys; // of the files, and their ids
    int64_t *ids;
    size_t count;
};

static void take_id(const struct row *row, void *into) {
    const struct real_ids *real = into;
    for (size_t i = 0; i < real->count; i++)
        if (text_equal(row_text(row, FILE_ID_KEY), real->keys[i].text))
            real->ids[i] = row_integer(row, FILE_ID_ID);
}

// Reads the ids that the files really have, and keeps the chunks of those that were thought to have others.
static bool correct_ids(struct chunks *chunks, struct error *error) {
    struct db_value keys[SLOT_COUNT];
    int64_t ids[SLOT_COUNT] = {0};
    struct real_ids real = {keys, ids, chunks->count};
    size_t kept = 0;
    clear_slots(keys, 1);
    for (size_t i = 0; i < chunks->count; i++) keys[i] = db_string(chunks->items[i].file->file.key);
    if (!row_each(chunks->db, QUERY_OF(STATEMENT_FILE_IDS, keys), NULL, take_id, &real, error)) return false;
    for (size_t i = 0; i < chunks->count; i++) {
        if (ids[i] == chunks->items[i].file->file.id) continue;
        chunks->items[kept] = chunks->items[i];
        ids[kept++] = ids[i];
    }
    chunks->count = kept;
    for (size_t i = 0; i < kept; i++) chunks->items[i].file->file.id = ids[i];
    return true;
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

static void take_canned_file(const struct row *row, void *into) {
    stored_file_take(into, row_integer(row, CANNED_FILE_ID), row_text(row, CANNED_FILE_KEY),
                     row_copy(row, CANNED_FILE_NAME));
}

bool canned_files(struct db *db, int64_t canned_id, struct arena *arena, struct stored_file **files,
                  size_t *count, struct error *error) {
    return row_all(db, QUERY(STATEMENT_CANNED_FILES, db_integer(canned_id)), arena, take_canned_file,
                   ROW_LIST(files, count), error);
}

static void take_response(const struct row *row, void *into) {
    *(struct text *)into = row_copy(row, CANNED_RESPONSE_TEXT);
}

int canned_response(struct db *db, int64_t canned_id, struct arena *arena, struct text *response,
                    struct error *error) {
    *response = TEXT_NULL;
    return row_first(db, QUERY(STATEMENT_CANNED_RESPONSE, db_integer(canned_id)), arena, take_response,
                     response, error);
}

static bool attach_some(struct db *db, int64_t entry_id, const struct attachment *attachments, size_t count,
                        struct error *error) {
    struct db_value values[SLOT_COUNT * ATTACHMENT_VALUES_COUNT + 2], *slots = values + 1;
    clear_slots(slots, ATTACHMENT_VALUES_COUNT);
    values[0] = db_integer(entry_id);
    for (size_t i = 0; i < count; i++) {
        struct text name = attachments[i].name;
        bool same = !name.length || text_equal_ignoring_case(name, attachments[i].file->name);
        slots[ATTACHMENT_VALUE_FILE * SLOT_COUNT + i] = db_integer(attachments[i].file->id);
        slots[ATTACHMENT_VALUE_NAME * SLOT_COUNT + i] =
            db_text(same ? TEXT_NULL : text_cut(name, FILE_NAME_MAX));
        slots[ATTACHMENT_VALUE_IS_INLINE * SLOT_COUNT + i] = db_integer(attachments[i].inlined);
    }
    slots[SLOT_COUNT * ATTACHMENT_VALUES_COUNT] = db_integer((int64_t)count);
    return db_execute(db, STATEMENT_ATTACHMENTS_INSERT, values, COUNT(values), NULL, NULL, error);
}

bool attachments_insert(struct db *db, int64_t entry_id, const struct attachment *attachments, size_t count,
                        struct error *error) {
    for (size_t i = 0; i < count; i += SLOT_COUNT)
        if (!attach_some(db, entry_id, attachments + i, at_most(count - i, SLOT_COUNT), error)) return false;
    return true;
}
