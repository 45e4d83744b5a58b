// SPDX-License-Identifier: GPL-2.0-or-later
// One HTTP request at a time, bounded in time and bytes.
#ifndef HTTP_HTTP_H
#define HTTP_HTTP_H

#include "base/buffer.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define HTTP_PROBLEM_MAX 256

struct http_client; // keeps its connections for the next request

struct http_settings {
    unsigned timeout;   // seconds for a whole request
    size_t answer_max;  // bytes of a body
    const char *tls_ca; // file of certificate authorities; NULL: the system's
};

// How a request ended.
enum http_outcome {
    HTTP_ANSWERED,
    HTTP_BODY_WANTED, // the server would take the body that was announced
    HTTP_UNREACHABLE, // no address, or no connection
    HTTP_UNTRUSTED,   // the certificate is not to be trusted
    HTTP_LATE,        // no whole answer in time
    HTTP_TOO_LARGE,   // the answer is over the ceiling
    HTTP_BROKEN,      // anything else: no HTTP, cut off, memory
};

struct http_request {
    const char *method;         // "GET"
    const char *url;            // http:// or https://, sent as it stands
    const char *const *headers; // "Name: value", the last NULL; NULL for none
    struct text body;           // TEXT_NULL: none
    int64_t announced;          // above 0: bytes of a body that is announced by Content-Length and never sent
    bool any_certificate;       // do not verify the server's
    bool fresh;                 // on a connection of its own
};

struct http_answer {
    enum http_outcome outcome;
    char problem[HTTP_PROBLEM_MAX]; // what is wrong, unless answered
    int status;
    struct buffer headers; // lines of the last answer's head, as they came
    struct buffer body;
    int64_t us;              // from the first byte sent to the last one read, connecting included
    int64_t certificate_end; // Unix time when the server's certificate expires; 0: not told, or told with an
                             // earlier answer on the same connection
    char local_address[64];  // where the connection came from, as this machine sees it
};

// NULL when memory is out. Texts are borrowed.
struct http_client *http_client_new(const struct http_settings *settings);
void http_client_free(struct http_client **client);

// Asks. No redirect is followed. Whatever happened stands in `answer`, to be freed with http_answer_free().
void http_ask(struct http_client *client, const struct http_request *request, struct http_answer *answer);
void http_answer_free(struct http_answer *answer);

// The value of the first header of that name, in any case; TEXT_NULL when there is none.
struct text http_header(const struct http_answer *answer, const char *name);

#endif
