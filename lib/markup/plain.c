// SPDX-License-Identifier: GPL-2.0-or-later
// HTML as plain text.
#include "markup/plain.h"

#include "markup/lines.h"
#include "markup/search.h"
#include "markup/tree.h"

#include <libxml/tree.h>

#include <stdio.h>
#include <string.h>

#define NOTES_MAX   200
#define WIDTH_LEAST 20

// What lasts while one text is written. Recursion is bounded by the 256 levels that libxml2 allows.
struct writer {
    struct lines lines;
    const xmlChar *notes[NOTES_MAX]; // addresses of the list at the end; they belong to the tree
    unsigned note_count;
    unsigned pre; // levels of pre around
    bool bare;    // words and lines alone
};

static void write_children(struct writer *writer, const xmlNode *node);

static bool is_named(const xmlNode *node, const char *name) {
    return node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0;
}

// Whether the name is one of the words.
static bool is_among(const xmlNode *node, const char *words) {
    size_t length = strlen((const char *)node->name);
    for (const char *hit = words; (hit = strstr(hit, (const char *)node->name)); hit++)
        if ((hit == words || hit[-1] == ' ') && (hit[length] == ' ' || hit[length] == '\0')) return true;
    return false;
}

// The attribute's value in the tree, or "".
static const xmlChar *attribute(const xmlNode *node, const char *name) {
    const xmlAttr *found = xmlHasProp(node, (const xmlChar *)name);
    return found && found->children && found->children->content ? found->children->content
                                                                : (const xmlChar *)"";
}

static void add_string(struct writer *writer, const void *string) {
    lines_add(&writer->lines, text_of(string));
}

static size_t count_characters(const char *text, size_t length) {
    size_t count = 0;
    for (size_t i = 0; i < length; i++) count += ((unsigned char)text[i] & 0xC0) != 0x80;
    return count;
}

static void add_repeated(struct writer *writer, const char *what, size_t times) {
    for (size_t i = 0; i < times; i++) buffer_add_string(&writer->lines.word, what);
}

static void write_heading(struct writer *writer, const xmlNode *node) {
    const char *line = node->name[1] == '1'   ? "═"
                       : node->name[1] == '2' ? "━"
                       : node->name[1] == '3' ? "─"
                                              : "";
    lines_break(&writer->lines, 1);
    size_t start = writer->lines.out->length;
    write_children(writer, node);
    lines_break(&writer->lines, 0);
    if (writer->bare) return;
    // As long as the heading's last line, without what stands before it.
    const struct buffer *out = writer->lines.out;
    const char *end = out->data + out->length,
               *begin = out->data + (start < out->length ? start : out->length);
    const char *last = begin < end ? memrchr(begin, '\n', (size_t)(end - begin)) : NULL;
    size_t length = begin < end
                        ? count_characters(last ? last + 1 : begin, (size_t)(end - (last ? last + 1 : begin)))
                        : 0;
    if (length > writer->lines.prefix_length)
        add_repeated(writer, line, length - writer->lines.prefix_length);
    lines_break(&writer->lines, 1);
}

static void write_indented(struct writer *writer, const xmlNode *node, const char *prefix,
                           const char *marker) {
    bool indented = lines_indent(&writer->lines, prefix, marker);
    if (!indented && marker) add_string(writer, marker);
    write_children(writer, node);
    lines_break(&writer->lines, 0);
    if (indented) lines_outdent(&writer->lines, prefix);
}

static void write_list(struct writer *writer, const xmlNode *node) {
    unsigned number = 1;
    char marker[16], blanks[16];
    bool inside = is_named(node->parent, "li");
    lines_break(&writer->lines, inside ? 0 : 1);
    for (const xmlNode *item = node->children; item; item = item->next) {
        if (item->type != XML_ELEMENT_NODE) continue;
        if (is_named(node, "ol"))
            snprintf(marker, sizeof marker, "  %u. ", number++);
        else
            snprintf(marker, sizeof marker, "  * ");
        snprintf(blanks, sizeof blanks, "%*s", (int)strlen(marker), "");
        lines_break(&writer->lines, 0);
        write_indented(writer, item, blanks, marker);
    }
    lines_break(&writer->lines, inside ? 0 : 1);
}

