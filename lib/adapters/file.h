// SPDX-License-Identifier: GPL-2.0-or-later
// What is in a file, as base64 in a JSON object: streamed, whatever its size.
#ifndef ADAPTERS_FILE_H
#define ADAPTERS_FILE_H

#include "adapters/adapted.h"

// Writes the members in front of the content.
typedef void file_tell(const struct adapted_run *run, int64_t attachment_id, const struct answer_file *file,
                       struct json_writer *json);

// Answers with the attachment of the run's ticket: `tell`'s members, and "content" behind them. ERROR_SCOPE,
// ERROR_NOT_FOUND, ERROR_NOT_NATIVE as the operation "attachment" has them; bytes may have been handed on by
// an error.
bool file_answer(struct adapted_run *run, int64_t attachment_id, file_tell *tell, struct answer *answer,
                 struct error *error) CHECKED;

#endif
