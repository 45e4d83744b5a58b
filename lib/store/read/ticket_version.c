// SPDX-License-Identifier: GPL-2.0-or-later
// The version of a ticket.
#include "store/read/ticket_version.h"

#include "base/buffer.h"
#include "crypto/digest.h"
#include "store/read/ticket_page.h"
#include "store/row.h"
#include "store/statements.h"
#include "store/ticket_view.h"

#include <stdio.h>
#include <string.h>

#define MADE_OF_MAX (1 << 20) // a subject has no bound of its own

static bool digest_to(const struct buffer *made_of, char version[TICKET_VERSION_SIZE]) {
    unsigned char digest[DIGEST_SHA256_SIZE];
    if (made_of->failed || !digest_sha256(buffer_text(made_of), digest)) return false;
    digest_hex(digest, (TICKET_VERSION_SIZE - 1) / 2, version);
    return true;
}

// Each column behind its length, so that no two rows give the same bytes.
bool ticket_version_take(const struct row *row, struct ticket_version *version) {
    struct buffer made_of = buffer_new(MADE_OF_MAX);
    for (unsigned column = 0; column < VERSION_THREAD; column++) {
        struct text text = row_text(row, column);
        buffer_add_format(&made_of, "%lld ", text_is_null(text) ? -1 : (long long)text.length);
        buffer_add_text(&made_of, text);
    }
    struct text namesakes = row_text(row, VERSION_NAMESAKES);
    version->ticket_id = row_integer(row, VERSION_TICKET);
    version->thread_id = row_integer(row, VERSION_THREAD);
    version->upper_thread_id = row_integer(row, VERSION_UPPER_THREAD);
    snprintf(version->namesakes, sizeof version->namesakes, "%.*s", (int)namesakes.length,
             namesakes.data ? namesakes.data : "");
    bool done = digest_to(&made_of, version->version);
    buffer_free(&made_of);
    return done;
}

struct reading {
    struct ticket_version *version;
    bool failed;
};

static void take_version(const struct row *row, void *into) {
    struct reading *reading = into;
    reading->failed = !ticket_version_take(row, reading->version);
}

static int run(struct db *db, int64_t ticket_id, bool by_number, bool with_notes,
               const struct key_rules *rules, struct reading *reading, struct error *error) {
    const struct viewer viewer = viewer_of(rules);
    bool is_of_staff = rules && rules->view == KEY_VIEW_STAFF;
    struct query whole = QUERY(STATEMENT_TICKET_VERSION, db_integer(by_number), db_integer(ticket_id));
    struct query seen = QUERY(is_of_staff ? STATEMENT_VERSION_SEEN_OF_STAFF : STATEMENT_VERSION_SEEN_OF_ALL,
                              db_integer(with_notes), viewer.who, viewer.departments, viewer.tickets,
                              db_integer(by_number), db_integer(ticket_id));
    struct query shown =
        QUERY(viewer.user.kind == DB_NULL ? STATEMENT_VERSION_OF_ORGANIZATION : STATEMENT_VERSION_OF_USER,
              viewer.who, viewer.user, viewer.organization, viewer.departments, viewer.tickets,
              db_integer(ticket_id));
    struct query *query = ticket_view_is_client(rules) ? &shown : !with_notes || rules ? &seen : &whole;
    return row_first(db, *query, NULL, take_version, reading, error);
}

int ticket_version_read(struct db *db, int64_t ticket_id, bool by_number, bool with_notes,
                        const struct key_rules *rules, struct ticket_version *version, struct error *error) {
    struct reading reading = {version, false};
    *version = (struct ticket_version){0};
    int found = run(db, ticket_id, by_number, with_notes, rules, &reading, error);
    if (found <= 0 || !reading.failed) return found;
    error_set(error, ERROR_INTERNAL, "a ticket's version cannot be made");
    return -1;
}

struct several {
    const int64_t *ids;
    size_t count;
    struct ticket_version *versions;
    bool failed;
};

static void take_one_of_several(const struct row *row, void *into) {
    struct several *several = into;
    struct ticket_version version;
    if (!ticket_version_take(row, &version)) several->failed = true;
    for (size_t i = 0; i < several->count && !several->failed; i++)
        if (several->ids[i] == version.ticket_id) several->versions[i] = version;
}

static bool read_each(struct db *db, const struct several *several, bool with_notes,
                      const struct key_rules *rules, struct error *error) {
    for (size_t i = 0; i < several->count; i++)
        if (several->ids[i] && ticket_version_read(db, several->ids[i], false, with_notes, rules,
                                                   &several->versions[i], error) < 0)
            return false;
    return true;
}

static bool read_all(struct db *db, struct several *several, struct error *error) {
    struct db_value values[VERSIONS_MAX];
    for (size_t i = 0; i < VERSIONS_MAX; i++)
        values[i] = db_integer(i < several->count ? several->ids[i] : 0);
    return row_each(db, QUERY_OF(STATEMENT_TICKET_VERSIONS, values), NULL, take_one_of_several, several,
                    error) &&
           (!several->failed || error_set(error, ERROR_INTERNAL, "a ticket's version cannot be made"));
}

bool ticket_versions_read(struct db *db, const int64_t *ids, size_t count, bool with_notes,
                          const struct key_rules *rules, struct ticket_version *versions,
                          struct error *error) {
    struct several several = {ids, count, versions, false};
    memset(versions, 0, count * sizeof *versions);
    if (with_notes && !rules ? !read_all(db, &several, error)
                             : !read_each(db, &several, with_notes, rules, error))
        return false;
    for (size_t i = 0; i < count; i++)
        if (ids[i] && !versions[i].ticket_id)
            return error_set(error, ERROR_INTERNAL, "a ticket is gone though it is locked");
    return true;
}

struct versioned {
    struct ticket_object *object;
    struct ticket_version *version;
    bool failed;
};

static void take_both(const struct row *row, void *into) {
    struct versioned *both = into;
    const struct row version = row_part(row, OBJECT_VERSION);
    ticket_object_take(row, both->object);
    both->failed = !ticket_version_take(&version, both->version);
}

static int read_together(struct db *db, int64_t ticket_id, struct view view, struct arena *arena,
                         struct versioned *both, struct error *error) {
    const struct query query = QUERY(STATEMENT_VERSIONED_TICKET, db_integer(view.utc), db_integer(view.notes),
                                     db_integer(ticket_id));
    int found = row_first(db, query, arena, take_both, both, error);
    if (found <= 0 || !both->failed) return found;
    error_set(error, ERROR_INTERNAL, "a ticket's version cannot be made");
    return -1;
}

int versioned_ticket_read(struct db *db, int64_t ticket_id, struct view view, struct arena *arena,
                          struct ticket_object *object, struct ticket_version *version, struct error *error) {
    struct versioned both = {object, version, false};
    if (view.notes && !view.rules) return read_together(db, ticket_id, view, arena, &both, error);
    // Of whoever sees some tickets only it depends what is shown of one.
    int found = view.rules ? ticket_page_one(db, ticket_id, view, arena, object, error)
                           : ticket_object_read(db, ticket_id, view, arena, object, error);
    return found <= 0 ? found
                      : ticket_version_read(db, ticket_id, false, view.notes, view.rules, version, error);
}
