// SPDX-License-Identifier: GPL-2.0-or-later
// Elements and attributes of old HTML, turned into styles. Which style stands for which attribute is
// htmLawed's choice.
#include "markup/tag/deprecated.h"

#include "base/trim.h"
#include "markup/tag/element.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#define FONT_ATTRIBUTES_MAX 20

// What a search in the attributes of a font tag found.
struct font_attribute {
    size_t start, end; // the bytes that go
    char kind;         // 'c'olor, 's'ize or 'f'ace
    struct text value;
};

static size_t skip_blanks(struct text text, size_t i) {
    while (i < text.length && isspace((unsigned char)text.data[i])) i++;
    return i;
}

// Where the value starts when "name =" stands at `i` behind a blank or at the start; 0 when it does not.
static size_t value_of(struct text rest, size_t i, const char *name) {
    size_t length = strlen(name);
    if (i && !isspace((unsigned char)rest.data[i - 1])) return 0;
    if (length > rest.length - i || strncasecmp(rest.data + i, name, length) != 0) return 0;
    i = skip_blanks(rest, i + length);
    return i < rest.length && rest.data[i] == '=' ? i + 1 : 0;
}

static bool is_quote(struct text rest, size_t i) {
    return i < rest.length && (rest.data[i] == '"' || rest.data[i] == '\'');
}

// The value of color or size ends at its quote, at a blank, or with the text.
static bool read_simple(struct text rest, size_t i, char kind, struct font_attribute *found) {
    size_t value = value_of(rest, i, kind == 'c' ? "color" : "size");
    if (!value) return false;
    value = skip_blanks(rest, value);
    char quote = is_quote(rest, value) && value + 1 < rest.length ? rest.data[value++] : '\0';
    if (value >= rest.length) return false;
    size_t end = value + 1;
    while (end < rest.length && !isspace((unsigned char)rest.data[end]) &&
           !(quote && rest.data[end] == quote))
        end++;
    *found = (struct font_attribute){i ? i - 1 : 0, end < rest.length ? end + 1 : end, kind,
                                     trim_as_php((struct text){rest.data + value, end - value})};
    return true;
}

// A face in quotes holds no equals sign.
static bool read_face(struct text rest, size_t i, bool quoted, struct font_attribute *found) {
    size_t value = value_of(rest, i, "face"), end;
    if (!value) return false;
    value = skip_blanks(rest, value);
    if (value >= rest.length) return false;
    if (quoted) {
        if (!is_quote(rest, value)) return false;
        for (end = value + 1; end < rest.length && rest.data[end] != '='; end++)
            if (rest.data[end] == rest.data[value] && end > value + 1) break;
        if (end >= rest.length || rest.data[end] == '=') return false;
        value++;
    } else {
        for (end = value; end < rest.length && !isspace((unsigned char)rest.data[end]);) end++;
    }
    *found = (struct font_attribute){i ? i - 1 : 0, quoted ? end + 1 : end, 'f',
                                     trim_as_php((struct text){rest.data + value, end - value})};
    return true;
}

static bool find_simple(struct text rest, struct font_attribute *found) {
    for (size_t i = 0; i < rest.length; i++)
        if (read_simple(rest, i, 'c', found) || read_simple(rest, i, 's', found)) return true;
    return false;
}

static bool find_face(struct text rest, struct font_attribute *found) {
    for (size_t i = 0; i < rest.length; i++)
        if (read_face(rest, i, true, found)) return true;
    for (size_t i = 0; i < rest.length; i++)
        if (read_face(rest, i, false, found)) return true;
    return false;
}

