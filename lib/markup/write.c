// SPDX-License-Identifier: GPL-2.0-or-later
// HTML that is to be stored: the tree of libxml2 written anew, tag by tag.
#include "markup/write.h"

#include "markup/bounds.h"
#include "markup/clean/compact.h"
#include "markup/clean/remove.h"
#include "markup/escape.h"
#include "markup/tag/element.h"
#include "markup/tag/place.h"
#include "markup/tag/tag.h"
#include "markup/tree.h"

#include <libxml/tree.h>
#include <libxml/uri.h>

#include <ctype.h>
#include <string.h>

#define NAME_LENGTH 16

// What lasts while one text is written. Recursion is bounded by MARKUP_DEPTH_MAX.
struct writing {
    struct tag_cleaner cleaner;
    bool blank_paragraphs; // stay
    struct buffer tag;     // one start tag as the tree has it
    struct buffer *out;
};

static void write_children(struct writing *writing, const xmlNode *node, const char *parent);

static void add_text(const xmlChar *text, struct buffer *out) {
    for (const xmlChar *c = text; c && *c; c++) {
        if (*c == '&')
            buffer_add_string(out, "&amp;");
        else if (*c == '<')
            buffer_add_string(out, "&lt;");
        else if (*c == '>')
            buffer_add_string(out, "&gt;");
        else if (!markup_is_control((char)*c))
            buffer_add_char(out, (char)*c);
    }
}

static bool is_name(const xmlChar *name) {
    for (const xmlChar *c = name; *c; c++)
        if (!isalnum(*c) && !strchr("-_:.", *c)) return false;
    return isalpha(*name);
}

static bool is_address(const xmlChar *name) {
    return xmlStrcasecmp(name, (const xmlChar *)"href") == 0 ||
           xmlStrcasecmp(name, (const xmlChar *)"src") == 0;
}

// Addresses are written with percent signs where a byte may not stand in them, as libxml2 does.
static void add_attribute(const xmlAttr *attribute, struct buffer *out) {
    xmlChar *value =
        attribute->children ? xmlNodeListGetString(attribute->doc, attribute->children, 1) : NULL;
    const xmlChar *shown = value;
    xmlChar *address = NULL;
    if (value && is_address(attribute->name)) {
        while (*shown && isspace(*shown)) shown++;
        shown = address = xmlURIEscapeStr(shown, (const xmlChar *)"#$%&+,/:;=?@[\\]^`{|}");
    }
    buffer_add_char(out, ' ');
    buffer_add_string(out, (const char *)attribute->name);
    buffer_add_string(out, "=\"");
    for (const xmlChar *c = shown; c && *c; c++) {
        if (*c == '"')
            buffer_add_string(out, "&quot;");
        else
            add_text((const xmlChar[]){*c, 0}, out);
    }
    buffer_add_char(out, '"');
    xmlFree(value);
    xmlFree(address);
}

// Writes the start tag, cleaned; the element that stands there now, or NULL.
static const struct element *write_start(struct writing *writing, const xmlNode *node, const char *name) {
    struct tag tag;
    buffer_clear(&writing->tag);
    buffer_add_char(&writing->tag, '<');
    buffer_add_string(&writing->tag, name);
    for (const xmlAttr *attribute = node->properties; attribute; attribute = attribute->next)
        if (is_name(attribute->name)) add_attribute(attribute, &writing->tag);
    buffer_add_char(&writing->tag, '>');
    if (writing->tag.failed || !tag_read(buffer_text(&writing->tag), &tag)) return NULL;
    return tag_clean(&writing->cleaner, &tag, writing->out);
}

static bool is_lost(const char *name) {
    return strcmp(name, "script") == 0 || strcmp(name, "style") == 0;
}

static bool is_blank(struct text text) {
    for (size_t i = 0; i < text.length; i++)
        if (!strchr(" \t\n\r\f", text.data[i])) return false;
    return true;
}

static void cut(struct buffer *out, size_t length) {
    if (out->length == length) return;
    out->length = length;
    out->data[length] = '\0';
}

// Elements without content go, as osTicket has it; blanks alone are none.
static bool has_to_go(const struct writing *writing, const struct element *element, struct text inside) {
    if (element_may_be_empty(element->name) || !is_blank(inside)) return false;
    return !writing->blank_paragraphs || !inside.length || strcmp(element->name, "p") != 0;
}

static void close_element(const struct writing *writing, const struct element *element, size_t before,
                          size_t content) {
    struct buffer *out = writing->out;
    struct text inside = {out->data + content, out->length - content};
    if (element->flags & ELEMENT_VOID) return;
    if (!out->failed && has_to_go(writing, element, inside)) {
        bool blank = inside.length > 0;
        cut(out, before);
        if (blank) buffer_add_char(out, ' ');
        return;
    }
    buffer_add_string(out, "</");
    buffer_add_string(out, element->name);
    buffer_add_char(out, '>');
}

