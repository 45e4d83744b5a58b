// SPDX-License-Identifier: GPL-2.0-or-later
// GET /canned.json, /canned/{id}.json. spec: operations.md 3.7.
#include "store/catalog/canned.h"
#include "ops/catalog/catalog.h"
#include "ops/catalog/place.h"
#include "ops/entry/canned_text.h"
#include "ops/operations.h"
#include "ops/parameters.h"
#include "ops/read/ticket_read.h"
#include "ops/read/values.h"
#include "store/ticket/files.h"

// As osTicket offers them to an agent: those of his departments, and those of none.
static bool is_seen(const struct catalog *catalog, const struct catalog_canned *canned) {
    return !canned->department.id || audience_works_for(&catalog->audience, canned->department.id);
}

static bool refuse(const char *what, struct text word, struct error *error) {
    struct text shown = text_cut(word, PARAMETER_SHOWN);
    error_set(error, ERROR_UNPROCESSABLE, "department: %s %.*s", what, (int)shown.length, shown.data);
    return error_field(error, TEXT("department"));
}

// The department that is asked for, by its id or path; 0: none is.
static bool find_department(struct catalog *catalog, int64_t *id, struct error *error) {
    struct text word = catalog->context->parameter(catalog->context, "department");
    const struct catalog_place *found;
    struct catalog_department *items;
    size_t count;
    *id = 0;
    if (text_is_null(word)) return true;
    if (!catalog_departments_read(catalog->context->db, &catalog->arena, &items, &count, error)) return false;
    const struct places departments = PLACES_OF(items, count);
    int many = place_find(&departments, word, &found);
    if (many > 1) return refuse("several are called", word, error);
    if (!many || !audience_sees_department(&catalog->audience, found->id))
        return refuse("none is called", word, error);
    *id = found->id;
    return true;
}

static void write_members(struct json_writer *json, const struct catalog_canned *canned) {
    json_integer_member(json, "id", canned->id);
    json_text_member(json, "title", canned->title);
    bool is_there = !text_is_null(canned->department.name);
    value_named(json, "department", is_there ? canned->department : (struct named){0, TEXT_NULL});
    value_text(json, "language", canned->language);
}

static bool write_all(struct catalog *catalog, struct error *error) {
    struct json_writer *json = &catalog->json;
    struct catalog_canned *canned;
    size_t count;
    int64_t asked;
    if (!find_department(catalog, &asked, error) ||
        !catalog_canned_read(catalog->context->db, &catalog->arena, &canned, &count, error))
        return false;
    json_name(json, "canned");
    json_open_array(json);
    for (size_t i = 0; i < count; i++) {
        int64_t of = canned[i].department.id;
        if (!is_seen(catalog, &canned[i]) || (asked && of && of != asked)) continue;
        json_open_object(json);
        write_members(json, &canned[i]);
        json_close_object(json);
    }
    json_close_array(json);
    return true;
}

bool canned_list(struct operation_context *context, struct answer *answer, struct error *error) {
    return catalog_run_for_agents(context, answer, write_all, error);
}

// Fills in the ticket's values where a ticket is named, which takes the right to read it.
static bool fill_in(struct catalog *catalog, const struct help_desk *help_desk, struct catalog_canned *canned,
                    struct error *error) {
    struct operation_context *context = catalog->context;
    struct work work = {.db = context->db, .arena = &catalog->arena, .help_desk = help_desk};
    struct ticket_read read = {.context = context, .view = view_of(context)};
    if (!context->subject) return true;
    if (!(context->principal->scopes & SCOPE_READ))
        return error_set(error, ERROR_SCOPE,
                         "The API key lacks the scope read, which a ticket's values take");
    return ticket_read_look(&read, error) &&
           canned_text_fill(context, &work, read.ticket.ticket_id, CANNED_BY_AGENT, canned->text,
                            &canned->text, error);
}

// Without a ticket the response is as it is stored.
static struct text format_of(const struct catalog *catalog, const struct help_desk *help_desk) {
    bool is_plain = catalog->context->subject && !help_desk_switch(help_desk, "enable_richtext", true);
    return is_plain ? TEXT("text") : TEXT("html");
}

static bool write_files(struct catalog *catalog, int64_t canned_id, struct error *error) {
    struct json_writer *json = &catalog->json;
    struct stored_file *files;
    size_t count;
    if (!canned_files(catalog->context->db, canned_id, &catalog->arena, &files, &count, error)) return false;
    json_name(json, "attachments");
    json_open_array(json);
    for (size_t i = 0; i < count; i++) {
        json_open_object(json);
        json_integer_member(json, "id", files[i].id);
        json_text_member(json, "name", files[i].name);
        json_close_object(json);
    }
    json_close_array(json);
    return true;
}

static bool write_one(struct catalog *catalog, struct error *error) {
    struct json_writer *json = &catalog->json;
    int64_t id = parameter_integer(catalog->context, "id", 0);
    struct catalog_canned canned = {0};
    struct help_desk help_desk;
    int found = catalog_canned_text_read(catalog->context->db, id, &catalog->arena, &canned, error);
    if (found == 0 || (found > 0 && !is_seen(catalog, &canned))) {
        found = 0;
        error_set(error, ERROR_NOT_FOUND, "There is no such canned response");
    }
    if (found <= 0 || !help_desk_load(catalog->context->db, &catalog->arena, &help_desk, error) ||
        !fill_in(catalog, &help_desk, &canned, error))
        return false;
    json_name(json, "canned");
    json_open_object(json);
    write_members(json, &canned);
    json_text_member(json, "format", format_of(catalog, &help_desk));
    json_text_member(json, "response", canned.text);
    bool done = write_files(catalog, id, error);
    json_close_object(json);
    return done && (!catalog->arena.failed || error_too_large(error));
}

bool canned_show(struct operation_context *context, struct answer *answer, struct error *error) {
    return catalog_run_for_agents(context, answer, write_one, error);
}
