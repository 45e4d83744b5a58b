// SPDX-License-Identifier: GPL-2.0-or-later
// Changes become deliveries.
#include "hooks/reader.h"

#include "auth/principal.h"
#include "base/arena.h"
#include "base/buffer.h"
#include "base/log.h"
#include "hooks/body.h"
#include "hooks/wanted.h"
#include "store/changes/lanes.h"
#include "store/help_desk.h"
#include "store/mail/settings.h"
#include "store/read/thread_parts.h"
#include "store/read/ticket_field_names.h"
#include "store/read/ticket_objects.h"
#include "store/transaction.h"
#include "store/webhook/deliveries.h"
#include "store/webhook/delivery_position.h"
#include "store/webhook/webhooks.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PAGE_ROWS        500
#define PAGE_MEMORY      (256 << 20)
#define WRITTEN_AT_ONCE  64
#define SPARED_S         3600   // after it was switched on
#define ENTRY_CHARACTERS 300000 // more does not fit into a body
#define POSITION_SIZE    (LANES_POSITION_MAX + 1)

struct reader {
    struct reader_settings settings;
    size_t rows;    // of each lane at once
    bool is_placed; // `position` is what the table has
    struct lanes_position position;
    char printed[POSITION_SIZE]; // as it stands in the table
    struct arena arena;          // of the page
};

// A page at work.
struct page {
    struct reader *reader;
    struct arena *arena;
    struct change *changes;
    size_t count;
    struct webhook *webhooks;
    size_t webhook_count;
    bool *wanted;                   // by webhook and change
    bool *told;                     // by webhook
    const struct key_rules **rules; // by webhook: of a key that sees some tickets only; NULL: all
    uint64_t switched_off;
    struct ticket_object *tickets; // by change; id 0: none
    struct post *posts;            // likewise
    struct text help_desk_url;
    struct delivery waiting[WRITTEN_AT_ONCE]; // to be written
    struct buffer bodies[WRITTEN_AT_ONCE];
    size_t waiting_count;
};

struct reader *reader_new(const struct reader_settings *settings) {
    struct reader *reader = calloc(1, sizeof *reader);
    if (!reader) return NULL;
    reader->settings = *settings;
    reader->rows = PAGE_ROWS;
    reader->arena = arena_new(PAGE_MEMORY);
    return reader;
}

void reader_free(struct reader **reader) {
    if (!*reader) return;
    arena_free(&(*reader)->arena);
    free(*reader);
    *reader = NULL;
}

void reader_forget(struct reader *reader) {
    reader->is_placed = false;
}

void reader_check(struct reader *reader, struct text position) {
    if (!text_equal(position, text_of(reader->printed))) reader->is_placed = false;
}

// ---- the position

static bool print(const struct lanes_position *position, char printed[POSITION_SIZE], struct error *error) {
    struct buffer text = buffer_new(POSITION_SIZE);
    lanes_position_print(position, &text);
    snprintf(printed, POSITION_SIZE, "%s", text.data);
    bool done = !text.failed;
    buffer_free(&text);
    return done || error_set(error, ERROR_INTERNAL, "a position of changes is too long");
}

static bool place(struct reader *reader, struct error *error) {
    struct arena arena = arena_new(1 << 16);
    struct delivery_position stored;
    int found = delivery_position_begin(reader->settings.db, reader->settings.gap, error)
                    ? delivery_position_look(reader->settings.db, &arena, &stored, error)
                    : -1;
    bool done = found > 0;
    if (done && !lanes_position_read(stored.position, &reader->position)) {
        error_set(error, ERROR_INTERNAL, "webhooks wait");
        error_detail(error, "the position of changes in the table is none: %.60s", stored.position.data);
        done = false;
    }
    if (done) snprintf(reader->printed, sizeof reader->printed, "%s", stored.position.data);
    arena_free(&arena);
    reader->is_placed = done;
    return done;
}

// ---- what is wanted

static bool *wanted_by(const struct page *page, size_t webhook) {
    return page->wanted + webhook * page->count;
}

static bool any(const bool *of, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (of[i]) return true;
    return false;
}

