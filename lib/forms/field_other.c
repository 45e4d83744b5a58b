// SPDX-License-Identifier: GPL-2.0-or-later
// Fields that take what they are given with little ado: memo, check box, priority, files, thread.
#include "forms/field.h"

#include "base/number.h"
#include "base/trim.h"
#include "markup/body.h"
#include "markup/write.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static bool is_truthy(struct text text) {
    return text.length && !text_equal(text, TEXT("0"));
}

// Whether nothing is there but blanks, in HTML also line breaks, or a "0", which PHP takes for nothing.
static bool is_blank(struct text text, bool html) {
    if (!is_truthy(trim_as_php(text))) return true;
    if (!html) return false;
    for (size_t i = 0; i < text.length; i++)
        if (!text.data[i] || !strchr(" <>br/\t\n\r", text.data[i])) return false;
    return true;
}

// A text without markup in which "<" stands would lose what follows it; it is escaped instead.
static bool clean(struct filling *filling, struct text given, struct buffer *out) {
    const struct markup_options options = {.embedded_domain_whitelist = filling->tables->embedded_domains};
    bool plain = given.length && memchr(given.data, '<', given.length) && !markup_has_markup(given);
    if (plain) return markup_plain_to_html(given, out, filling->error);
    return markup_write_html(given, &options, out, filling->error);
}

bool field_fill_memo(struct filling *filling, bool required) {
    struct text given;
    if (!field_given_text(filling, &given)) return false;
    bool html = field_switch(filling, "html", true), done = true;
    if (is_blank(given, html)) given = TEXT("");
    struct buffer cleaned = buffer_new(given.length * 16 + 1024);
    if (html) {
        done = clean(filling, given, &cleaned);
        given = arena_copy(filling->arena, buffer_text(&cleaned));
    }
    buffer_free(&cleaned);
    if (!done) return false;
    if (required && !is_truthy(given)) field_complain_required(filling);
    if (is_truthy(given) && !field_is_no_formula(given)) {
        struct text own = field_setting(filling, "validator-error", TEXT(""));
        field_complain(
            filling, own.length ? own : TEXT("Content cannot start with the following characters: = - + @"));
    }
    field_keep(filling, given, given);
    return true;
}

bool field_fill_bool(struct filling *filling, bool required) {
    const struct input *given = filling->given;
    if (given && (given->kind == INPUT_LIST || given->kind == INPUT_MAP) && given->count)
        return field_wrong_type(filling, "true or false");
    bool on = input_is_true(given);
    if (required && !on) field_complain_required(filling);
    field_keep(filling, on ? TEXT("1") : TEXT("0"), on ? TEXT("Yes") : TEXT("No"));
    return true;
}

static const struct form_priority *find_priority(const struct form_tables *tables, struct text text) {
    if (!text_is_numeric(text)) return NULL;
    int64_t id = number_equal_to(text);
    for (size_t i = 0; i < tables->priority_count; i++)
        if (tables->priorities[i].id == id) return &tables->priorities[i];
    return NULL;
}

// What names no priority is no value: the ticket gets the id of another one later, but not its name.
bool field_fill_priority(struct filling *filling, bool required) {
    struct text given;
    char id[24];
    if (!field_given_text(filling, &given)) return false;
    const struct form_priority *priority = find_priority(filling->tables, given);
    if (required && !priority) field_complain_required(filling);
    filling->answer->unknown = !priority && input_is_true(filling->given);
    if (!priority) return true;
    snprintf(id, sizeof id, "%" PRId64, priority->id);
    field_keep(filling, priority->description, priority->description);
    filling->answer->value = priority->description;
    filling->answer->has_value_id = true;
    filling->answer->value_id = priority->id;
    filling->answer->cdata = arena_copy(filling->arena, text_of(id));
    return true;
}

// A file field takes only files that were uploaded in the browser before. Without any PHP keeps "false".
bool field_fill_files(struct filling *filling, bool required) {
    if (required) field_complain_required(filling);
    field_keep(filling, TEXT("false"), TEXT(""));
    return true;
}

// The message: an empty one counts, too.
bool field_fill_thread(struct filling *filling, bool required) {
    if (required && !filling->given) field_complain_required(filling);
    filling->answer->shown = input_text(filling->given);
    if (!filling->answer->shown.data) filling->answer->shown = TEXT("");
    return true;
}
