// SPDX-License-Identifier: GPL-2.0-or-later
// HTML through libxml2's forgiving parser, with guards against input that makes it slow.
#include "markup/tree.h"

#include "base/trim.h"
#include "markup/bounds.h"
#include "markup/tag/element.h"

#include <libxml/HTMLparser.h>
#include <libxml/HTMLtree.h>
#include <libxml/parserInternals.h>

#include <ctype.h>
#include <string.h>

#define ATTRIBUTES_MAX 1000 // of one tag; libxml2 compares each with all before it
#define COMMENTS_MAX   1000 // in a row; libxml2 walks back over them at each blank
#define READ_AGAIN_MAX 16   // times its length that a text is read for its attributes
#define READ_ANYWAY    (4u << 20)
#define HTML_MAX       (64u << 20)
#define AROUND         3 // html, body and the div are open around a text

static const char before[] = "<?xml encoding=\"utf-8\">"
                             "<meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\"/><div>";
static const char after[] = "</div>";

static size_t skip_blanks(struct text html, size_t i) {
    while (i < html.length && isspace((unsigned char)html.data[i])) i++;
    return i;
}

static size_t skip_word(struct text html, size_t i) {
    while (i < html.length && html.data[i] != '>' && !isspace((unsigned char)html.data[i])) i++;
    return i;
}

static bool is_name_character(char c) {
    return isalnum((unsigned char)c) || strchr(":-_.", c) || (unsigned char)c >= 0x80;
}

// Counts the attributes of the tag whose name ends at `i`, at most one more than are allowed; `*end` is where
// it stopped.
static size_t count_attributes(struct text html, size_t i, size_t *end) {
    size_t count = 0;
    while (count <= ATTRIBUTES_MAX && (i = skip_blanks(html, i)) < html.length && html.data[i] != '>') {
        count++;
        if (!is_name_character(html.data[i])) {
            i = skip_word(html, i + 1);
            continue;
        }
        while (i < html.length && is_name_character(html.data[i])) i++;
        size_t sign = skip_blanks(html, i);
        if (sign >= html.length || html.data[sign] != '=') continue;
        i = skip_blanks(html, sign + 1);
        if (i < html.length && (html.data[i] == '"' || html.data[i] == '\'')) {
            const char *quote = memchr(html.data + i + 1, html.data[i], html.length - i - 1);
            i = quote ? (size_t)(quote - html.data) + 1 : html.length;
        } else {
            i = skip_word(html, i);
        }
    }
    *end = i;
    return count;
}

// Appends `html`; the tags with too many attributes become text. So does what is left when tags without an
// end, each read anew up to there, have taken too long: no honest text gets there.
static void add_without_monsters(struct text html, struct buffer *out) {
    size_t written = 0, read = 0, most = html.length * READ_AGAIN_MAX + READ_ANYWAY;
    // Shorter texts cannot hold such a tag: an attribute takes two bytes at least.
    for (size_t i = 0; html.length > 2 * ATTRIBUTES_MAX && i < html.length;) {
        const char *open = memchr(html.data + i, '<', html.length - i);
        if (!open) break;
        size_t at = (size_t)(open - html.data), end;
        i = at + 1;
        if (i >= html.length || !is_name_character(html.data[i])) continue;
        bool monster = read > most || count_attributes(html, skip_word(html, i), &end) > ATTRIBUTES_MAX;
        if (read > most) end = i;
        read += end - at;
        if (monster) {
            buffer_add(out, html.data + written, at - written);
            buffer_add_string(out, "&lt;");
            written = at + 1;
            i = end; // what was counted is text by now
        }
    }
    buffer_add(out, html.data + written, html.length - written);
}

// What is known of a text while it is parsed.
struct parsing {
    size_t nodes, attributes;
    const char *excess; // what there is too much of; the parser was stopped there
};

static void stop(htmlParserCtxtPtr parser, const char *excess) {
    struct parsing *parsing = parser->_private;
    if (!parsing->excess) parsing->excess = excess;
    xmlStopParser(parser);
}

// Each tag makes a node, and a text behind it another; end tags without a start make some, too.
static bool count_node(htmlParserCtxtPtr parser) {
    struct parsing *parsing = parser->_private;
    if (++parsing->nodes > 2 * MARKUP_TAGS_MAX) stop(parser, "tags");
    return !parsing->excess;
}

static void on_element(void *context, const xmlChar *name, const xmlChar **attributes) {
    htmlParserCtxtPtr parser = context;
    struct parsing *parsing = parser->_private;
    for (const xmlChar **attribute = attributes; attribute && *attribute; attribute += 2)
        parsing->attributes++;
    if (parsing->attributes > MARKUP_ATTRIBUTES_MAX) stop(parser, "attributes");
    if (parser->nodeNr >= AROUND + MARKUP_DEPTH_MAX) stop(parser, "levels");
    if (count_node(parser)) xmlSAX2StartElement(context, name, attributes);
}

// Adds a comment unless very many of them stand there already in a row.
static void on_comment(void *context, const xmlChar *value) {
    htmlParserCtxtPtr parser = context;
    size_t count = 0;
    for (xmlNodePtr node = parser->node ? parser->node->last : NULL;
         node && node->type == XML_COMMENT_NODE && count < COMMENTS_MAX; node = node->prev)
        count++;
    if (count < COMMENTS_MAX && count_node(parser)) xmlSAX2Comment(context, value);
}

static void on_instruction(void *context, const xmlChar *target, const xmlChar *data) {
    if (count_node(context)) xmlSAX2ProcessingInstruction(context, target, data);
}