static void write_row(struct writer *writer, const xmlNode *row) {
    bool first = true;
    lines_break(&writer->lines, 0);
    for (const xmlNode *cell = row->children; cell; cell = cell->next) {
        if (!is_named(cell, "td") && !is_named(cell, "th")) continue;
        if (!first) add_string(writer, writer->bare ? " " : " | ");
        first = false;
        write_children(writer, cell);
    }
    lines_break(&writer->lines, 0);
}

static void write_rows(struct writer *writer, const xmlNode *node) {
    for (const xmlNode *child = node->children; child; child = child->next) {
        if (child->type != XML_ELEMENT_NODE) continue;
        if (is_named(child, "tr"))
            write_row(writer, child);
        else if (is_among(child, "thead tbody tfoot"))
            write_rows(writer, child);
        else
            write_children(writer, child);
    }
}

// The text inside, as far as it is needed to compare it with an address.
static void collect_text(const xmlNode *node, struct buffer *out) {
    for (const xmlNode *child = node->children; child; child = child->next) {
        if (child->type == XML_TEXT_NODE)
            buffer_add_string(out, (const char *)child->content);
        else if (child->type == XML_ELEMENT_NODE)
            collect_text(child, out);
    }
}

static bool says_address(const xmlNode *node, const char *address) {
    struct buffer inside = buffer_new(4096);
    collect_text(node, &inside);
    bool same = !inside.failed && text_equal(text_trim(buffer_text(&inside)), text_of(address));
    buffer_free(&inside);
    return same;
}

static unsigned note_number(struct writer *writer, const xmlChar *address) {
    for (unsigned i = 0; i < writer->note_count; i++)
        if (xmlStrEqual(writer->notes[i], address)) return i + 1;
    if (writer->note_count == NOTES_MAX) return 0;
    writer->notes[writer->note_count++] = address;
    return writer->note_count;
}

static void write_link(struct writer *writer, const xmlNode *node) {
    const xmlChar *address = attribute(node, "href");
    const char *plain =
        strncmp((const char *)address, "mailto:", 7) == 0 ? (const char *)address + 7 : (const char *)address;
    if (writer->bare || !*plain || *plain == '#' || says_address(node, plain)) {
        write_children(writer, node);
        return;
    }
    char number[16] = "";
    bool is_long = count_characters(plain, strlen(plain)) > writer->lines.width / 2;
    unsigned note = is_long ? note_number(writer, address) : 0;
    add_string(writer, "[");
    write_children(writer, node);
    if (note) snprintf(number, sizeof number, "][%u]", note);
    add_string(writer, note ? number : "](");
    if (note) return;
    add_string(writer, plain);
    add_string(writer, ")");
}

static void write_image(struct writer *writer, const xmlNode *node) {
    const xmlChar *title = attribute(node, "title");
    if (writer->bare) return;
    add_string(writer, "[image:");
    add_string(writer, attribute(node, "alt"));
    if (*title) add_string(writer, ": ");
    add_string(writer, title);
    add_string(writer, "]");
}

static void write_rule(struct writer *writer) {
    lines_break(&writer->lines, 0);
    if (writer->bare) return;
    add_repeated(writer, "─", writer->lines.width - writer->lines.prefix_length);
    lines_break(&writer->lines, 0);
}

static void write_pre(struct writer *writer, const xmlNode *node) {
    lines_break(&writer->lines, 1);
    writer->pre++;
    write_children(writer, node);
    writer->pre--;
    lines_break(&writer->lines, 1);
}

static void write_block(struct writer *writer, const xmlNode *node, unsigned empty) {
    lines_break(&writer->lines, empty);
    write_children(writer, node);
    lines_break(&writer->lines, empty);
}

static void write_quotation(struct writer *writer, const xmlNode *node) {
    lines_break(&writer->lines, 1);
    write_indented(writer, node, writer->bare ? "" : "> ", NULL);
    lines_break(&writer->lines, 1);
}

