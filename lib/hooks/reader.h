// SPDX-License-Identifier: GPL-2.0-or-later
// Changes become deliveries: each change that a webhook is told is a row that waits, written in one
// transaction with how far changes have been read. spec: operations.md 8.2.
#ifndef HOOKS_READER_H
#define HOOKS_READER_H

#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;
struct log;
struct reader;
struct webhook;

struct reader_settings {
    struct db *db;
    struct log *log;
    const char *lease;     // of this process
    int64_t lease_seconds; // for which it is kept by what is written
    int64_t gap;           // [changes] gap, seconds
    int64_t backlog;       // that may wait for one webhook
    unsigned stock_scopes;
};

// What is told of a page: to wake who is to be told.
struct reader_page {
    bool has_more;
    const struct webhook *webhooks; // those that are on; NULL: the page was empty
    size_t count;
    const bool *told; // of each of them, whether something waits for it since
    uint64_t switched_off;
};

// NULL when memory is out.
struct reader *reader_new(const struct reader_settings *settings);
void reader_free(struct reader **reader);

// Where the position stands is read anew: after another process may have written it, or a failure.
void reader_forget(struct reader *reader);

// The same where the table has another position than we left there.
void reader_check(struct reader *reader, struct text position);

// Reads what comes next, at most 500 events and 500 entries, and writes what is to be told. `page` is valid
// until the next call. One round trip where nothing happened; else 8, and what is to be known: one for each
// key, two for each key that sees some tickets only, one for 64 deliveries, one or two for tickets, one for
// 16 entries. ERROR_CONFLICT when another process delivers.
bool reader_read(struct reader *reader, struct reader_page *page, struct error *error) CHECKED;

#endif
