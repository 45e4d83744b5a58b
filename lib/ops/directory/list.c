// SPDX-License-Identifier: GPL-2.0-or-later
// GET /users.json, /organizations.json, /organizations/{id}/users.json: a page at a time, by their ids. spec:
// operations.md 5.1, 5.3.
#include "base/buffer.h"
#include "ops/directory/item.h"
#include "ops/list/ticket_cursor.h"
#include "ops/operations.h"
#include "ops/parameters.h"
#include "ops/read/ticket_read.h"
#include "ops/read/values.h"
#include "ops/reading.h"
#include "ops/success.h"
#include "store/directory/directory_page.h"
#include "store/people.h"
#include "store/read/names.h"
#include "store/search/search_rows.h"

#include <inttypes.h>

#define LIMIT_USUAL 25
#define WORDS_LEAST 3 // bytes: below, only the beginnings of names and addresses are looked for
#define PART_MAX    2048

struct listing {
    struct operation_context *context;
    enum item_kind kind;
    struct arena arena;
    struct json_writer json;
    struct directory_wish wish;
    struct buffer of; // what a cursor belongs to
    bool is_empty;    // by the filters alone
    int64_t limit, count, last;
    bool has_more;
};

// A filter is a part of what a cursor belongs to.
static struct text filter(struct listing *listing, const char *name) {
    struct text value = text_trim(listing->context->parameter(listing->context, name));
    buffer_add_format(&listing->of, " %s=%zu:", name, value.length);
    buffer_add_text(&listing->of, value);
    return value;
}

static bool read_address(struct listing *listing, struct error *error) {
    struct text address = filter(listing, "email");
    if (!address.length) return true;
    int found = user_by_address(listing->context->db, address, &listing->wish.id, error);
    listing->is_empty = found == 0;
    return found >= 0;
}

// By its id or name, else of the path. Whoever sees some tickets only is not told whether there is one.
static bool read_organization(struct listing *listing, struct error *error) {
    struct directory_wish *wish = &listing->wish;
    struct text name = filter(listing, "organization");
    if (!name.length || (text_to_int64(name, &wish->organization_id) && wish->organization_id > 0))
        return true;
    int found =
        named_find(listing->context->db, NAMED_KIND_ORGANIZATION, name, &wish->organization_id, error);
    if (found < 0) return false;
    if (principal_is_narrowed(listing->context->principal)) {
        listing->is_empty = found != 1;
        return true;
    }
    if (found == 1) return true;
    return parameter_refuse("organization", found ? "is the name of several" : "is none of the help desk's",
                            error);
}

// "%quay%", or "qu%", with what LIKE would take for more than itself escaped.
static struct text part_of(struct text text, struct arena *arena) {
    struct buffer pattern = buffer_new(PART_MAX);
    if (text.length >= WORDS_LEAST) buffer_add_char(&pattern, '%');
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];
        if (c == '%' || c == '_' || c == '\\') buffer_add_char(&pattern, '\\');
        buffer_add_char(&pattern, c);
    }
    buffer_add_char(&pattern, '%');
    struct text copy = pattern.failed ? TEXT_NULL : arena_copy(arena, buffer_text(&pattern));
    buffer_free(&pattern);
    return copy;
}

// Words that stand in most of all tickets are looked for in names and addresses alone.
static bool read_words(struct listing *listing, struct text text, struct error *error) {
    struct search_rows rows;
    if (!search_rows_estimate(listing->context->db, text, &listing->arena, &rows, error)) return false;
    if (rows.count <= SEARCH_ROWS_MAX) listing->wish.words = text;
    return true;
}

static bool read_text(struct listing *listing, struct error *error) {
    struct directory_wish *wish = &listing->wish;
    struct text text = filter(listing, "q");
    if (text_is_null(text)) return true;
    if (!text.length) return parameter_refuse("q", "is empty", error);
    if (!text_is_utf8(text)) return parameter_refuse("q", "is not valid UTF-8", error);
    wish->part = part_of(text, &listing->arena);
    if (text_is_null(wish->part)) return parameter_refuse("q", "is too long", error);
    return text.length < WORDS_LEAST || read_words(listing, text, error);
}

static bool read_cursor(struct listing *listing, struct error *error) {
    const struct operation_context *context = listing->context;
    struct text cursor = context->parameter(context, "cursor");
    struct ticket_place place = {0};
    if (text_is_null(cursor)) return true;
    if (!ticket_cursor_read(cursor, buffer_text(&listing->of), text_of(context->settings->secret_salt),
                            &listing->arena, &place, error))
        return false;
    listing->wish.behind = place.id;
    return true;
}

