// SPDX-License-Identifier: GPL-2.0-or-later
// XML through libxml2's push parser.
#include "markup/xml.h"

#include <libxml/parser.h>
#include <libxml/xmlerror.h>

#include <string.h>

// As PHP feeds it: how much was read when an error shows decides which line and column it is said to be at.
#define CHUNK_SIZE 4096

struct reading {
    xmlParserCtxtPtr parser;
    const struct xml_events *events;
    void *context;
    struct error *error;
    unsigned depth, nodes;
    bool stopped; // `error` is set
};

// Facts of PHP's xml_error_string(), whose first words are off by one from what libxml2's numbers mean.
static const char *describe(int code) {
    static const struct {
        int code;
        const char *text;
    } texts[] = {
        {XML_ERR_OK, "No error"},
        {XML_ERR_INTERNAL_ERROR, "No memory"},
        {XML_ERR_NO_MEMORY, "Invalid document start"},
        {XML_ERR_DOCUMENT_START, "Empty document"},
        {XML_ERR_DOCUMENT_EMPTY, "Not well-formed (invalid token)"},
        {XML_ERR_DOCUMENT_END, "Invalid document end"},
        {XML_ERR_INVALID_HEX_CHARREF, "Invalid hexadecimal character reference"},
        {XML_ERR_INVALID_DEC_CHARREF, "Invalid decimal character reference"},
        {XML_ERR_INVALID_CHARREF, "Invalid character reference"},
        {XML_ERR_INVALID_CHAR, "Invalid character"},
        {XML_ERR_ENTITYREF_SEMICOL_MISSING, "EntityRef: expecting ';'"},
        {XML_ERR_UNDECLARED_ENTITY, "Undeclared entity error"},
        {XML_WAR_UNDECLARED_ENTITY, "Undeclared entity warning"},
        {XML_ERR_UNKNOWN_ENCODING, "Unknown encoding"},
        {XML_ERR_UNSUPPORTED_ENCODING, "Unsupported encoding"},
        {XML_ERR_STRING_NOT_STARTED, "String not started expecting ' or \""},
        {XML_ERR_STRING_NOT_CLOSED, "String not closed expecting \" or '"},
        {XML_ERR_LT_IN_ATTRIBUTE, "< in attribute"},
        {XML_ERR_ATTRIBUTE_NOT_STARTED, "Attribute not started"},
        {XML_ERR_ATTRIBUTE_NOT_FINISHED, "Attribute not finished"},
        {XML_ERR_ATTRIBUTE_WITHOUT_VALUE, "Attribute without value"},
        {XML_ERR_ATTRIBUTE_REDEFINED, "Attribute redefined"},
        {XML_ERR_COMMENT_NOT_FINISHED, "Comment not finished"},
        {XML_ERR_PI_NOT_STARTED, "Processing Instruction not started"},
        {XML_ERR_PI_NOT_FINISHED, "Processing Instruction not finished"},
        {XML_ERR_XMLDECL_NOT_STARTED, "XML declaration not started"},
        {XML_ERR_XMLDECL_NOT_FINISHED, "XML declaration not finished"},
        {XML_ERR_DOCTYPE_NOT_FINISHED, "DOCTYPE not finished"},
        {XML_ERR_MISPLACED_CDATA_END, "Sequence ']]>' not allowed in content"},
        {XML_ERR_CDATA_NOT_FINISHED, "CDATA not finished"},
        {XML_ERR_RESERVED_XML_NAME, "Reserved XML Name"},
        {XML_ERR_SPACE_REQUIRED, "Space required"},
        {XML_ERR_LT_REQUIRED, "< required"},
        {XML_ERR_GT_REQUIRED, "> required"},
        {XML_ERR_LTSLASH_REQUIRED, "</ required"},
        {XML_ERR_EQUAL_REQUIRED, "= required"},
        {XML_ERR_TAG_NAME_MISMATCH, "Mismatched tag"},
        {XML_ERR_TAG_NOT_FINISHED, "Tag not finished"},
        {XML_ERR_ENCODING_NAME, "Invalid XML encoding name"},
        {XML_ERR_HYPHEN_IN_COMMENT, "Comment must not contain '--' (double-hyphen)"},
        {XML_ERR_INVALID_ENCODING, "Invalid encoding"},
        {XML_ERR_ENTITY_LOOP, "Detected an entity reference loop"},
        {XML_ERR_VERSION_MISSING, "Version in XML Declaration missing"},
        {XML_ERR_NAME_REQUIRED, "XML_ERR_NAME_REQUIRED"},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (texts[i].code == code) return texts[i].text;
    return "Not well-formed (invalid token)";
}

static bool fail_at(const struct reading *reading, const char *what) {
    const xmlParserInput *input = reading->parser->input;
    return error_set(reading->error, ERROR_BAD_REQUEST, "XML error: %s at line %d:%d", what,
                     input ? input->line : 1, input ? input->col : 1);
}

static void stop(struct reading *reading) {
    reading->stopped = true;
    xmlStopParser(reading->parser);
}

static void refuse(struct reading *reading, const char *what) {
    if (reading->stopped) return;
    fail_at(reading, what);
    stop(reading);
}

static struct text of_xml(const xmlChar *string) {
    return text_of((const char *)string);
}

static bool count_node(struct reading *reading) {
    if (++reading->nodes <= XML_NODES_MAX) return true;
    refuse(reading, "too many elements");
    return false;
}

static void start_element(void *context, const xmlChar *name, const xmlChar **attributes) {
    struct reading *reading = context;
    if (reading->stopped) return;
    if (++reading->depth > XML_DEPTH_MAX) {
        refuse(reading, "elements nested too deeply");
        return;
    }
    bool done = count_node(reading) && reading->events->open(reading->context, of_xml(name), reading->error);
    for (; done && attributes && *attributes; attributes += 2)
        done = count_node(reading) &&
               reading->events->attribute(reading->context, of_xml(attributes[0]),
                                          attributes[1] ? of_xml(attributes[1]) : TEXT(""), reading->error);
    if (!done && !reading->stopped) stop(reading);
}

static void end_element(void *context, const xmlChar *name) {
    struct reading *reading = context;
    (void)name;
    if (reading->stopped) return;
    reading->depth--;
    if (!reading->events->close(reading->context, reading->error)) stop(reading);
}

static void characters(void *context, const xmlChar *text, int length) {
    struct reading *reading = context;
    // Before the root and behind it there are only blanks.
    if (reading->stopped || length <= 0 || reading->depth == 0) return;
    struct text piece = {(const char *)text, (size_t)length};
    if (!reading->events->text(reading->context, piece, reading->error)) stop(reading);
}

static xmlEntityPtr find_entity(void *context, const xmlChar *name) {
    (void)context;
    return xmlGetPredefinedEntity(name);
}

static void entity_declared(void *context, const xmlChar *name, int type, const xmlChar *public_id,
                            const xmlChar *system_id, xmlChar *content) {
    (void)name, (void)type, (void)public_id, (void)system_id, (void)content;
    refuse(context, "entities must not be declared");
}

static void unparsed_entity_declared(void *context, const xmlChar *name, const xmlChar *public_id,
                                     const xmlChar *system_id, const xmlChar *notation) {
    (void)name, (void)public_id, (void)system_id, (void)notation;
    refuse(context, "entities must not be declared");
}

static void external_subset(void *context, const xmlChar *name, const xmlChar *public_id,
                            const xmlChar *system_id) {
    (void)name;
    if (public_id || system_id) refuse(context, "an external document type is not loaded");
}

// Errors are looked up in the parser; nothing goes to standard error.
static void ignore_message(void *context, const char *message, ...) {
    (void)context, (void)message;
}

static xmlSAXHandler handlers(void) {
    xmlSAXHandler sax;
    memset(&sax, 0, sizeof sax);
    sax.startElement = start_element;
    sax.endElement = end_element;
    sax.characters = characters;
    sax.ignorableWhitespace = characters;
    sax.cdataBlock = characters;
    sax.getEntity = find_entity;
    sax.entityDecl = entity_declared;
    sax.unparsedEntityDecl = unparsed_entity_declared;
    sax.internalSubset = external_subset;
    sax.warning = ignore_message;
    sax.error = ignore_message;
    sax.fatalError = ignore_message;
    return sax;
}

static bool feed(struct reading *reading, struct text xml) {
    size_t at = 0;
    do {
        size_t length = xml.length - at < CHUNK_SIZE ? xml.length - at : CHUNK_SIZE;
        int code = xmlParseChunk(reading->parser, xml.data + at, (int)length, at + length == xml.length);
        at += length;
        if (reading->stopped) return false;
        const xmlError *last = xmlCtxtGetLastError(reading->parser);
        if (code != XML_ERR_OK && !(last && last->level <= XML_ERR_WARNING))
            return fail_at(reading, describe(code));
    } while (at < xml.length);
    return true;
}

// libxml2 compares each attribute of an element with all before it, and tells of them only when it has read
// the last one: too many must be seen before it is let near them. Bytes of zero, as UTF-16 has them, do not
// count, and a "<", which no value of an attribute may hold, always begins anew: nothing in a comment or a
// text can hide what comes behind it.
static bool has_too_many_attributes(struct text xml) {
    char quote = '\0';
    bool inside = false;
    unsigned count = 0;
    for (size_t i = 0; i < xml.length; i++) {
        char c = xml.data[i];
        if (c == '<') {
            inside = true;
            count = 0;
            quote = '\0';
        } else if (inside && c == quote && quote) {
            quote = '\0';
        } else if (inside && !quote && (c == '"' || c == '\'')) {
            quote = c;
            if (++count > XML_ATTRIBUTES_MAX) return true;
        } else if (!quote && c == '>') {
            inside = false;
        }
    }
    return false;
}

bool markup_read_xml(struct text xml, const struct xml_events *events, void *context, struct error *error) {
    if (xml.length == 0) return error_set(error, ERROR_BAD_REQUEST, "XML error: No error at line 1:1");
    if (has_too_many_attributes(xml))
        return error_set(error, ERROR_BAD_REQUEST, "XML error: too many attributes in an element");
    struct reading reading = {.events = events, .context = context, .error = error};
    xmlSAXHandler sax = handlers();
    reading.parser = xmlCreatePushParserCtxt(&sax, &reading, NULL, 0, NULL);
    if (!reading.parser) return error_set(error, ERROR_INTERNAL, "out of memory");
    // Without XML_PARSE_NOENT an ampersand in an attribute's value stays "&#38;". There is nothing else for
    // it to resolve: entities that are declared are refused, and no other is found.
    xmlCtxtUseOptions(reading.parser, XML_PARSE_NONET | XML_PARSE_SAX1 | XML_PARSE_NOENT);
    bool done = feed(&reading, xml);
    xmlFreeDoc(reading.parser->myDoc);
    xmlFreeParserCtxt(reading.parser);
    return done;
}
