// SPDX-License-Identifier: GPL-2.0-or-later
// Names taken apart and put together.
#include "contact/person_name.h"

#include <string.h>

// The words of a name between separators, found by walking, so that no list of them is needed.
struct words {
    struct text name;
    char separator;
    size_t count;
};

static struct words words_of(struct text name, char separator) {
    struct words words = {name, separator, 1};
    for (size_t i = 0; i < name.length; i++) words.count += name.data[i] == separator;
    return words;
}

// The words from number `from` to number `to`, both included, with what is between them.
static struct text words_between(const struct words *words, size_t from, size_t to) {
    size_t number = 0, start = 0, i = 0;
    for (;; i++) {
        bool ends = i == words->name.length || words->name.data[i] == words->separator;
        if (ends && number++ == to) break;
        if (ends && number == from) start = i + 1;
    }
    return (struct text){words->name.data + start, i - start};
}

static bool has_dot(struct text text) {
    return text_find(text, TEXT("."), 0) >= 0;
}

// The separator between joined words is a blank, also where the name had dots.
static struct text join_with_blanks(struct text words, char separator, char *storage) {
    if (separator == ' ') return words;
    if (words.length > PERSON_NAME_MAX) words = text_cut(words, PERSON_NAME_MAX / 4);
    for (size_t i = 0; i < words.length; i++) storage[i] = words.data[i] == separator ? ' ' : words.data[i];
    return (struct text){storage, words.length};
}

void person_name_split(struct text name, struct person_name *parts) {
    if (text_is_null(name)) name = TEXT("");
    struct words words = words_of(name, ' ');
    if (words.count == 1 && has_dot(name)) words = words_of(name, '.');

    parts->salutation = parts->suffix = parts->middle = TEXT("");
    parts->last = TEXT_NULL;
    parts->original = name;

    size_t next = 0, end = words.count; // words next to end - 1 are what remains
    struct text first = words_between(&words, 0, 0), last = words_between(&words, end - 1, end - 1);
    if (has_dot(first)) {
        parts->salutation = first;
        next++;
    }
    parts->first = words_between(&words, next, next);
    next++;
    if (has_dot(last)) {
        parts->suffix = last;
        end--;
    }
    if (next >= end) return;
    parts->last = words_between(&words, end - 1, end - 1);
    if (end - next > 1)
        parts->middle =
            join_with_blanks(words_between(&words, next, end - 2), words.separator, parts->storage);
}

void person_name_of_agent(struct text first, struct text last, struct person_name *parts) {
    parts->salutation = parts->middle = parts->suffix = TEXT("");
    parts->first = first;
    parts->last = last;
    parts->original = TEXT_NULL;
}

bool person_name_is_given(struct text text) {
    return text.length > 1 || (text.length == 1 && text.data[0] != '0');
}

static void add_initial(struct text part, struct buffer *out) {
    if (!person_name_is_given(part)) return;
    buffer_add_text(out, text_cut(part, 1));
    buffer_add_char(out, '.');
}

static void trim_from(struct buffer *out, size_t start, struct text characters) {
    if (out->failed) return;
    size_t from = start;
    while (from < out->length && memchr(characters.data, out->data[from], characters.length)) from++;
    while (out->length > from && memchr(characters.data, out->data[out->length - 1], characters.length))
        out->length--;
    memmove(out->data + start, out->data + from, out->length - from);
    out->length -= from - start;
    if (out->capacity) out->data[out->length] = '\0';
}

// The two with a blank between, blanks trimmed off the ends.
static void add_pair(struct text a, struct text b, struct buffer *out) {
    size_t start = out->length;
    buffer_add_text(out, a);
    buffer_add_char(out, ' ');
    buffer_add_text(out, b);
    trim_from(out, start, TEXT(" \t\n\r\0\v"));
}

// Appends a part with a blank before it unless it is the first since `start`.
static void add_part(struct text part, size_t start, struct buffer *out) {
    if (!person_name_is_given(part)) return;
    if (out->length > start) buffer_add_char(out, ' ');
    buffer_add_text(out, part);
}

