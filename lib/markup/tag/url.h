// SPDX-License-Identifier: GPL-2.0-or-later
// Addresses in attributes: which schemes may stand, and which places may be shown in frames.
#ifndef MARKUP_TAG_URL_H
#define MARKUP_TAG_URL_H

#include "base/text.h"
#include "markup/tag/scratch.h"

#include <stdbool.h>

// The attribute's value with "denied:" before each address whose scheme may not stand there. Addresses
// without a scheme may. `value` is escaped text as it stands in an attribute. spec: reading-and-replying.md
// C.8 step 4 (schemes).
struct text address_clean(struct text value, struct text attribute, struct scratch *scratch);

// The same for what is to be stored, of a value that was cleaned: what stands before the first colon,
// wherever a browser would look for a scheme, is one of those that may stand, and data: is that of a picture.
// Escaped text.
struct text address_strict(struct text value, struct text attribute, struct scratch *scratch);

// Whether a frame may show the address. `hosts` is the help desk's list, with commas between
// (embedded_domain_whitelist).
bool address_is_embeddable(struct text address, struct text hosts);

// The path of an address: without scheme, host, query and fragment. Empty when there is none.
struct text address_path(struct text address);

#endif