static void write_element(struct writer *writer, const xmlNode *node) {
    if (is_among(node, "head title meta script style link")) return;
    if (is_named(node, "br"))
        lines_end_line(&writer->lines);
    else if (is_named(node, "hr"))
        write_rule(writer);
    else if (is_named(node, "img"))
        write_image(writer, node);
    else if (is_named(node, "a"))
        write_link(writer, node);
    else if (is_among(node, "h1 h2 h3 h4 h5 h6"))
        write_heading(writer, node);
    else if (is_among(node, "ul ol dir menu"))
        write_list(writer, node);
    else if (is_named(node, "blockquote"))
        write_quotation(writer, node);
    else if (is_named(node, "pre"))
        write_pre(writer, node);
    else if (is_named(node, "dd")) {
        lines_break(&writer->lines, 0);
        write_indented(writer, node, "    ", NULL);
    } else if (is_named(node, "table")) {
        lines_break(&writer->lines, 0);
        write_rows(writer, node);
        lines_break(&writer->lines, is_named(node->parent, "td") ? 0 : 1);
    } else if (is_among(node, "p dl fieldset figure"))
        write_block(writer, node, 1);
    else if (is_among(node, "div center body html section article header footer nav aside main address dt "
                            "details summary "
                            "figcaption caption legend option form li tr"))
        write_block(writer, node, 0);
    else
        write_children(writer, node);
}

// osTicket shows plain texts as <div style="white-space:pre-wrap">.
static bool keeps_lines(const xmlNode *node) {
    const char *style = node->type == XML_ELEMENT_NODE ? (const char *)attribute(node, "style") : "";
    return strstr(style, "white-space:pre") || strstr(style, "white-space: pre");
}

static void write_children(struct writer *writer, const xmlNode *node) {
    bool verbatim = keeps_lines(node);
    writer->pre += verbatim;
    for (const xmlNode *child = node->children; child; child = child->next) {
        if (child->type == XML_ELEMENT_NODE)
            write_element(writer, child);
        else if (child->type != XML_TEXT_NODE && child->type != XML_CDATA_SECTION_NODE)
            continue;
        else if (writer->pre)
            lines_add_verbatim(&writer->lines, text_of((const char *)child->content));
        else
            lines_add(&writer->lines, text_of((const char *)child->content));
    }
    writer->pre -= verbatim;
}

static void write_notes(struct writer *writer) {
    char number[16];
    if (writer->note_count == 0) return;
    lines_break(&writer->lines, 1);
    add_repeated(writer, "-", writer->lines.width / 2);
    for (unsigned i = 0; i < writer->note_count; i++) {
        lines_break(&writer->lines, 0);
        snprintf(number, sizeof number, "[%u] ", i + 1);
        add_string(writer, number);
        add_string(writer, writer->notes[i]);
    }
    lines_break(&writer->lines, 0);
}

// Of a text that is too much for a tree: its words, as search has them.
static bool add_words(struct text html, struct buffer *out, struct error *error) {
    error_clear(error);
    return markup_searchable_html(html, out, error);
}

static bool to_text(struct text html, unsigned width, bool bare, struct buffer *out, struct error *error) {
    struct markup_tree tree;
    struct writer writer = {.bare = bare};
    if (!markup_tree_parse(html, &tree, error))
        return error->code == ERROR_TOO_LARGE && add_words(html, out, error);
    struct buffer text = buffer_new(out->ceiling);
    lines_start(&writer.lines, &text, width < WIDTH_LEAST ? WIDTH_LEAST : width);
    // All of the body: what stands behind a stray </div> is text as well.
    if (tree.root) write_children(&writer, tree.root->parent);
    lines_break(&writer.lines, 0);
    write_notes(&writer);
    buffer_add_text(out, buffer_text(&text));
    bool fits = !text.failed && !out->failed;
    lines_free(&writer.lines);
    buffer_free(&text);
    markup_tree_free(&tree);
    return fits || error_set(error, ERROR_TOO_LARGE, "the text is too large");
}

bool markup_html_to_text(struct text html, unsigned width, struct buffer *out, struct error *error) {
    return to_text(html, width, false, out, error);
}

bool markup_html_to_words(struct text html, unsigned width, struct buffer *out, struct error *error) {
    return to_text(html, width, true, out, error);
}