// libxml2 2.9 takes a run of text up to 10,000,000 bytes, and leaves out what is longer and all behind it;
// 2.15 takes more.
static void on_characters(void *context, const xmlChar *text, int length) {
    htmlParserCtxtPtr parser = context;
    struct parsing *parsing = parser->_private;
    if (parsing->excess) return;
    xmlSAX2Characters(context, text, length);
    if (parser->errNo == XML_ERR_NO_MEMORY) stop(parser, "characters between two tags");
}

static void say_nothing(void *context, const char *format, ...) {
    (void)context;
    (void)format;
}

static void silence(htmlParserCtxtPtr parser) {
    // Too long an address is reported through this one alone.
    xmlSetGenericErrorFunc(NULL, say_nothing);
    parser->vctxt.error = say_nothing;
    parser->vctxt.warning = say_nothing;
    parser->sax->error = NULL;
    parser->sax->warning = NULL;
    parser->sax->fatalError = NULL;
    parser->sax->serror = NULL;
    parser->options |= HTML_PARSE_NONET;
}

// Not with XML_PARSE_HUGE: it would take longer runs of text, but also elements nested as deeply as anybody
// likes.
static xmlDocPtr parse(struct text html, struct parsing *parsing) {
    htmlParserCtxtPtr parser = htmlCreateMemoryParserCtxt(html.data, (int)html.length);
    if (!parser) return NULL;
    silence(parser);
    parser->sax->startElement = on_element;
    parser->sax->comment = on_comment;
    parser->sax->processingInstruction = on_instruction;
    parser->sax->characters = on_characters;
    parser->_private = parsing;
    htmlParseDocument(parser);
    xmlDocPtr document = parser->myDoc;
    htmlFreeParserCtxt(parser);
    return document;
}

static xmlNodePtr next_in_document(xmlNodePtr node) {
    if (node->children && node->type == XML_ELEMENT_NODE) return node->children;
    while (node && !node->next) node = node->parent;
    return node && node->type != XML_HTML_DOCUMENT_NODE ? node->next : NULL;
}

static xmlNodePtr find_body(xmlDocPtr document) {
    for (xmlNodePtr node = xmlDocGetRootElement(document); node; node = next_in_document(node))
        if (node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, "body") == 0) return node;
    return NULL;
}

bool markup_tree_parse(struct text html, struct markup_tree *tree, struct error *error) {
    struct parsing parsing = {0, 0, NULL};
    *tree = (struct markup_tree){NULL, NULL};
    if (html.length > HTML_MAX) return error_set(error, ERROR_TOO_LARGE, "the text is too large");
    if (!markup_bounds_check(html, error)) return false;
    struct buffer whole = buffer_new(html.length * 4 + sizeof before + sizeof after);
    buffer_add(&whole, before, sizeof before - 1);
    add_without_monsters(html, &whole);
    buffer_add(&whole, after, sizeof after - 1);
    tree->document = whole.failed ? NULL : parse(buffer_text(&whole), &parsing);
    buffer_free(&whole);
    if (!tree->document) return error_set(error, ERROR_INTERNAL, "out of memory");
    if (parsing.excess) {
        markup_tree_free(tree);
        return error_set(error, ERROR_TOO_LARGE, "the text is too large: it has too many HTML %s",
                         parsing.excess);
    }
    xmlNodePtr body = find_body(tree->document);
    tree->root = body ? body->children : NULL;
    return true;
}

void markup_tree_free(struct markup_tree *tree) {
    if (tree->document) xmlFreeDoc(tree->document);
    *tree = (struct markup_tree){NULL, NULL};
}

static xmlNodePtr deepest_first(xmlNodePtr node) {
    while (node->type == XML_ELEMENT_NODE && node->children) node = node->children;
    return node;
}

// Drops elements without content from the leaves up, so that one walk finds also those that became empty by
// it.
static void drop_empty_elements(xmlNodePtr root) {
    for (xmlNodePtr node = deepest_first(root); node != root;) {
        xmlNodePtr next = node->next ? deepest_first(node->next) : node->parent;
        if (node->type == XML_ELEMENT_NODE && !node->children &&
            !element_may_be_empty((const char *)node->name)) {
            xmlUnlinkNode(node);
            xmlFreeNode(node);
        }
        node = next;
    }
}

// Appends the root as HTML without the div around it. Without an encoder libxml2 writes UTF-8.
static bool serialise(struct markup_tree *tree, struct buffer *out) {
    xmlBufferPtr memory = xmlBufferCreate();
    xmlOutputBufferPtr output = memory ? xmlOutputBufferCreateBuffer(memory, NULL) : NULL;
    if (!output) {
        xmlBufferFree(memory);
        return false;
    }
    htmlNodeDumpFormatOutput(output, tree->document, tree->root, NULL, 0);
    xmlOutputBufferClose(output);
    struct text html =
        trim_as_php((struct text){(const char *)xmlBufferContent(memory), (size_t)xmlBufferLength(memory)});
    if (text_starts_with(html, TEXT("<div>"))) {
        html.data += 5;
        html.length -= 5;
    }
    if (html.length >= 6 && memcmp(html.data + html.length - 6, after, 6) == 0) html.length -= 6;
    buffer_add_text(out, html);
    xmlBufferFree(memory);
    return true;
}

bool markup_balance(struct text html, struct buffer *out, struct error *error) {
    struct text trimmed = trim_as_php(html);
    if (trimmed.length == 0 || text_equal(trimmed, TEXT("0"))) {
        buffer_add_text(out, html);
        return true;
    }
    struct markup_tree tree;
    if (!markup_tree_parse(html, &tree, error)) return false;
    bool done = true;
    if (tree.root) {
        drop_empty_elements(tree.root);
        done = serialise(&tree, out);
    } else {
        buffer_add_text(out, html);
    }
    markup_tree_free(&tree);
    return done || error_set(error, ERROR_INTERNAL, "out of memory");
}
