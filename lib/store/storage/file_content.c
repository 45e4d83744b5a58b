// SPDX-License-Identifier: GPL-2.0-or-later
// Files by their chunks.
#include "store/storage/file_content.h"

#include "store/row.h"
#include "store/statements.h"

static enum file_storage storage_of(struct text word) {
    return text_equal(word, TEXT("D"))   ? FILE_IN_DATABASE
           : text_equal(word, TEXT("F")) ? FILE_IN_FOLDER
                                         : FILE_ELSEWHERE;
}

static void take_file(const struct row *row, void *into) {
    *(struct content_file *)into = (struct content_file){
        .id = row_integer(row, CONTENT_FILE_ID),
        .name = row_copy(row, CONTENT_FILE_NAME),
        .size = row_integer(row, CONTENT_FILE_SIZE),
        .type = row_copy(row, CONTENT_FILE_TYPE),
        .signature = row_copy(row, CONTENT_FILE_SIGNATURE),
        .key = row_copy(row, CONTENT_FILE_KEY),
        .storage = storage_of(row_text(row, CONTENT_FILE_STORAGE)),
    };
}

int content_file_read(struct db *db, const struct entry_wish *wish, int64_t attachment_id,
                      struct arena *arena, struct content_file *file, struct error *error) {
    const struct entry_values entries = entry_values_of(wish->ticket, wish->types, wish->view);
    const struct db_value *of = entries.of;
    struct query query = QUERY(STATEMENT_CONTENT_FILE, of[0], of[1], of[2], of[3], of[4], of[5], of[6],
                               db_integer(attachment_id));
    return wish->ticket->thread_id ? row_first(db, query, arena, take_file, file, error) : 0;
}

static void take_ticket(const struct row *row, void *into) {
    *(int64_t *)into = row_integer(row, ATTACHED_TO_TICKET);
}

int attachment_ticket(struct db *db, int64_t attachment_id, int64_t *ticket_id, struct error *error) {
    return row_first(db, QUERY(STATEMENT_ATTACHED_TO, db_integer(attachment_id)), NULL, take_ticket,
                     ticket_id, error);
}

// Where a copy stands: bytes of the file that were passed, of those to be copied that are left.
struct copy {
    int64_t passed, first, left, size;
    struct output *output;
};

static void take_chunk(const struct row *row, struct copy *copy) {
    struct text chunk = row_text(row, CONTENT_CHUNK);
    int64_t length = (int64_t)chunk.length, skip = copy->first - copy->passed;
    copy->passed += length;
    if (skip < 0) skip = 0;
    if (skip >= length || copy->passed > copy->size) return;
    int64_t part = length - skip < copy->left ? length - skip : copy->left;
    output_add(copy->output, chunk.data + skip, (size_t)part);
    copy->left -= part;
}

// Whether what is to come has to be read as well: a whole file is read to its end, which has to be where its
// size says.
static bool goes_on(const struct copy *copy, bool is_whole) {
    return !copy->output->failed && copy->passed <= copy->size && (is_whole || copy->left);
}

bool content_copy(struct db *db, const struct content_file *file, int64_t first, int64_t length,
                  struct output *output, struct error *error) {
    struct copy copy = {.first = first, .left = length, .size = file->size, .output = output};
    bool is_whole = length == file->size;
    struct row row = {0};
    int more = 0;
    struct query query = QUERY(STATEMENT_CONTENT_CHUNKS, db_integer(file->id));
    if (!db_query(db, query.statement, query.values, query.count, &row.rows, error)) return false;
    while (goes_on(&copy, is_whole) && (more = db_rows_next(row.rows, error)) > 0) take_chunk(&row, &copy);
    db_rows_close(&row.rows);
    if (more < 0) return false;
    if (output->failed) return error_set(error, ERROR_ABORTED, "the client is gone");
    if (!copy.left && (!is_whole || copy.passed == file->size)) return true;
    return error_set(error, ERROR_INTERNAL, "the chunks of file %lld are not of its size",
                     (long long)file->id);
}
