// SPDX-License-Identifier: GPL-2.0-or-later
// Reading XML as a run of events.
#ifndef MARKUP_XML_H
#define MARKUP_XML_H

#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>

#define XML_DEPTH_MAX      64    // levels of elements
#define XML_NODES_MAX      10000 // elements and attributes together
#define XML_ATTRIBUTES_MAX 500   // of one element

// What is told in the order of the document. Texts are UTF-8, whatever the document's encoding, and valid for
// the call only. A function that returns false, with its error set, ends the reading.
struct xml_events {
    bool (*open)(void *context, struct text name, struct error *error);
    // Of the element opened last.
    bool (*attribute)(void *context, struct text name, struct text value, struct error *error);
    // A piece of the text, CDATA too, of the element open: a text may come in any number of pieces.
    bool (*text)(void *context, struct text piece, struct error *error);
    bool (*close)(void *context, struct error *error);
};

// Names are as written: namespaces mean nothing. ERROR_BAD_REQUEST "XML error: … at line L:C" (in PHP's
// words) for what is not well formed, nested too deeply, or declares an entity, be it internal or external:
// nothing but &lt; &gt; &amp; &quot; &apos; and numbers is ever expanded, and nothing is loaded.
bool markup_read_xml(struct text xml, const struct xml_events *events, void *context,
                     struct error *error) CHECKED;

#endif
