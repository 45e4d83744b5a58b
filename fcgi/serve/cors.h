// SPDX-License-Identifier: GPL-2.0-or-later
// Which pages of other hosts may call the API and read what it answers
// (https://fetch.spec.whatwg.org/#http-cors-protocol).
#ifndef FCGI_SERVE_CORS_H
#define FCGI_SERVE_CORS_H

#include "config/settings.h"
#include "serve/request.h"

#define CORS_HEADERS_MAX 1024

// Writes the header lines for an answer to `request`, each with its "\r\n": what lets an allowed page read
// the answer, and Vary wherever the answer hangs on the page; "" where none does. Pages are allowed that
// [cors] names; with `knows_page` this one is, since tokens of clients may come from there. To a preflight of
// an allowed page: what it may send.
void cors_headers(const struct settings *settings, const struct request *request, bool knows_page,
                  char headers[CORS_HEADERS_MAX]);

// Whether the request is a preflight of a page that [cors] names, which is to be answered here.
bool cors_is_preflight(const struct settings *settings, const struct request *request);

#endif
