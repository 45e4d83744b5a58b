// SPDX-License-Identifier: GPL-2.0-or-later
// One request to PHP-FPM: the other end of FastCGI
// (https://fastcgi-archives.github.io/FastCGI_Specification.html).
#ifndef FCGI_SERVE_PHP_FPM_H
#define FCGI_SERVE_PHP_FPM_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PHP_PARAMETERS_MAX (256 * 1024) // names and values; nginx itself takes 32 KiB of headers by default

// What is asked.
struct php_request {
    const char *endpoint;     // /path/of.sock or HOST:PORT
    int timeout_ms;           // for all of it
    struct buffer parameters; // php_parameter_add()
    // The body, piece by piece: returns how many bytes were put into `bytes`, 0 at the end, -1 with `error`
    // set.
    ptrdiff_t (*read_body)(void *context, char *bytes, size_t room, struct error *error);
};

// Who takes the answer, as it comes. False ends the request early, with `error` set.
struct php_sink {
    bool (*answer)(void *context, struct text bytes, struct error *error); // CGI headers, blank line, body
    void (*complaint)(void *context, struct text bytes); // what PHP writes to its error stream
};

// Adds a parameter to `parameters`, made by buffer_new(PHP_PARAMETERS_MAX), whose `failed` tells that there
// are too many.
void php_parameter_add(struct buffer *parameters, struct text name, struct text value);

// Asks, on a connection of its own, and hands the answer on until its end; `context` is for all three
// functions. False with ERROR_FALLBACK_AWAY when PHP cannot be reached (nothing was sent to it),
// ERROR_FALLBACK_LATE when the time is over, ERROR_FALLBACK_BROKE when the connection ends before the answer,
// or what the functions set.
bool php_fpm_ask(const struct php_request *request, const struct php_sink *sink, void *context,
                 struct error *error) CHECKED;

#endif
