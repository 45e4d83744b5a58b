// SPDX-License-Identifier: GPL-2.0-or-later
// The elements and attributes that may stand in a ticket body. All tables are sorted by name.
#include "markup/tag/element.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define COUNT(table) (sizeof(table) / sizeof *(table))

static const struct element elements[] = {
    {"a", ELEMENT_STANDARD_VALUES},
    {"abbr", 0},
    {"acronym", 0},
    {"address", 0},
    {"area", ELEMENT_VOID | ELEMENT_SLASH | ELEMENT_STANDARD_VALUES},
    {"article", 0},
    {"aside", 0},
    {"b", 0},
    {"bdi", 0},
    {"bdo", ELEMENT_STANDARD_VALUES},
    {"big", 0},
    {"blockquote", 0},
    {"br", ELEMENT_VOID | ELEMENT_SLASH},
    {"caption", 0},
    {"center", 0},
    {"cite", 0},
    {"code", 0},
    {"col", ELEMENT_VOID | ELEMENT_SLASH | ELEMENT_STANDARD_VALUES},
    {"colgroup", 0},
    {"command", ELEMENT_VOID},
    {"data", 0},
    {"datalist", 0},
    {"dd", 0},
    {"del", 0},
    {"details", 0},
    {"dfn", 0},
    {"dir", 0},
    {"div", 0},
    {"dl", 0},
    {"dt", 0},
    {"em", 0},
    {"fieldset", ELEMENT_STANDARD_VALUES},
    {"figcaption", 0},
    {"figure", 0},
    {"font", 0},
    {"footer", 0},
    {"h1", 0},
    {"h2", 0},
    {"h3", 0},
    {"h4", 0},
    {"h5", 0},
    {"h6", 0},
    {"header", 0},
    {"hgroup", 0},
    {"hr", ELEMENT_VOID | ELEMENT_SLASH},
    {"i", 0},
    {"iframe", 0},
    {"img", ELEMENT_VOID | ELEMENT_SLASH | ELEMENT_STANDARD_VALUES},
    {"ins", 0},
    {"isindex", ELEMENT_VOID | ELEMENT_SLASH},
    {"kbd", 0},
    {"keygen", ELEMENT_VOID},
    {"label", 0},
    {"legend", 0},
    {"li", 0},
    {"link", ELEMENT_VOID},
    {"main", 0},
    {"map", 0},
    {"mark", 0},
    {"menu", 0},
    {"meta", ELEMENT_VOID},
    {"meter", 0},
    {"nav", 0},
    {"noscript", 0},
    {"ol", ELEMENT_STANDARD_VALUES},
    {"optgroup", ELEMENT_STANDARD_VALUES},
    {"option", ELEMENT_STANDARD_VALUES},
    {"output", 0},
    {"p", 0},
    {"param", ELEMENT_VOID | ELEMENT_SLASH | ELEMENT_STANDARD_VALUES},
    {"pre", 0},
    {"progress", 0},
    {"q", 0},
    {"rb", 0},
    {"rbc", 0},
    {"rp", 0},
    {"rt", 0},
    {"rtc", 0},
    {"ruby", 0},
    {"s", 0},
    {"samp", 0},
    {"section", 0},
    {"select", ELEMENT_STANDARD_VALUES},
    {"small", 0},
    {"source", ELEMENT_VOID},
    {"span", 0},
    {"strike", 0},
    {"strong", 0},
    {"style", 0},
    {"sub", 0},
    {"summary", 0},
    {"sup", 0},
    {"table", ELEMENT_STANDARD_VALUES},
    {"tbody", 0},
    {"td", ELEMENT_STANDARD_VALUES},
    {"textarea", ELEMENT_STANDARD_VALUES},
    {"tfoot", ELEMENT_STANDARD_VALUES},
    {"th", ELEMENT_STANDARD_VALUES},
    {"thead", ELEMENT_STANDARD_VALUES},
    {"time", 0},
    {"tr", ELEMENT_STANDARD_VALUES},
    {"track", ELEMENT_VOID | ELEMENT_STANDARD_VALUES},
    {"tt", 0},
    {"u", 0},
    {"ul", 0},
    {"var", 0},
    {"wbr", ELEMENT_VOID},
};

