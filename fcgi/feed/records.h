// SPDX-License-Identifier: GPL-2.0-or-later
// FastCGI from both ends: a request to a worker, an answer to the web server
// (https://fastcgi-archives.github.io/FastCGI_Specification.html, sections 3.3 and 8).
#ifndef FCGI_FEED_RECORDS_H
#define FCGI_FEED_RECORDS_H

#include "base/buffer.h"
#include "base/text.h"

#include <stdbool.h>

// Adds a request without a body, with these parameters as FastCGI encodes them.
void records_add_request(struct buffer *out, int request_id, struct text parameters);

// Adds a whole answer: CGI headers, a blank line, the body.
void records_add_answer(struct buffer *out, int request_id, struct text answer);

// Whether an answer has come to its end; then what it says is added to `answer` (NULL: it is not wanted).
// False also for what is no FastCGI.
bool records_are_whole(struct text records, struct buffer *answer);

#endif
