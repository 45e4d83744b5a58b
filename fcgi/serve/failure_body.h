// SPDX-License-Identifier: GPL-2.0-or-later
// What a client reads of a failure. Paths of other APIs have their own form, and paths that PHP does not have
// JSON: {"status_code":"FAILURE","error":"not_found","status_msg":…,"errors":{…}}; where PHP has them it is a
// sentence, of reads within the envelope of their answers.
#ifndef FCGI_SERVE_FAILURE_BODY_H
#define FCGI_SERVE_FAILURE_BODY_H

#include "base/error.h"
#include "base/output.h"
#include "serve/request.h"

// `word` names the kind of failure, `text` is the sentence.
void failure_body_write(const struct request *request, const struct error *error, const char *word,
                        const char *text, struct output *output);

#endif