// Elements that HTML has, or once had, or that mail programs write, and that may not stand in a body.
static const char *const other_elements[] = {
    "applet", "audio",  "base",    "basefont", "bgsound", "blink",    "body",   "button",
    "canvas", "dialog", "embed",   "form",     "frame",   "frameset", "head",   "html",
    "image",  "input",  "marquee", "math",     "nobr",    "noframes", "object", "picture",
    "script", "slot",   "svg",     "template", "title",   "video",    "xml",    "xmp",
};

struct allowed_attribute {
    const char *name;
    unsigned flags;
    const char *elements; // with blanks between; "*" for all
};

static const struct allowed_attribute attributes[] = {
    {"abbr", 0, "td th"},
    {"accesskey", 0, "*"},
    {"align", 0,
     "caption col colgroup div h1 h2 h3 h4 h5 h6 hr img legend p table tbody td tfoot th thead tr"},
    {"alt", 0, "area img"},
    {"autofocus", 0, "keygen select textarea"},
    {"axis", 0, "td th"},
    {"bgcolor", 0, "table td th tr"},
    {"border", 0, "img table"},
    {"bordercolor", 0, "table td tr"},
    {"cellpadding", 0, "table"},
    {"cellspacing", 0, "table"},
    {"challenge", 0, "keygen"},
    {"char", 0, "col colgroup tbody td tfoot th thead tr"},
    {"charoff", 0, "col colgroup tbody td tfoot th thead tr"},
    {"charset", 0, "a"},
    {"checked", ATTRIBUTE_EMPTY, "command"},
    {"cite", ATTRIBUTE_URL, "blockquote del ins q"},
    {"class", 0, "*"},
    {"clear", 0, "br"},
    {"color", 0, "font"},
    {"cols", 0, "textarea"},
    {"colspan", 0, "td th"},
    {"compact", ATTRIBUTE_EMPTY, "dir dl menu ol ul"},
    {"content", 0, "meta"},
    {"contenteditable", 0, "*"},
    {"contextmenu", 0, "*"},
    {"coords", 0, "a area"},
    {"crossorigin", 0, "img"},
    {"datetime", 0, "del ins time"},
    {"default", ATTRIBUTE_EMPTY, "track"},
    {"dir", 0, "*"},
    {"dirname", 0, "textarea"},
    {"disabled", ATTRIBUTE_EMPTY, "command fieldset keygen optgroup option select textarea"},
    {"download", 0, "a"},
    {"draggable", 0, "*"},
    {"dropzone", 0, "*"},
    {"face", 0, "font"},
    {"for", 0, "label output"},
    {"form", 0, "fieldset keygen label output select textarea"},
    {"frame", 0, "table"},
    {"headers", 0, "td th"},
    {"height", 0, "img td th"},
    {"hidden", ATTRIBUTE_EMPTY, "*"},
    {"high", 0, "meter"},
    {"href", ATTRIBUTE_URL, "a area link"},
    {"hreflang", 0, "a area link"},
    {"hspace", 0, "img"},
    {"icon", 0, "command"},
    {"inert", ATTRIBUTE_EMPTY, "*"},
    {"ismap", ATTRIBUTE_EMPTY, "img"},
    {"itemid", 0, "*"},
    {"itemprop", 0, "*"},
    {"itemref", 0, "*"},
    {"itemscope", ATTRIBUTE_EMPTY, "*"},
    {"itemtype", ATTRIBUTE_URL, "*"},
    {"keyparams", 0, "keygen"},
    {"keytype", 0, "keygen"},
    {"kind", 0, "track"},
    {"label", 0, "command menu optgroup option track"},
    {"lang", 0, "*"},
    {"longdesc", ATTRIBUTE_URL, "img"},
    {"low", 0, "meter"},
    {"max", 0, "meter progress"},
    {"maxlength", 0, "textarea"},
    {"media", 0, "a area link source style"},
    {"min", 0, "meter"},
    {"multiple", ATTRIBUTE_EMPTY, "select"},
    {"name", 0, "a fieldset img keygen map output param select textarea"},
    {"nohref", ATTRIBUTE_EMPTY, "area"},
    {"noshade", ATTRIBUTE_EMPTY, "hr"},
    {"nowrap", ATTRIBUTE_EMPTY, "td th"},
    {"open", ATTRIBUTE_EMPTY, "details"},
    {"optimum", 0, "meter"},
    {"ping", 0, "a area"},
    {"placeholder", 0, "textarea"},
    {"pqg", 0, "keygen"},
    {"prompt", 0, "isindex"},
    {"pubdate", 0, "time"},
    {"radiogroup", 0, "command"},
    {"readonly", ATTRIBUTE_EMPTY, "textarea"},
    {"rel", 0, "a area link"},
    {"required", ATTRIBUTE_EMPTY, "select textarea"},
    {"rev", 0, "a"},
    {"reversed", ATTRIBUTE_EMPTY, "ol"},
    {"role", 0, "*"},
    {"rows", 0, "textarea"},
    {"rowspan", 0, "td th"},
    {"rules", 0, "table"},
    {"scope", 0, "td th"},
    {"scoped", 0, "style"},
    {"selected", ATTRIBUTE_EMPTY, "option"},
    {"shape", 0, "a area"},
    {"size", 0, "font hr select"},
    {"sizes", 0, "link"},
    {"span", 0, "col colgroup"},
    {"spellcheck", 0, "*"},
    {"src", ATTRIBUTE_URL, "img source track"},
    {"srclang", 0, "track"},
    {"srcset", ATTRIBUTE_URL, "img"},
    {"start", 0, "ol"},
    {"style", 0, "*"},
    {"summary", 0, "table"},
    {"tabindex", 0, "*"},
    {"target", 0, "a area"},
    {"title", 0, "*"},
    {"translate", 0, "*"},
    {"type", 0, "a area command li link menu ol param source style ul"},
    {"usemap", ATTRIBUTE_URL, "img"},
    {"valign", 0, "col colgroup tbody td tfoot th thead tr"},
    {"value", 0, "data li meter option param progress"},
    {"valuetype", 0, "param"},
    {"vspace", 0, "img"},
    {"width", 0, "col colgroup hr img pre table td th"},
    {"wrap", 0, "textarea"},
    {"xml:base", 0, "*"},
    {"xml:lang", 0, "*"},
    {"xml:space", 0, "*"},
    {"xmlns", 0, "*"},
};

