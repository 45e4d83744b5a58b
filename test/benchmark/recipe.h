// SPDX-License-Identifier: GPL-2.0-or-later
// An operation's statements, read off the database's log of one request, to be run again for other tickets.
//
// A line a statement; parts are divided by tabs, and \n \t \\ stand for these bytes:
//   text SQL                      sent as it is
//   prepared SQL VALUE VALUE …    a value is nothing (NULL), "=TEXT", "#INTEGER" or a name: number, ticket,
//   thread, entry
#ifndef BENCHMARK_RECIPE_H
#define BENCHMARK_RECIPE_H

#include <mysql.h>
#include <stdbool.h>
#include <stddef.h>

#define RECIPE_VALUES 256 // as many as a statement of the server takes, and more
#define RECIPE_STEPS  64

struct recipe_step {
    char *sql;
    MYSQL_STMT *statement; // NULL: a text
    bool inserts_entry;    // its id is "entry" from then on
    size_t count;
    char *values[RECIPE_VALUES];
};

struct recipe {
    struct recipe_step steps[RECIPE_STEPS];
    size_t count;
};

// Reads the file and prepares its statements. Memory is never given back.
bool recipe_read(const char *path, MYSQL *mysql, struct recipe *recipe);

// Runs all steps for a ticket. On failure nothing of it stays.
bool recipe_run(const struct recipe *recipe, MYSQL *mysql, long ticket, const char *number);

#endif
