// SPDX-License-Identifier: GPL-2.0-or-later
// One tag of balanced HTML: left out, or written again with what may stand in it.
#include "markup/tag/tag.h"

#include "base/trim.h"
#include "markup/bounds.h"
#include "markup/tag/deprecated.h"
#include "markup/tag/element.h"
#include "markup/tag/plain_style.h"
#include "markup/tag/style.h"
#include "markup/tag/url.h"

#include <ctype.h>
#include <string.h>

void tag_cleaner_free(struct tag_cleaner *cleaner) {
    attributes_free(&cleaner->attributes);
    attributes_free(&cleaner->identifiers);
    scratch_free(&cleaner->scratch);
    scratch_free(&cleaner->kept);
}

static bool read_at(struct text source, size_t i, struct tag *tag) {
    size_t name = i + 1;
    tag->end = name < source.length && source.data[name] == '/';
    if (tag->end) name++;
    size_t end = name;
    while (end < source.length && (isalpha((unsigned char)source.data[end]) ||
                                   (end > name && source.data[end] >= '1' && source.data[end] <= '6')))
        end++;
    if (end == name) return false;
    tag->name_length = end - name < sizeof tag->name - 1 ? end - name : sizeof tag->name - 1;
    for (size_t k = 0; k < tag->name_length; k++)
        tag->name[k] = (char)tolower((unsigned char)source.data[name + k]);
    tag->name[tag->name_length] = '\0';
    tag->rest = trim_as_php((struct text){source.data + end, source.length - 1 - end});
    return true;
}

bool tag_read(struct text source, struct tag *tag) {
    if (source.data[source.length - 1] != '>') return false;
    if (read_at(source, 0, tag)) return true;
    // What looks like no tag may hold one at the start of a later line; the text before it is lost then.
    for (size_t i = 1; i + 1 < source.length; i++)
        if (source.data[i - 1] == '\n' && source.data[i] == '<' && read_at(source, i, tag)) return true;
    return false;
}

// Line ends and tabs between attributes and in their values become blanks.
static struct text on_one_line(struct text rest, struct scratch *scratch) {
    size_t i = 0;
    while (i < rest.length && !strchr("\n\r\t", rest.data[i])) i++;
    char *copy = i < rest.length ? scratch_take(scratch, rest.length) : NULL;
    if (!copy) return rest;
    for (size_t k = 0; k < rest.length; k++) copy[k] = strchr("\n\r\t", rest.data[k]) ? ' ' : rest.data[k];
    return (struct text){copy, rest.length};
}