// Behind "aria-".
static const char *const aria_attributes[] = {
    "activedescendant", "atomic",     "autocomplete", "busy",     "checked",  "controls",  "describedby",
    "disabled",         "dropeffect", "expanded",     "flowto",   "grabbed",  "haspopup",  "hidden",
    "invalid",          "label",      "labelledby",   "level",    "live",     "multiline", "multiselectable",
    "orientation",      "owns",       "posinset",     "pressed",  "readonly", "relevant",  "required",
    "selected",         "setsize",    "sort",         "valuemax", "valuemin", "valuenow",  "valuetext",
};

static const char *const standard_values[] = {
    "all",    "auto",     "baseline",       "bottom",  "button",       "captions", "center",   "chapters",
    "char",   "checkbox", "circle",         "col",     "colgroup",     "color",    "cols",     "data",
    "date",   "datetime", "datetime-local", "default", "descriptions", "email",    "file",     "get",
    "groups", "hidden",   "image",          "justify", "left",         "ltr",      "metadata", "middle",
    "month",  "none",     "number",         "object",  "password",     "poly",     "post",     "preserve",
    "radio",  "range",    "rect",           "ref",     "reset",        "right",    "row",      "rowgroup",
    "rows",   "rtl",      "search",         "submit",  "subtitles",    "tel",      "text",     "time",
    "top",    "url",      "week",
};

static const struct {
    const char *name, *elements;
} deprecated[] = {
    {"align", "caption div h1 h2 h3 h4 h5 h6 hr img legend p table"},
    {"bgcolor", "table td th tr"},
    {"bordercolor", "table td tr"},
    {"cellspacing", "table"},
    {"clear", "br"},
    {"compact", "dl ol ul"},
    {"height", "td th"},
    {"hspace", "img"},
    {"name", "a iframe img map"},
    {"noshade", "hr"},
    {"nowrap", "td th"},
    {"size", "hr"},
    {"vspace", "img"},
    {"width", "hr pre table td th"},
};

static int compare(const void *key, const void *row) {
    const struct text *name = key;
    const char *other = *(const char *const *)row;
    size_t length = strlen(other);
    int order = memcmp(name->data, other, name->length < length ? name->length : length);
    return order ? order : (name->length > length) - (name->length < length);
}

// Each row of each table begins with its name.
#define FIND(name, table) bsearch(&(name), table, COUNT(table), sizeof *(table), compare)

static bool has_word(const char *words, const char *word) {
    size_t length = strlen(word);
    for (const char *hit = words; (hit = strstr(hit, word)); hit++)
        if ((hit == words || hit[-1] == ' ') && (hit[length] == ' ' || hit[length] == '\0')) return true;
    return false;
}

