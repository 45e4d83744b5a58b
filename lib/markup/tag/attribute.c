// SPDX-License-Identifier: GPL-2.0-or-later
// The attributes of one tag, in order.
#include "markup/tag/attribute.h"

#include "base/trim.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

void attributes_free(struct attributes *attributes) {
    free(attributes->list);
    *attributes = (struct attributes){NULL, 0, 0};
}

static struct attribute *find(const struct attributes *attributes, struct text name) {
    for (unsigned i = 0; i < attributes->count; i++)
        if (text_equal(attributes->list[i].name, name)) return &attributes->list[i];
    return NULL;
}

struct text attributes_get(const struct attributes *attributes, struct text name) {
    const struct attribute *attribute = find(attributes, name);
    return attribute ? attribute->value : TEXT_NULL;
}

static bool grow(struct attributes *attributes) {
    unsigned capacity = attributes->capacity ? attributes->capacity * 2 : 16;
    struct attribute *list = realloc(attributes->list, capacity * sizeof *list);
    if (!list) return false;
    attributes->list = list;
    attributes->capacity = capacity;
    return true;
}

void attributes_set(struct attributes *attributes, struct text name, struct text value,
                    struct scratch *scratch) {
    struct attribute *attribute = find(attributes, name);
    if (!attribute) {
        if (attributes->count == ATTRIBUTES_OF_TAG_MAX) return;
        if (attributes->count == attributes->capacity && !grow(attributes)) {
            scratch->failed = true;
            return;
        }
        attribute = &attributes->list[attributes->count++];
        attribute->name = name;
    }
    attribute->value = value;
}

void attributes_remove(struct attributes *attributes, struct text name) {
    struct attribute *attribute = find(attributes, name);
    if (!attribute) return;
    struct attribute *end = attributes->list + attributes->count--;
    memmove(attribute, attribute + 1, (size_t)(end - attribute - 1) * sizeof *attribute);
}

static bool is_blank(char c) {
    return isspace((unsigned char)c) || c == '\0';
}

static size_t skip_blanks(struct text source, size_t i) {
    while (i < source.length && is_blank(source.data[i])) i++;
    return i;
}

// The length of the name at `i`, 0 when there is none: a letter and one more byte at least.
static size_t name_at(struct text source, size_t i) {
    size_t start = i;
    if (i >= source.length || !isalpha((unsigned char)source.data[i])) return 0;
    while (i < source.length && !isspace((unsigned char)source.data[i]) && source.data[i] != '=' &&
           source.data[i] != '/')
        i++;
    return i - start >= 2 ? i - start : 0;
}

// Behind words and quoted parts up to the next blank, and behind that.
static size_t skip_nonsense(struct text source, size_t i) {
    while (i < source.length && !isspace((unsigned char)source.data[i])) {
        char c = source.data[i];
        const char *quote =
            c == '"' || c == '\'' ? memchr(source.data + i + 1, c, source.length - i - 1) : NULL;
        if (quote)
            i = (size_t)(quote - source.data) + 1;
        else if (c == '"' || c == '\'')
            return source.length;
        else
            i++;
    }
    return skip_blanks(source, i);
}

// The value at `i`; `*end` is behind it. Null when there is none.
static struct text value_at(struct text source, size_t i, size_t *end) {
    char c = source.data[i];
    if (c == '"' || c == '\'') {
        const char *quote = memchr(source.data + i + 1, c, source.length - i - 1);
        if (!quote) return TEXT_NULL;
        *end = (size_t)(quote - source.data) + 1;
        return (struct text){source.data + i + 1, *end - i - 2};
    }
    size_t start = i;
    while (i < source.length && !isspace((unsigned char)source.data[i]) && source.data[i] != '"' &&
           source.data[i] != '\'')
        i++;
    *end = i;
    return (struct text){source.data + start, i - start};
}

static struct text lower(struct text name, struct scratch *scratch) {
    for (size_t i = 0; i < name.length; i++) {
        if (!isupper((unsigned char)name.data[i])) continue;
        char *copy = scratch_take(scratch, name.length);
        if (!copy) return TEXT("");
        for (size_t k = 0; k < name.length; k++) copy[k] = (char)tolower((unsigned char)name.data[k]);
        return (struct text){copy, name.length};
    }
    return name;
}

static struct text without_tag_starts(struct text value, struct scratch *scratch) {
    size_t count = 0;
    for (size_t i = 0; i < value.length; i++) count += value.data[i] == '<';
    if (count == 0) return value;
    char *copy = scratch_take(scratch, value.length + 3 * count);
    if (!copy) return TEXT("");
    size_t used = 0;
    for (size_t i = 0; i < value.length; i++) {
        struct text part = value.data[i] == '<' ? TEXT("&lt;") : (struct text){value.data + i, 1};
        memcpy(copy + used, part.data, part.length);
        used += part.length;
    }
    return (struct text){copy, used};
}

static struct text trim_end_of_tag(struct text source) {
    while (source.length && (source.data[0] == ' ' || source.data[0] == '/')) {
        source.data++;
        source.length--;
    }
    while (source.length && (source.data[source.length - 1] == ' ' || source.data[source.length - 1] == '/'))
        source.length--;
    return source;
}

void attributes_read(struct attributes *attributes, struct text source, struct scratch *scratch) {
    source = trim_end_of_tag(source);
    for (size_t i = 0; i < source.length;) {
        size_t length = name_at(source, i);
        if (!length) {
            i = skip_nonsense(source, i);
            continue;
        }
        struct text name = lower((struct text){source.data + i, length}, scratch);
        i = skip_blanks(source, i + length);
        if (i >= source.length || source.data[i] != '=') {
            attributes_set(attributes, name, TEXT(""), scratch);
            continue;
        }
        while (i < source.length && (source.data[i] == '=' || source.data[i] == ' ')) i++;
        if (i >= source.length) return;
        struct text value = value_at(source, i, &i);
        if (text_is_null(value)) {
            i = skip_nonsense(source, i);
            continue;
        }
        attributes_set(attributes, name, trim_as_php(without_tag_starts(value, scratch)), scratch);
        i = skip_blanks(source, i);
    }
}
