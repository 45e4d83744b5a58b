// SPDX-License-Identifier: GPL-2.0-or-later
// The work of an operation, from its body to the last byte in the output.
#ifndef FCGI_SERVE_PERFORM_H
#define FCGI_SERVE_PERFORM_H

#include "serve/admit.h"

// Runs it, again where the database says that this does no harm and nothing was answered yet.
bool perform(struct dispatcher *dispatcher, struct exchange *exchange, const struct admitted *admitted,
             struct error *error);

#endif