static bool read_wish(struct listing *listing, struct error *error) {
    const struct operation_context *context = listing->context;
    listing->limit = parameter_integer(context, "limit", LIMIT_USUAL);
    listing->wish.view = view_of(context);
    listing->wish.most = listing->limit + 1;
    buffer_add_string(&listing->of, item_word(listing->kind));
    bool read = read_text(listing, error);
    if (read && listing->kind == ITEM_USER)
        read = read_address(listing, error) && read_organization(listing, error);
    return read && read_cursor(listing, error);
}

static bool takes(struct listing *listing, int64_t id) {
    if (listing->count == listing->limit) {
        listing->has_more = true;
        return false;
    }
    listing->count++;
    listing->last = id;
    return true;
}

static void take_user(const struct user_object *user, void *context) {
    struct listing *listing = context;
    if (takes(listing, user->id)) user_write(&listing->json, user, listing->wish.view);
}

static void take_organization(const struct organization_object *organization, void *context) {
    struct listing *listing = context;
    if (takes(listing, organization->id))
        organization_write(&listing->json, organization, listing->wish.view);
}

static bool write_items(struct listing *listing, struct error *error) {
    struct db *db = listing->context->db;
    if (listing->is_empty) return true;
    return listing->kind == ITEM_USER
               ? user_page_read(db, &listing->wish, take_user, listing, error)
               : organization_page_read(db, &listing->wish, take_organization, listing, error);
}

static bool write_next(struct listing *listing, struct error *error) {
    struct buffer cursor = buffer_new(2 * TICKET_CURSOR_MAX);
    const struct ticket_place place = {.is_set = true, .value = TEXT(""), .id = listing->last};
    struct text secret = text_of(listing->context->settings->secret_salt);
    bool done = !listing->has_more || ticket_cursor_write(&place, buffer_text(&listing->of), secret, &cursor);
    json_text_member(&listing->json, "next", listing->has_more ? buffer_text(&cursor) : TEXT_NULL);
    buffer_free(&cursor);
    return done || error_set(error, ERROR_INTERNAL, "a cursor cannot be made");
}

static bool write_list(struct listing *listing, struct error *error) {
    struct json_writer *json = &listing->json;
    json_open_object(json);
    json_name(json, listing->kind == ITEM_USER ? "users" : "organizations");
    json_open_array(json);
    if (!write_items(listing, error)) return false;
    json_close_array(json);
    json_integer_member(json, "count", listing->count);
    json_integer_member(json, "limit", listing->limit);
    value_boolean(json, "has_more", listing->has_more);
    if (!write_next(listing, error)) return false;
    success_write(json);
    json_close_object(json);
    return !json->output->failed || error_set(error, ERROR_ABORTED, "the client is gone");
}

// `organization_id`: of this one's members alone; 0: of all.
static bool list(struct operation_context *context, enum item_kind kind, int64_t organization_id,
                 struct answer *answer, struct error *error) {
    struct listing listing = {.context = context,
                              .kind = kind,
                              .arena = arena_new(REQUEST_ARENA_MAX),
                              .wish = {.organization_id = organization_id},
                              .of = buffer_new(1 << 16)};
    json_writer_init(&listing.json, answer->output);
    buffer_add_format(&listing.of, "%" PRId64 " ", organization_id);
    bool done =
        item_check_view(context, kind, error) && read_wish(&listing, error) && write_list(&listing, error);
    buffer_free(&listing.of);
    arena_free(&listing.arena);
    return done;
}

bool user_list(struct operation_context *context, struct answer *answer, struct error *error) {
    return list(context, ITEM_USER, 0, answer, error);
}

bool organization_list(struct operation_context *context, struct answer *answer, struct error *error) {
    return list(context, ITEM_ORGANIZATION, 0, answer, error);
}

bool organization_users(struct operation_context *context, struct answer *answer, struct error *error) {
    struct arena arena = arena_new(REQUEST_ARENA_MAX);
    struct organization_object organization;
    int64_t id = parameter_integer(context, "id", 0);
    int found =
        item_check_view(context, ITEM_USER, error)
            ? organization_object_read(context->db, id, view_of(context), &arena, &organization, error)
            : -1;
    arena_free(&arena);
    if (found == 0) item_is_missing(ITEM_ORGANIZATION, error);
    return found > 0 && list(context, ITEM_USER, id, answer, error);
}
