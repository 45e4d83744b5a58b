// SPDX-License-Identifier: GPL-2.0-or-later
// Prepared statements by their text.
#include "db/statement_cache.h"

#include <stdlib.h>
#include <string.h>

static void empty(struct statement_cache_slot *slot) {
    if (slot->statement) mysql_stmt_close(slot->statement);
    free(slot->text);
    *slot = (struct statement_cache_slot){0};
}

MYSQL_STMT *statement_cache_find(struct statement_cache *cache, const char *text) {
    for (unsigned i = 0; i < STATEMENT_CACHE_SLOTS; i++) {
        struct statement_cache_slot *slot = &cache->slots[i];
        if (!slot->text || strcmp(slot->text, text) != 0) continue;
        slot->used = ++cache->clock;
        return slot->statement;
    }
    return NULL;
}

bool statement_cache_keep(struct statement_cache *cache, const char *text, MYSQL_STMT *statement) {
    struct statement_cache_slot *oldest = &cache->slots[0];
    char *copy = strdup(text);
    if (!copy) {
        mysql_stmt_close(statement);
        return false;
    }
    for (unsigned i = 1; i < STATEMENT_CACHE_SLOTS; i++)
        if (cache->slots[i].used < oldest->used) oldest = &cache->slots[i];
    empty(oldest);
    *oldest = (struct statement_cache_slot){copy, statement, ++cache->clock};
    return true;
}

void statement_cache_clear(struct statement_cache *cache) {
    for (unsigned i = 0; i < STATEMENT_CACHE_SLOTS; i++) empty(&cache->slots[i]);
}