static bool switch_off(struct page *page, size_t webhook, const char *why, struct error *error) {
    const struct reader_settings *settings = &page->reader->settings;
    int64_t id = page->webhooks[webhook].id;
    memset(wanted_by(page, webhook), 0, page->count * sizeof(bool));
    page->switched_off++;
    log_write(settings->log, LOG_LEVEL_ERROR,
              "webhook %" PRId64 " is switched off: %s; \"osticket-fcgi hook set %" PRId64
              " --on\" switches it on again",
              id, why, id);
    return webhook_switch(settings->db, id, false, text_of(why), error);
}

// Counted only where so many can wait at all. One that was just switched on has time for what waits: the next
// change would switch it off again.
static bool check_backlog(struct page *page, size_t webhook, struct error *error) {
    const struct webhook *of = &page->webhooks[webhook];
    int64_t most = page->reader->settings.backlog, waiting = 0;
    if (!of->has_waiting || of->seq - of->head_seq < most || of->updated_ago < SPARED_S) return true;
    if (!webhook_backlog(page->reader->settings.db, of->id, &waiting, error)) return false;
    return waiting < most ||
           switch_off(page, webhook, "more changes wait for it than [webhooks] backlog", error);
}

static bool narrow(struct page *page, size_t webhook, const struct principal *principal,
                   struct error *error) {
    return wanted_narrow(page->reader->settings.db, principal, page->changes, page->count,
                         wanted_by(page, webhook), error);
}

static bool keep_rules(struct page *page, size_t webhook, const struct principal *principal,
                       struct error *error) {
    const struct key_rules *rules = principal_view(principal);
    struct key_rules *kept = rules ? arena_take(page->arena, sizeof *kept) : NULL;
    if (rules && !kept) return error_too_large(error);
    if (kept) *kept = *rules;
    page->rules[webhook] = kept;
    return true;
}

// Several webhooks of one key follow each other by chance alone: a key is asked for once a webhook that is
// told something.
static bool check_webhook(struct page *page, size_t webhook, struct principal *principal,
                          struct error *error) {
    const struct reader_settings *settings = &page->reader->settings;
    const struct webhook *of = &page->webhooks[webhook];
    bool *wanted = wanted_by(page, webhook);
    const char *why = NULL;
    for (size_t i = 0; i < page->count; i++) wanted[i] = webhook_asks_for(of, &page->changes[i]);
    if (!any(wanted, page->count)) return true;
    int may = 1;
    if (principal->key_id != of->key_id)
        may = principal_of_key(settings->db, of->key_id, settings->stock_scopes, SCOPE_WEBHOOKS, principal,
                               &why, error);
    if (may > 0 && principal_sees_as_client(principal)) {
        may = 0;
        why = "its key sees what a client sees, who is told nothing";
    }
    if (may == 0) principal->key_id = 0;
    if (may <= 0) return may == 0 && switch_off(page, webhook, why, error);
    if (!keep_rules(page, webhook, principal, error) || !narrow(page, webhook, principal, error))
        return false;
    return !any(wanted, page->count) || check_backlog(page, webhook, error);
}

static bool choose(struct page *page, struct error *error) {
    struct principal *principal = calloc(1, sizeof *principal);
    page->wanted = arena_take(page->arena, page->webhook_count * page->count + 1);
    page->told = arena_take(page->arena, page->webhook_count + 1);
    page->rules = arena_take(page->arena, (page->webhook_count + 1) * sizeof *page->rules);
    if (!principal || !page->wanted || !page->told || !page->rules) {
        free(principal);
        return error_too_large(error);
    }
    bool done = true;
    for (size_t i = 0; done && i < page->webhook_count; i++) done = check_webhook(page, i, principal, error);
    free(principal);
    return done;
}

// ---- what comes along

static bool is_wanted(const struct page *page, size_t change, bool entry) {
    for (size_t i = 0; i < page->webhook_count; i++)
        if (wanted_by(page, i)[change] &&
            (entry ? body_wants_entry(&page->webhooks[i], &page->changes[change])
                   : body_wants_ticket(&page->webhooks[i])))
            return true;
    return false;
}

