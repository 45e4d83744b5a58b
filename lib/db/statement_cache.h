// SPDX-License-Identifier: GPL-2.0-or-later
// Prepared statements whose text is made at run time: the last ones used stay prepared.
#ifndef DB_STATEMENT_CACHE_H
#define DB_STATEMENT_CACHE_H

#include <mysql.h>
#include <stdbool.h>
#include <stdint.h>

#define STATEMENT_CACHE_SLOTS 32

// All zero: empty.
struct statement_cache {
    struct statement_cache_slot {
        char *text;
        MYSQL_STMT *statement;
        uint64_t used;
    } slots[STATEMENT_CACHE_SLOTS];
    uint64_t clock;
};

// The statement prepared from exactly this text, or NULL.
MYSQL_STMT *statement_cache_find(struct statement_cache *cache, const char *text);

// Takes the statement over, in the place of the one that was not used for longest. False, with the statement
// closed, when memory is out.
bool statement_cache_keep(struct statement_cache *cache, const char *text, MYSQL_STMT *statement);

// Closes all, as must be done before their connection is.
void statement_cache_clear(struct statement_cache *cache);

#endif