const struct element *element_find(struct text name) {
    return FIND(name, elements);
}

bool element_is_known(struct text name) {
    char lower[16];
    if (name.length == 0 || name.length >= sizeof lower) return false;
    for (size_t i = 0; i < name.length; i++)
        lower[i] = name.data[i] >= 'A' && name.data[i] <= 'Z' ? (char)(name.data[i] + 32) : name.data[i];
    struct text key = {lower, name.length};
    return FIND(key, elements) || FIND(key, other_elements);
}

bool element_is_plain(const char *name) {
    static const char others[] =
        "command datalist isindex keygen label link meta meter noscript optgroup option output "
        "param progress select source style textarea track";
    return !has_word(others, name);
}

bool element_may_be_empty(const char *name) {
    return has_word("area br col div embed hr img iframe input isindex param", name);
}

// PHP takes any name behind "data-"; one that readers older than HTML 5 take for the beginning of a tag is
// none.
static bool is_data_attribute(struct text name) {
    if (name.length && memchr(name.data, '<', name.length)) return false;
    ptrdiff_t hit = text_find(name, TEXT("data-"), 0);
    for (; hit >= 0; hit = text_find(name, TEXT("data-"), (size_t)hit + 1)) {
        struct text rest = {name.data + hit + 5, name.length - (size_t)hit - 5};
        if (rest.length && !text_starts_with(rest, TEXT("xml")) && !memchr(rest.data, ':', rest.length))
            return true;
    }
    return false;
}

bool attribute_is_allowed(struct text attribute, const char *element, unsigned *flags) {
    const struct allowed_attribute *row = FIND(attribute, attributes);
    *flags = row ? row->flags : 0;
    if (row && (row->elements[0] == '*' || has_word(row->elements, element))) return true;
    if (text_equal(attribute, TEXT("data-cid"))) return false;
    struct text rest = {attribute.data + 5, attribute.length - 5};
    if (text_starts_with(attribute, TEXT("aria-")))
        for (size_t i = 0; i < COUNT(aria_attributes); i++)
            if (text_equal(rest, text_of(aria_attributes[i]))) return true;
    return is_data_attribute(attribute);
}

bool attribute_is_inert(struct text attribute, const char *element) {
    static const char *const others[] = {
        "accesskey",   "autofocus",  "charset",   "contenteditable", "contextmenu",
        "crossorigin", "dirname",    "download",  "draggable",       "dropzone",
        "for",         "form",       "id",        "inert",           "itemid",
        "itemprop",    "itemref",    "itemscope", "itemtype",        "longdesc",
        "ping",        "spellcheck", "tabindex",  "translate",       "xmlns"};
    for (size_t i = 0; i < COUNT(others); i++)
        if (text_equal(attribute, text_of(others[i]))) return false;
    if (text_equal(attribute, TEXT("name"))) return strcmp(element, "a") == 0 || strcmp(element, "map") == 0;
    if (text_starts_with(attribute, TEXT("xml:")) || text_find(attribute, TEXT("data-"), 0) >= 0)
        return false;
    for (size_t i = 0; i < attribute.length; i++)
        if ((attribute.data[i] < 'a' || attribute.data[i] > 'z') && attribute.data[i] != '-') return false;
    return true;
}

bool attribute_is_known(struct text attribute) {
    static const char *const others[] = {"id", "action", "method", "formaction", "value", "bgcolor"};
    for (size_t i = 0; i < COUNT(others); i++)
        if (text_equal_ignoring_case(attribute, text_of(others[i]))) return true;
    for (size_t i = 0; i < COUNT(attributes); i++)
        if (text_equal_ignoring_case(attribute, text_of(attributes[i].name))) return true;
    return false;
}

struct text attribute_standard_value(struct text value) {
    char lower[16];
    if (value.length == 0 || value.length >= sizeof lower) return TEXT_NULL;
    for (size_t i = 0; i < value.length; i++)
        lower[i] = value.data[i] >= 'A' && value.data[i] <= 'Z' ? (char)(value.data[i] + 32) : value.data[i];
    struct text key = {lower, value.length};
    const char *const *row = FIND(key, standard_values);
    return row ? text_of(*row) : TEXT_NULL;
}

bool attribute_is_deprecated(struct text attribute, const char *element) {
    for (size_t i = 0; i < COUNT(deprecated); i++)
        if (text_equal(attribute, text_of(deprecated[i].name)))
            return has_word(deprecated[i].elements, element);
    return false;
}
