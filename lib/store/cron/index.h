// SPDX-License-Identifier: GPL-2.0-or-later
// What search does not know yet. spec: cron.md 6.
#ifndef STORE_CRON_INDEX_H
#define STORE_CRON_INDEX_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "store/answers.h"
#include "store/ticket/thread.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;
struct work;

// Whether search is to be filled: 1, 0, -1. osTicket writes down when there is nothing left.
int cron_index_is_wanted(struct db *db, struct error *error) CHECKED;
bool cron_index_is_full(struct db *db, struct error *error) CHECKED;

#define CRON_INDEX_ROWS 16

enum cron_index_kind { INDEX_ENTRIES, INDEX_TICKETS, INDEX_USERS, INDEX_ORGANIZATIONS, INDEX_FAQS };

// Of an entry: title, body, format; of a ticket: number; of a user: name, addresses a line each; of an
// organization: name; of a FAQ: question, keywords, answer.
struct unindexed {
    int64_t id;
    struct text first, second, third;
};

// The next that search does not know: entries and tickets with ids below `from`, the newest first, the others
// above it. Texts lie in the arena.
bool cron_index_next(struct db *db, enum cron_index_kind kind, int64_t from, struct arena *arena,
                     struct unindexed rows[CRON_INDEX_ROWS], size_t *count, struct error *error) CHECKED;

// The answers of an object's forms; object_type "T", "U", "O".
bool cron_answers(struct db *db, const char *object_type, int64_t object_id, struct arena *arena,
                  struct form_answer **answers, size_t *count, struct error *error) CHECKED;

// Adds up to CRON_INDEX_ROWS rows. What somebody else has added meanwhile stays as it is.
bool cron_index_add(struct work *work, const struct search_row *rows, size_t count,
                    struct error *error) CHECKED;

#endif