// Each ticket once, for all changes that are about it.
static bool read_some_tickets(struct page *page, const int64_t *ids, size_t count, struct error *error) {
    const struct ticket_page_wish wish = {.view = {.utc = true, .notes = true}, .fields = TICKET_FIELDS_ALL};
    struct ticket_object *objects = arena_take(page->arena, count * sizeof *objects);
    if (!objects) return error_too_large(error);
    if (!ticket_objects_read(page->reader->settings.db, &wish, ids, count, page->arena, objects, error))
        return false;
    for (size_t i = 0; i < page->count; i++)
        for (size_t o = 0; o < count; o++)
            if (objects[o].id && objects[o].id == page->changes[i].ticket_id) page->tickets[i] = objects[o];
    return true;
}

static bool has_id(const int64_t *ids, size_t count, int64_t id) {
    for (size_t i = 0; i < count; i++)
        if (ids[i] == id) return true;
    return false;
}

static bool read_tickets(struct page *page, struct error *error) {
    int64_t ids[TICKET_OBJECTS_MAX];
    size_t count = 0;
    for (size_t i = 0; i < page->count; i++) {
        const struct change *change = &page->changes[i];
        if (!change->ticket_id || change->ticket_is_gone || !is_wanted(page, i, false) ||
            has_id(ids, count, change->ticket_id))
            continue;
        ids[count++] = change->ticket_id;
        if (count < TICKET_OBJECTS_MAX) continue;
        if (!read_some_tickets(page, ids, count, error)) return false;
        count = 0;
    }
    return !count || read_some_tickets(page, ids, count, error);
}

static bool read_posts(struct page *page, struct error *error) {
    int64_t *ids = arena_take(page->arena, page->count * sizeof *ids + 1);
    size_t *of = arena_take(page->arena, page->count * sizeof *of + 1);
    struct post *posts = arena_take(page->arena, page->count * sizeof *posts + 1);
    size_t count = 0;
    if (!ids || !of || !posts) return error_too_large(error);
    for (size_t i = 0; i < page->count; i++) {
        if (page->changes[i].lane != LANE_ENTRIES || !is_wanted(page, i, true)) continue;
        ids[count] = page->changes[i].id;
        of[count++] = i;
    }
    if (!posts_of_ids(page->reader->settings.db, ids, count, ENTRY_CHARACTERS, page->arena, posts, error))
        return false;
    for (size_t i = 0; i < count; i++) page->posts[of[i]] = posts[i];
    return true;
}

static bool read_url(struct page *page, struct error *error) {
    bool needed = false;
    for (size_t i = 0; i < page->webhook_count; i++)
        needed |= !text_equal(page->webhooks[i].format, TEXT("json")) && any(wanted_by(page, i), page->count);
    page->help_desk_url = TEXT("");
    if (!needed) return true;
    struct help_desk *help_desk = arena_take(page->arena, sizeof *help_desk);
    if (!help_desk) return error_too_large(error);
    if (!mail_settings_load(page->reader->settings.db, page->arena, help_desk, error)) return false;
    struct text url = help_desk_url(help_desk);
    if (url.length) page->help_desk_url = url;
    return true;
}

static bool read_along(struct page *page, struct error *error) {
    page->tickets = arena_take(page->arena, page->count * sizeof *page->tickets + 1);
    page->posts = arena_take(page->arena, page->count * sizeof *page->posts + 1);
    if (!page->tickets || !page->posts) return error_too_large(error);
    return read_tickets(page, error) && read_posts(page, error) && read_url(page, error);
}

// ---- what is written

static bool flush(struct page *page, struct error *error) {
    bool done = deliveries_add(page->reader->settings.db, page->waiting, page->waiting_count, error);
    for (size_t i = 0; i < page->waiting_count; i++) buffer_free(&page->bodies[i]);
    page->waiting_count = 0;
    return done;
}

static bool add(struct page *page, size_t webhook, size_t change, struct error *error) {
    struct webhook *of = &page->webhooks[webhook];
    const struct change *what = &page->changes[change];
    char name[CHANGE_ID_SIZE];
    const struct telling telling = {
        .webhook = of,
        .change = what,
        .rules = page->rules[webhook],
        .seq = ++of->seq,
        .ticket = page->tickets[change].id ? &page->tickets[change] : NULL,
        .post = page->posts[change].id ? &page->posts[change] : NULL,
        .help_desk_url = page->help_desk_url,
    };
    struct buffer *body = &page->bodies[page->waiting_count];
    *body = buffer_new(HOOK_BODY_MAX);
    change_name(what, name);
    page->waiting[page->waiting_count++] = (struct delivery){
        .webhook_id = of->id,
        .seq = of->seq,
        .change_id = arena_copy(page->arena, text_of(name)),
        .type = text_of(change_type_name(what->type)),
        // One that is gone is seen by those who see all.
        .ticket_id = what->ticket_is_gone ? 0 : what->ticket_id,
        .is_note = what->is_note,
    };
    if (!body_write(&telling, body, error)) return false;
    page->waiting[page->waiting_count - 1].body = buffer_text(body);
    page->told[webhook] = true;
    return page->waiting_count < WRITTEN_AT_ONCE || flush(page, error);
}