static bool is_frame_attribute(struct text name) {
    static const char *const names[] = {"height", "width",       "type",           "style",
                                        "src",    "frameborder", "allowfullscreen"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (text_equal(name, text_of(names[i]))) return true;
    return false;
}

static struct text with_quotes_escaped(struct text value, struct scratch *scratch) {
    size_t count = 0, used = 0;
    for (size_t i = 0; i < value.length; i++) count += value.data[i] == '"';
    char *copy = count ? scratch_take(scratch, value.length + 5 * count) : NULL;
    if (!copy) return value;
    for (size_t i = 0; i < value.length; i++) {
        struct text part = value.data[i] == '"' ? TEXT("&quot;") : (struct text){value.data + i, 1};
        memcpy(copy + used, part.data, part.length);
        used += part.length;
    }
    return (struct text){copy, used};
}

// The attribute's value as it may stand; null when the attribute may not.
static struct text clean_value(struct tag_cleaner *cleaner, const struct element *element,
                               struct attribute attribute) {
    bool frame = strcmp(element->name, "iframe") == 0;
    unsigned flags = 0;
    bool allowed = attribute_is_allowed(attribute.name, element->name, &flags);
    if (cleaner->strict && !attribute_is_inert(attribute.name, element->name)) return TEXT_NULL;
    if (frame ? !is_frame_attribute(attribute.name) : !allowed) return TEXT_NULL;
    if (flags & ATTRIBUTE_EMPTY || text_equal(attribute.name, TEXT("allowfullscreen"))) return attribute.name;
    struct text value = attribute.value, standard = TEXT_NULL;
    if (element->flags & ELEMENT_STANDARD_VALUES) standard = attribute_standard_value(value);
    if (!text_is_null(standard)) value = standard;
    if (text_equal(attribute.name, TEXT("style")))
        value = cleaner->strict ? value : style_disarm(value, &cleaner->scratch);
    else if (flags & ATTRIBUTE_URL)
        value = address_clean(value, attribute.name, &cleaner->scratch);
    bool list = text_equal(attribute.name, TEXT("srcset")); // of pictures, each looked at
    if (cleaner->strict && flags & ATTRIBUTE_URL && !list)
        value = address_strict(value, attribute.name, &cleaner->scratch);
    if (frame && text_equal(attribute.name, TEXT("src"))) {
        value = trim_as_php(value);
        if (!address_is_embeddable(value, cleaner->frame_hosts)) return TEXT_NULL;
    }
    return with_quotes_escaped(value, &cleaner->scratch);
}

static void keep_allowed_attributes(struct tag_cleaner *cleaner, const struct element *element) {
    struct attributes *attributes = &cleaner->attributes;
    unsigned kept = 0;
    for (unsigned i = 0; i < attributes->count; i++) {
        struct text value = clean_value(cleaner, element, attributes->list[i]);
        if (text_is_null(value)) continue;
        attributes->list[kept++] = (struct attribute){attributes->list[i].name, value};
    }
    attributes->count = kept;
}

static void add_required_attributes(struct tag_cleaner *cleaner, const struct element *element) {
    static const struct {
        const char *element;
        struct text name, value;
    } required[] = {{"area", {"alt", 3}, {"area", 4}},        {"bdo", {"dir", 3}, {"ltr", 3}},
                    {"command", {"label", 5}, {"label", 5}},  {"img", {"src", 3}, {"src", 3}},
                    {"img", {"alt", 3}, {"image", 5}},        {"map", {"name", 4}, {"name", 4}},
                    {"optgroup", {"label", 5}, {"label", 5}}, {"param", {"name", 4}, {"name", 4}},
                    {"style", {"scoped", 6}, {"scoped", 6}},  {"textarea", {"rows", 4}, {"10", 2}},
                    {"textarea", {"cols", 4}, {"50", 2}}};
    for (size_t i = 0; i < sizeof required / sizeof *required; i++)
        if (strcmp(element->name, required[i].element) == 0 &&
            text_is_null(attributes_get(&cleaner->attributes, required[i].name)))
            attributes_set(&cleaner->attributes, required[i].name, required[i].value, &cleaner->scratch);
}

// Two tags of a body may not have the same id, and none a blank in it.
static void drop_repeated_identifier(struct tag_cleaner *cleaner) {
    struct text id = attributes_get(&cleaner->attributes, TEXT("id"));
    if (text_is_null(id)) return;
    bool bad = !text_is_null(attributes_get(&cleaner->identifiers, id));
    for (size_t i = 0; i < id.length; i++) bad = bad || isspace((unsigned char)id.data[i]);
    if (bad)
        attributes_remove(&cleaner->attributes, TEXT("id"));
    else
        attributes_set(&cleaner->identifiers, SCRATCH_JOIN(&cleaner->kept, id), TEXT(""), &cleaner->kept);
}

// Of the classes only Outlook's stay.
static void keep_outlook_classes(struct tag_cleaner *cleaner) {
    struct text value = attributes_get(&cleaner->attributes, TEXT("class"));
    if (text_is_null(value)) return;
    struct buffer classes = buffer_new(value.length);
    for (size_t i = 0; i < value.length;) {
        const char *blank = memchr(value.data + i, ' ', value.length - i);
        size_t end = blank ? (size_t)(blank - value.data) : value.length;
        struct text class = {value.data + i, end - i};
        if (text_starts_with(class, TEXT("Mso"))) {
            if (classes.length) buffer_add_char(&classes, ' ');
            buffer_add_text(&classes, class);
        }
        i = end + 1;
    }
    if (classes.length)
        attributes_set(&cleaner->attributes, TEXT("class"),
                       SCRATCH_JOIN(&cleaner->scratch, buffer_text(&classes)), &cleaner->scratch);
    else
        attributes_remove(&cleaner->attributes, TEXT("class"));
    buffer_free(&classes);
}

static void tidy_style(struct tag_cleaner *cleaner) {
    struct text value = attributes_get(&cleaner->attributes, TEXT("style"));
    if (text_is_null(value)) return;
    bool many = cleaner->declarations > MARKUP_STYLE_DECLARATIONS_MAX;
    if (many)
        value = TEXT_NULL;
    else if (cleaner->strict)
        value = style_plain(value, &cleaner->declarations, &cleaner->scratch);
    else
        value = style_tidy(value, &cleaner->declarations, &cleaner->scratch);
    if (text_is_null(value))
        attributes_remove(&cleaner->attributes, TEXT("style"));
    else
        attributes_set(&cleaner->attributes, TEXT("style"), value, &cleaner->scratch);
}

static void write_tag(const struct tag_cleaner *cleaner, const struct element *element, struct buffer *out) {
    buffer_add_char(out, '<');
    buffer_add_string(out, element->name);
    for (unsigned i = 0; i < cleaner->attributes.count; i++) {
        buffer_add_char(out, ' ');
        buffer_add_text(out, cleaner->attributes.list[i].name);
        buffer_add_string(out, "=\"");
        buffer_add_text(out, cleaner->attributes.list[i].value);
        buffer_add_char(out, '"');
    }
    buffer_add_string(out, element->flags & ELEMENT_SLASH ? " />" : ">");
}

static bool clean_start(struct tag_cleaner *cleaner, const struct element *element, struct text rest,
                        struct text style, struct buffer *out) {
    attributes_read(&cleaner->attributes, rest, &cleaner->scratch);
    keep_allowed_attributes(cleaner, element);
    add_required_attributes(cleaner, element);
    deprecated_into_style(&cleaner->attributes, element->name, &cleaner->scratch);
    if (cleaner->strict) // the page around it has its own
        attributes_remove(&cleaner->attributes, TEXT("id"));
    else
        drop_repeated_identifier(cleaner);
    if (style.length) deprecated_add_style(&cleaner->attributes, style, &cleaner->scratch);
    if (strcmp(element->name, "iframe") == 0) {
        struct text source = attributes_get(&cleaner->attributes, TEXT("src"));
        if (text_is_null(source) || source.length == 0) return false;
    }
    keep_outlook_classes(cleaner);
    tidy_style(cleaner);
    write_tag(cleaner, element, out);
    return true;
}

const struct element *tag_clean(struct tag_cleaner *cleaner, const struct tag *tag, struct buffer *out) {
    struct text name = {tag->name, tag->name_length}, style = TEXT("");
    const struct element *element = element_find(name);
    if (!element || (cleaner->frame_hosts.length == 0 && strcmp(element->name, "iframe") == 0)) return NULL;
    if (cleaner->strict && !element_is_plain(element->name)) return NULL;
    scratch_clear(&cleaner->scratch);
    cleaner->attributes.count = 0;
    struct text rest = on_one_line(tag->rest, &cleaner->scratch);
    const char *modern = deprecated_element(element->name, &rest, &style, &cleaner->scratch);
    if (modern) element = element_find(text_of(modern));
    bool stands = true;
    if (!tag->end) {
        stands = clean_start(cleaner, element, rest, style, out);
    } else if (!(element->flags & ELEMENT_VOID)) {
        buffer_add_string(out, "</");
        buffer_add_string(out, element->name);
        buffer_add_char(out, '>');
    }
    if (cleaner->scratch.failed || cleaner->kept.failed) out->failed = true;
    return stands ? element : NULL;
}
