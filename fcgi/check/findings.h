// SPDX-License-Identifier: GPL-2.0-or-later
// What -t finds, as lines or as JSON.
#ifndef CHECK_FINDINGS_H
#define CHECK_FINDINGS_H

#include "base/buffer.h"
#include "store/check/schema_check.h"

#include <stdio.h>

struct findings {
    FILE *out; // for lines
    bool json;
    const char *config; // the settings file
    unsigned warnings, errors;
    struct buffer list; // of JSON objects, commas between
};

// Takes a finding: a schema_report. In a mend "{config}" stands for the path of the settings file, and "set
// [" is what to change in it, so that each can be followed as it is printed.
void findings_add(void *context, enum schema_grade grade, const char *finding, const char *mend);

// The same with printf's words in the finding.
void findings_tell(struct findings *findings, enum schema_grade grade, const char *mend, const char *format,
                   ...) __attribute__((format(printf, 4, 5)));

// Takes what is left to PHP and why: a native_reporter.
void findings_add_native(void *context, const char *requests, const char *reason);

// Writes the JSON object; nothing where lines were wanted.
void findings_end(struct findings *findings, bool usable);

#endif
