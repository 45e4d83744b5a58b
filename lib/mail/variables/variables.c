// SPDX-License-Identifier: GPL-2.0-or-later
// Roots of the variables, and the way from a root to a value.
#include "mail/variables/variables.h"

#include "base/log.h"
#include "calendar/zone.h"
#include "mail/variables/text.h"
#include "mail/variables/types.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct variable variable_of_text(struct text text) {
    return (struct variable){.kind = VARIABLE_TEXT, .text = text};
}

struct variable variable_of_html(struct text html) {
    return (struct variable){.kind = VARIABLE_HTML, .text = html};
}

struct variable variable_of_object(const struct object_type *type, const void *object) {
    if (!object) return variable_of_text(TEXT_NULL);
    return (struct variable){.kind = VARIABLE_OBJECT, .type = type, .object = object};
}

struct variable variable_of_number(struct variables *variables, int64_t number) {
    struct buffer buffer = buffer_new(32);
    buffer_add_format(&buffer, "%" PRId64, number);
    return variable_of_buffer(variables, &buffer, false);
}

struct variable variable_of_buffer(struct variables *variables, struct buffer *buffer, bool html) {
    struct text copy = arena_copy(variables->arena, buffer_text(buffer));
    buffer_free(buffer);
    return html ? variable_of_html(copy) : variable_of_text(copy);
}

struct variable variable_failed(struct variables *variables, const struct error *error) {
    if (variables->error.code == ERROR_NONE) variables->error = *error;
    return variable_of_text(TEXT_NULL);
}

struct text variable_base_url(const struct variables *variables) {
    return help_desk_url(variables->help_desk);
}

static struct variable root_url(struct variables *variables, const void *none) {
    (void)none;
    return variable_of_text(variable_base_url(variables));
}

static struct variable root_ticket(struct variables *variables, const void *none) {
    (void)none;
    return variable_of_object(&ticket_type, variables->roots->ticket);
}

static struct variable root_recipient(struct variables *variables, const void *none) {
    (void)none;
    const struct variable_roots *roots = variables->roots;
    if (roots->agent_recipient) return variable_of_object(&agent_type, roots->agent_recipient);
    if (roots->addressee.data) return variable_of_text(roots->addressee);
    return variable_of_object(roots->to_collaborators ? &collaborators_type : &recipient_type,
                              roots->recipient ? roots->recipient : roots->owner);
}

static struct variable root_user(struct variables *variables, const void *none) {
    (void)none;
    return variable_of_object(&user_type, variables->roots->owner);
}

static struct variable root_staff(struct variables *variables, const void *none) {
    (void)none;
    return variable_of_object(&agent_type, variables->roots->staff);
}

static struct variable root_poster(struct variables *variables, const void *none) {
    const struct variable_roots *roots = variables->roots;
    if (roots->author) return variable_of_object(&user_type, roots->author);
    if (roots->author_name.data) return variable_of_text(roots->author_name);
    return root_staff(variables, none);
}

static struct variable root_entry(struct variables *variables, const void *none) {
    (void)none;
    return variable_of_object(&entry_type, variables->roots->entry);
}

static struct variable root_note(struct variables *variables, const void *none) {
    (void)none;
    return variable_of_object(&entry_type, variables->roots->note);
}

static struct variable root_comments(struct variables *variables, const void *none) {
    if (variables->roots->comments.data) return variable_of_html(variables->roots->comments);
    return root_note(variables, none);
}

static struct variable root_signature(struct variables *variables, const void *none) {
    (void)none;
    return variable_of_html(variables->roots->signature);
}

static struct variable root_activity(struct variables *variables, const void *none) {
    (void)none;
    return variable_of_text(variables->roots->activity);
}

static struct variable root_assigner(struct variables *variables, const void *none) {
    if (variables->roots->assigner.data) return variable_of_text(variables->roots->assigner);
    return root_staff(variables, none);
}

static struct variable root_assignee(struct variables *variables, const void *none) {
    (void)none;
    const struct variable_roots *roots = variables->roots;
    if (roots->assignee_agent) return variable_of_object(&agent_type, roots->assignee_agent);
    if (roots->assignee_team) return variable_of_object(&team_type, roots->assignee_team);
    return variable_resolve(variables, variable_of_object(&ticket_type, variables->roots->ticket),
                            TEXT("assignee"));
}

static struct variable root_company(struct variables *variables, const void *none) {
    (void)none;
    static const char exists;
    (void)variables;
    return variable_of_object(&company_type, &exists);
}