// The name that counts: "p" of "o:p", "b" of "b-x".
static void name_of(const xmlNode *node, char name[NAME_LENGTH]) {
    const char *colon = strrchr((const char *)node->name, ':');
    const char *from = colon ? colon + 1 : (const char *)node->name;
    size_t length = 0;
    for (; length + 1 < NAME_LENGTH; length++) {
        char c = from[length];
        if (!isalpha((unsigned char)c) && !(length && c >= '1' && c <= '6')) break;
        name[length] = (char)tolower((unsigned char)c);
    }
    name[length] = '\0';
}

static void write_element(struct writing *writing, const xmlNode *node, const char *parent) {
    char name[NAME_LENGTH];
    name_of(node, name);
    size_t before = writing->out->length;
    if (is_lost(name)) return;
    enum place place = name[0] ? place_of(name, parent) : PLACE_NOWHERE;
    const struct element *element = NULL;
    if (place != PLACE_NOWHERE) element = write_start(writing, node, place == PLACE_AS_DIV ? "div" : name);
    bool frame = element && strcmp(element->name, "iframe") == 0; // its content is no HTML to a browser
    size_t content = writing->out->length;
    if (!frame)
        write_children(writing, node, element && !(element->flags & ELEMENT_VOID) ? element->name : parent);
    if (element) close_element(writing, element, before, content);
}

static void write_node(struct writing *writing, const xmlNode *node, const char *parent) {
    if (node->type == XML_ELEMENT_NODE)
        write_element(writing, node, parent);
    else if (node->type == XML_TEXT_NODE)
        add_text(node->content, writing->out);
}

static void write_children(struct writing *writing, const xmlNode *node, const char *parent) {
    for (const xmlNode *child = node->children; child; child = child->next)
        write_node(writing, child, parent);
}

static bool write_tree(struct text html, const struct markup_options *options, struct buffer *out,
                       struct error *error) {
    struct writing writing = {.cleaner = {.frame_hosts = options->embedded_domain_whitelist, .strict = true},
                              .blank_paragraphs = options->blank_paragraphs,
                              .tag = buffer_new(html.length * 8 + 4096),
                              .out = out};
    struct markup_tree tree;
    if (!markup_tree_parse(html, &tree, error)) return false;
    if (tree.root) write_children(&writing, tree.root, "");
    // What stands behind a </div> too many is text as well.
    for (const xmlNode *node = tree.root ? tree.root->next : NULL; node; node = node->next)
        write_node(&writing, node, "");
    if (writing.tag.failed) out->failed = true;
    bool many = writing.cleaner.declarations > MARKUP_STYLE_DECLARATIONS_MAX;
    tag_cleaner_free(&writing.cleaner);
    buffer_free(&writing.tag);
    markup_tree_free(&tree);
    return !many || error_set(error, ERROR_TOO_LARGE,
                              "the text is too large: its HTML has too many properties in styles");
}

// As osTicket takes Gmail's div away, unless an element would be closed within another one by that: in a page
// its end would then close what stands around the text.
static bool write_as_it_is(struct text html, const struct markup_options *options, struct buffer *out) {
    struct buffer without = buffer_new(html.length + 1);
    bool in_order = markup_is_written(html, options);
    if (in_order) remove_gmail_div(html, &without);
    in_order = in_order && (without.length == 0 || markup_is_written(buffer_text(&without), options));
    if (in_order) buffer_add_text(out, buffer_text(&without));
    buffer_free(&without);
    return in_order;
}

bool markup_write_html(struct text html, const struct markup_options *options, struct buffer *out,
                       struct error *error) {
    if (!markup_bounds_check(html, error)) return false;
    size_t ceiling = html.length * 32 + 4096;
    struct buffer local = buffer_new(ceiling), own = buffer_new(ceiling), written = buffer_new(ceiling);
    remove_file_links(html, &local);
    // The parser may nest anew what it has nested once: what is in order already is not put in order again.
    bool done = true;
    if (!write_as_it_is(buffer_text(&local), options, out)) {
        remove_foreign(buffer_text(&local), &own);
        done = write_tree(buffer_text(&own), options, &written, error);
        if (done) markup_compact(buffer_text(&written), out);
    }
    bool failed = local.failed || own.failed || written.failed || out->failed;
    buffer_free(&local);
    buffer_free(&own);
    buffer_free(&written);
    if (done && failed) return error_set(error, ERROR_TOO_LARGE, "the text is too large");
    return done;
}