static bool add_all(struct page *page, struct error *error) {
    for (size_t webhook = 0; webhook < page->webhook_count; webhook++)
        for (size_t change = 0; change < page->count; change++)
            if (wanted_by(page, webhook)[change] && !add(page, webhook, change, error)) return false;
    return (!page->waiting_count || flush(page, error)) &&
           (!any(page->told, page->webhook_count) || deliveries_number(page->reader->settings.db, error));
}

static bool write_all(struct page *page, struct text from, struct text to, struct error *error) {
    const struct reader_settings *settings = &page->reader->settings;
    return webhooks_on(settings->db, true, page->arena, &page->webhooks, &page->webhook_count, error) &&
           choose(page, error) && read_along(page, error) && add_all(page, error) &&
           delivery_position_advance(settings->db, settings->lease, settings->lease_seconds, from, to, error);
}

static bool write_page(struct page *page, struct text from, struct text to, struct error *error) {
    struct db *db = page->reader->settings.db;
    if (!transaction_begin(db, error)) return false;
    bool done = write_all(page, from, to, error);
    for (size_t i = 0; i < page->waiting_count; i++) buffer_free(&page->bodies[i]);
    if (done) return transaction_commit(db, error);
    transaction_rollback(db);
    return false;
}

// ---- the page

static bool pass(struct reader *reader, struct page *page, struct error *error) {
    struct lanes_position position = reader->position;
    char to[POSITION_SIZE];
    for (size_t i = 0; i < page->count; i++) lanes_pass(&position, &page->changes[i]);
    if (!print(&position, to, error)) return false;
    if (strcmp(to, reader->printed) == 0) return true;
    // After a failure nobody knows what was written: the table tells.
    reader->is_placed = false;
    if (!write_page(page, text_of(reader->printed), text_of(to), error)) return false;
    reader->position = position;
    memcpy(reader->printed, to, sizeof to);
    reader->is_placed = true;
    return true;
}

static bool read_page(struct reader *reader, const struct lanes_ends *ends, struct page *page, bool *has_more,
                      struct error *error) {
    const struct lanes_wish wish = {.utc = true, .gap = reader->settings.gap, .most = reader->rows};
    struct changes_batch batch = {0};
    if (!changes_read(reader->settings.db, &wish, ends, &reader->position, &reader->arena, &batch, error))
        return false;
    page->changes = batch.changes;
    page->count = batch.count;
    *has_more = batch.has_more;
    return pass(reader, page, error);
}

bool reader_read(struct reader *reader, struct reader_page *of, struct error *error) {
    struct lanes_ends ends;
    struct page *page = NULL;
    *of = (struct reader_page){0};
    arena_free(&reader->arena);
    if (!reader->is_placed && !place(reader, error)) return false;
    if (!lanes_ends(reader->settings.db, &ends, error)) return false;
    if (!lanes_have_moved(&reader->position, &ends)) return true;
    page = calloc(1, sizeof *page);
    if (!page) return error_set(error, ERROR_INTERNAL, "out of memory");
    page->reader = reader;
    page->arena = &reader->arena;
    bool done = read_page(reader, &ends, page, &of->has_more, error);
    // Texts that are too long for all of a page to be in memory are read by fewer.
    if (done)
        reader->rows = PAGE_ROWS;
    else if (error->code == ERROR_TOO_LARGE && reader->rows > 1)
        reader->rows /= 2;
    if (done) {
        of->webhooks = page->webhooks;
        of->count = page->webhook_count;
        of->told = page->told;
        of->switched_off = page->switched_off;
    }
    free(page);
    return done;
}