static void add_middle_initial(const struct person_name *name, size_t start, struct buffer *out) {
    if (!person_name_is_given(name->middle)) return;
    if (out->length > start) buffer_add_char(out, ' ');
    add_initial(name->middle, out);
}

static void add_first(const struct person_name *name, struct buffer *out) {
    buffer_add_text(out, name->first);
}

static void add_last(const struct person_name *name, struct buffer *out) {
    buffer_add_text(out, name->last);
}

static void add_full(const struct person_name *name, struct buffer *out) {
    add_pair(name->first, name->last, out);
}

static void add_legal(const struct person_name *name, struct buffer *out) {
    size_t start = out->length;
    add_part(name->first, start, out);
    add_middle_initial(name, start, out);
    add_part(name->last, start, out);
}

static void add_last_first(const struct person_name *name, struct buffer *out) {
    size_t start = out->length;
    buffer_add_text(out, name->last);
    buffer_add_string(out, ", ");
    buffer_add_text(out, name->first);
    trim_from(out, start, TEXT(", "));
    if (!person_name_is_given(name->suffix)) return;
    buffer_add_string(out, ", ");
    buffer_add_text(out, name->suffix);
}

static void add_formal(const struct person_name *name, struct buffer *out) {
    add_pair(name->salutation, name->last, out);
}

static void add_short(const struct person_name *name, struct buffer *out) {
    buffer_add_text(out, name->first);
    buffer_add_char(out, ' ');
    add_initial(name->last, out);
}

static void add_short_formal(const struct person_name *name, struct buffer *out) {
    add_initial(name->first, out);
    buffer_add_char(out, ' ');
    buffer_add_text(out, name->last);
}

static void add_complete(const struct person_name *name, struct buffer *out) {
    size_t start = out->length;
    add_part(name->salutation, start, out);
    add_part(name->first, start, out);
    add_middle_initial(name, start, out);
    add_part(name->last, start, out);
    add_part(name->suffix, start, out);
}

static void add_original(const struct person_name *name, struct buffer *out) {
    if (!text_is_null(name->original)) {
        buffer_add_text(out, name->original);
        return;
    }
    buffer_add_text(out, name->first);
    buffer_add_char(out, ' ');
    buffer_add_text(out, name->last);
}

static void add_middle(const struct person_name *name, struct buffer *out) {
    buffer_add_text(out, name->middle);
}

static void add_first_initial(const struct person_name *name, struct buffer *out) {
    add_initial(name->first, out);
}

static void add_only_middle_initial(const struct person_name *name, struct buffer *out) {
    add_initial(name->middle, out);
}

static void add_last_initial(const struct person_name *name, struct buffer *out) {
    add_initial(name->last, out);
}

static const struct format {
    struct text name;
    void (*add)(const struct person_name *name, struct buffer *out);
    bool variable_only;
} formats[] = {
    {TEXT("first"), add_first, false},
    {TEXT("last"), add_last, false},
    {TEXT("full"), add_full, false},
    {TEXT("legal"), add_legal, false},
    {TEXT("lastfirst"), add_last_first, false},
    {TEXT("formal"), add_formal, false},
    {TEXT("short"), add_short, false},
    {TEXT("shortformal"), add_short_formal, false},
    {TEXT("complete"), add_complete, false},
    {TEXT("original"), add_original, false},
    {TEXT("middle"), add_middle, true},
    {TEXT("firstinitial"), add_first_initial, true},
    {TEXT("middleinitial"), add_only_middle_initial, true},
    {TEXT("lastinitial"), add_last_initial, true},
};

static const struct format *find_format(struct text name) {
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (!formats[i].variable_only && text_equal(formats[i].name, name)) return &formats[i];
    return NULL;
}

struct text person_name_known_format(struct text format) {
    const struct format *found = find_format(format);
    return found ? found->name : TEXT("original");
}

void person_name_format(const struct person_name *name, struct text format, struct buffer *out) {
    const struct format *found = find_format(format);
    if (found)
        found->add(name, out);
    else
        add_original(name, out);
}

bool person_name_variable(const struct person_name *name, struct text leaf, struct buffer *out) {
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        if (!text_equal_ignoring_case(formats[i].name, leaf)) continue;
        formats[i].add(name, out);
        return true;
    }
    return false;
}
