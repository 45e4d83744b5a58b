// SPDX-License-Identifier: GPL-2.0-or-later
// Clients' views.
#include "ops/read/client_view.h"

#include "base/words.h"
#include "ops/parameters.h"
#include "ops/read/parts.h"
#include "store/read/ticket_field_names.h"
#include "store/ticket_view.h"

#include <string.h>

// The parts that are not for clients, and all of them.
#define PART_NUMBER(name) PART_##name,
enum { TICKET_PARTS(PART_NUMBER, PART_NUMBER) PART_COUNT };
#define PART_BIT(name)  (UINT64_C(1) << PART_##name)
#define PARTS_OF_AGENTS (PART_BIT(events) | PART_BIT(referrals) | PART_BIT(tasks) | PART_BIT(lock))
#define ALL_PARTS       (UINT64_C(1) << PART_COUNT)

uint64_t client_view_fields(struct view view, uint64_t fields) {
    return ticket_view_is_client(view.rules) ? fields & ~TICKET_FIELDS_OF_AGENTS : fields;
}

uint64_t client_view_parts(struct view view, uint64_t parts) {
    if (parts & ALL_PARTS) parts = ALL_PARTS - 1;
    return ticket_view_is_client(view.rules) ? parts & ~PARTS_OF_AGENTS : parts;
}

static bool refuse(const char *name, struct text what, struct error *error) {
    error_set(error, ERROR_UNPROCESSABLE, "%s%s%.*s is not for a client's view", name,
              what.length ? ": " : "", (int)what.length, what.length ? what.data : "");
    return error_field(error, text_of(name));
}

// What a client may ask by. Whatever is not here, what is new included, is not his.
static const char *const open_parameters[] = {
    "status",
    "state",
    "department", // as he is shown it
    "topic",
    "body",
    "user",
    "collaborator",
    "parent",
    "number",
    "q",
    "source",
    "answered",
    "created_since",
    "created_before",
    "updated_since",
    "updated_before",
    "closed_since",
    "closed_before",
    "last_message_since",
    "last_message_before",
    "last_response_since",
    "last_response_before",
    "sort",
    "fields",
    "include",
    "times",
    "limit",
    "offset",
    "page",
    "cursor",
    "total",
};

static bool is_open(const char *name) {
    for (size_t i = 0; i < sizeof open_parameters / sizeof *open_parameters; i++)
        if (strcmp(open_parameters[i], name) == 0) return true;
    return false;
}

static bool asks_by_open_ones(const struct operation_context *context, struct error *error) {
    for (size_t i = 0; i < operation_count; i++) {
        const struct operation_parameter *parameter = operations[i].parameters;
        for (; parameter && parameter->name; parameter++)
            if (parameter->place == IN_QUERY && !is_open(parameter->name) &&
                !text_is_null(context->parameter(context, parameter->name)))
                return refuse(parameter->name, TEXT_NULL, error);
    }
    return true;
}

// A name would tell whether somebody has it.
static bool asks_by_ids(const struct operation_context *context, const char *name, struct error *error) {
    struct text list = context->parameter(context, name), word;
    int64_t id;
    while (list_next(&list, &word))
        if (!text_to_int64(word, &id)) return refuse(name, TEXT("anything but an id"), error);
    return true;
}

static bool asks_for(const struct operation_context *context, const char *name, const char *members,
                     uint64_t hidden, struct error *error) {
    struct text list = context->parameter(context, name), word;
    while (list_next(&list, &word)) {
        int place = list_place(members, word);
        if (text_equal(word, TEXT("entries_last"))) continue; // of lists: one that he is shown
        if (place < 0 || hidden & UINT64_C(1) << place) return refuse(name, word, error);
    }
    return true;
}

static bool sorts(const struct operation_context *context, struct error *error) {
    struct text sort = context->parameter(context, "sort");
    static const char hidden[] = "due,-due,priority,-priority";
    return text_is_null(sort) || list_place(hidden, sort) < 0 || refuse("sort", sort, error);
}

bool client_view_check(const struct operation_context *context, struct error *error) {
    return !principal_sees_as_client(context->principal) ||
           (asks_by_open_ones(context, error) && asks_by_ids(context, "user", error) &&
            asks_by_ids(context, "collaborator", error) && asks_by_ids(context, "department", error) &&
            asks_by_ids(context, "topic", error) && sorts(context, error) &&
            asks_for(context, "fields", TICKET_FIELD_NAMES, TICKET_FIELDS_OF_AGENTS, error) &&
            asks_for(context, "include", TICKET_PART_NAMES, PARTS_OF_AGENTS, error));
}
