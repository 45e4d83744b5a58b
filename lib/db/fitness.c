// SPDX-License-Identifier: GPL-2.0-or-later
// Whether a server may be worked with.
#include "db/fitness.h"

#include <mysqld_error.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define READ_ONLY_MODE 1836 // a later one that one of the two headers may not know
#define GALERA_SYNCED  4

// Both are answered by a node that answers nothing else, and know none of what a server is built without.
#define ASK                                                                                                  \
    "SHOW GLOBAL VARIABLES WHERE Variable_name IN ('read_only','wsrep_on');"                                 \
    "SHOW GLOBAL STATUS WHERE Variable_name IN ('wsrep_local_state','wsrep_ready')"

// What the rows say, or would where they are missing.
struct fitness {
    bool read_only, in_cluster, ready;
    long state;
};

bool fitness_is_denied(unsigned number, const char *text) {
    switch (number) {
    case ER_UNKNOWN_COM_ERROR: // "WSREP has not yet prepared node for application use"
    case ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION:
    case READ_ONLY_MODE: return true;
    case ER_OPTION_PREVENTS_STATEMENT: return strstr(text, "read-only") || strstr(text, "read_only");
    default: return false;
    }
}

// A node that loses the others while it commits says one of these; whether they have got it, it does not
// know.
bool fitness_leaves_open(unsigned number) {
    return number == ER_ERROR_DURING_COMMIT || number == ER_QUERY_INTERRUPTED ||
           number == ER_UNKNOWN_COM_ERROR;
}

static void take(struct fitness *fitness, char **row) {
    const char *name = row[0] ? row[0] : "", *value = row[1] ? row[1] : "";
    bool on = strcmp(value, "ON") == 0;
    if (strcmp(name, "read_only") == 0) fitness->read_only = strcmp(value, "OFF") != 0;
    if (strcmp(name, "wsrep_on") == 0) fitness->in_cluster = on;
    if (strcmp(name, "wsrep_ready") == 0) fitness->ready = on;
    if (strcmp(name, "wsrep_local_state") == 0) fitness->state = strtol(value, NULL, 10);
}

static bool read_all(MYSQL *mysql, struct fitness *fitness) {
    int more = mysql_query(mysql, ASK) ? 1 : 0;
    while (!more) {
        MYSQL_RES *result = mysql_store_result(mysql);
        for (MYSQL_ROW row; result && (row = mysql_fetch_row(result));) take(fitness, row);
        if (result) mysql_free_result(result);
        more = mysql_next_result(mysql);
    }
    return mysql_errno(mysql) == 0;
}

bool fitness_is_good(MYSQL *mysql, uint64_t *trips, char why[FITNESS_WHY_MAX]) {
    struct fitness fitness = {.ready = false};
    *trips += 1;
    why[0] = '\0';
    if (!read_all(mysql, &fitness))
        snprintf(why, FITNESS_WHY_MAX, "%u %s", mysql_errno(mysql), mysql_error(mysql));
    else if (fitness.read_only)
        snprintf(why, FITNESS_WHY_MAX, "it is read-only");
    else if (fitness.in_cluster && !(fitness.ready && fitness.state == GALERA_SYNCED))
        snprintf(why, FITNESS_WHY_MAX,
                 "it is not synced with its cluster (wsrep_local_state %ld, wsrep_ready %s)", fitness.state,
                 fitness.ready ? "ON" : "OFF");
    return !why[0];
}
