// SPDX-License-Identifier: GPL-2.0-or-later
// What a worker and the process that holds waiting requests say to each other. Neither is a header of HTTP
// that a web server hands on or lets through: the first is a parameter of FastCGI without HTTP_, and an
// answer with the second never leaves the process.
#ifndef FCGI_SERVE_HOLDING_WORDS_H
#define FCGI_SERVE_HOLDING_WORDS_H

// To the worker: the request has waited, from this position on. It counts for no rate again.
#define HELD_PARAMETER "OSTICKET_FCGI_HELD"

// From the worker: nothing was found for it up to this position.
#define HELD_HEADER "X-Osticket-Fcgi-Held: "

#endif
