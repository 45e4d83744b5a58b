// SPDX-License-Identifier: GPL-2.0-or-later
// What osTicket takes out of HTML by text search before any parser sees it.
#ifndef MARKUP_CLEAN_REMOVE_H
#define MARKUP_CLEAN_REMOVE_H

#include "base/buffer.h"
#include "base/text.h"

// Each step appends `html` to `out` with one thing done to it. spec: reading-and-replying.md C.8 steps 1
// and 3.
typedef void remove_step(struct text html, struct buffer *out);

// <img src="…/file.php?…key=K…"> refers to a stored file: it becomes <img src="cid:K".
remove_step remove_file_links;

// What of step 3 is markup, in osTicket's order: head, style and script elements, <![…]>, <!DOCTYPE …>, <?…>,
// attributes of html, _MailEndCompose anchors, Gmail's <div dir="ltr">. data-cid="…" and position:…; go where
// tags are cleaned: in texts they are words.
remove_step remove_foreign;

// Takes the first <div dir="ltr"> and the next </div> away, whichever div that one ends, and sets a blank in
// its place.
remove_step remove_gmail_div;

#endif
