// SPDX-License-Identifier: GPL-2.0-or-later
// A FastCGI server of one thread that stands in for PHP-FPM and behaves as the path asks.
#ifndef WIRE_FAKE_PHP_H
#define WIRE_FAKE_PHP_H

#include "base/buffer.h"

#include <pthread.h>

struct fake_php {
    char path[96];
    int listener;
    pthread_t thread;
};

// Listens at `folder`/php.sock. What it does by the last part of REQUEST_URI:
//   echo     201, X-PHP, and as the body the parameters, a line each, and the request's body
//   cors     200 with its own Access-Control-Allow-Origin
//   large    8 MiB of "y" before it reads the request's body
//   early    403 without reading the body
//   silent   nothing, until the other end hangs up
//   half     a head and half a body, then it hangs up
//   gone     hangs up at once
//   headless an end without a head
//   noise    bytes that are no FastCGI
//   split    an answer in pieces of a byte, with notes on its error stream in between
void fake_php_start(struct fake_php *php, const char *folder);
void fake_php_stop(struct fake_php *php);

#endif
