// SPDX-License-Identifier: GPL-2.0-or-later
// Requests that PHP does: handed on unchanged, and PHP's answer handed back.
#ifndef FCGI_SERVE_FALLBACK_H
#define FCGI_SERVE_FALLBACK_H

#include "serve/exchange.h"

struct log;

enum fallback_way {
    FALLBACK_NONE,
    FALLBACK_PHP_FPM,    // we ask PHP-FPM ourselves
    FALLBACK_WEB_SERVER, // the web server gives the request to its own location
};

// Which way this request can go.
enum fallback_way fallback_way(const struct settings *settings, const struct request *request);

// Gives the request to PHP, its body too, whether it was read before or not, and answers what PHP answers
// with the CORS headers added where it set none. False with `error` set where nothing was answered yet or the
// answer broke off: exchange_fail() is to follow. Nothing of an answer may have left before.
bool fallback_run(enum fallback_way way, struct exchange *exchange, struct log *log,
                  struct error *error) CHECKED;

#endif