static struct text font_size(struct text size) {
    static const char *const sizes[][2] = {
        {"0", "xx-small"}, {"1", "xx-small"}, {"2", "small"}, {"3", "medium"},   {"4", "large"},
        {"5", "x-large"},  {"6", "xx-large"}, {"7", "300%"},  {"-1", "smaller"}, {"-2", "60%"},
        {"+1", "larger"},  {"+2", "150%"},    {"+3", "200%"}, {"+4", "300%"}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        if (text_equal(size, text_of(sizes[i][0]))) return text_of(sizes[i][1]);
    return TEXT_NULL;
}

static struct text style_text(struct text value, struct scratch *scratch) {
    char *copy = scratch_take(scratch, value.length);
    size_t used = 0;
    for (size_t i = 0; copy && i < value.length; i++)
        if (value.data[i] != '<') copy[used++] = value.data[i] == '"' ? '\'' : value.data[i];
    return (struct text){copy ? copy : "", used};
}

static void move_into_style(const struct font_attribute *found, struct text *rest, struct text *style,
                            struct scratch *scratch) {
    static const struct text blank = {" ", 1};
    struct text value = found->kind == 's' ? font_size(found->value) : style_text(found->value, scratch);
    struct text name = found->kind == 'c'   ? TEXT("color: ")
                       : found->kind == 's' ? TEXT("font-size: ")
                                            : TEXT("font-family: ");
    if (!text_is_null(value))
        *style = SCRATCH_JOIN(scratch, *style, style->length ? blank : TEXT(""), name, value, TEXT(";"));
    *rest = SCRATCH_JOIN(scratch, (struct text){rest->data, found->start}, blank,
                         (struct text){rest->data + found->end, rest->length - found->end});
}

static void read_font(struct text *rest, struct text *style, struct scratch *scratch) {
    struct font_attribute found;
    for (int i = 0; i < FONT_ATTRIBUTES_MAX && find_simple(*rest, &found); i++)
        move_into_style(&found, rest, style, scratch);
    for (int i = 0; i < FONT_ATTRIBUTES_MAX && find_face(*rest, &found); i++)
        move_into_style(&found, rest, style, scratch);
}

const char *deprecated_element(const char *element, struct text *rest, struct text *style,
                               struct scratch *scratch) {
    static const struct {
        const char *old, *modern;
        struct text style;
    } replacements[] = {{"acronym", "abbr", {"", 0}},
                        {"big", "span", {"font-size: larger;", 18}},
                        {"center", "div", {"text-align: center;", 19}},
                        {"dir", "ul", {"", 0}},
                        {"font", "span", {"", 0}},
                        {"s", "span", {"text-decoration: line-through;", 30}},
                        {"strike", "span", {"text-decoration: line-through;", 30}},
                        {"tt", "code", {"", 0}}};
    *style = TEXT("");
    for (size_t i = 0; i < sizeof replacements / sizeof *replacements; i++) {
        if (strcmp(element, replacements[i].old) != 0) continue;
        *style = replacements[i].style;
        if (strcmp(element, "font") == 0) read_font(rest, style, scratch);
        return replacements[i].modern;
    }
    return NULL;
}

// The value without what could end the property or hide something.
static struct text property_value(struct text value, struct scratch *scratch) {
    char *copy = scratch_take(scratch, value.length);
    size_t used = 0;
    for (size_t i = 0; copy && i < value.length; i++) {
        if (strchr("\\:;", value.data[i])) continue;
        copy[used++] = value.data[i];
    }
    // "&#" goes last: it may have come together only now.
    size_t kept = 0;
    for (size_t i = 0; i < used; i++) {
        if (copy[i] == '&' && i + 1 < used && copy[i + 1] == '#')
            i++;
        else
            copy[kept++] = copy[i];
    }
    return (struct text){copy ? copy : "", kept};
}

static bool all_digits(struct text text) {
    for (size_t i = 0; i < text.length; i++)
        if (!isdigit((unsigned char)text.data[i])) return false;
    return text.length > 0;
}

static bool all_word_characters(struct text text) {
    for (size_t i = 0; i < text.length; i++)
        if (!isalnum((unsigned char)text.data[i]) && text.data[i] != '_') return false;
    return true;
}

static struct text align_style(const char *element, struct text value, struct scratch *scratch) {
    bool side = text_equal(value, TEXT("left")) || text_equal(value, TEXT("right"));
    bool block = strcmp(element, "div") == 0 || strcmp(element, "table") == 0;
    if (strcmp(element, "img") == 0 && side) return SCRATCH_JOIN(scratch, TEXT("float: "), value);
    if (block && text_equal(value, TEXT("center"))) return TEXT("margin: auto");
    return SCRATCH_JOIN(scratch, TEXT("text-align: "), value);
}

// The style that stands for the attribute; null when it is none of those.
static struct text style_of(struct text name, struct text value, const char *element,
                            struct scratch *scratch) {
    struct text v = property_value(value, scratch);
    if (text_equal(name, TEXT("align"))) return align_style(element, v, scratch);
    if (text_equal(name, TEXT("bgcolor"))) return SCRATCH_JOIN(scratch, TEXT("background-color: "), v);
    if (text_equal(name, TEXT("bordercolor"))) return SCRATCH_JOIN(scratch, TEXT("border-color: "), v);
    if (text_equal(name, TEXT("cellspacing")))
        return SCRATCH_JOIN(scratch, TEXT("border-spacing: "), v, TEXT("px"));
    if (text_equal(name, TEXT("clear")))
        return SCRATCH_JOIN(scratch, TEXT("clear: "), text_equal(v, TEXT("all")) ? TEXT("both") : v);
    if (text_equal(name, TEXT("compact"))) return TEXT("font-size: 85%");
    if (text_equal(name, TEXT("height")) || text_equal(name, TEXT("width")))
        return SCRATCH_JOIN(scratch, name, TEXT(": "), text_starts_with(v, TEXT("*")) ? TEXT("auto") : v,
                            all_digits(v) ? TEXT("px") : TEXT(""));
    if (text_equal(name, TEXT("hspace")))
        return SCRATCH_JOIN(scratch, TEXT("margin-left: "), v, TEXT("px; margin-right: "), v, TEXT("px"));
    if (text_equal(name, TEXT("vspace")))
        return SCRATCH_JOIN(scratch, TEXT("margin-top: "), v, TEXT("px; margin-bottom: "), v, TEXT("px"));
    if (text_equal(name, TEXT("noshade")))
        return TEXT("border-style: none; border: 0; background-color: gray; color: gray");
    if (text_equal(name, TEXT("nowrap"))) return TEXT("white-space: nowrap");
    if (text_equal(name, TEXT("size"))) return SCRATCH_JOIN(scratch, TEXT("size: "), v, TEXT("px"));
    return TEXT_NULL;
}

// A name becomes the id; links and maps keep it as well. True when the name goes.
static bool name_into_id(struct text value, const char *element, struct text *id, struct scratch *scratch) {
    struct text v = property_value(value, scratch);
    if (all_word_characters(v)) *id = v;
    return strcmp(element, "a") != 0 && strcmp(element, "map") != 0;
}

void deprecated_into_style(struct attributes *attributes, const char *element, struct scratch *scratch) {
    struct text style = TEXT(""), id = TEXT_NULL;
    for (unsigned i = 0; i < attributes->count;) {
        struct attribute *attribute = &attributes->list[i];
        struct text part = TEXT_NULL;
        bool goes = false;
        if (attribute_is_deprecated(attribute->name, element)) {
            if (text_equal(attribute->name, TEXT("name")))
                goes = name_into_id(attribute->value, element, &id, scratch);
            else
                part = style_of(attribute->name, attribute->value, element, scratch);
        }
        if (!text_is_null(part))
            style = SCRATCH_JOIN(scratch, style, style.length ? TEXT("; ") : TEXT(""), part);
        if (goes || !text_is_null(part))
            attributes_remove(attributes, attribute->name);
        else
            i++;
    }
    if (!text_is_null(id)) attributes_set(attributes, TEXT("id"), id, scratch);
    if (style.length) deprecated_add_style(attributes, SCRATCH_JOIN(scratch, style, TEXT(";")), scratch);
}

void deprecated_add_style(struct attributes *attributes, struct text style, struct scratch *scratch) {
    struct text old = attributes_get(attributes, TEXT("style"));
    if (text_is_null(old)) {
        attributes_set(attributes, TEXT("style"), style, scratch);
        return;
    }
    while (old.length && (old.data[old.length - 1] == ' ' || old.data[old.length - 1] == ';')) old.length--;
    attributes_set(attributes, TEXT("style"), SCRATCH_JOIN(scratch, old, TEXT("; "), style), scratch);
}
