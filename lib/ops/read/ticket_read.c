// SPDX-License-Identifier: GPL-2.0-or-later
// From a number to an answer with a version.
#include "ops/read/ticket_read.h"

#include "crypto/digest.h"
#include "ops/reading.h"
#include "ops/success.h"
#include "store/ticket_view.h"

#include <stdio.h>
#include <string.h>

#define VIEW_DIGITS 8 // of the second half of an entity tag

struct view view_of(const struct operation_context *context) {
    return (struct view){.utc = !text_equal(context->parameter(context, "times"), TEXT("db")),
                         .notes = reading_shows_notes(context, NOTES_IN_TICKET_INFO),
                         .rules = principal_view(context->principal)};
}

struct text view_types(struct view view) {
    return view.notes || ticket_view_is_client(view.rules) ? TEXT("M,R,N") : TEXT("M,R");
}

static bool is_by_number(const struct operation_context *context) {
    return !text_starts_with(context->subject->name, TEXT("id:"));
}

// Several tickets may have one number; an id is always one.
static bool is_the_only_one(const struct ticket_read *read, struct error *error) {
    const struct ticket_version *ticket = &read->ticket;
    const char *last = strrchr(ticket->namesakes, ',');
    if (!last && !read->context->subject->is_ambiguous) return true;
    error_set(error, ERROR_AMBIGUOUS, "Several tickets have this number: ask for one by its id, as id:%lld",
              (long long)ticket->ticket_id);
    if (!last) return false; // whoever sees some only is not told of the others
    // A list that was too long for the database ends within an id.
    int length =
        strlen(ticket->namesakes) + 1 < NAMESAKES_MAX ? NAMESAKES_MAX : (int)(last - ticket->namesakes);
    snprintf(error->ids, sizeof error->ids, "%.*s", length, ticket->namesakes);
    return false;
}

static bool is_missing(struct error *error) {
    return error_set(error, ERROR_NOT_FOUND, "There is no such ticket");
}

bool ticket_read_look(struct ticket_read *read, struct error *error) {
    const struct operation_context *context = read->context;
    const struct key_rules *rules = read->view.rules;
    int found = 0;
    if (context->subject && context->subject->has_version && !rules && read->view.notes) {
        read->ticket = *context->subject->version;
        return true;
    }
    if (context->subject && context->subject->id)
        found = ticket_version_read(context->db, context->subject->id, !rules && is_by_number(context),
                                    read->view.notes, rules, &read->ticket, error);
    if (found == 0) return is_missing(error);
    return found > 0 && is_the_only_one(read, error);
}

// "9f3c21aa7be00451.77ab03d1": the ticket's version, and what of it is shown how.
static bool set_version(const struct ticket_read *read, struct error *error) {
    unsigned char digest[DIGEST_SHA256_SIZE];
    char view[DIGEST_HEX_SIZE(VIEW_DIGITS / 2)];
    struct buffer shown = buffer_new(1 << 16);
    const struct key_rules *rules = read->view.rules;
    buffer_add_format(&shown, "%d", read->view.notes);
    if (rules) buffer_add_format(&shown, " %d:%lld ", (int)rules->view, (long long)rules->view_id);
    if (rules && rules->has_tickets) buffer_add_format(&shown, "%s ", rules->ticket_list);
    if (rules && rules->has_departments) buffer_add_format(&shown, "in %s ", rules->department_list);
    buffer_add_text(&shown, read->context->asked);
    bool done = !shown.failed && digest_sha256(buffer_text(&shown), digest);
    buffer_free(&shown);
    if (!done) return error_set(error, ERROR_INTERNAL, "a ticket's version cannot be made");
    digest_hex(digest, VIEW_DIGITS / 2, view);
    snprintf(read->answer->version, sizeof read->answer->version, "%s.%s", read->ticket.version, view);
    return true;
}

bool version_is_known(struct text known, const char *version) {
    if (text_equal(text_trim(known), TEXT("*"))) return true;
    for (ptrdiff_t quote = 0; (quote = text_find(known, TEXT("\""), (size_t)quote)) >= 0;) {
        ptrdiff_t end = text_find(known, TEXT("\""), (size_t)quote + 1);
        if (end < 0) return false;
        struct text tag = {known.data + quote + 1, (size_t)(end - quote) - 1};
        if (text_equal(tag, text_of(version))) return true;
        quote = end + 1;
    }
    return false;
}

static bool write_answer(struct ticket_read *read, ticket_read_write *write, struct error *error) {
    struct json_writer *json = &read->json;
    json_writer_init(json, read->answer->output);
    json_open_object(json);
    if (!write(read, error)) return false;
    success_write(json);
    json_close_object(json);
    return !json->output->failed || error_set(error, ERROR_ABORTED, "the client is gone");
}

bool ticket_read_run(struct operation_context *context, struct answer *answer, ticket_read_write *write,
                     struct error *error) {
    struct ticket_read read = {.context = context,
                               .answer = answer,
                               .arena = arena_new(REQUEST_ARENA_MAX),
                               .view = view_of(context)};
    bool done = ticket_read_look(&read, error) && set_version(&read, error);
    answer->unchanged = done && version_is_known(context->known_versions, answer->version);
    if (done && !answer->unchanged) done = write_answer(&read, write, error);
    arena_free(&read.arena);
    return done;
}

bool ticket_read_run_for_agents(struct operation_context *context, struct answer *answer,
                                ticket_read_write *write, struct error *error) {
    if (principal_sees_as_client(context->principal)) return is_missing(error);
    return ticket_read_run(context, answer, write, error);
}