static const struct member roots[] = {
    {"url", root_url},
    {"ticket", root_ticket},
    {"recipient", root_recipient},
    {"user", root_user},
    {"staff", root_staff},
    {"poster", root_poster},
    {"response", root_entry},
    {"message", root_entry},
    {"note", root_note},
    {"comments", root_comments},
    {"activity", root_activity},
    {"signature", root_signature},
    {"assignee", root_assignee},
    {"assigner", root_assigner},
    {"company", root_company},
    {NULL, NULL},
};

static const struct object_type root_type = {.members = roots};

static struct variable member(struct variables *variables, struct variable from, struct text name) {
    const struct variable unknown = {.kind = VARIABLE_UNKNOWN};
    for (const struct member *m = from.type->members; m && m->name; m++)
        if (text_equal_ignoring_case(text_of(m->name), name)) return m->get(variables, from.object);
    return from.type->other ? from.type->other(variables, from.object, name) : unknown;
}

// Behind a text there is nothing, but for the texts that a mail was given under a name of its own: these are
// all that stands behind them, as in PHP.
struct variable variable_resolve(struct variables *variables, struct variable from, struct text path) {
    while (path.length && from.kind != VARIABLE_UNKNOWN) {
        ptrdiff_t dot = text_find(path, TEXT("."), 0);
        size_t length = dot < 0 ? path.length : (size_t)dot;
        struct text name = {path.data, length};
        path = dot < 0 ? TEXT_NULL : (struct text){path.data + length + 1, path.length - length - 1};
        if (from.kind != VARIABLE_OBJECT) return from;
        bool is_root = from.type == &root_type;
        from = member(variables, from, name);
        bool is_text = from.kind == VARIABLE_TEXT || from.kind == VARIABLE_HTML;
        if (is_text && path.length && !is_root) return variable_of_text(TEXT_NULL);
    }
    if (from.kind != VARIABLE_OBJECT) return from;
    return from.type->self ? from.type->self(variables, from.object) : variable_of_text(TEXT_NULL);
}

static void complain(struct variables *variables, struct text name) {
    struct unknown_variables *unknown = variables->unknown;
    char *slot = unknown->names[unknown->count % UNKNOWN_VARIABLES_MAX];
    size_t size = sizeof unknown->names[0];
    struct text cut = {name.data, name.length < size ? name.length : size - 1};
    for (unsigned i = 0; i < unknown->count && i < UNKNOWN_VARIABLES_MAX; i++)
        if (text_equal(text_of(unknown->names[i]), cut)) return;
    memcpy(slot, cut.data, cut.length);
    slot[cut.length] = '\0';
    if (++unknown->count == 2 * UNKNOWN_VARIABLES_MAX) unknown->count = UNKNOWN_VARIABLES_MAX;
    log_write(variables->log, LOG_LEVEL_WARNING,
              "mail: no variable %%{%.*s} is known here; it was left empty", (int)name.length, name.data);
}

static struct variable_value lookup(void *context, struct text name) {
    struct variables *variables = context;
    static const char nothing;
    struct variable root = {.kind = VARIABLE_OBJECT, .type = &root_type, .object = &nothing};
    struct variable found = variable_resolve(variables, root, name);
    if (found.kind == VARIABLE_UNKNOWN) complain(variables, name);
    return (struct variable_value){found.kind == VARIABLE_HTML,
                                   found.kind == VARIABLE_UNKNOWN ? TEXT_NULL : found.text};
}

struct variables *variables_new(struct db *db, struct arena *arena, struct log *log,
                                const struct help_desk *help_desk, struct text secret_salt,
                                const struct variable_roots *things, struct unknown_variables *unknown) {
    struct variables *variables = calloc(1, sizeof *variables);
    if (!variables) return NULL;
    variables->db = db;
    variables->arena = arena;
    variables->log = log;
    variables->help_desk = help_desk;
    variables->secret_salt = secret_salt;
    variables->roots = things;
    variables->unknown = unknown;
    return variables;
}

void variables_free(struct variables **variables) {
    if (!*variables) return;
    zone_close(&(*variables)->zone);
    free(*variables);
    *variables = NULL;
}

bool variables_expand(struct variables *variables, struct text text, bool html, struct buffer *out,
                      struct error *error) {
    error_clear(&variables->error);
    variable_text_expand(text, html, lookup, variables, out);
    if (variables->error.code != ERROR_NONE) {
        *error = variables->error;
        return false;
    }
    if (out->failed || variables->arena->failed)
        return error_set(error, ERROR_TOO_LARGE, "the expanded text is too large");
    return true;
}
